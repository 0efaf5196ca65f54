import { useState } from "react";
import { Form } from "./form.tsx";
import { TextField } from "./text-field.tsx";

/** A step that takes nothing but the reason for it. */
export function WhyForm({
  verb,
  says,
  step,
  onWhy,
  onCancel,
}: {
  readonly verb: string;
  readonly says?: string;
  readonly step: { readonly isPending: boolean; readonly error: unknown };
  readonly onWhy: (reason: string) => void;
  readonly onCancel: () => void;
}) {
  const [reason, setReason] = useState("");
  return (
    <Form
      verb={verb}
      says={says}
      ready={reason.trim() !== ""}
      pending={step.isPending}
      fault={step.error}
      onCancel={onCancel}
      onSubmit={() => onWhy(reason)}
    >
      <TextField label="Why" value={reason} onChange={(event) => setReason(event.currentTarget.value)} />
    </Form>
  );
}
