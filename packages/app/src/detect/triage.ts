import {
  accept,
  acceptSigns,
  dismissSigns,
  type Incident,
  IncidentId,
  type Looked,
  line,
  mergeSigns,
  mustTakeSigns,
  prose,
  type Result,
  rateSign,
  refuse,
  returnSigns,
  SignId,
  SignRating,
  Stamp,
  snoozeSigns,
  sortLooked,
  type TakenInto,
  type TriageFact,
  type TriageRefusal,
  type TriageVerb,
} from "@jumpkit/core";
import * as z from "zod";
import { stampOf } from "../happened.ts";
import { nextCode } from "../incident-code.ts";
import { type Act, operation } from "../operation.ts";
import type { Records } from "../ports.ts";
import type { Refusal } from "../refusals.ts";

/** The most signs that one decision is made on at once. */
const BULK_MAX = 500;

const Seen = {
  sign: SignId,
  seen: z
    .int()
    .min(0)
    .describe("changedSeq of the sign you had in front of you; 0 when nobody had touched it"),
};
const SeenWhole = {
  ...Seen,
  seenCount: z
    .int()
    .min(0)
    .describe("how many events it stood for then; more than that came after your look"),
};
const Reason = {
  reason: line(300).describe("in few words, so that it can be chosen again"),
  note: prose(20_000).default(""),
};
const Until = Stamp.describe("when it shall come back, with its zone");
const Because = prose(1000).default("").describe("why it belongs there");
const Undo = prose(2000).default("");

const Decided = z.object({
  sign: SignId,
  changedSeq: z.int().describe("what the next decision must have seen"),
});
const Outcome = Decided.extend({
  incident: IncidentId.nullable().describe("the incident that it is part of now"),
  code: z.string().nullable(),
});

const visible = { phase: "detect", thing: "sign", visibleBy: "sign.read", action: "sign.triage" } as const;

const NotDecided = z.object({
  sign: SignId,
  code: z.string(),
  status: z.string(),
  by: z.string().nullable(),
  at: z.string().nullable(),
  incident: IncidentId.nullable(),
});

const AnyDecision = z.discriminatedUnion("verb", [
  z.strictObject({ verb: z.literal("accept") }),
  z.strictObject({ verb: z.literal("merge"), into: IncidentId, because: Because }),
  z.strictObject({ verb: z.literal("dismiss"), ...Reason }),
  z.strictObject({ verb: z.literal("snooze"), until: Until }),
  z.strictObject({ verb: z.literal("return"), reason: Undo }),
]);
type AnyDecision = z.output<typeof AnyDecision> | { readonly verb: "rate"; readonly rating: SignRating };

export const rateASign = operation({
  name: "sign.rate",
  ...visible,
  summary: "Rate a sign on NIST's scales, as far as they are known",
  input: z.strictObject({ ...Seen, ...SignRating.shape }),
  output: Outcome,
  load: (input, records, act) => load("rate", [{ ...input, seenCount: 0 }], records, act),
  decide: (loaded, { sign: _, seen: __, ...rating }, act) => one(loaded, { verb: "rate", rating }, act),
});

export const acceptSign = operation({
  name: "sign.accept",
  ...visible,
  summary: "Take a sign as a new incident in reported",
  input: z.strictObject(SeenWhole),
  output: Outcome,
  load: (input, records, act) => load("accept", [input], records, act),
  decide: (loaded, _input, act) => one(loaded, { verb: "accept" }, act),
});

export const mergeSign = operation({
  name: "sign.merge",
  ...visible,
  visibleBy: ["sign.read", "incident.read"],
  summary: "Link a sign to an open incident",
  input: z.strictObject({ ...SeenWhole, into: IncidentId, because: Because }),
  output: Outcome,
  load: (input, records, act) => load("merge", [input], records, act, input.into),
  decide: (loaded, { into, because }, act) => one(loaded, { verb: "merge", into, because }, act),
});

export const dismissSign = operation({
  name: "sign.dismiss",
  ...visible,
  summary: "Say that a sign means nothing, and why",
  input: z.strictObject({ ...SeenWhole, ...Reason }),
  output: Outcome,
  load: (input, records, act) => load("dismiss", [input], records, act),
  decide: (loaded, { reason, note }, act) => one(loaded, { verb: "dismiss", reason, note }, act),
});

export const snoozeSign = operation({
  name: "sign.snooze",
  ...visible,
  summary: "Put a sign off until a time; it comes back by itself",
  input: z.strictObject({ ...SeenWhole, until: Until }),
  output: Outcome,
  load: (input, records, act) => load("snooze", [input], records, act),
  decide: (loaded, { until }, act) => one(loaded, { verb: "snooze", until }, act),
});

export const returnSign = operation({
  name: "sign.return",
  ...visible,
  summary: "Put a sign back into the queue by an entry that reverses the last decision",
  input: z.strictObject({ ...Seen, reason: Undo }),
  output: Outcome,
  load: (input, records, act) => load("return", [{ ...input, seenCount: 0 }], records, act),
  decide: (loaded, { reason }, act) => one(loaded, { verb: "return", reason }, act),
});

export const decideOnSigns = operation({
  name: "sign.decide",
  phase: "detect",
  summary: "Make one decision on many signs; those that somebody else decided on meanwhile are named",
  action: "sign.triage",
  visibleBy: ["sign.read", "incident.read"],
  input: z.strictObject({
    signs: z.array(z.strictObject(SeenWhole)).min(1).max(BULK_MAX),
    decision: AnyDecision,
  }),
  output: z.object({
    decided: z.array(Decided),
    refused: z.array(NotDecided).describe("the signs that stand as they stood, and who decided on them"),
    incident: IncidentId.nullable(),
    code: z.string().nullable(),
  }),
  load: ({ signs, decision }, records, act) =>
    load(decision.verb, signs, records, act, decision.verb === "merge" ? decision.into : undefined),
  decide: (loaded, { decision }, act) => {
    const outcome = decideOn(loaded, decision, act);
    if (!outcome.ok) return outcome;
    const { facts, fresh, refused, into } = outcome.value;
    return accept({
      facts,
      output: {
        decided: fresh.map(({ sign, seen }) => ({ sign: sign.id, changedSeq: seen + 1 })),
        refused: refused.flatMap(notDecided),
        incident: into?.id ?? null,
        code: into?.code ?? null,
      },
    });
  },
});

/** What was looked at, and where it may go. */
interface Loaded {
  readonly looked: readonly Looked[];
  /** Who told, for an incident's log. */
  readonly reporter: string;
  /** The id and code of a new incident, or the open one to merge into. */
  readonly into: { readonly id: IncidentId; readonly code: string } | undefined;
  readonly open: Incident | undefined;
  /** The incidents that the signs were taken into. */
  readonly taken: ReadonlyMap<IncidentId, TakenInto>;
}

/** Nothing when a sign, or the incident to merge into, does not exist. */
async function load(
  verb: TriageVerb,
  asked: readonly { readonly sign: SignId; readonly seen: number; readonly seenCount: number }[],
  records: Records,
  act: Act,
  mergeInto?: IncidentId,
): Promise<Loaded | undefined> {
  const found = await records.triage.signs(asked.map(({ sign }) => sign));
  const looked = asked.flatMap(({ sign, seen, seenCount }) => {
    const triaged = found.get(sign);
    return triaged === undefined ? [] : [{ ...triaged, seen, seenCount }];
  });
  if (looked.length < asked.length || found.size < asked.length) return undefined;
  const open = mergeInto === undefined ? undefined : await records.incident(mergeInto);
  if (mergeInto !== undefined && open === undefined) return undefined;
  const made = verb === "accept" ? { id: act.newId("inc"), code: await nextCode(records, act) } : undefined;
  const taken = new Map<IncidentId, TakenInto>();
  const before = verb === "return" ? looked.flatMap(({ triage }) => triage?.decision?.incident ?? []) : [];
  for (const incident of [...new Set(before)].sort()) {
    const into = await records.triage.takenInto(incident);
    if (into !== undefined) taken.set(incident, into);
  }
  return {
    looked,
    reporter: await records.triage.reporterOf(looked.map(({ sign }) => sign)),
    into: made ?? open,
    open,
    taken,
  };
}

interface DecidedOn {
  readonly facts: readonly TriageFact[];
  readonly fresh: readonly Looked[];
  readonly refused: readonly TriageRefusal[];
  readonly into: Loaded["into"];
}

/** The decision on those signs that nobody decided on meanwhile; a refusal when that leaves none. */
function decideOn(loaded: Loaded, decision: AnyDecision, act: Act): Result<DecidedOn, Refusal> {
  const { fresh, refused } = sortLooked(decision.verb, loaded.looked, act.now);
  const [first] = refused;
  if (fresh.length === 0 && first !== undefined) return refuse(first);
  const facts = factsOf(loaded, fresh, decision, act);
  return facts.ok ? accept({ facts: facts.value, fresh, refused, into: loaded.into }) : facts;
}

function factsOf(
  { reporter, into, open, taken }: Loaded,
  fresh: readonly Looked[],
  decision: AnyDecision,
  act: Act,
): Result<readonly TriageFact[], Refusal> {
  const happened = stampOf(undefined, act);
  switch (decision.verb) {
    case "rate":
      return accept(fresh.map((each) => rateSign(each, happened, decision.rating)));
    case "accept":
      if (into === undefined) return refuse({ code: "thing.not_found" });
      return accept(acceptSigns(fresh, into, happened, reporter));
    case "merge": {
      if (open === undefined) return refuse({ code: "thing.not_found" });
      const shut = mustTakeSigns(open);
      return shut === undefined ? accept(mergeSigns(fresh, open, happened, decision.because)) : refuse(shut);
    }
    case "dismiss":
      return accept(dismissSigns(fresh, happened, decision.reason, decision.note));
    case "snooze":
      return snoozeSigns(fresh, happened, decision.until, act.now);
    case "return":
      return returnSigns(fresh, taken, happened, decision.reason);
  }
}

/** The decision on a single sign: somebody else's is then the whole answer. */
function one(loaded: Loaded, decision: AnyDecision, act: Act) {
  const outcome = decideOn(loaded, decision, act);
  if (!outcome.ok) return outcome;
  const { facts, fresh, into } = outcome.value;
  const [decided] = fresh;
  if (decided === undefined) return refuse({ code: "thing.not_found" });
  const place = { incident: into?.id ?? null, code: into?.code ?? null };
  const output = { sign: decided.sign.id, changedSeq: decided.seen + 1, ...place };
  return accept({ facts, output });
}

function notDecided(refusal: TriageRefusal) {
  if (!("status" in refusal)) return [];
  const { sign, code, status, by, at, incident } = refusal;
  return [{ sign, code, status, by, at, incident }];
}
