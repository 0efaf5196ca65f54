import { writeTable } from "../../kernel/table.ts";
import { MEASURED_STAGES, type MeasuredStage, type MeasureName } from "./collected.ts";
import type { Measure } from "./measure.ts";
import type { Metrics } from "./metrics.ts";
import { HIVE_TIMES } from "./thehive.ts";

/** What is always told of an incident, and of many. */
type Always =
  | "incident"
  | "code"
  | "title"
  | "reportedAt"
  | "entryCount"
  | "minutes"
  | (typeof HIVE_TIMES)[number];
export type ShownMeasure = Pick<Measure, Exclude<Always, "minutes">> & {
  readonly minutes: Readonly<Partial<Measure["minutes"]>>;
} & Partial<Omit<Measure, Always>>;
export type ShownMetrics = Pick<Metrics, "count" | "stages"> & Partial<Omit<Metrics, "count" | "stages">>;

/** What each measure shows of one incident, and of many; stages are told apart by their own names. */
const SHOWS: Readonly<
  Record<
    Exclude<MeasureName, MeasuredStage>,
    { readonly one: readonly (keyof Measure)[]; readonly many: readonly (keyof Metrics)[] }
  >
> = {
  vector: { one: ["vector"], many: ["byVector"] },
  priority: { one: ["priority"], many: ["byPriority"] },
  month: { one: [], many: ["byMonth"] },
  hours: { one: ["hours"], many: ["hours"] },
  money: { one: ["cost"], many: ["cost"] },
  ratings: { one: ["priority", "firstPriority"], many: ["ratings"] },
  precursors: { one: ["precursors"], many: ["precursors"] },
  cause: { one: ["cause"], many: ["byCause"] },
  recurrence: { one: ["recurrenceOf"], many: ["recurredCount"] },
  harm: { one: ["harm"], many: ["byHarm"] },
  lessons: { one: ["lessons"], many: ["lessons"] },
};

function isStage(name: MeasureName): name is MeasuredStage {
  return (MEASURED_STAGES as readonly MeasureName[]).includes(name);
}

function keysOf<Side extends "one" | "many">(chosen: readonly MeasureName[], side: Side) {
  return new Set(chosen.flatMap((name) => (isStage(name) ? [] : SHOWS[name][side])) as string[]);
}

/** Of an incident what is collected, under the same names. TheHive's times stay: their dashboards count on them. */
export function shownMeasure(measure: Measure, chosen: readonly MeasureName[]): ShownMeasure {
  const { incident, code, title, reportedAt, entryCount, minutes, ...rest } = measure;
  const keys = keysOf(chosen, "one");
  const kept = Object.entries(rest).filter(
    ([key]) => keys.has(key) || (HIVE_TIMES as readonly string[]).includes(key),
  );
  const stages = MEASURED_STAGES.filter((stage) => chosen.includes(stage));
  return {
    ...{ incident, code, title, reportedAt, entryCount },
    minutes: Object.fromEntries(stages.map((stage) => [stage, minutes[stage]])),
    ...(Object.fromEntries(kept) as Omit<Measure, "minutes">),
  };
}

/** Of many incidents what is collected, under the same names. */
export function shownMetrics(
  { count, stages, ...rest }: Metrics,
  chosen: readonly MeasureName[],
): ShownMetrics {
  const keys = keysOf(chosen, "many");
  return {
    count,
    stages: stages.filter(({ stage }) => chosen.includes(stage)),
    ...Object.fromEntries(Object.entries(rest).filter(([key]) => keys.has(key))),
  };
}

interface Column {
  readonly title: string;
  readonly measure: MeasureName | "always";
  readonly of: (measure: Measure) => string | number | null;
}

const COLUMNS: readonly Column[] = [
  { title: "code", measure: "always", of: ({ code }) => code },
  { title: "title", measure: "always", of: ({ title }) => title },
  { title: "vector", measure: "vector", of: ({ vector }) => vector },
  { title: "first priority", measure: "ratings", of: ({ firstPriority }) => firstPriority },
  { title: "priority", measure: "priority", of: ({ priority }) => priority },
  { title: "reported at", measure: "always", of: ({ reportedAt }) => reportedAt },
  { title: "entries", measure: "always", of: ({ entryCount }) => entryCount },
  ...MEASURED_STAGES.map((stage) => ({
    title: `minutes to ${stage}`,
    measure: stage,
    of: ({ minutes }: Measure) => minutes[stage],
  })),
  { title: "people", measure: "hours", of: ({ hours }) => hours.peopleCount },
  { title: "minutes as the log suggests", measure: "hours", of: ({ hours }) => hours.logMinutes },
  { title: "minutes booked", measure: "hours", of: ({ hours }) => hours.bookedMinutes },
  { title: "minutes of downtime", measure: "hours", of: ({ hours }) => hours.downtimeMinutes },
  { title: "cost", measure: "money", of: ({ cost }) => cost?.likely ?? null },
  { title: "currency", measure: "money", of: ({ cost }) => cost?.currency ?? null },
  { title: "precursors", measure: "precursors", of: ({ precursors }) => precursors.count },
  { title: "unheeded precursors", measure: "precursors", of: ({ precursors }) => precursors.unheeded },
  { title: "cause", measure: "cause", of: ({ cause }) => cause },
  { title: "recurrence of", measure: "recurrence", of: ({ recurrenceOf }) => recurrenceOf },
  { title: "harm when first rated", measure: "harm", of: ({ harm }) => harm },
  { title: "reviewed", measure: "lessons", of: ({ lessons }) => (lessons.held ? "yes" : "no") },
  { title: "open improvements", measure: "lessons", of: ({ lessons }) => lessons.improvements.open },
  { title: "done improvements", measure: "lessons", of: ({ lessons }) => lessons.improvements.done },
  ...HIVE_TIMES.map((name) => ({
    title: name,
    measure: "always" as const,
    of: (each: Measure) => each[name],
  })),
];

/**
 * The measures as a table for spreadsheets: a row for each incident, times in minutes and those under TheHive's names
 * in milliseconds, empty where unknown, and only the columns of what is collected.
 */
export function measureTable(measures: readonly Measure[], chosen: readonly MeasureName[]): string {
  const columns = COLUMNS.filter(({ measure }) => measure === "always" || chosen.includes(measure));
  return writeTable(
    columns.map(({ title }) => title),
    measures.map((measure) => columns.map(({ of }) => String(of(measure) ?? ""))),
  );
}
