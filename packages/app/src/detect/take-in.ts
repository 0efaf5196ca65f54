import { BatchId, type Result, refuse, type SourceId } from "@jumpkit/core";
import * as z from "zod";
import { denialOf } from "../execute.ts";
import type { Viewer } from "../ports.ts";
import type { Reading } from "../reading.ts";
import type { Refusal } from "../refusals.ts";
import type { PendingBatch } from "./intake-ports.ts";

/** The answer to a batch that is safe and waits to be worked off. */
export const TakenIn = z.object({ batch: BatchId }).meta({ id: "TakenIn" });

/** What of the path's query a sender may say of a batch. */
export const TakeInQuery = z.strictObject({
  name: z.string().max(255).default("").describe("the file's name, for whoever looks at the batch later"),
});

/**
 * By which rule this person may send signs through this source now, or why not.
 *
 * Asked before a byte is read. A source they may not see is refused as one that does not exist.
 */
export async function whyNotSend(
  reading: Reading,
  viewer: Viewer,
  source: SourceId,
): Promise<Result<PendingBatch["sentUnder"], Refusal>> {
  const sees = (await reading.permission(viewer, "sign.read")).allowed;
  const permission = await reading.permission(viewer, "sign.send");
  const found = (await reading.sources()).find((each) => each.id === source);
  if (found === undefined || !(sees || permission.allowed)) return refuse({ code: "thing.not_found" });
  if (!permission.allowed) return refuse(denialOf({ action: "sign.send" }, permission));
  if (found.status === "retired") return refuse({ code: "source.retired" });
  return { ok: true, value: { policy: permission.policy, rule: permission.rule } };
}
