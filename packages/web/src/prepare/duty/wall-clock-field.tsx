import { TextField } from "../../ui/text-field.tsx";

/** A moment as a wall clock shows it, `2026-11-22T08:00`; `instantIn` tells which moment that is in a zone. */
export function WallClockField({
  label,
  description,
  value,
  onChange,
}: {
  readonly label: string;
  readonly description?: string;
  readonly value: string;
  readonly onChange: (wall: string) => void;
}) {
  return (
    <TextField
      label={label}
      {...(description === undefined ? {} : { description })}
      type="datetime-local"
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
