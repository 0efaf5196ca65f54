import { useChange } from "../../api/use-change.ts";
import { useDraft } from "../../shell/draft.ts";
import { Form } from "../../ui/form.tsx";
import { TextField } from "../../ui/text-field.tsx";
import type { ItemFormProps } from "./item-form.ts";

/** Puts an item under a numbered seal. */
export function SealForm({ item, onDone }: ItemFormProps) {
  const [draft, setDraft, discard] = useDraft(`seal.${item.id}`, { seal: "", remarks: "" });
  const seal = useChange("evidence.seal", "item", () => {
    discard();
    onDone();
  });
  return (
    <Form
      verb="Seal it"
      {...(item.seal === "" ? {} : { says: `Replaces seal ${item.seal}.` })}
      ready={draft.seal.trim() !== ""}
      pending={seal.isPending}
      fault={seal.error}
      onCancel={onDone}
      onSubmit={() => seal.mutate({ item: item.id, ...draft })}
    >
      <TextField
        label="Number on the seal"
        mono
        value={draft.seal}
        onChange={(event) => setDraft({ ...draft, seal: event.currentTarget.value })}
      />
      <TextField
        label="Remarks (optional)"
        value={draft.remarks}
        onChange={(event) => setDraft({ ...draft, remarks: event.currentTarget.value })}
      />
    </Form>
  );
}
