import "@mantine/core/styles/Input.layer.css";
import { TextInput, type TextInputProps } from "@mantine/core";
import "./fields.css";

/** One line of text with its name above, its hint under that and what is wrong below. */
export function TextField({ mono = false, ...rest }: TextInputProps & { readonly mono?: boolean }) {
  return <TextInput {...rest} inputWrapperOrder={ORDER} {...(mono ? { ff: "monospace" } : {})} />;
}

const ORDER: NonNullable<TextInputProps["inputWrapperOrder"]> = ["label", "description", "input", "error"];
