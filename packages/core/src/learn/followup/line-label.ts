import { repeating } from "../../coordinate/notification/repeats.ts";
import { stricter, TLP_LABELS, Tlp } from "../../kernel/tlp.ts";
import type { ToldEntry } from "./followup.ts";
import type { Seen } from "./part.ts";

/**
 * The label under which each line of the log stands, by its place in the log: its own, or that of the incident where it
 * has none. It is never milder than an observable that the line repeats, nor than a correction of the line: what is
 * wrong must not stand where its correction is struck.
 *
 * @param entries  of the whole log, oldest first
 */
export function lineLabels(
  entries: readonly ToldEntry[],
  seen: readonly Seen[],
  tlp: Tlp,
): ReadonlyMap<number, Tlp> {
  const labels = new Map<number, Tlp>();
  const leastFor = leastLabel(seen);
  for (const { type, incidentSeq, body } of entries.toReversed()) {
    if (incidentSeq === null || (type !== "log.noted" && type !== "log.corrected")) continue;
    const own = Tlp.safeParse(body["tlp"]);
    const said = own.success ? leastFor(own.data, String(body["text"] ?? "")) : tlp;
    const label = stricter(said, labels.get(incidentSeq) ?? said);
    labels.set(incidentSeq, label);
    const corrected = body["corrects"];
    if (typeof corrected === "number") labels.set(corrected, stricter(label, labels.get(corrected) ?? label));
  }
  return labels;
}

/** The mildest label from one on under which a text repeats nothing that was seen under a stricter one. */
function leastLabel(seen: readonly Seen[]): (from: Tlp, text: string) => Tlp {
  const repeats = TLP_LABELS.map((label) => repeating(label, seen, []));
  return (from, text) => {
    const least = TLP_LABELS.findIndex((_, at) => at >= TLP_LABELS.indexOf(from) && !repeats[at]?.(text));
    return TLP_LABELS[least] ?? "TLP:RED";
  };
}
