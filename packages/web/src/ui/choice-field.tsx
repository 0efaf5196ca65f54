import "./fields.css";
import { type ReactNode, useId } from "react";

/** One thing that can be chosen, with what it means. */
export type Choice<Value extends string> = {
  readonly value: Value;
  readonly label: string;
  readonly why?: string;
  readonly disabled?: boolean;
};

type Common<Value extends string> = {
  readonly label: string;
  readonly hint?: ReactNode;
  readonly choices: ReadonlyArray<Choice<Value>>;
  readonly column?: boolean;
  readonly wrong?: string | undefined;
};

/** One of a few, all of them visible. `value` is undefined until somebody chose. */
export function ChoiceField<Value extends string>({
  value,
  onChange,
  ...common
}: Common<Value> & {
  readonly value: Value | undefined;
  readonly onChange: (value: Value) => void;
}) {
  return (
    <Choices
      {...common}
      type="radio"
      chosen={value === undefined ? [] : [value]}
      onToggle={(picked) => onChange(picked)}
    />
  );
}

/** Any of a few, all of them visible. */
export function ChoicesField<Value extends string>({
  values,
  onChange,
  ...common
}: Common<Value> & {
  readonly values: readonly Value[];
  readonly onChange: (values: readonly Value[]) => void;
}) {
  return (
    <Choices
      {...common}
      type="checkbox"
      chosen={values}
      onToggle={(picked, on) =>
        onChange(on ? [...values, picked] : values.filter((value) => value !== picked))
      }
    />
  );
}

function Choices<Value extends string>({
  label,
  hint,
  choices,
  column = false,
  wrong,
  type,
  chosen,
  onToggle,
}: Common<Value> & {
  readonly type: "radio" | "checkbox";
  readonly chosen: readonly Value[];
  readonly onToggle: (value: Value, on: boolean) => void;
}) {
  const name = useId();
  return (
    <fieldset className={column ? "choice column" : "choice"} aria-describedby={`${name}-says`}>
      <legend>{label}</legend>
      {hint ? <p className="choice-hint">{hint}</p> : null}
      <div className="choice-list">
        {choices.map((choice) => (
          <label className="choice-option" key={choice.value}>
            <input
              type={type}
              name={name}
              value={choice.value}
              checked={chosen.includes(choice.value)}
              disabled={choice.disabled ?? false}
              onChange={(event) => onToggle(choice.value, event.currentTarget.checked)}
            />
            <span>
              {choice.label}
              {choice.why ? <span className="why"> · {choice.why}</span> : null}
            </span>
          </label>
        ))}
      </div>
      <p className="choice-wrong" id={`${name}-says`}>
        {wrong}
      </p>
    </fieldset>
  );
}
