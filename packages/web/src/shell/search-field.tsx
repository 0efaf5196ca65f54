import { useEffect, useRef, useState } from "react";
import { Icon } from "../ui/icon.tsx";
import { Search } from "../ui/icons.ts";
import { TextField } from "../ui/text-field.tsx";
import { useKey } from "./keyboard.ts";

/**
 * The words looked for. `/` leads into the field, Enter and Escape out of it, to the rows.
 *
 * It has its own text: an address follows too slowly for who types fast.
 */
export function SearchField({
  label,
  text,
  onLook,
}: {
  readonly label: string;
  readonly text: string | undefined;
  readonly onLook: (text: string | undefined) => void;
}) {
  const field = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState(text ?? "");
  useKey("/", () => field.current?.focus());
  useEffect(() => {
    if (document.activeElement !== field.current) setTyped(text ?? "");
  }, [text]);
  return (
    <TextField
      ref={field}
      aria-label={label}
      placeholder={label}
      leftSection={<Icon of={Search} />}
      value={typed}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        onLook(event.currentTarget.value || undefined);
      }}
      onKeyDown={(event) => {
        if (event.key === "Escape" || event.key === "Enter") event.currentTarget.blur();
      }}
    />
  );
}
