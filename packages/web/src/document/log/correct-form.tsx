import { entrySentence } from "@jumpkit/core";
import type { Entry } from "../../api/contract.ts";
import { incidentIdOf } from "../../api/ids.ts";
import { asRefusal } from "../../api/refusal.ts";
import { useChange } from "../../api/use-change.ts";
import { useDraft } from "../../shell/draft.ts";
import { Button } from "../../ui/button.tsx";
import { RefusalNotice } from "../../ui/refusal-notice.tsx";
import { TextArea } from "../../ui/text-area.tsx";
import { TextField } from "../../ui/text-field.tsx";
import { Verbs } from "../../ui/verbs.tsx";
import { ownLabelOf } from "./own-label.ts";

/** Corrects a line by a new entry. The line stays, struck through, with the new words beside it. */
export function CorrectForm({
  incident,
  entry,
  onDone,
}: {
  readonly incident: string;
  readonly entry: Entry;
  readonly onDone: () => void;
}) {
  const [draft, setDraft, discard] = useDraft(`correct.${incident}.${entry.incidentSeq}`, {
    text: entrySentence(entry),
    reason: "",
  });
  const correct = useChange("log.correct", "incident", () => {
    discard();
    onDone();
  });
  const tlp = ownLabelOf(entry);
  const same = draft.text.trim() === "" || draft.text === entrySentence(entry);
  return (
    <form
      className="panel-section"
      onSubmit={(event) => {
        event.preventDefault();
        const said = { ...draft, ...(tlp && { tlp }) };
        correct.mutate({ incident: incidentIdOf(incident), corrects: entry.incidentSeq, ...said });
      }}
    >
      <h3>Correct this line</h3>
      <TextArea
        label="What it should say"
        minRows={3}
        value={draft.text}
        error={correct.error ? asRefusal(correct.error).complaints["text"] : undefined}
        onChange={(event) => setDraft({ ...draft, text: event.currentTarget.value })}
      />
      <TextField
        label="Why (optional)"
        value={draft.reason}
        onChange={(event) => setDraft({ ...draft, reason: event.currentTarget.value })}
      />
      <RefusalNotice fault={correct.error} />
      <Verbs>
        <Button type="submit" weight="primary" disabled={same || correct.isPending}>
          Add the correction
        </Button>
        <span className="meta">
          The line stays in the record.{tlp === undefined ? "" : ` The correction is ${tlp} as the line is.`}
        </span>
      </Verbs>
    </form>
  );
}
