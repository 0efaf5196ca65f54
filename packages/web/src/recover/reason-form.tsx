import { useDraft } from "../shell/draft.ts";
import { Form } from "../ui/form.tsx";
import { TextArea } from "../ui/text-area.tsx";

/** One reason and one button; what was typed is kept until it is recorded. */
export function ReasonForm({
  verb,
  label,
  says,
  draft: name,
  pending,
  fault,
  onSubmit,
  onCancel,
}: {
  readonly verb: string;
  readonly label: string;
  readonly says?: string;
  /** The name under which the browser keeps the text. */
  readonly draft: string;
  readonly pending: boolean;
  readonly fault: unknown;
  readonly onSubmit: (reason: string) => void;
  readonly onCancel: () => void;
}) {
  const [draft, setDraft] = useDraft(name, { reason: "" });
  return (
    <Form
      verb={verb}
      says={says}
      ready={draft.reason.trim() !== ""}
      pending={pending}
      fault={fault}
      onCancel={onCancel}
      onSubmit={() => onSubmit(draft.reason)}
    >
      <TextArea
        label={label}
        minRows={2}
        value={draft.reason}
        onChange={(event) => setDraft({ reason: event.currentTarget.value })}
      />
    </Form>
  );
}
