import * as z from "zod";
import type { IncidentId } from "../../kernel/id.ts";
import { accept, type Result, refuse } from "../../kernel/result.ts";
import { prose } from "../../kernel/text.ts";
import type { Stamp } from "../../kernel/time.ts";
import { Tlp } from "../../kernel/tlp.ts";
import type { Fact } from "./entry.ts";

/** What kind of line it is; a plain `note` unless the writer says otherwise. */
export const LineKind = z.enum(["note", "decision", "action", "finding", "call", "handover"]);
export type LineKind = z.infer<typeof LineKind>;

/** The text of one handling-log line. */
export const LineText = prose(20_000).refine((text) => text.trim() !== "", {
  error: "is empty; write what you know and how you know it",
});

/** The label of the line itself, milder or stricter; that of the incident where it has none. */
const LineLabel = Tlp.optional();

export const LOG_ENTRIES = {
  "log.noted": z.object({
    text: LineText,
    kind: LineKind,
    mentions: z.array(z.string()),
    assets: z.array(z.string()),
    whyLate: z.string(),
    tlp: LineLabel,
  }),
  "log.corrected": z.object({ corrects: z.int(), text: LineText, reason: z.string(), tlp: LineLabel }),
};

/** The most time that may lie between an event and its entry before the writer has to say why. */
export const LATE_AFTER_MS = 24 * 60 * 60 * 1000;

export type NoteRefusal =
  | { readonly code: "log.needs_reason"; readonly field: "whyLate" }
  | { readonly code: "log.in_future"; readonly field: "happened" };

/**
 * The entry for one line of the handling log.
 *
 * @param lag  milliseconds from the event to its receipt; negative when it lies ahead of our clock
 * @returns    the fact, or `log.needs_reason` when it is told more than a day late without saying why,
 *             or `log.in_future` when it is more than ten minutes ahead
 */
export function note(
  incident: IncidentId,
  happened: Stamp,
  lag: number,
  said: {
    readonly text: string;
    readonly kind: LineKind;
    readonly mentions: string[];
    readonly assets: string[];
    readonly whyLate: string;
    readonly tlp?: Tlp;
  },
): Result<Fact<typeof LOG_ENTRIES>, NoteRefusal> {
  if (lag < -10 * 60_000) return refuse({ code: "log.in_future", field: "happened" });
  if (lag > LATE_AFTER_MS && said.whyLate.trim() === "") {
    return refuse({ code: "log.needs_reason", field: "whyLate" });
  }
  return accept({ type: "log.noted", incident, happened, body: said });
}

export type CorrectionRefusal =
  | { readonly code: "log.no_such_line"; readonly line: number }
  | { readonly code: "log.not_a_line"; readonly line: number };

/**
 * The entry that corrects an earlier line; the line itself stays as it was.
 *
 * @param target  the type of the entry at that place in the incident's log, `undefined` when there is none
 * @returns       the fact, `log.no_such_line`, or `log.not_a_line` for an entry that the product wrote itself
 */
export function correct(
  incident: IncidentId,
  happened: Stamp,
  target: string | undefined,
  said: { readonly corrects: number; readonly text: string; readonly reason: string; readonly tlp?: Tlp },
): Result<Fact<typeof LOG_ENTRIES>, CorrectionRefusal> {
  if (target === undefined) return refuse({ code: "log.no_such_line", line: said.corrects });
  if (target !== "log.noted" && target !== "log.corrected") {
    return refuse({ code: "log.not_a_line", line: said.corrects });
  }
  return accept({ type: "log.corrected", incident, happened, body: said });
}
