import { SelectField } from "../../ui/select-field.tsx";

const ZONES = ["UTC", ...Intl.supportedValuesOf("timeZone").filter((zone) => zone !== "UTC")];

/** A time zone by its IANA name. */
export function ZoneField({
  value,
  onChange,
  wrong,
}: {
  readonly value: string;
  readonly onChange: (zone: string) => void;
  readonly wrong?: string | undefined;
}) {
  const zones = ZONES.includes(value) ? ZONES : [value, ...ZONES];
  return (
    <SelectField
      label="Time zone"
      data={zones}
      value={value}
      limit={100}
      allowDeselect={false}
      error={wrong}
      onChange={(zone) => zone && onChange(zone)}
    />
  );
}
