import "@mantine/core/styles/Input.layer.css";
import { Textarea, type TextareaProps } from "@mantine/core";
import "./fields.css";

/** Several lines of text; it grows with what is written. */
export function TextArea(props: TextareaProps) {
  return <Textarea {...props} autosize minRows={props.minRows ?? 2} maxRows={props.maxRows ?? 12} />;
}
