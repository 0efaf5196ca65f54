import "./form.css";
import { type ReactNode, useEffect, useRef } from "react";
import { Button } from "./button.tsx";
import { DialogVerbs } from "./dialog.tsx";
import { RefusalNotice } from "./refusal-notice.tsx";

/**
 * A question with its answer's consequence on the button, its refusal above the button, and a way out.
 *
 * One with a way out stands in the place of a verb that was pressed: the focus goes to its first field.
 */
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
  const element = useRef<HTMLFormElement>(null);
  const appears = onCancel !== undefined;
  useEffect(() => {
    // Lost with the verb that was pressed; whoever has it elsewhere keeps it.
    if (!appears || document.activeElement !== document.body) return;
    const first = element.current?.querySelector("input, select, textarea");
    if (first instanceof HTMLElement) first.focus({ preventScroll: true });
  }, [appears]);
  return (
    <form
      ref={element}
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
