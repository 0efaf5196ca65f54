import * as z from "zod";
import type { Incident } from "../../detect/incident/incident.ts";
import { type IncidentRefusal, isOpen, mustBeOpen } from "../../detect/incident/life.ts";
import type { Entry, Fact } from "../../document/log/entry.ts";
import { type IncidentId, PersonId } from "../../kernel/id.ts";
import { accept, type Result, refuse } from "../../kernel/result.ts";
import { prose } from "../../kernel/text.ts";
import { type Instant, instantAt, parseInstant, type Stamp, unixMsOf } from "../../kernel/time.ts";

const Said = prose(2000).refine((text) => text.trim() !== "", { error: "is empty" });

/** What is watched while an incident is open, how often somebody looks, and who. */
export const WatchPlan = z.strictObject({
  what: Said,
  everyMinutes: z
    .int()
    .min(15)
    .max(7 * 24 * 60),
  who: PersonId.nullable().describe("Who looks; the lead when null"),
});
export type WatchPlan = z.infer<typeof WatchPlan>;

export const WATCH_ENTRIES = {
  "watch.planned": z.object({ ...WatchPlan.shape, whoName: z.string(), reason: prose(2000) }),
  "watch.checked_in": z.object({ found: z.enum(["nothing", "something"]), text: prose(4000) }),
};
type Facts = Fact<typeof WATCH_ENTRIES>;

/** One time that somebody looked. */
export interface CheckIn {
  readonly at: string;
  readonly by: string;
  readonly found: "nothing" | "something";
  readonly text: string;
}

/** The monitoring of one incident as its log says it is. */
export interface Watch extends WatchPlan {
  readonly incident: IncidentId;
  readonly whoName: string;
  /** When the plan was made or last changed; `null` while the default holds. */
  readonly plannedAt: string | null;
  /** The latest hundred check-ins, newest first. */
  readonly checkIns: readonly CheckIn[];
}

const KEPT = 100;

/** How often somebody looks while nobody has planned otherwise. */
export const DEFAULT_EVERY_MINUTES = 4 * 60;

/**
 * The plan that holds for every open incident until somebody makes another.
 *
 * @source CERT/CC: in all cases operation is closely monitored
 */
export function defaultWatch(incident: IncidentId): Watch {
  return {
    incident,
    what:
      "Affected and neighbouring hosts: new connections outside, new accounts and sign-ins, changed programs, " +
      "alerts about them. Isolated hosts: that they are still cut off.",
    everyMinutes: DEFAULT_EVERY_MINUTES,
    who: null,
    whoName: "",
    plannedAt: null,
    checkIns: [],
  };
}

/** The monitoring after one more entry about it. */
export function projectWatch(
  before: Watch | undefined,
  entry: Entry<typeof WATCH_ENTRIES>,
): Watch | undefined {
  if (entry.incident === null) return before;
  const watch = before ?? defaultWatch(entry.incident);
  if (entry.type === "watch.planned") {
    const { what, everyMinutes, who, whoName } = entry.body;
    return {
      ...watch,
      what: what ?? "(withheld)",
      everyMinutes: everyMinutes ?? DEFAULT_EVERY_MINUTES,
      who: who ?? null,
      whoName: whoName ?? "(withheld)",
      plannedAt: entry.recordedAt,
    };
  }
  const checkIn: CheckIn = {
    at: entry.happenedAt,
    by: entry.actor?.name ?? "(withheld)",
    found: entry.body.found ?? "something",
    text: entry.body.text ?? "(withheld)",
  };
  return { ...watch, checkIns: [checkIn, ...watch.checkIns].slice(0, KEPT) };
}

/** The entry that plans the monitoring of an open incident anew. */
export function planWatch(
  incident: Incident,
  happened: Stamp,
  body: Extract<Facts, { type: "watch.planned" }>["body"],
): Result<Facts, IncidentRefusal> {
  const shut = mustBeOpen(incident);
  if (shut !== undefined) return refuse(shut);
  return accept({ type: "watch.planned", incident: incident.id, happened, body });
}

/** The entry that says somebody looked, and what they found. */
export function checkIn(
  incident: Incident,
  happened: Stamp,
  body: Extract<Facts, { type: "watch.checked_in" }>["body"],
): Result<Facts, IncidentRefusal> {
  const shut = mustBeOpen(incident);
  if (shut !== undefined) return refuse(shut);
  return accept({ type: "watch.checked_in", incident: incident.id, happened, body });
}

/** When somebody has to look next, and how many times nobody did; `undefined` for an incident that is over. */
export interface WatchDue {
  readonly dueAt: Instant;
  readonly missedCount: number;
}

/**
 * When the next check-in of an incident is due, and how many have been missed by now.
 *
 * The interval runs from the latest of: the incident's report and declaration, the plan, the last check-in.
 */
export function watchDue(incident: Incident, watch: Watch, now: Instant): WatchDue | undefined {
  if (!isOpen(incident)) return undefined;
  const since = [incident.reportedAt, incident.declaredAt, watch.plannedAt, watch.checkIns[0]?.at]
    .map((text) => (text ? unixMsOf(parseInstant(text) ?? instantAt(0)) : 0))
    .reduce((latest, each) => Math.max(latest, each), 0);
  const intervalMs = watch.everyMinutes * 60_000;
  return {
    dueAt: instantAt(since + intervalMs),
    missedCount: Math.max(0, Math.floor((unixMsOf(now) - since) / intervalMs)),
  };
}
