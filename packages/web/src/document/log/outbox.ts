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

/** A place in this browser: what one person wrote in one incident. Nobody sends another's lines. */
export type Outbox = { readonly person: string; readonly incident: string };

/** The unsaved lines of a person in an incident, oldest first. */
export function useUnsavedLines({ person, incident }: Outbox): readonly UnsavedLine[] {
  return useSyncExternalStore(
    subscribe,
    useCallback(() => unsavedLines({ person, incident }), [person, incident]),
  );
}

/** The unsaved lines as this browser keeps them. */
export function unsavedLines(outbox: Outbox): readonly UnsavedLine[] {
  const name = nameOf(outbox);
  const text = localStorage.getItem(name);
  if (text === null) return NONE;
  const known = read.get(name);
  if (known?.text === text) return known.lines;
  const lines = parse(text);
  read.set(name, { text, lines });
  return lines;
}

/** Keeps a line, or what has become of it. */
export function keepLine(outbox: Outbox, line: UnsavedLine): void {
  const lines = unsavedLines(outbox);
  const known = lines.some(({ key }) => key === line.key);
  store(outbox, known ? lines.map((other) => (other.key === line.key ? line : other)) : [...lines, line]);
}

/** Lets a line go: it is saved, or back in its writer's hands. */
export function dropLine(outbox: Outbox, key: string): void {
  store(
    outbox,
    unsavedLines(outbox).filter((line) => line.key !== key),
  );
}

function store(outbox: Outbox, lines: readonly UnsavedLine[]): void {
  if (lines.length === 0) localStorage.removeItem(nameOf(outbox));
  else localStorage.setItem(nameOf(outbox), JSON.stringify(lines));
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

function nameOf({ person, incident }: Outbox): string {
  return `jumpkit.unsaved.${person}.${incident}`;
}

function parse(text: string): readonly UnsavedLine[] {
  try {
    const lines: unknown = JSON.parse(text);
    return Array.isArray(lines) ? (lines as UnsavedLine[]) : NONE;
  } catch {
    return NONE;
  }
}
