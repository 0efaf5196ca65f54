import { Textarea, type TextareaProps } from "@mantine/core";
import { FIELD_LOOKS } from "./field-looks.ts";

/** Several lines of text; it grows with what is written. */
export function TextArea(props: TextareaProps) {
  return (
    <Textarea
      {...FIELD_LOOKS}
      {...props}
      autosize
      minRows={props.minRows ?? 2}
      maxRows={props.maxRows ?? 12}
    />
  );
}
