import { useChange } from "../../api/use-change.ts";
import { useDraft } from "../../shell/draft.ts";
import { Form } from "../../ui/form.tsx";
import { TextField } from "../../ui/text-field.tsx";
import type { ItemFormProps } from "./item-form.ts";

/** Says where an item is kept from now on. */
export function StoreForm({ item, onDone }: ItemFormProps) {
  const [draft, setDraft, discard] = useDraft(`store.${item.id}`, { place: "", remarks: "" });
  const store = useChange("evidence.store", "item", () => {
    discard();
    onDone();
  });
  return (
    <Form
      verb="Store it there"
      says={`Now at ${item.place}.`}
      ready={draft.place.trim() !== ""}
      pending={store.isPending}
      fault={store.error}
      onCancel={onDone}
      onSubmit={() => store.mutate({ item: item.id, ...draft })}
    >
      <TextField
        label="Where is it kept?"
        placeholder="Such as: evidence room, safe 2, shelf B"
        value={draft.place}
        onChange={(event) => setDraft({ ...draft, place: event.currentTarget.value })}
      />
      <TextField
        label="Remarks (optional)"
        value={draft.remarks}
        onChange={(event) => setDraft({ ...draft, remarks: event.currentTarget.value })}
      />
    </Form>
  );
}
