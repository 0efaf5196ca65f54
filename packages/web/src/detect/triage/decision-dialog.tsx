import "./decision-dialog.css";
import { type KeyboardEvent, type ReactNode, useEffect, useRef } from "react";
import { Button } from "../../ui/button.tsx";
import { Dialog, DialogVerbs } from "../../ui/dialog.tsx";

/** One of the answers that can be given with a digit. */
export type Answer = { readonly id: string; readonly label: ReactNode; readonly why?: ReactNode };

/**
 * Asks at most one thing. A digit answers and is done; Enter takes the answer that is marked; the arrows mark
 * another. Everything else, such as a note, is below and optional.
 */
export function DecisionDialog({
  title,
  verb,
  answers,
  marked,
  ready = true,
  onMark,
  onAnswer,
  onClose,
  children,
}: {
  readonly title: string;
  readonly verb: string;
  readonly answers: readonly Answer[];
  readonly marked: string | undefined;
  readonly ready?: boolean;
  readonly onMark: (id: string) => void;
  /** Called with the answer, or with nothing where what stands below the answers is meant. */
  readonly onAnswer: (id: string | undefined) => void;
  readonly onClose: () => void;
  readonly children?: ReactNode;
}) {
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    const first = form.current?.querySelector<HTMLElement>("input:checked, input");
    first?.focus();
  }, []);
  const onKeyDown = (event: KeyboardEvent) => {
    if (isTyped(event.target) || event.ctrlKey || event.metaKey || event.altKey) return;
    const answer = answers[Number(event.key) - 1];
    if (answer === undefined || !/^[1-9]$/.test(event.key)) return;
    event.preventDefault();
    onAnswer(answer.id);
  };
  return (
    <Dialog title={title} onClose={onClose}>
      <form
        ref={form}
        className="decision"
        onKeyDown={onKeyDown}
        onSubmit={(event) => {
          event.preventDefault();
          if (ready) onAnswer(marked);
        }}
      >
        {answers.length > 0 ? (
          <fieldset className="decision-answers" aria-label={title}>
            {answers.map(({ id, label, why }, at) => (
              <label key={id} className="decision-answer">
                <input
                  type="radio"
                  name="answer"
                  value={id}
                  checked={id === marked}
                  onChange={() => onMark(id)}
                />
                {at < 9 ? <kbd>{at + 1}</kbd> : <span />}
                <span>
                  {label}
                  {why ? <span className="meta"> {why}</span> : null}
                </span>
              </label>
            ))}
          </fieldset>
        ) : null}
        {children}
        <DialogVerbs>
          <Button onClick={onClose}>Not now</Button>
          <Button type="submit" weight="primary" disabled={!ready}>
            {verb}
          </Button>
        </DialogVerbs>
      </form>
    </Dialog>
  );
}

function isTyped(target: EventTarget): boolean {
  return target instanceof HTMLElement && target.matches("input:not([type=radio]), textarea, select");
}
