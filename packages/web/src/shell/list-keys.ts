import { useState } from "react";
import { useKey } from "./keyboard.ts";

/** J and K move through `count` rows, Enter opens the one they stand on. Gives back the row, or -1 for none. */
export function useListKeys(count: number, open: (at: number) => void): number {
  const [at, setAt] = useState(-1);
  useKey("j", count > 0 ? () => setAt((before) => Math.min(count - 1, before + 1)) : undefined);
  useKey("k", count > 0 ? () => setAt((before) => Math.max(0, before - 1)) : undefined);
  useKey("enter", at >= 0 && at < count ? () => open(at) : undefined);
  return at;
}
