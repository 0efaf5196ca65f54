import { useCallback, useSyncExternalStore } from "react";
import type { OperationInput } from "../../api/contract.ts";
import { keep, namesKept, onKept, readKept } from "../../shell/kept.ts";

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

/** A place in this browser: what one person wrote in one incident. Nobody sends another's lines. */
export type Outbox = { readonly person: string; readonly incident: string };

const NONE: readonly UnsavedLine[] = [];
const shown = new Map<string, readonly UnsavedLine[]>();

/** The unsaved lines of a person in an incident, oldest first. */
export function useUnsavedLines({ person, incident }: Outbox): readonly UnsavedLine[] {
  return useSyncExternalStore(
    onKept,
    useCallback(() => sameWhileUnchanged({ person, incident }), [person, incident]),
  );
}

/** The unsaved lines as this browser keeps them, oldest first. */
export function unsavedLines(outbox: Outbox): readonly UnsavedLine[] {
  return namesKept(prefixOf(outbox))
    .map((name) => readKept(name) as UnsavedLine)
    .sort((a, b) => a.enteredMs - b.enteredMs);
}

/** Keeps a line, or what has become of it. */
export function keepLine(outbox: Outbox, line: UnsavedLine): void {
  keep(prefixOf(outbox) + line.key, line, { strict: true });
}

/** Lets a line go: it is saved, or back in its writer's hands. */
export function dropLine(outbox: Outbox, key: string): void {
  keep(prefixOf(outbox) + key, undefined);
}

function sameWhileUnchanged(outbox: Outbox): readonly UnsavedLine[] {
  const lines = unsavedLines(outbox);
  const before = shown.get(prefixOf(outbox)) ?? NONE;
  if (lines.length === before.length && lines.every((line, at) => line === before[at])) return before;
  shown.set(prefixOf(outbox), lines);
  return lines;
}

function prefixOf({ person, incident }: Outbox): string {
  return `unsaved.${person}.${incident}.`;
}
