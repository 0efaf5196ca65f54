import "./plain-select.css";
import type { Choice } from "./choice-field.tsx";

/** One of a few in the browser's own list: small, quick, and at home on a phone. `undefined` is *none of them*. */
export function PlainSelect<Value extends string>({
  label,
  hidden = false,
  empty,
  choices,
  value,
  disabled = false,
  onChange,
}: {
  readonly label: string;
  /** Whether the label is only heard, where the first choice says it already. */
  readonly hidden?: boolean;
  readonly empty: string;
  readonly choices: ReadonlyArray<Pick<Choice<Value>, "value" | "label">>;
  readonly value: Value | undefined;
  readonly disabled?: boolean;
  readonly onChange: (value: Value | undefined) => void;
}) {
  return (
    <label className="plain-select">
      <span className={hidden ? "unseen" : ""}>{label}</span>
      <select
        value={value ?? ""}
        disabled={disabled}
        onChange={(event) => {
          const picked = event.currentTarget.value;
          onChange(choices.find((choice) => choice.value === picked)?.value);
        }}
      >
        <option value="">{empty}</option>
        {choices.map((choice) => (
          <option key={choice.value} value={choice.value}>
            {choice.label}
          </option>
        ))}
      </select>
    </label>
  );
}
