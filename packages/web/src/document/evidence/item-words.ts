import { CUSTODY_EVENTS } from "@jumpkit/core";
import type { CustodyLink, Item } from "../../api/contract.ts";
import type { Choice } from "../../ui/choice-field.tsx";
import type { ShapeName } from "../../ui/shape.tsx";

/** What kind of thing it is. */
export const KINDS: ReadonlyArray<Choice<Item["identification"]["kind"]>> = [
  { value: "file", label: "File" },
  { value: "log", label: "Log" },
  { value: "disk_image", label: "Disk image" },
  { value: "memory_image", label: "Memory image" },
  { value: "network_capture", label: "Network capture" },
  { value: "device", label: "Device" },
  { value: "document", label: "Document" },
  { value: "other", label: "Other" },
];

/** Whether the seal was whole. */
export const CONDITIONS: ReadonlyArray<Choice<NonNullable<CustodyLink["condition"]>>> = [
  { value: "intact", label: "Seal intact" },
  { value: "broken", label: "Seal broken" },
  { value: "not_sealed", label: "Not sealed" },
];

/** The state of an item by tone, shape and word. */
export const STATES: Readonly<
  Record<
    Item["state"],
    { readonly tone: "ok" | "warn" | "plain"; readonly shape: ShapeName; readonly word: string }
  >
> = {
  collected: { tone: "plain", shape: "ring", word: "Collected" },
  sealed: { tone: "ok", shape: "square", word: "Sealed" },
  in_transit: { tone: "warn", shape: "onward", word: "Offered" },
  stored: { tone: "ok", shape: "shelf", word: "Stored" },
  released: { tone: "plain", shape: "outward", word: "Released" },
};

/** What a link of the chain is called. */
export function eventWord(link: CustodyLink): string {
  return CUSTODY_EVENTS[link.event] ?? link.event;
}

/** `Seal intact` for a condition, nothing where none was said. */
export function conditionWord(condition: CustodyLink["condition"]): string {
  return CONDITIONS.find((choice) => choice.value === condition)?.label ?? "";
}

/** `Memory image` for a kind. */
export function kindWord(kind: Item["identification"]["kind"]): string {
  return KINDS.find((choice) => choice.value === kind)?.label ?? kind;
}
