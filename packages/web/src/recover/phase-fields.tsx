import { TextField } from "../ui/text-field.tsx";

/** A phase and a day as they are typed. */
export type PlanDraft = { readonly order: string; readonly name: string; readonly targetOn: string };

/** What was typed as the plan of a host; no phase unless both of its fields are filled. */
export function planOf({ order, name, targetOn }: PlanDraft) {
  const place = Number(order);
  const isPhase = Number.isInteger(place) && place >= 1 && name.trim() !== "";
  return {
    phase: isPhase ? { order: place, name: name.trim() } : null,
    targetOn: targetOn === "" ? null : targetOn,
  };
}

/** When, and in which phase of a long recovery, a host is to come back. */
export function PhaseFields({
  value,
  onChange,
}: {
  readonly value: PlanDraft;
  readonly onChange: (value: PlanDraft) => void;
}) {
  return (
    <div className="phase-fields">
      <TextField
        label="Phase"
        type="number"
        min={1}
        max={99}
        value={value.order}
        onChange={(event) => onChange({ ...value, order: event.currentTarget.value })}
      />
      <TextField
        label="Its name"
        placeholder="First the timetable"
        value={value.name}
        onChange={(event) => onChange({ ...value, name: event.currentTarget.value })}
      />
      <TextField
        label="Back by"
        type="date"
        value={value.targetOn}
        onChange={(event) => onChange({ ...value, targetOn: event.currentTarget.value })}
      />
    </div>
  );
}
