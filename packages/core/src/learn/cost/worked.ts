import type { PersonId } from "../../kernel/id.ts";
import type { Cost } from "./cost.ts";

/** A pause longer than this ends a stretch of work. */
export const WORK_GAP_MINUTES = 30;
/** The least that a stretch counts: one entry took somebody at least this long. */
export const WORK_LEAST_MINUTES = 5;

const MINUTE_MS = 60_000;

/** That somebody wrote an entry or ticked off a step, at a moment. */
export interface Trace {
  readonly person: PersonId;
  readonly name: string;
  readonly at: string;
}

/** Some time in which somebody's entries follow one another without a longer pause than {@link WORK_GAP_MINUTES}. */
export interface Stretch {
  readonly person: PersonId;
  readonly from: string;
  readonly to: string;
}

/** How long somebody seems to have worked, as their entries say. */
export interface Worked {
  readonly person: PersonId;
  readonly name: string;
  readonly minutes: number;
  readonly stretchCount: number;
  readonly entryCount: number;
  /** The day of the last of them, in UTC. */
  readonly lastDay: string;
  /** Minutes of this person that the ledger counts already. */
  readonly countedMinutes: number;
}

/**
 * How long people seem to have worked on an incident: from the first to the last of their entries that follow one
 * another within {@link WORK_GAP_MINUTES}, each such stretch at least {@link WORK_LEAST_MINUTES}. It is a suggestion;
 * what people did away from the log it does not know.
 *
 * @param traces  in any order
 * @returns       those who worked longest first
 */
export function workedFrom(
  traces: readonly Trace[],
  counted: readonly Pick<Cost, "person" | "minutes" | "reversed">[] = [],
): Worked[] {
  const people = new Map<PersonId, Trace[]>();
  for (const trace of traces) {
    const known = people.get(trace.person);
    if (known === undefined) people.set(trace.person, [trace]);
    else known.push(trace);
  }
  return [...people]
    .map(([person, theirs]) => ({ ...workOf(person, theirs), countedMinutes: countedOf(person, counted) }))
    .toSorted((a, b) => b.minutes - a.minutes || (a.person < b.person ? -1 : 1));
}

function workOf(person: PersonId, traces: readonly Trace[]) {
  const moments = traces.map(({ at }) => Date.parse(at)).toSorted((a, b) => a - b);
  const stretches: { from: number; to: number }[] = [];
  for (const moment of moments) {
    const current = stretches.at(-1);
    if (current !== undefined && moment - current.to <= WORK_GAP_MINUTES * MINUTE_MS) current.to = moment;
    else stretches.push({ from: moment, to: moment });
  }
  const minutes = stretches.reduce((sum, { from, to }) => sum + minutesOf(to - from), 0);
  const last = traces.reduce((latest, trace) => (trace.at > latest.at ? trace : latest));
  return {
    ...{ person, name: last.name, minutes, stretchCount: stretches.length },
    ...{ entryCount: traces.length, lastDay: last.at.slice(0, 10) },
  };
}

/** What stretches come to together, in minutes, each counted as {@link workedFrom} counts it. */
export function stretchMinutes(stretches: readonly Stretch[]): number {
  return stretches.reduce((sum, { from, to }) => sum + minutesOf(Date.parse(to) - Date.parse(from)), 0);
}

function minutesOf(ms: number): number {
  return Math.max(WORK_LEAST_MINUTES, Math.ceil(ms / MINUTE_MS));
}

function countedOf(
  person: PersonId,
  costs: readonly Pick<Cost, "person" | "minutes" | "reversed">[],
): number {
  return costs
    .filter((cost) => cost.person === person && cost.reversed === null)
    .reduce((sum, { minutes }) => sum + (minutes?.likely ?? 0), 0);
}
