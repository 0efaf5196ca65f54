import type { PendingHandOver } from "../../document/evidence/item.ts";
import type { Fact } from "../../document/log/entry.ts";
import type { IncidentId } from "../../kernel/id.ts";
import { accept, type Result, refuse } from "../../kernel/result.ts";
import { type Instant, instantOf, type Stamp, unixMsOf } from "../../kernel/time.ts";
import { type Incident, type IncidentEntries, isPlayed } from "../incident/incident.ts";
import { dismiss, type IncidentRefusal, isOpen, OPEN_STATUSES, report } from "../incident/life.ts";
import { Priority, ratePriority } from "../priority/priority.ts";
import type { Sign, SignId } from "../sign/sign.ts";
import { incidentFrom } from "./incident-from.ts";
import {
  ratingOutcome,
  type SignRating,
  type SignStatus,
  type SignTriage,
  statusAt,
  type TriageEntries,
  type TriageVerb,
  wholeRating,
} from "./triage.ts";

export type TriageFact = Fact<TriageEntries & IncidentEntries>;

/** A sign with where it stands, and what the person who decides had in front of them. */
export interface Looked {
  readonly sign: Sign;
  readonly triage: SignTriage | undefined;
  /** `changedSeq` of the sign that was looked at. */
  readonly seen: number;
  /** How many events it stood for then. */
  readonly seenCount: number;
}

/** Who did what to a sign, and when. */
interface Whose {
  readonly sign: SignId;
  readonly status: SignStatus;
  readonly current: number;
  readonly verb: TriageVerb | null;
  readonly by: string | null;
  readonly at: string | null;
  readonly incident: IncidentId | null;
}

export type TriageRefusal =
  | ({ readonly code: "sign.stale" } & Whose)
  | ({ readonly code: "sign.wrong_status"; readonly needs: readonly SignStatus[] } & Whose)
  | { readonly code: "sign.snooze_time"; readonly until: string; readonly latest: string }
  | { readonly code: "sign.incident_moved_on"; readonly incident: IncidentId; readonly why: string };

/** The statuses that each decision may start from. Every other transition is refused. */
export const TRIAGE_TRANSITIONS = {
  rate: ["waiting", "snoozed"],
  accept: ["waiting", "snoozed"],
  merge: ["waiting", "snoozed"],
  dismiss: ["waiting", "snoozed"],
  snooze: ["waiting", "snoozed"],
  return: ["snoozed", "dismissed", "accepted", "merged"],
} as const satisfies Readonly<Record<TriageVerb, readonly SignStatus[]>>;

/** Whose turn it is: the signs that the decision can be made on, and why it cannot on the others. */
export interface Sorted {
  readonly fresh: readonly Looked[];
  readonly refused: readonly TriageRefusal[];
}

/**
 * Tells the signs that may be decided on from those that somebody else decided on meanwhile, or that stand
 * where this decision cannot start. Both keep their order.
 */
export function sortLooked(verb: TriageVerb, looked: readonly Looked[], now: Instant): Sorted {
  const fresh: Looked[] = [];
  const refused: TriageRefusal[] = [];
  for (const each of looked) {
    const why = whyNot(verb, each, now);
    if (why === undefined) fresh.push(each);
    else refused.push(why);
  }
  return { fresh, refused };
}

function whyNot(verb: TriageVerb, { sign, triage, seen }: Looked, now: Instant): TriageRefusal | undefined {
  const status = statusAt(triage, now);
  const whose: Whose = {
    sign: sign.id,
    status,
    current: triage?.changedSeq ?? 0,
    verb: triage?.last.verb ?? null,
    by: triage?.last.by ?? null,
    at: triage?.last.at ?? null,
    incident: triage?.decision?.incident ?? null,
  };
  if (whose.current !== seen) return { code: "sign.stale", ...whose };
  const needs: readonly SignStatus[] = TRIAGE_TRANSITIONS[verb];
  // What is snoozed can be returned before its time; once it waits again there is nothing to return.
  return needs.includes(status) ? undefined : { code: "sign.wrong_status", needs, ...whose };
}

/** The entry that rates a sign; the priority follows only when all three scales are there. */
export function rateSign({ sign }: Looked, happened: Stamp, rating: SignRating): TriageFact {
  const body = { sign: sign.id, ...rating, ...ratingOutcome(rating) };
  return { type: "sign.rated", incident: null, happened, body };
}

/**
 * The entries by which signs become a new incident in *reported*: the first gives it title and summary, the
 * others are merged into it. The highest rating among them is carried over.
 *
 * @param looked    at least one
 * @param reporter  who told, as the incident's log shall say
 * @source          NIST SP 800-61r2 §3.2.4: signs are analysed and validated, and what is known is documented
 */
export function acceptSigns(
  looked: readonly Looked[],
  incident: { readonly id: IncidentId; readonly code: string },
  happened: Stamp,
  reporter: string,
): readonly TriageFact[] {
  const [first, ...others] = looked;
  if (first === undefined) return [];
  const { id, code } = incident;
  const { stamp, ...said } = incidentFrom(looked.map(({ sign }) => sign));
  const facts: TriageFact[] = [
    report(id, stamp, { code, reportedBy: reporter, ...said }),
    { type: "sign.accepted", incident: id, happened, body: { ...bodyOf(first), code } },
    ...mergeSigns(others, incident, happened, "accepted together"),
  ];
  const rating = highestRating(looked);
  if (rating !== undefined) {
    const body = { ...rating, ...ratePriority(rating), reason: "rated as a sign" };
    facts.push({ type: "incident.assessed", incident: id, happened, body });
  }
  return facts;
}

function highestRating(looked: readonly Looked[]) {
  const whole = looked.flatMap(({ triage }) => (triage && wholeRating(triage.rating)) ?? []);
  const rank = (each: (typeof whole)[number]): number =>
    Priority.options.indexOf(ratePriority(each).priority);
  return whole.sort((a, b) => rank(a) - rank(b))[0];
}

/** The entries that link signs to an incident that is there already. Nothing of it is rewritten. */
export function mergeSigns(
  looked: readonly Looked[],
  incident: { readonly id: IncidentId; readonly code: string },
  happened: Stamp,
  because: string,
): readonly TriageFact[] {
  const { id, code } = incident;
  return looked.map((each) => ({
    type: "sign.merged",
    incident: id,
    happened,
    body: { ...bodyOf(each), code, because },
  }));
}

/** Nothing, or why no sign can be merged into this incident. */
export function mustTakeSigns(incident: Incident): IncidentRefusal | undefined {
  // A real sign in an exercise would be handled by nobody.
  if (isPlayed(incident)) return { code: "incident.played" };
  if (isOpen(incident)) return undefined;
  return { code: "incident.wrong_status", status: incident.status, needs: OPEN_STATUSES };
}

/** The entries that say that signs mean nothing, and why. */
export function dismissSigns(
  looked: readonly Looked[],
  happened: Stamp,
  reason: string,
  note: string,
): readonly TriageFact[] {
  return looked.map((each) => ({
    type: "sign.dismissed",
    incident: null,
    happened,
    body: { ...bodyOf(each), reason, note },
  }));
}

/** The longest that a sign can be put off. */
export const SNOOZE_MAX_MS = 366 * 24 * 60 * 60_000;

/** The entries that put signs off until a time, or `sign.snooze_time` when it is past or too far ahead. */
export function snoozeSigns(
  looked: readonly Looked[],
  happened: Stamp,
  until: Stamp,
  now: Instant,
): Result<readonly TriageFact[], TriageRefusal> {
  const ahead = unixMsOf(instantOf(until)) - unixMsOf(now);
  if (ahead <= 0 || ahead > SNOOZE_MAX_MS) {
    const latest = new Date(unixMsOf(now) + SNOOZE_MAX_MS).toISOString();
    return refuse({ code: "sign.snooze_time", until: until.at, latest });
  }
  return accept(
    looked.map((each) => ({
      type: "sign.snoozed",
      incident: null,
      happened,
      body: { ...bodyOf(each), until: until.at, untilZone: until.zone },
    })),
  );
}

/** An incident that signs are to be taken back from, with what happened in it. */
export interface TakenInto {
  readonly incident: Incident;
  /** The type of each entry of its log, in order. */
  readonly entryTypes: readonly string[];
  /** Every sign that is accepted or merged into it now. */
  readonly signs: readonly SignId[];
  readonly pending: readonly PendingHandOver[];
}

const ENTRIES_OF_TRIAGE: ReadonlySet<string> = new Set([
  "incident.reported",
  "incident.assessed",
  "sign.accepted",
  "sign.merged",
  "sign.returned",
]);

/**
 * The entries that put signs back where they were before the last decision; nothing is erased.
 *
 * Taking back an acceptance also dismisses the incident it made, provided nothing else happened there.
 *
 * @returns  the facts, or `sign.incident_moved_on` with why the incident has to stay
 */
export function returnSigns(
  looked: readonly Looked[],
  into: ReadonlyMap<IncidentId, TakenInto>,
  happened: Stamp,
  reason: string,
): Result<readonly TriageFact[], TriageRefusal | IncidentRefusal> {
  const facts: TriageFact[] = [];
  const going = new Set(looked.map(({ sign }) => sign.id));
  const begun = new Set<TakenInto>();
  for (const { sign, triage } of looked) {
    const decision = triage?.decision;
    const incident = decision?.incident ?? null;
    const taken = incident === null ? undefined : into.get(incident);
    if (decision?.verb === "accept" && taken !== undefined) begun.add(taken);
    if (taken !== undefined && decision?.verb === "merge" && !isOpen(taken.incident)) {
      return refuse({
        code: "sign.incident_moved_on",
        incident: taken.incident.id,
        why: `it is ${taken.incident.status}`,
      });
    }
    facts.push({
      type: "sign.returned",
      incident,
      happened,
      body: { sign: sign.id, undoes: decision?.verb ?? "rate", reason },
    });
  }
  for (const taken of begun) {
    const why = whyItStays(taken, going);
    if (why !== undefined) {
      return refuse({ code: "sign.incident_moved_on", incident: taken.incident.id, why });
    }
    const ended = dismiss(taken.incident, happened, taken.pending, "taken back", []);
    if (!ended.ok) return ended;
    facts.push(ended.value);
  }
  return accept(facts);
}

/** What else happened in the incident that an acceptance made; nothing when it may go with it. */
function whyItStays(taken: TakenInto, going: ReadonlySet<SignId>): string | undefined {
  const { incident, entryTypes, signs } = taken;
  if (incident.status !== "reported") return `it is ${incident.status}`;
  const other = entryTypes.find((type) => !ENTRIES_OF_TRIAGE.has(type));
  if (other !== undefined) return `its log has an entry ${other}`;
  if (entryTypes.filter((type) => type === "incident.assessed").length > 1) return "it was rated again";
  const staying = signs.filter((sign) => !going.has(sign)).length;
  return staying === 0
    ? undefined
    : `${staying} more ${staying === 1 ? "sign was" : "signs were"} merged into it`;
}

function bodyOf({ sign, seenCount }: Looked) {
  const { id, title, rule, source, entity, firstAt, lastAt } = sign;
  return {
    sign: id,
    about: { title, rule: rule.id, ruleName: rule.name, source, entity, count: seenCount, firstAt, lastAt },
  };
}
