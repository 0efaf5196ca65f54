import "./notify.css";

/** A letter's words as they are, line for line; it scrolls within itself and can be reached by keyboard. */
export function LetterText({
  text,
  label = "The words",
}: {
  readonly text: string;
  readonly label?: string;
}) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard (WCAG 2.1.1)
    <section className="letter" aria-label={label} tabIndex={0}>
      <pre>{text}</pre>
    </section>
  );
}
