import { entrySentence } from "@jumpkit/core";
import type { Entry } from "../../api/contract.ts";

/** An entry as a row of the log, with the entries that corrected it, oldest first. */
export type LogRow = { readonly entry: Entry; readonly corrections: readonly Entry[] };

/** Which entries the log shows: all, what people wrote, or what the product recorded. */
export type LogShows = "all" | "lines" | "product";

/** Which of an entry's two times the log is sorted by. */
export type LogOrder = "recorded" | "happened";

/**
 * The rows of a log in the order wanted, of those that hold `text` in their words or their author's name.
 *
 * A line that was corrected stays where it is and carries its corrections; the correction has a row of its
 * own too, because it happened when it happened.
 */
export function logRows(
  entries: readonly Entry[],
  { shows, order, text = "" }: { readonly shows: LogShows; readonly order: LogOrder; readonly text?: string },
): readonly LogRow[] {
  const corrections = new Map<number, Entry[]>();
  for (const entry of entries) {
    if (entry.type !== "log.corrected") continue;
    const line = Number(entry.body["corrects"]);
    corrections.set(line, [...(corrections.get(line) ?? []), entry]);
  }
  const words = text.toLowerCase();
  const rows = entries
    .filter((entry) => shows === "all" || isLine(entry) === (shows === "lines"))
    .filter((entry) => words === "" || searched(entry).includes(words))
    .map((entry) => ({ entry, corrections: corrections.get(entry.incidentSeq) ?? [] }));
  if (order === "recorded") return rows;
  return rows.sort((a, b) => happenedMs(a.entry) - happenedMs(b.entry));
}

/** Whether a person wrote it in their own words. */
export function isLine(entry: Entry): boolean {
  return entry.type === "log.noted" || entry.type === "log.corrected";
}

/** How long after it happened it was recorded, where that is a minute or more. */
export function lateMs(entry: Entry): number | undefined {
  const late = Date.parse(entry.recordedAt) - happenedMs(entry);
  return late >= 60_000 ? late : undefined;
}

function searched(entry: Entry): string {
  return `${entrySentence(entry)} ${entry.actor?.name ?? ""}`.toLowerCase();
}

function happenedMs(entry: Entry): number {
  return Date.parse(entry.happenedAt);
}
