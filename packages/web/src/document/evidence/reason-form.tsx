import { useChange } from "../../api/use-change.ts";
import { useDraft } from "../../shell/draft.ts";
import { Form } from "../../ui/form.tsx";
import { TextArea } from "../../ui/text-area.tsx";
import type { ItemFormProps } from "./item-form.ts";

/** Refuses or withdraws an offer; the record needs the reason. */
export function ReasonForm({ item, verb, onDone }: ItemFormProps) {
  const [draft, setDraft, discard] = useDraft(`${verb}.${item.id}`, { reason: "" });
  const done = () => {
    discard();
    onDone();
  };
  const refuse = useChange("handover.refuse", "item", done);
  const withdraw = useChange("handover.withdraw", "item", done);
  const attempt = verb === "refuse" ? refuse : withdraw;
  return (
    <Form
      verb={verb === "refuse" ? "Refuse it" : "Withdraw the offer"}
      says={`${item.custodian.name} stays custodian.`}
      ready={draft.reason.trim() !== ""}
      pending={attempt.isPending}
      fault={attempt.error}
      onCancel={onDone}
      onSubmit={() =>
        attempt.mutate({ item: item.id, offer: item.pending?.offer ?? 0, reason: draft.reason })
      }
    >
      <TextArea
        label="Why?"
        value={draft.reason}
        onChange={(event) => setDraft({ reason: event.currentTarget.value })}
      />
    </Form>
  );
}
