import { useEffect, useSyncExternalStore } from "react";

/** Somebody who looks at a thing now. */
export type Onlooker = { readonly id: string; readonly name: string };

const NOBODY: readonly Onlooker[] = [];
/** Said again this often, because who is not heard of for a while is taken to have left. */
const AGAIN_MS = 20_000;

const byThing = new Map<string, readonly Onlooker[]>();
const listeners = new Set<() => void>();
const tab = crypto.randomUUID();

/** Takes in what the live stream tells of one thing. */
export function hearOnlookers(data: string): void {
  try {
    const { thing, people } = JSON.parse(data) as { thing: string; people: readonly Onlooker[] };
    if (people.length === 0) byThing.delete(thing);
    else byThing.set(thing, people);
  } catch {
    return;
  }
  for (const listener of listeners) listener();
}

/** Forgets who looked: after a cut the stream tells it anew. */
export function forgetOnlookers(): void {
  byThing.clear();
  for (const listener of listeners) listener();
}

/** Those who look at `thing` now, the reader among them. */
export function useOnlookers(thing: string): readonly Onlooker[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => byThing.get(thing) ?? NOBODY,
  );
}

/** Tells colleagues that this tab shows `thing`, for as long as the component is shown. */
export function useLookingAt(thing: string | undefined): void {
  useEffect(() => {
    if (thing === undefined) return;
    // Who only passes by does not look.
    const first = setTimeout(() => void say(thing), 300);
    const again = setInterval(() => void say(thing), AGAIN_MS);
    return () => {
      clearTimeout(first);
      clearInterval(again);
      void say(null);
    };
  }, [thing]);
}

async function say(thing: string | null): Promise<void> {
  await fetch("/v1/presence", {
    method: "POST",
    credentials: "same-origin",
    keepalive: true,
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ thing, tab }),
  }).catch(() => undefined);
}
