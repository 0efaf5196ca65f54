import { useEffect, useState } from "react";
import { useNowAnswer } from "../api/queries.ts";
import { keep, readKept } from "./kept.ts";

/**
 * State that survives a killed browser: kept under `name` at every keystroke until `discard` is called.
 *
 * Each person has their own drafts, so that nobody finds another's words after signing in at the same desk.
 * Fields that an older release did not know of are empty.
 */
export function useDraft<Value extends object>(
  name: string,
  empty: Value,
): readonly [value: Value, set: (value: Value) => void, discard: () => void] {
  const key = `draft.${useNowAnswer().person.id}.${name}`;
  const [value, setValue] = useState<Value>(() => ({ ...empty, ...draftIn(key) }));
  useEffect(() => {
    setValue((before) => ({ ...before, ...draftIn(key) }));
  }, [key]);
  const set = (next: Value) => {
    keep(key, next);
    setValue(next);
  };
  const discard = () => {
    keep(key, undefined);
    setValue(empty);
  };
  return [value, set, discard];
}

function draftIn(key: string): object {
  const draft = readKept(key);
  return typeof draft === "object" && draft !== null ? draft : {};
}
