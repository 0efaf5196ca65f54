import { type Course, earliest } from "./course.ts";

/**
 * Times under the names that TheHive 5 gives them, in milliseconds, so that dashboards survive a move; `null` while it
 * is not so, or where nobody knows. They are worked out as there:
 *
 * - `timeToDetect`: from the event (when it began) until the case was new (when it was reported)
 * - `timeToTriage`: from new until in progress (when it was declared)
 * - `timeToQualify`: from when its first sign was seen until somebody first decided on one
 * - `timeToAcknowledge`: from the event until in progress
 * - `timeToResolve`: from the first decision or the declaration, whichever came first, until it was closed
 * - `handlingDuration`: from in progress until it was closed
 */
export interface HiveTimes {
  readonly timeToDetect: number | null;
  readonly timeToTriage: number | null;
  readonly timeToQualify: number | null;
  readonly timeToAcknowledge: number | null;
  readonly timeToResolve: number | null;
  readonly handlingDuration: number | null;
}

/** The names, in the order of a spreadsheet's columns. */
export const HIVE_TIMES = [
  "timeToDetect",
  "timeToTriage",
  "timeToQualify",
  "timeToAcknowledge",
  "timeToResolve",
  "handlingDuration",
] as const satisfies readonly (keyof HiveTimes)[];

/**
 * The times of an incident under TheHive's names.
 *
 * @param began  when it began, `null` when nobody knows
 */
export function hiveTimes({ incident, signs }: Course, began: string | null): HiveTimes {
  const { reportedAt, declaredAt, closedAt } = incident;
  const decidedAt = earliest(signs.map((sign) => sign.decidedAt));
  const seenAt = earliest(signs.map((sign) => sign.firstAt));
  const takenUpAt = earliest([decidedAt, declaredAt].filter((at) => at !== null));
  return {
    timeToDetect: msBetween(began, reportedAt),
    timeToTriage: msBetween(reportedAt, declaredAt),
    timeToQualify: msBetween(seenAt, decidedAt),
    timeToAcknowledge: msBetween(began, declaredAt),
    timeToResolve: msBetween(takenUpAt, closedAt),
    handlingDuration: msBetween(declaredAt, closedAt),
  };
}

function msBetween(from: string | null, to: string | null): number | null {
  if (from === null || to === null) return null;
  return Math.max(0, Date.parse(to) - Date.parse(from));
}
