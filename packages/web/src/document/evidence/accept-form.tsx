import type { CustodyLink } from "../../api/contract.ts";
import { asRefusal } from "../../api/refusal.ts";
import { useChange } from "../../api/use-change.ts";
import { useDraft } from "../../shell/draft.ts";
import { ChoiceField } from "../../ui/choice-field.tsx";
import { Form } from "../../ui/form.tsx";
import { TextArea } from "../../ui/text-area.tsx";
import { TextField } from "../../ui/text-field.tsx";
import type { ItemFormProps } from "./item-form.ts";
import { CONDITIONS } from "./item-words.ts";

const NOT_SAID = undefined as CustodyLink["condition"] | undefined;

/** Takes an item into one's hands: by accepting an offer, or back from outside. Says in what condition it came. */
export function AcceptForm({ item, verb, onDone }: ItemFormProps) {
  const isReturn = verb === "return";
  const [draft, setDraft, discard] = useDraft(`${verb}.${item.id}`, {
    condition: NOT_SAID,
    place: item.pending?.place ?? "",
    remarks: "",
  });
  const done = () => {
    discard();
    onDone();
  };
  const accept = useChange("handover.accept", "item", done);
  const takeBack = useChange("evidence.return", "item", done);
  const attempt = isReturn ? takeBack : accept;
  const complaints = attempt.error ? asRefusal(attempt.error).complaints : {};
  return (
    <Form
      verb={isReturn ? "Take it back" : "Take it over"}
      says="From then on you answer for it."
      ready={draft.condition !== undefined && draft.place.trim() !== ""}
      pending={attempt.isPending}
      fault={attempt.error}
      onCancel={onDone}
      onSubmit={() => {
        const { condition, place, remarks } = draft;
        if (condition === undefined || condition === null) return;
        if (isReturn) takeBack.mutate({ item: item.id, condition, place, remarks });
        else accept.mutate({ item: item.id, offer: item.pending?.offer ?? 0, condition, place, remarks });
      }}
    >
      <ChoiceField
        label="In what condition is it?"
        choices={CONDITIONS}
        value={draft.condition ?? undefined}
        onChange={(condition) => setDraft({ ...draft, condition })}
      />
      <TextField
        label="Where you keep it"
        value={draft.place}
        error={complaints["place"]}
        onChange={(event) => setDraft({ ...draft, place: event.currentTarget.value })}
      />
      <TextArea
        label="Remarks (optional)"
        value={draft.remarks}
        onChange={(event) => setDraft({ ...draft, remarks: event.currentTarget.value })}
      />
    </Form>
  );
}
