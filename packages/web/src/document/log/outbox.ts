import { useCallback, useSyncExternalStore } from "react";
import type { OperationInput } from "../../api/contract.ts";

/** A line that was entered and is not yet known to be saved. It survives a killed browser. */
export type UnsavedLine = {
  /** Sent with every try, so that the server keeps the line once. */
  readonly key: string;
  /** When Enter was pressed, in milliseconds since 1970 by this machine's clock. */
  readonly enteredMs: number;
  readonly input: OperationInput<"log.note">;
  /** Why the server refused it; absent while it only could not be reached. */
  readonly refused?: { readonly message: string; readonly next: string };
};

const listeners = new Set<() => void>();
const read = new Map<string, { readonly text: string; readonly lines: readonly UnsavedLine[] }>();
const NONE: readonly UnsavedLine[] = [];

/** The unsaved lines of an incident, oldest first. */
export function useUnsavedLines(incident: string): readonly UnsavedLine[] {
  return useSyncExternalStore(
    subscribe,
    useCallback(() => unsavedLines(incident), [incident]),
  );
}

/** The unsaved lines of an incident as this browser keeps them. */
export function unsavedLines(incident: string): readonly UnsavedLine[] {
  const text = localStorage.getItem(nameOf(incident));
  if (text === null) return NONE;
  const known = read.get(incident);
  if (known?.text === text) return known.lines;
  const lines = parse(text);
  read.set(incident, { text, lines });
  return lines;
}

/** Keeps a line, or what has become of it. */
export function keepLine(line: UnsavedLine): void {
  const { incident } = line.input;
  const others = unsavedLines(incident).filter(({ key }) => key !== line.key);
  store(incident, [...others, line]);
}

/** Lets a line go: it is saved, or back in its writer's hands. */
export function dropLine(incident: string, key: string): void {
  store(
    incident,
    unsavedLines(incident).filter((line) => line.key !== key),
  );
}

function store(incident: string, lines: readonly UnsavedLine[]): void {
  if (lines.length === 0) localStorage.removeItem(nameOf(incident));
  else localStorage.setItem(nameOf(incident), JSON.stringify(lines));
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener("storage", listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener("storage", listener);
  };
}

function nameOf(incident: string): string {
  return `jumpkit.unsaved.${incident}`;
}

function parse(text: string): readonly UnsavedLine[] {
  try {
    const lines: unknown = JSON.parse(text);
    return Array.isArray(lines) ? (lines as UnsavedLine[]) : NONE;
  } catch {
    return NONE;
  }
}
