import { Stamp, stampNow } from "@jumpkit/core";
import type { Act } from "./operation.ts";

/** The optional input that says when something happened. */
export const happened = Stamp.optional().describe("When it happened; now, in your own zone, when absent");

/** The stamp said, or this moment in the actor's own zone. */
export function stampOf(said: Stamp | undefined, act: Act): Stamp {
  return said ?? stampNow(act.now, act.by.zone);
}
