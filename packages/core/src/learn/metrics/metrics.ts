import type { Priority } from "../../detect/priority/priority.ts";
import { type Currency, sumOf } from "../cost/money.ts";
import { ReviewQuestion } from "../review/question.ts";
import { MEASURED_STAGES, type MeasuredStage } from "./collected.ts";
import { CAUSES, HARMS, type Lessons, type Measure } from "./measure.ts";

/** How many of each, the most first, then by name. */
export type Counts = { readonly key: string; readonly count: number }[];

/** Minutes of people, and of what was down, added up. */
export interface HoursTotal {
  readonly logMinutes: number;
  readonly bookedMinutes: number;
  readonly downtimeMinutes: number;
}

/** What many incidents are measured by together. */
export interface Metrics {
  readonly count: number;
  readonly byVector: Counts;
  readonly byPriority: Counts;
  /** Months such as `2026-11`, in UTC, by when incidents were reported; the earliest first, none left out. */
  readonly byMonth: Counts;
  /** The median of each stage in minutes, and of how many incidents it is; `null` where it is of none. */
  readonly stages: {
    readonly stage: MeasuredStage;
    readonly count: number;
    readonly medianMinutes: number | null;
    readonly longestMinutes: number | null;
  }[];
  /** How the last rating stands to the first, of incidents that were rated. */
  readonly ratings: { readonly same: number; readonly raised: number; readonly lowered: number };
  /** The time of all, and of each vector, those that took the most first. */
  readonly hours: HoursTotal & { readonly byVector: (HoursTotal & { readonly key: string })[] };
  /** What all are likely to have cost, a sum for each currency, by its letters. */
  readonly cost: { readonly currency: Currency; readonly likely: string; readonly count: number }[];
  /** How many incidents had precursors, and of how many one was left unheeded before it began. */
  readonly precursors: { readonly recorded: number; readonly unheeded: number };
  readonly byCause: Counts;
  /** How many share a confirmed observable with one before them. */
  readonly recurredCount: number;
  readonly byHarm: Counts;
  readonly lessons: {
    readonly heldCount: number;
    readonly improvements: Lessons["improvements"];
    /** Of each question, how many reviews answered it, and the answers of the latest incidents. */
    readonly questions: {
      readonly question: ReviewQuestion;
      readonly count: number;
      readonly latest: { readonly code: string; readonly text: string }[];
    }[];
  };
}

/** How many answers of each question are told. */
const LATEST = 3;

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
    hours: { ...hoursOf(measures), byVector: hoursByVector(measures) },
    cost: costOf(measures),
    precursors: {
      recorded: measures.filter(({ precursors }) => precursors.count > 0).length,
      unheeded: measures.filter(({ precursors }) => precursors.unheeded > 0).length,
    },
    byCause: inOrder(CAUSES, counted(measures.map(({ cause }) => cause))),
    recurredCount: measures.filter(({ recurrenceOf }) => recurrenceOf !== null).length,
    byHarm: inOrder(HARMS, counted(measures.map(({ harm }) => harm))),
    lessons: lessonsOf(measures),
  };
}

function counted(keys: readonly string[]): Counts {
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return [...counts]
    .map(([key, count]) => ({ key, count }))
    .toSorted((a, b) => b.count - a.count || (a.key < b.key ? -1 : 1));
}

/** Every key in its own order, also those of none. */
function inOrder(keys: readonly string[], counts: Counts): Counts {
  return keys.map((key) => counts.find((each) => each.key === key) ?? { key, count: 0 });
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

function hoursOf(measures: readonly Measure[]): HoursTotal {
  const total = { logMinutes: 0, bookedMinutes: 0, downtimeMinutes: 0 };
  for (const { hours } of measures) {
    total.logMinutes += hours.logMinutes;
    total.bookedMinutes += hours.bookedMinutes;
    total.downtimeMinutes += hours.downtimeMinutes;
  }
  return total;
}

function hoursByVector(measures: readonly Measure[]): Metrics["hours"]["byVector"] {
  const work = (each: HoursTotal) => Math.max(each.logMinutes, each.bookedMinutes);
  return counted(measures.map(({ vector }) => vector))
    .map(({ key }) => ({ key, ...hoursOf(measures.filter(({ vector }) => vector === key)) }))
    .toSorted((a, b) => work(b) - work(a) || (a.key < b.key ? -1 : 1));
}

function costOf(measures: readonly Measure[]): Metrics["cost"] {
  const costs = measures.flatMap(({ cost }) => cost ?? []);
  return counted(costs.map(({ currency }) => currency))
    .map(({ key: currency, count }) => {
      const amounts = costs.filter((each) => each.currency === currency).map(({ likely }) => likely);
      return { currency, likely: sumOf(amounts, currency), count };
    })
    .toSorted((a, b) => (a.currency < b.currency ? -1 : 1));
}

function lessonsOf(measures: readonly Measure[]): Metrics["lessons"] {
  const improvements = { open: 0, done: 0, dropped: 0 };
  for (const { lessons } of measures) {
    improvements.open += lessons.improvements.open;
    improvements.done += lessons.improvements.done;
    improvements.dropped += lessons.improvements.dropped;
  }
  const latestFirst = measures.toSorted(
    (a, b) =>
      (a.reportedAt > b.reportedAt ? -1 : Number(a.reportedAt < b.reportedAt)) || (a.code < b.code ? 1 : -1),
  );
  return {
    heldCount: measures.filter(({ lessons }) => lessons.held).length,
    improvements,
    questions: ReviewQuestion.options.map((question) => {
      const answers = latestFirst.flatMap(({ code, lessons }) =>
        lessons.answers.filter((each) => each.question === question).map(({ text }) => ({ code, text })),
      );
      return { question, count: answers.length, latest: answers.slice(0, LATEST) };
    }),
  };
}
