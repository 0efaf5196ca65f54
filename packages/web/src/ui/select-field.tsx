import "@mantine/core/styles/Combobox.layer.css";
import "@mantine/core/styles/Popover.layer.css";
import "@mantine/core/styles/ScrollArea.layer.css";
import { Select, type SelectProps } from "@mantine/core";
import { FIELD_LOOKS } from "./field-looks.ts";

const CLASSES = { ...FIELD_LOOKS.classNames, dropdown: "field-options", option: "field-option" };

/** Options stay beside their field: outside an open dialog nothing can be reached. */
const IN_PLACE = {
  withinPortal: false,
  floatingStrategy: "fixed",
  transitionProps: { duration: 0 },
} as const;

/** One of many, found by typing a part of it. */
export function SelectField(props: SelectProps) {
  return (
    <Select
      {...FIELD_LOOKS}
      classNames={CLASSES}
      searchable
      nothingFoundMessage="Nothing matches"
      checkIconPosition="right"
      comboboxProps={IN_PLACE}
      {...props}
    />
  );
}
