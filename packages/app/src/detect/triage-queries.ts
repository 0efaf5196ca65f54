import {
  AddressRole,
  IncidentId,
  ObservableKind,
  observablesOfSign,
  type Place,
  Priority,
  rankCandidates,
  SignId,
  SignKind,
  SignRating,
  SignStatus,
  statusAt,
  TriageVerb,
  UNRATED,
} from "@jumpkit/core";
import * as z from "zod";
import { Paging, pageOf } from "../list.ts";
import type { Viewer } from "../ports.ts";
import { query } from "../query.ts";
import type { Reading } from "../reading.ts";
import type { QueuedSign } from "../triage-ports.ts";

const DecisionView = z.object({
  verb: TriageVerb,
  by: z.string(),
  at: z.string(),
  incident: IncidentId.nullable(),
  incidentCode: z.string().nullable(),
  reason: z.string(),
  note: z.string(),
  until: z.string().nullable().describe("until when it is snoozed, in UTC"),
  untilZone: z.string().nullable(),
  grownBy: z.int().describe("how many events came after the look that the decision was made on"),
});

/** What the register knows of what a sign is about. */
const PlaceView = z.object({
  asset: z
    .object({
      id: z.string(),
      name: z.string(),
      owner: z.string(),
      criticality: z.string(),
      production: z.boolean(),
    })
    .nullable(),
  segment: z.object({ id: z.string(), name: z.string() }).nullable(),
  constituent: z.string().nullable(),
});

/** A sign as the queue shows it. */
const SignRow = z
  .object({
    id: SignId,
    kind: SignKind,
    title: z.string(),
    rule: z.object({ id: z.string(), name: z.string() }),
    source: z.string().nullable(),
    entity: z.string(),
    severity: z.string().describe("the word of the product that sent it"),
    firstAt: z.string(),
    lastAt: z.string(),
    count: z.int(),
    repeats: z.int(),
    team: z.string().nullable(),
    constituent: z.string().nullable(),
    asset: z.string().nullable(),
    place: PlaceView.nullable().describe("null when the register knows nothing, or one may not look there"),
    status: SignStatus.describe("at this moment"),
    changedSeq: z.int().describe("what a decision must have seen"),
    rating: SignRating,
    priority: Priority.nullable().describe("null is unrated"),
    because: z.string(),
    decision: DecisionView.nullable(),
  })
  .meta({ id: "SignRow" });

const ObservableValueView = z.object({ kind: ObservableKind, value: z.string() });

const SeenInView = z.object({
  value: ObservableValueView,
  thing: z.string(),
  kind: z.enum(["incident", "sign"]),
  title: z.string(),
  code: z.string(),
  status: z.string(),
  at: z.string(),
});

/** A sign with its whole story, so that nobody has to look anywhere else to decide. */
const SignStory = SignRow.extend({
  addresses: z.array(z.object({ value: z.string(), role: AddressRole, port: z.int().nullable() })),
  fields: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  extra: z.record(z.string(), z.unknown()),
  timeAsWritten: z.string(),
  zoneAssumed: z.string().nullable(),
  firstOriginal: z.string().nullable().describe("the first event as it came; text, never to be rendered"),
  observables: z.array(ObservableValueView),
  whyNothing: z.array(
    z.object({
      sign: SignId,
      title: z.string(),
      reason: z.string(),
      note: z.string(),
      by: z.string(),
      at: z.string(),
      count: z.int(),
      sameEntity: z.boolean(),
    }),
  ),
  reasons: z.array(z.object({ reason: z.string(), count: z.int() })).describe("learnt, the likeliest first"),
  seenBefore: z.array(SeenInView),
  candidates: z
    .array(z.object({ incident: IncidentId, code: z.string(), title: z.string(), because: z.string() }))
    .describe("open incidents that it may belong to, the best match first"),
}).meta({ id: "Sign" });

const FILTER_WORD = z.string().max(200).optional();

export const listQueue = query({
  name: "triage.queue",
  phase: "detect",
  summary: "Signs, the one seen last first",
  action: "sign.read",
  path: "/v1/triage",
  input: z.strictObject({
    status: z.enum(["waiting", "snoozed", "dismissed", "accepted", "all"]).default("waiting"),
    text: z.string().max(200).default("").describe("words that all have to be there"),
    kind: SignKind.optional(),
    source: FILTER_WORD,
    team: FILTER_WORD,
    constituent: FILTER_WORD,
    ...Paging,
  }),
  output: pageOf(SignRow),
  run: async ({ text, kind, source, team, constituent, ...rest }, reading, viewer) => {
    const words = text.toLowerCase().split(/\s+/);
    const wanted = words.filter((word) => word !== "");
    const page = await reading.triage.signs({ ...rest, words: wanted, kind, source, team, constituent });
    return { items: await rowsOf(page.items, reading, viewer), next: page.next };
  },
});

export const countQueue = query({
  name: "triage.state",
  phase: "detect",
  summary: "How the queue stands: how many wait, when the last sign came, when the next snooze ends",
  action: "sign.read",
  path: "/v1/triage/state",
  input: z.strictObject({}),
  output: z.object({
    waiting: z.int().describe("at most 10,000"),
    snoozed: z.int(),
    grown: z.int().describe("dismissed signs that gathered more events since, of the last day"),
    lastAt: z.string().nullable(),
    nextWakeAt: z.string().nullable(),
  }),
  run: (_input, reading) => reading.triage.queueState(),
});

export const showSignInQueue = query({
  name: "triage.sign",
  phase: "detect",
  summary:
    "One sign with its whole story: why it may be nothing, where its values were seen, where it may belong",
  action: "sign.read",
  path: "/v1/triage/sign/{sign}",
  input: z.strictObject({ sign: SignId }),
  output: SignStory,
  run: async (input, reading, viewer) => {
    const found = await reading.triage.sign(input.sign);
    if (found === undefined) return undefined;
    const { sign } = found;
    const observables = observablesOfSign(sign);
    const seesIncidents = (await reading.permission(viewer, "incident.read")).allowed;
    const seen = await reading.triage.seenIn(observables, sign.id);
    const [row] = await rowsOf([found], reading, viewer);
    return (
      row && {
        ...row,
        addresses: [...sign.addresses],
        fields: { ...sign.fields },
        extra: { ...sign.extra },
        timeAsWritten: sign.timeAsWritten,
        zoneAssumed: sign.zoneAssumed,
        firstOriginal: (await reading.triage.firstOriginal(sign.id)) ?? null,
        observables: [...observables],
        whyNothing: [...(await reading.triage.earlierDismissals(sign))],
        reasons: [...(await reading.triage.learntReasons(sign.rule.id, sign.source))],
        seenBefore: seen.filter(({ kind }) => seesIncidents || kind === "sign"),
        candidates: seesIncidents
          ? [...rankCandidates(await reading.triage.sharing(sign, observables), sign.entity)]
          : [],
      }
    );
  },
});

export const listSignsOfIncident = query({
  name: "triage.of_incident",
  phase: "detect",
  summary: "The signs that are part of an incident",
  action: "sign.read",
  path: "/v1/incident/{incident}/sign",
  input: z.strictObject({ incident: IncidentId }),
  output: z.object({ items: z.array(SignRow) }),
  run: async (input, reading, viewer) => {
    if (!(await reading.permission(viewer, "incident.read")).allowed) return undefined;
    if ((await reading.incident(input.incident)) === undefined) return undefined;
    return { items: await rowsOf(await reading.triage.signsOf(input.incident), reading, viewer) };
  },
});

async function rowsOf(signs: readonly QueuedSign[], reading: Reading, viewer: Viewer) {
  const looksUp = (await reading.permission(viewer, "asset.read")).allowed;
  const entities = looksUp ? [...new Set(signs.map(({ sign }) => sign.entity))] : [];
  const places = entities.length > 0 ? await reading.register.places(entities) : new Map<string, Place>();
  return signs.map((each) => rowOf(each, places.get(each.sign.entity), reading.triage.now));
}

function rowOf(
  { sign, triage, incidentCode, team, constituent, asset }: QueuedSign,
  place: Place | undefined,
  now: string,
) {
  const { id, kind, title, rule, source, entity, severity, firstAt, lastAt, count, repeats } = sign;
  const decision = triage?.decision ?? null;
  return {
    ...{ id, kind, title, rule, source, entity, severity, firstAt, lastAt, count, repeats },
    ...{ team, constituent, asset },
    place: place ?? null,
    status: statusAt(triage, now),
    changedSeq: triage?.changedSeq ?? 0,
    rating: triage?.rating ?? UNRATED,
    priority: triage?.priority ?? null,
    because: triage?.because ?? "",
    decision: decision && { ...decision, incidentCode, grownBy: Math.max(0, count - decision.count) },
  };
}
