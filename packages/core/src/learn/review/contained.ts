import { type Isolation, isStanding } from "../../contain/isolation/isolation.ts";
import { type Instant, instantOf } from "../../kernel/time.ts";

/**
 * When an incident was contained: when the last of its isolations was done, once none waits to be done any more.
 * `null` while something waits, and where nothing was ever cut off.
 */
export function containedAt(isolations: readonly Pick<Isolation, "state" | "history">[]): Instant | null {
  if (isolations.some((each) => isStanding(each) && !wasCut(each))) return null;
  const moments = isolations.flatMap(({ history }) => {
    const done = history.find(({ state }) => state === "done");
    return done === undefined ? [] : [instantOf({ at: done.at })];
  });
  return moments.toSorted().at(-1) ?? null;
}

function wasCut({ history }: Pick<Isolation, "history">): boolean {
  return history.some(({ state }) => state === "done");
}
