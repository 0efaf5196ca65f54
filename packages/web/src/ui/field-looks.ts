import "@mantine/core/styles/Input.layer.css";
import "./fields.css";

type Part = "label" | "input" | "description" | "error";

/** How every field of a form looks and in which order its parts stand: name, field, hint, what is wrong. */
export const FIELD_LOOKS = {
  classNames: { label: "field-label", input: "field-input", description: "field-hint", error: "field-wrong" },
  inputWrapperOrder: ["label", "input", "description", "error"] as Part[],
} as const;
