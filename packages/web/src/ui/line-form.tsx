import { useState } from "react";
import { Form } from "./form.tsx";
import { TextField } from "./text-field.tsx";

/** A step that takes one line and nothing else: the reason for it, unless `label` asks for something else. */
export function LineForm({
  verb,
  label = "Why",
  says,
  step,
  onLine,
  onCancel,
}: {
  readonly verb: string;
  readonly label?: string;
  readonly says?: string;
  readonly step: { readonly isPending: boolean; readonly error: unknown };
  readonly onLine: (line: string) => void;
  readonly onCancel: () => void;
}) {
  const [line, setLine] = useState("");
  return (
    <Form
      verb={verb}
      says={says}
      ready={line.trim() !== ""}
      pending={step.isPending}
      fault={step.error}
      onCancel={onCancel}
      onSubmit={() => onLine(line)}
    >
      <TextField label={label} value={line} onChange={(event) => setLine(event.currentTarget.value)} />
    </Form>
  );
}
