import { useEffect, useState } from "react";
import { useNowAnswer } from "../api/queries.ts";

/**
 * State that survives a killed browser: kept under `name` at every keystroke until `discard` is called.
 *
 * Each person has their own drafts, so that nobody finds another's words after signing in at the same desk.
 *
 * What cannot be read back, because an older release wrote it, counts as nothing.
 */
export function useDraft<Value extends object>(
  name: string,
  empty: Value,
): readonly [value: Value, set: (value: Value) => void, discard: () => void] {
  const key = `jumpkit.draft.${useNowAnswer().person.id}.${name}`;
  const [value, setValue] = useState<Value>(() => ({ ...empty, ...readDraft(key) }));
  useEffect(() => {
    setValue((before) => ({ ...before, ...readDraft(key) }));
  }, [key]);
  const set = (next: Value) => {
    localStorage.setItem(key, JSON.stringify(next));
    setValue(next);
  };
  const discard = () => {
    localStorage.removeItem(key);
    setValue(empty);
  };
  return [value, set, discard];
}

function readDraft(key: string): object {
  try {
    const draft: unknown = JSON.parse(localStorage.getItem(key) ?? "{}");
    return typeof draft === "object" && draft !== null ? draft : {};
  } catch {
    return {};
  }
}
