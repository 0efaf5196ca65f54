import { useState } from "react";
import { Form } from "../../ui/form.tsx";
import { TextField } from "../../ui/text-field.tsx";

/** Takes a thing out of a register with a reason, which may be empty; its record stays. */
export function RetireForm({
  name,
  retire,
  onRetire,
  onCancel,
}: {
  readonly name: string;
  readonly retire: { readonly isPending: boolean; readonly error: unknown };
  readonly onRetire: (reason: string) => void;
  readonly onCancel?: () => void;
}) {
  const [reason, setReason] = useState("");
  return (
    <Form
      verb={`Retire ${name}`}
      says="What was recorded of it stays."
      pending={retire.isPending}
      fault={retire.error}
      onSubmit={() => onRetire(reason)}
      {...(onCancel === undefined ? {} : { onCancel })}
    >
      <TextField
        label="Why it is retired"
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
    </Form>
  );
}
