import { TextInput, type TextInputProps } from "@mantine/core";
import { FIELD_LOOKS } from "./field-looks.ts";

/** One line of text with its name above, its hint and what is wrong below. `mono` is for what is read exactly. */
export function TextField({ mono = false, ...rest }: TextInputProps & { readonly mono?: boolean }) {
  return (
    <TextInput
      {...FIELD_LOOKS}
      {...rest}
      {...(mono ? { classNames: { ...FIELD_LOOKS.classNames, input: "field-input mono" } } : {})}
    />
  );
}
