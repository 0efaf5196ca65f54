import { useState } from "react";
import { Form } from "./form.tsx";
import { TextField } from "./text-field.tsx";

/** A step that takes nothing but one line: the reason for it, unless `label` asks for something else. */
export function WhyForm({
  verb,
  label = "Why",
  says,
  step,
  onWhy,
  onCancel,
}: {
  readonly verb: string;
  readonly label?: string;
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
      <TextField label={label} value={reason} onChange={(event) => setReason(event.currentTarget.value)} />
    </Form>
  );
}
