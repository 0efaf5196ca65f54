import { MEASURED_STAGES, type MeasureName } from "@jumpkit/core";
import { VECTORS } from "../../detect/incident/words.ts";

/** What each measure is called where people choose. */
export const MEASURE_WORDS: Readonly<Record<MeasureName, string>> = {
  vector: "Number by attack vector",
  priority: "Number by priority",
  month: "Number by month",
  detect: "To detect, since it began",
  answer: "To answer the first report",
  assess: "To rate first, since the report",
  declare: "To declare, since the report",
  tell: "To tell somebody outside, since the report",
  contain: "To contain, since the report",
  recover: "To recover, since the report",
  close: "To close, since the report",
  hours: "People's time",
  money: "Cost",
  ratings: "Last rating against the first",
  precursors: "Precursors, and whether somebody acted on them",
  cause: "Whether the cause was found",
  recurrence: "Whether it came back",
  harm: "Whether it had harmed before it was rated",
  lessons: "What reviews answered, and improvements",
};

/** The measures in the groups in which NIST names them. */
export const MEASURE_GROUPS: readonly {
  readonly title: string;
  readonly measures: readonly MeasureName[];
}[] = [
  { title: "Numbers", measures: ["vector", "priority", "month"] },
  { title: "Time of each incident", measures: [...MEASURED_STAGES] },
  { title: "Work and money", measures: ["hours", "money"] },
  { title: "Objective assessment", measures: ["ratings", "precursors", "cause", "recurrence", "harm"] },
  { title: "Subjective assessment", measures: ["lessons"] },
];

/** What the standard asks for and no record can say; it is asked of people, in the review. */
export const NOT_IN_THE_RECORD: readonly string[] = [
  "Time until management was told: note it in the log and tell it in the review.",
  "Work that left no entry: it counts once it is written into the cost of the incident.",
  "How well policy and procedures were kept to, and what could have prevented it: the review asks for both.",
  "How content the owner of what was hit is: ask them, and bring it to the review.",
];

const OTHER_WORDS: Readonly<Record<string, string>> = {
  found: "Way in found and closed",
  vector_only: "Attack vector known only",
  harmed: "Had harmed",
  not_harmed: "Had harmed nothing",
  unknown: "Not known",
};

/** The word of an attack vector. */
export function vectorWord(key: string): string {
  return VECTORS.find(({ value }) => value === key)?.label ?? key;
}

/** The words of what the record says of a cause or of harm. */
export function otherWord(key: string): string {
  return OTHER_WORDS[key] ?? key;
}

/** `3 incidents`. */
export function incidentsText(count: number): string {
  return count === 1 ? "1 incident" : `${count} incidents`;
}
