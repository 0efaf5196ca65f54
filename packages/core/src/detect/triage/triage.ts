import * as z from "zod";
import type { Entry } from "../../document/log/entry.ts";
import type { IncidentId, PersonId } from "../../kernel/id.ts";
import { type Instant, parseInstant } from "../../kernel/time.ts";
import {
  type Assessment,
  FunctionalImpact,
  InformationImpact,
  Priority,
  Recoverability,
  ratePriority,
} from "../priority/priority.ts";
import { SignId } from "../sign/sign.ts";

/** NIST's three scales of a sign; each is `null`, *unrated*, until somebody rates it. */
export const SignRating = z.strictObject({
  functionalImpact: FunctionalImpact.nullable(),
  informationImpact: InformationImpact.nullable(),
  recoverability: Recoverability.nullable(),
});
export type SignRating = z.infer<typeof SignRating>;

export const UNRATED: SignRating = { functionalImpact: null, informationImpact: null, recoverability: null };

/** What a decision says of the sign, as it was when somebody decided on it. */
const About = z.object({
  title: z.string(),
  rule: z.string(),
  ruleName: z.string(),
  source: z.string().nullable(),
  entity: z.string(),
  /** How many events the person had seen it stand for. */
  count: z.int(),
  firstAt: z.string(),
  lastAt: z.string(),
});

/** The changes that a person can make to where a sign stands. */
export const TRIAGE_VERBS = ["rate", "accept", "merge", "dismiss", "snooze", "return"] as const;
export const TriageVerb = z.enum(TRIAGE_VERBS);
export type TriageVerb = z.infer<typeof TriageVerb>;

export const TRIAGE_ENTRIES = {
  "sign.rated": z.object({
    sign: SignId,
    ...SignRating.shape,
    priority: Priority.nullable(),
    because: z.string(),
  }),
  "sign.accepted": z.object({ sign: SignId, about: About, code: z.string() }),
  "sign.merged": z.object({ sign: SignId, about: About, code: z.string(), because: z.string() }),
  "sign.dismissed": z.object({ sign: SignId, about: About, reason: z.string(), note: z.string() }),
  "sign.snoozed": z.object({ sign: SignId, about: About, until: z.string(), untilZone: z.string() }),
  "sign.returned": z.object({ sign: SignId, undoes: TriageVerb, reason: z.string() }),
};
export type TriageEntries = typeof TRIAGE_ENTRIES;

/** Where a sign stands. A snoozed one waits again when its time comes, without anybody's doing. */
export const SIGN_STATUSES = ["waiting", "snoozed", "dismissed", "accepted", "merged"] as const;
export const SignStatus = z.enum(SIGN_STATUSES);
export type SignStatus = z.infer<typeof SignStatus>;

/** The decision that holds now. */
export interface SignDecision {
  readonly verb: TriageVerb;
  readonly by: string;
  readonly byId: PersonId | null;
  /** When it was recorded, in UTC. */
  readonly at: Instant;
  readonly incident: IncidentId | null;
  readonly reason: string;
  readonly note: string;
  /** Until when it is snoozed, in UTC, and the zone that was meant. */
  readonly until: string | null;
  readonly untilZone: string | null;
  /** How many events the sign stood for when it was decided on; more than that came after. */
  readonly count: number;
}

/** Where a sign stands and who put it there. Never stored by hand: every field follows from entries. */
export interface SignTriage {
  readonly sign: SignId;
  readonly status: SignStatus;
  /** How many changes there were: what the next one must have seen. */
  readonly changedSeq: number;
  readonly rating: SignRating;
  readonly priority: Priority | null;
  readonly because: string;
  readonly rule: string | null;
  readonly source: string | null;
  readonly decision: SignDecision | null;
  readonly last: { readonly verb: TriageVerb; readonly by: string; readonly at: Instant };
}

type TriageEntry = Entry<TriageEntries>;

const VERB_OF: Readonly<Record<keyof TriageEntries, TriageVerb>> = {
  "sign.rated": "rate",
  "sign.accepted": "accept",
  "sign.merged": "merge",
  "sign.dismissed": "dismiss",
  "sign.snoozed": "snooze",
  "sign.returned": "return",
};

/** Where the sign stands after one more entry about it; `undefined` when the entry no longer says which. */
export function projectTriage(before: SignTriage | undefined, entry: TriageEntry): SignTriage | undefined {
  const { sign } = entry.body;
  if (sign === undefined) return before;
  const base: SignTriage = {
    ...(before ?? BLANK),
    sign,
    changedSeq: (before?.changedSeq ?? 0) + 1,
    last: { verb: VERB_OF[entry.type], by: entry.actor?.name ?? "(withheld)", at: entry.recordedAt },
  };
  switch (entry.type) {
    case "sign.rated": {
      const { functionalImpact = null, informationImpact = null, recoverability = null } = entry.body;
      const { priority = null, because = "" } = entry.body;
      return {
        ...base,
        rating: { functionalImpact, informationImpact, recoverability },
        priority,
        because,
      };
    }
    case "sign.returned":
      return { ...base, status: "waiting", decision: null };
    default:
      return decided(base, entry);
  }
}

type Deciding = Exclude<TriageEntry, { readonly type: "sign.rated" | "sign.returned" }>;

const STATUS_AFTER = {
  "sign.accepted": "accepted",
  "sign.merged": "merged",
  "sign.dismissed": "dismissed",
  "sign.snoozed": "snoozed",
} as const satisfies Record<Deciding["type"], SignStatus>;

function decided(base: SignTriage, entry: Deciding): SignTriage {
  const snoozed = entry.type === "sign.snoozed" ? entry.body : undefined;
  const dismissed = entry.type === "sign.dismissed" ? entry.body : undefined;
  const { about } = entry.body;
  return {
    ...base,
    status: STATUS_AFTER[entry.type],
    rule: about?.rule ?? null,
    source: about?.source ?? null,
    decision: {
      verb: VERB_OF[entry.type],
      by: base.last.by,
      byId: entry.actor?.id ?? null,
      at: entry.recordedAt,
      incident: entry.incident,
      reason: dismissed === undefined ? "" : (dismissed.reason ?? "(withheld)"),
      note: dismissed?.note ?? "",
      until: snoozed === undefined ? null : (parseInstant(snoozed.until ?? "") ?? null),
      untilZone: snoozed?.untilZone ?? null,
      count: about?.count ?? 0,
    },
  };
}

const BLANK = {
  status: "waiting",
  changedSeq: 0,
  rating: UNRATED,
  priority: null,
  because: "",
  rule: null,
  source: null,
  decision: null,
} as const;

/** Where a sign stands at `now`: a snooze whose time has come is over. */
export function statusAt(triage: SignTriage | undefined, now: string): SignStatus {
  if (triage === undefined) return "waiting";
  const until = triage.status === "snoozed" ? triage.decision?.until : undefined;
  if (triage.status === "snoozed" && (until == null || until <= now)) return "waiting";
  return triage.status;
}

/**
 * The three scales as an incident has them, once all of them are rated.
 *
 * A sign is rated on what is known now: what threatens is taken to be the same until somebody says otherwise.
 */
export function wholeRating(rating: SignRating): Assessment | undefined {
  const { functionalImpact, informationImpact, recoverability } = rating;
  if (functionalImpact === null || informationImpact === null || recoverability === null) return undefined;
  return { functionalImpact, functionalImpactLikely: functionalImpact, informationImpact, recoverability };
}

/** The priority that a rating gives, or none while a scale is unrated; with the reason. */
export function ratingOutcome(rating: SignRating): {
  readonly priority: Priority | null;
  readonly because: string;
} {
  const whole = wholeRating(rating);
  return whole === undefined ? { priority: null, because: "" } : ratePriority(whole);
}
