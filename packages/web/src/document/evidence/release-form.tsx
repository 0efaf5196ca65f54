import { asRefusal } from "../../api/refusal.ts";
import { useChange } from "../../api/use-change.ts";
import { useDraft } from "../../shell/draft.ts";
import { Form } from "../../ui/form.tsx";
import { TextField } from "../../ui/text-field.tsx";
import type { ItemFormProps } from "./item-form.ts";

const EMPTY = { toName: "", toTitle: "", toPhone: "", organisation: "", purpose: "" };

const FIELDS: ReadonlyArray<readonly [keyof typeof EMPTY, string]> = [
  ["toName", "Name of the receiver"],
  ["organisation", "Their organisation"],
  ["toTitle", "Their title"],
  ["toPhone", "Their phone"],
];

/** Lets an item leave the house, to a named person of another organisation. */
export function ReleaseForm({ item, onDone }: ItemFormProps) {
  const [draft, setDraft, discard] = useDraft(`release.${item.id}`, EMPTY);
  const release = useChange("evidence.release", "item", () => {
    discard();
    onDone();
  });
  const complaints = release.error ? asRefusal(release.error).complaints : {};
  return (
    <Form
      verb={draft.toName.trim() === "" ? "Release it" : `Release it to ${draft.toName}`}
      says="It leaves the house; the record follows it until it is taken back."
      ready={Object.values(draft).every((value) => value.trim() !== "")}
      pending={release.isPending}
      fault={release.error}
      onCancel={onDone}
      onSubmit={() => release.mutate({ item: item.id, ...draft })}
    >
      <div className="fields pair">
        {FIELDS.map(([field, label]) => (
          <TextField
            key={field}
            label={label}
            value={draft[field]}
            error={complaints[field]}
            onChange={(event) => setDraft({ ...draft, [field]: event.currentTarget.value })}
          />
        ))}
      </div>
      <TextField
        label="What for"
        value={draft.purpose}
        error={complaints["purpose"]}
        onChange={(event) => setDraft({ ...draft, purpose: event.currentTarget.value })}
      />
    </Form>
  );
}
