import { useEffect, useSyncExternalStore } from "react";

/** The kinds of verbs, in the order in which the palette shows them. */
const GROUPS = ["This incident", "Act", "Go to", "May I?", "This browser"] as const;
export type Group = (typeof GROUPS)[number];

/** A verb as the command palette shows it. */
export type Action = {
  readonly id: string;
  readonly title: string;
  readonly group: Group;
  /** Its key, as in the key map. */
  readonly keys?: string;
  /** Other words under which it is found. */
  readonly also?: string;
  readonly run?: () => void;
  /** What has to be known before, such as whose consent it needs. */
  readonly note?: string;
  /** Why this person may not do it, and whom to ask; such a verb is shown and cannot be run. */
  readonly refused?: string;
};

let sets: ReadonlyArray<readonly Action[]> = [];
let all: readonly Action[] = [];
const listeners = new Set<() => void>();

/** Offers `actions` in the palette while the component is shown. Pass the same array while nothing changed. */
export function useOfferedActions(actions: readonly Action[]): void {
  useEffect(() => {
    replace([...sets, actions]);
    return () => replace(sets.filter((other) => other !== actions));
  }, [actions]);
}

/** Every verb offered now, by group. */
export function useActions(): readonly Action[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => all,
  );
}

function replace(next: ReadonlyArray<readonly Action[]>): void {
  sets = next;
  all = sets.flat().sort((a, b) => GROUPS.indexOf(a.group) - GROUPS.indexOf(b.group));
  for (const listener of listeners) listener();
}

/**
 * The actions whose title or other words hold every word of `query`, best first.
 *
 * A match at the start of a word counts more than one inside; equal ones keep their order. No letters are
 * skipped: at three in the morning "iso" must not offer *who is on call*.
 */
export function findActions(actions: readonly Action[], query: string): readonly Action[] {
  const words = query
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== "");
  if (words.length === 0) return actions;
  return actions
    .map((action) => ({
      action,
      score: scoreOf(`${action.title} ${action.also ?? ""}`.toLowerCase(), words),
    }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .map(({ action }) => action);
}

function scoreOf(text: string, words: readonly string[]): number {
  let score = 0;
  for (const word of words) {
    const at = text.indexOf(word);
    if (at < 0) return 0;
    if (at === 0) score += 3;
    else score += startsWordIn(text, word) ? 2 : 1;
  }
  return score;
}

function startsWordIn(text: string, word: string): boolean {
  return text.includes(` ${word}`) || text.includes(`-${word}`);
}
