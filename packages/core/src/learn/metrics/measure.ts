import type { Priority } from "../../detect/priority/priority.ts";
import type { IncidentId } from "../../kernel/id.ts";
import type { AttackVector } from "../../kernel/vector.ts";
import type { CostKind } from "../cost/cost.ts";
import type { Currency } from "../cost/money.ts";
import { totalOf } from "../cost/total.ts";
import { stretchMinutes } from "../cost/worked.ts";
import { containedAt } from "../review/contained.ts";
import type { ReviewQuestion } from "../review/question.ts";
import type { MeasuredStage } from "./collected.ts";
import { beganAt, type Course } from "./course.ts";
import { type HiveTimes, hiveTimes } from "./thehive.ts";

/** What one incident is measured by. */
export interface Measure extends HiveTimes {
  readonly incident: IncidentId;
  readonly code: string;
  readonly title: string;
  readonly reportedAt: string;
  readonly entryCount: number;
  readonly vector: AttackVector;
  readonly priority: Priority | null;
  readonly firstPriority: Priority | null;
  /** Whole minutes: to detect since it began, to all else since it was reported; `null` while it is not so. */
  readonly minutes: Readonly<Record<MeasuredStage, number | null>>;
  readonly hours: PeopleHours;
  /** What it is likely to have cost; `null` where nobody wrote down a cost. */
  readonly cost: { readonly currency: Currency; readonly likely: string } | null;
  readonly precursors: Precursors;
  /** Whether the way in was found and closed on a host, or the vector alone is known. */
  readonly cause: Cause;
  /** The code of the first incident before it that it shares a confirmed observable with. */
  readonly recurrenceOf: string | null;
  /** Whether it had harmed something by the time it was first rated. */
  readonly harm: Harm;
  readonly lessons: Lessons;
}

/** People's time in whole minutes: as the log suggests it, and as the ledger has it; downtime stands apart. */
export interface PeopleHours {
  readonly peopleCount: number;
  readonly logMinutes: number;
  readonly bookedMinutes: number;
  readonly downtimeMinutes: number;
}

/** Precursors that were recorded, and of them those before the beginning on which nobody had acted by then. */
export interface Precursors {
  readonly count: number;
  readonly unheeded: number;
}

export const CAUSES = ["found", "vector_only", "unknown"] as const;
export type Cause = (typeof CAUSES)[number];

export const HARMS = ["harmed", "not_harmed", "unknown"] as const;
export type Harm = (typeof HARMS)[number];

/** What came of its review. */
export interface Lessons {
  readonly held: boolean;
  readonly answers: { readonly question: ReviewQuestion; readonly text: string }[];
  readonly improvements: { readonly open: number; readonly done: number; readonly dropped: number };
}

/**
 * What an incident is measured by; `undefined` for what was never declared one or was dismissed.
 *
 * @source NIST SP 800-61r2 §3.4.2: time for each incident, objective and subjective assessment of each
 */
export function measureOf(course: Course): Measure | undefined {
  const { incident, reports, isolations, hosts, toldAt, earlier } = course;
  if (incident.declaredAt === null || incident.status === "dismissed") return undefined;
  const { reportedAt } = incident;
  const began = beganAt(course);
  return {
    incident: incident.id,
    code: incident.code,
    title: incident.title,
    reportedAt,
    entryCount: incident.entryCount,
    vector: incident.vector,
    priority: incident.rating?.priority ?? null,
    firstPriority: incident.firstRating?.priority ?? null,
    minutes: {
      detect: began === null ? null : minutesBetween(began, reportedAt),
      answer: answeredIn(reports),
      assess: minutesBetween(reportedAt, incident.firstRating?.ratedAt ?? null),
      declare: minutesBetween(reportedAt, incident.declaredAt),
      tell: minutesBetween(reportedAt, toldAt),
      contain: minutesBetween(reportedAt, containedAt(isolations)),
      recover: minutesBetween(reportedAt, recoveredAt(hosts)),
      close: minutesBetween(reportedAt, incident.closedAt),
    },
    hours: hoursOf(course),
    cost: costOf(course),
    precursors: precursorsOf(course, began ?? reportedAt),
    cause: causeOf(course),
    recurrenceOf: earlier,
    harm: harmOf(course),
    lessons: lessonsOf(course),
    ...hiveTimes(course, began),
  };
}

/** How long the first who reported it waited for an answer. */
function answeredIn(reports: Course["reports"]): number | null {
  const first = reports.toSorted((a, b) => (a.receivedAt < b.receivedAt ? -1 : 1))[0];
  return first === undefined ? null : minutesBetween(first.receivedAt, first.answeredAt);
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

function hoursOf({ stretches, ledger }: Course): PeopleHours {
  return {
    peopleCount: new Set(stretches.map(({ person }) => person)).size,
    logMinutes: stretchMinutes(stretches),
    bookedMinutes: minutesIn(ledger, "people"),
    downtimeMinutes: minutesIn(ledger, "downtime"),
  };
}

function minutesIn(ledger: Course["ledger"], kind: CostKind): number {
  return standingCosts(ledger)
    .filter((cost) => cost.kind === kind)
    .reduce((sum, { minutes }) => sum + (minutes?.likely ?? 0), 0);
}

function costOf({ ledger }: Course): Measure["cost"] {
  const costs = standingCosts(ledger);
  if (costs.length === 0 || ledger === null || ledger.currency === null) return null;
  const { currency, likely } = totalOf(costs, ledger.currency);
  return { currency, likely };
}

function standingCosts(ledger: Course["ledger"]) {
  return (ledger?.costs ?? []).filter(({ reversed }) => reversed === null);
}

function precursorsOf({ signs }: Course, began: string): Precursors {
  const precursors = signs.filter(({ kind }) => kind === "precursor");
  const unheeded = precursors.filter(({ firstAt, decidedAt }) => firstAt < began && decidedAt > began);
  return { count: precursors.length, unheeded: unheeded.length };
}

function causeOf({ incident, hosts }: Course): Cause {
  if (hosts.some(({ eradicated }) => eradicated.vulnerability?.found === "removed")) return "found";
  return incident.vector === "unknown" ? "unknown" : "vector_only";
}

function harmOf({ incident: { firstRating } }: Course): Harm {
  if (firstRating === null) return "unknown";
  const { functionalImpact, informationImpact } = firstRating;
  return functionalImpact === "none" && informationImpact.every((each) => each === "none")
    ? "not_harmed"
    : "harmed";
}

function lessonsOf({ review, improvements }: Course): Lessons {
  const inState = (wanted: string) => improvements.filter((state) => state === wanted).length;
  return {
    held: (review?.held ?? null) !== null,
    answers: (review?.answers ?? []).map(({ question, text }) => ({ question, text })),
    improvements: { open: inState("open"), done: inState("done"), dropped: inState("dropped") },
  };
}
