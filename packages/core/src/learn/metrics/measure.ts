import type { Isolation } from "../../contain/isolation/isolation.ts";
import type { Incident } from "../../detect/incident/incident.ts";
import type { Priority } from "../../detect/priority/priority.ts";
import type { IncidentId } from "../../kernel/id.ts";
import { writeTable } from "../../kernel/table.ts";
import type { AttackVector } from "../../kernel/vector.ts";
import type { RecoveringHost } from "../../recover/host/host.ts";
import { containedAt } from "../review/contained.ts";

/** The stages whose time is measured, in the order in which an incident goes through them. */
export const MEASURED_STAGES = ["detect", "declare", "contain", "recover", "close"] as const;
export type MeasuredStage = (typeof MEASURED_STAGES)[number];

/** An incident with what its times follow from. */
export interface Course {
  readonly incident: Incident;
  /** When it began at the earliest, as somebody said or its first sign shows; `null` when nobody knows. */
  readonly beganAt: string | null;
  readonly isolations: readonly Pick<Isolation, "state" | "history">[];
  readonly hosts: readonly Pick<RecoveringHost, "end">[];
}

/** What one incident is measured by. */
export interface Measure {
  readonly incident: IncidentId;
  readonly code: string;
  readonly title: string;
  readonly vector: AttackVector;
  readonly priority: Priority | null;
  readonly firstPriority: Priority | null;
  readonly reportedAt: string;
  readonly entryCount: number;
  /** Whole minutes: to detect since it began, to all else since it was reported; `null` while it is not so. */
  readonly minutes: Readonly<Record<MeasuredStage, number | null>>;
}

/**
 * What an incident is measured by; `undefined` for what was never declared one or was dismissed.
 *
 * @source NIST SP 800-61r2 §3.4.2: time for each incident, difference of initial and final assessment
 */
export function measureOf({ incident, beganAt, isolations, hosts }: Course): Measure | undefined {
  if (incident.declaredAt === null || incident.status === "dismissed") return undefined;
  const { reportedAt } = incident;
  return {
    incident: incident.id,
    code: incident.code,
    title: incident.title,
    vector: incident.vector,
    priority: incident.rating?.priority ?? null,
    firstPriority: incident.firstRating?.priority ?? null,
    reportedAt,
    entryCount: incident.entryCount,
    minutes: {
      detect: beganAt === null ? null : minutesBetween(beganAt, reportedAt),
      declare: minutesBetween(reportedAt, incident.declaredAt),
      contain: minutesBetween(reportedAt, containedAt(isolations)),
      recover: minutesBetween(reportedAt, recoveredAt(hosts)),
      close: minutesBetween(reportedAt, incident.closedAt),
    },
  };
}

/** When the way back of the last host ended; `null` while one is on its way, and where none ever was. */
function recoveredAt(hosts: Course["hosts"]): string | null {
  const ends = hosts.map(({ end }) => end?.at ?? null);
  if (ends.includes(null)) return null;
  return (
    ends
      .map((at) => new Date(at ?? "").toISOString())
      .toSorted()
      .at(-1) ?? null
  );
}

/** What happened before its own start, such as an isolation that was written down late, took no time. */
function minutesBetween(from: string, to: string | null): number | null {
  if (to === null) return null;
  return Math.max(0, Math.floor((Date.parse(to) - Date.parse(from)) / 60_000));
}

/** How many of each, the most first, then by name. */
export type Counts = readonly { readonly key: string; readonly count: number }[];

/** What many incidents are measured by together. */
export interface Metrics {
  readonly count: number;
  readonly byVector: Counts;
  readonly byPriority: Counts;
  /** Months such as `2026-11`, in UTC, by when incidents were reported; the earliest first, none left out. */
  readonly byMonth: Counts;
  /** The median of each stage in minutes, and of how many incidents it is; `null` where it is of none. */
  readonly stages: readonly {
    readonly stage: MeasuredStage;
    readonly count: number;
    readonly medianMinutes: number | null;
    readonly longestMinutes: number | null;
  }[];
  /** How the last rating stands to the first, of incidents that were rated. */
  readonly ratings: { readonly same: number; readonly raised: number; readonly lowered: number };
}

/** What these incidents are measured by together; their order makes no difference. */
export function metricsOf(measures: readonly Measure[]): Metrics {
  return {
    count: measures.length,
    byVector: counted(measures.map(({ vector }) => vector)),
    byPriority: counted(measures.map(({ priority }) => priority ?? "unrated")),
    byMonth: months(measures.map(({ reportedAt }) => reportedAt.slice(0, 7))),
    stages: MEASURED_STAGES.map((stage) => {
      const minutes = measures.flatMap((each) => each.minutes[stage] ?? []).toSorted((a, b) => a - b);
      const [medianMinutes, longestMinutes] = [medianOf(minutes), minutes.at(-1) ?? null];
      return { stage, count: minutes.length, medianMinutes, longestMinutes };
    }),
    ratings: ratingsOf(measures),
  };
}

function counted(keys: readonly string[]): Counts {
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return [...counts]
    .map(([key, count]) => ({ key, count }))
    .toSorted((a, b) => b.count - a.count || (a.key < b.key ? -1 : 1));
}

function months(keys: readonly string[]): Counts {
  const sorted = keys.toSorted();
  const [first, last] = [sorted[0], sorted.at(-1)];
  if (first === undefined || last === undefined) return [];
  const counts = new Map(counted(keys).map(({ key, count }) => [key, count]));
  const rows: { key: string; count: number }[] = [];
  for (let key = first; key <= last; key = nextMonth(key)) rows.push({ key, count: counts.get(key) ?? 0 });
  return rows;
}

function nextMonth(month: string): string {
  const [year = 0, number = 1] = month.split("-").map(Number);
  const next = number === 12 ? [year + 1, 1] : [year, number + 1];
  return `${String(next[0]).padStart(4, "0")}-${String(next[1]).padStart(2, "0")}`;
}

/** The middle one, or of two in the middle the mean, rounded down. */
function medianOf(sorted: readonly number[]): number | null {
  const [low, high] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
  return low === undefined || high === undefined ? null : Math.floor((low + high) / 2);
}

const WEIGHT: Readonly<Record<Priority, number>> = { low: 1, medium: 2, high: 3, critical: 4 };

function ratingsOf(measures: readonly Measure[]): Metrics["ratings"] {
  const ratings = { same: 0, raised: 0, lowered: 0 };
  for (const { priority, firstPriority } of measures) {
    if (priority === null || firstPriority === null) continue;
    const rise = WEIGHT[priority] - WEIGHT[firstPriority];
    if (rise === 0) ratings.same++;
    else if (rise > 0) ratings.raised++;
    else ratings.lowered++;
  }
  return ratings;
}

/** The measures as a table for spreadsheets: a row for each incident, times in minutes, empty where unknown. */
export function measureTable(measures: readonly Measure[]): string {
  const columns = ["code", "title", "vector", "first priority", "priority", "reported at", "entries"];
  return writeTable(
    [...columns, ...MEASURED_STAGES.map((stage) => `minutes to ${stage}`)],
    measures.map((each) => [
      each.code,
      each.title,
      each.vector,
      each.firstPriority ?? "",
      each.priority ?? "",
      each.reportedAt,
      String(each.entryCount),
      ...MEASURED_STAGES.map((stage) => String(each.minutes[stage] ?? "")),
    ]),
  );
}
