import { CURRENCIES } from "@jumpkit/core";
import { SelectField } from "../../ui/select-field.tsx";

/** One currency by its three letters. */
export function CurrencyField({
  label,
  value,
  description,
  onChange,
}: {
  readonly label: string;
  readonly value: string;
  readonly description?: string;
  readonly onChange: (currency: string) => void;
}) {
  return (
    <SelectField
      label={label}
      {...(description === undefined ? {} : { description })}
      allowDeselect={false}
      data={[...CURRENCIES]}
      value={value}
      onChange={(currency) => {
        if (currency !== null) onChange(currency);
      }}
    />
  );
}
