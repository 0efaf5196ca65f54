import "./dialog.css";
import { type ReactNode, useEffect, useId, useRef } from "react";
import { IconButton } from "./button.tsx";
import { X } from "./icons.ts";

/**
 * Asks one question above the page, which waits behind it.
 *
 * Esc and the cross close it, a click beside it does not: what was typed must never be lost by a slip.
 */
export function Dialog({
  title,
  wide = false,
  onClose,
  children,
}: {
  readonly title: string;
  readonly wide?: boolean;
  readonly onClose: () => void;
  readonly children: ReactNode;
}) {
  const element = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useEffect(() => {
    const dialog = element.current;
    const before = document.activeElement;
    dialog?.showModal();
    return () => {
      dialog?.close();
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  return (
    <dialog
      ref={element}
      className={wide ? "dialog wide" : "dialog"}
      aria-labelledby={titleId}
      onCancel={(event) => {
        if (event.target !== element.current) return;
        event.preventDefault();
        onClose();
      }}
    >
      <div className="dialog-frame">
        <h2 className="dialog-title" id={titleId}>
          {title}
        </h2>
        <div className="dialog-body">{children}</div>
        {/* Last in order, so that the focus falls on the question and not on the way out. */}
        <div className="dialog-close">
          <IconButton label="Close" icon={X} onClick={onClose} />
        </div>
      </div>
    </dialog>
  );
}

/** The row of verbs under a dialog's question; `aside` stands at the left. */
export function DialogVerbs({
  aside,
  children,
}: {
  readonly aside?: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <div className="dialog-foot">
      <div className="aside">{aside}</div>
      {children}
    </div>
  );
}
