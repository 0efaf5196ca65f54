import "./form.css";
import type { ReactNode } from "react";
import { Button } from "./button.tsx";
import { DialogVerbs } from "./dialog.tsx";
import { RefusalNotice } from "./refusal-notice.tsx";

/** A question with its answer's consequence on the button, its refusal above the button, and a way out. */
export function Form({
  verb,
  ready = true,
  pending,
  fault,
  irreversible = false,
  says,
  onSubmit,
  onCancel,
  children,
}: {
  readonly verb: string;
  readonly ready?: boolean;
  readonly pending: boolean;
  readonly fault: unknown;
  readonly irreversible?: boolean;
  readonly says?: ReactNode;
  readonly onSubmit: () => void;
  readonly onCancel?: (() => void) | undefined;
  readonly children: ReactNode;
}) {
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        if (ready && !pending) onSubmit();
      }}
    >
      {children}
      <RefusalNotice fault={fault} />
      <DialogVerbs aside={says ? <span className="meta">{says}</span> : null}>
        {onCancel ? <Button onClick={onCancel}>Not now</Button> : null}
        <Button type="submit" weight={irreversible ? "irreversible" : "primary"} disabled={!ready || pending}>
          {verb}
        </Button>
      </DialogVerbs>
    </form>
  );
}
