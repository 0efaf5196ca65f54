import { accept, BatchId, received, refuse, rollUp, stampNow } from "@jumpkit/core";
import * as z from "zod";
import { type Operation, operation } from "../operation.ts";
import type { ParsedPart } from "./intake-ports.ts";

/**
 * The operation that works off one part of a batch: its events become signs, and one entry commits to them.
 *
 * No route leads to it. Whoever sent the batch was permitted to when it was taken in; what was acknowledged
 * then is worked off whatever the policy has become. A part that was worked off already is `batch.moved_on`.
 */
export function receivePart(part: ParsedPart): Operation {
  return operation({
    name: "signs.receive",
    phase: "detect",
    summary: "Work off one part of a batch",
    action: "own",
    input: z.strictObject({ batch: BatchId, offset: z.int().min(0) }),
    output: z.object({ batch: BatchId }),
    load: async ({ batch: id }, records, act) => {
      const batch = await records.pendingBatch(id);
      const source = batch && (await records.source(batch.source));
      if (batch === undefined || source === undefined) return undefined;
      const keys = part.items.map((item) => item.key);
      const counted = await records.countedKeys(source.id, keys);
      const fresh = part.items.filter((item) => !counted.has(item.key)).map((item) => item.event);
      const known = await records.signsFor(source.id, [...new Set(counted.values())], fresh);
      const rolledUp = rollUp(source.id, part.items, counted, known, () => act.newId("sgn"));
      const root = records.rootOf(rolledUp.items.map(({ arrival }) => arrival.digest));
      return { batch, source, rolledUp, root };
    },
    decide: ({ batch, source, rolledUp, root }, { offset }, act) => {
      if (batch.cursor.offset !== offset) return refuse({ code: "batch.moved_on" });
      const times = rolledUp.items.map(({ arrival }) => arrival.event.at);
      const fact = received(stampNow(act.now, act.by.zone), {
        batch: batch.id,
        part: batch.parts + 1,
        source: source.id,
        sourceName: source.name,
        sha256: batch.sha256,
        sizeBytes: batch.sizeBytes,
        count: rolledUp.items.length,
        repeats: rolledUp.repeats,
        skipped: Object.values(part.skipped).reduce((sum, count) => sum + count, 0),
        unread: part.bad.length,
        firstAt: times[0] ?? null,
        lastAt: times.at(-1) ?? null,
        root,
        sentUnder: batch.sentUnder,
      });
      return accept({
        facts: [fact],
        effects: [{ kind: "part_stored", batch, rolledUp, part, now: act.now }],
        output: { batch: batch.id },
      });
    },
  });
}
