import type { Item } from "../../api/contract.ts";
import { Tag } from "../../ui/tag.tsx";
import { STATES } from "./item-words.ts";

/** Where an item stands, by shape and word. */
export function StateTag({ state }: { readonly state: Item["state"] }) {
  const { tone, shape, word } = STATES[state];
  return (
    <Tag tone={tone} shape={shape}>
      {word}
    </Tag>
  );
}
