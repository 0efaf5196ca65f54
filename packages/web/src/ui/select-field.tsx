import "@mantine/core/styles/Combobox.layer.css";
import "@mantine/core/styles/Input.layer.css";
import "@mantine/core/styles/Popover.layer.css";
import "@mantine/core/styles/ScrollArea.layer.css";
import { Select, type SelectProps } from "@mantine/core";
import "./fields.css";

/** One of many, found by typing a part of it. */
export function SelectField(props: SelectProps) {
  return <Select searchable nothingFoundMessage="Nothing matches" checkIconPosition="right" {...props} />;
}
