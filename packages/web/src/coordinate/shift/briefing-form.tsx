import { useQuery } from "@tanstack/react-query";
import { personIdOf } from "../../api/ids.ts";
import { peopleQuery } from "../../api/queries.ts";
import { useChange } from "../../api/use-change.ts";
import { useDraft } from "../../shell/draft.ts";
import { useKey } from "../../shell/keyboard.ts";
import { Form } from "../../ui/form.tsx";
import { SelectField } from "../../ui/select-field.tsx";
import { TextArea } from "../../ui/text-area.tsx";
import type { ShiftCard } from "./shift-queries.ts";

/** The only two things that ask for words: what one thinks, and what comes next. A draft survives a reload. */
export function BriefingForm({ card, onDone }: { readonly card: ShiftCard; readonly onDone: () => void }) {
  const { data: people } = useQuery(peopleQuery);
  const [draft, setDraft, discard] = useDraft(`briefing.${card.incident}`, {
    hypothesis: card.briefing?.hypothesis ?? "",
    nextStep: card.briefing?.nextStep ?? "",
    owner: (card.briefing?.owner ?? null) as string | null,
  });
  const write = useChange("briefing.write", "incident", () => {
    discard();
    onDone();
  });
  useKey("escape", onDone);
  return (
    <Form
      verb="Say so"
      ready={draft.hypothesis.trim() !== "" && draft.nextStep.trim() !== ""}
      pending={write.isPending}
      fault={write.error}
      onCancel={onDone}
      onSubmit={() =>
        write.mutate({
          incident: card.incident,
          hypothesis: draft.hypothesis,
          nextStep: draft.nextStep,
          owner: draft.owner === null ? null : personIdOf(draft.owner),
        })
      }
    >
      <TextArea
        label="Hypothesis"
        autoFocus
        minRows={2}
        placeholder="What you think happened; “none, ruled out the VPN” is an answer"
        value={draft.hypothesis}
        onChange={(event) => setDraft({ ...draft, hypothesis: event.currentTarget.value })}
      />
      <TextArea
        label="Next step"
        minRows={2}
        value={draft.nextStep}
        onChange={(event) => setDraft({ ...draft, nextStep: event.currentTarget.value })}
      />
      <SelectField
        label="Who takes it"
        placeholder="Whoever is there"
        clearable
        data={(people ?? [])
          .filter((person) => person.status === "active")
          .map((person) => ({ value: person.id, label: person.name }))}
        value={draft.owner}
        onChange={(owner) => setDraft({ ...draft, owner })}
      />
    </Form>
  );
}
