import {
  Alternative,
  AssetId,
  accept,
  approveIsolation,
  ContainmentDecision,
  changeIsolation,
  consequencesOf,
  EvidenceId,
  type Incident,
  IncidentId,
  Instant,
  type Isolation,
  type IsolationFact,
  IsolationId,
  IsolationKind,
  isolatingAction,
  liftIsolation,
  line,
  PersonId,
  prose,
  type Result,
  recordIsolation,
  refuseIsolation,
  requestIsolation,
  SegmentId,
  verifyIsolation,
  withdrawIsolation,
} from "@jumpkit/core";
import * as z from "zod";
import { happened, stampOf } from "../happened.ts";
import { operation } from "../operation.ts";
import type { Records } from "../ports.ts";
import type { Refusal } from "../refusals.ts";

const Said = (max: number) =>
  prose(max).refine((text) => text.trim() !== "", { error: "is empty; the record needs it" });
const Done = z.object({ incident: IncidentId, isolation: IsolationId });
const ReviewAt = Instant.describe("When somebody has to look at it again, at the latest");
const OF_ONE = { phase: "contain", thing: "isolation", visibleBy: "incident.read" } as const;

/** What is to be cut off: an asset or segment of the register by its id, anything else by its name. */
const TargetInput = {
  kind: IsolationKind,
  name: line(253).describe("As it is called; what the register calls it is written down where it knows it"),
  asset: AssetId.nullable().default(null),
  segment: SegmentId.nullable().default(null),
};

export const isolationRequest = operation({
  name: "isolation.request",
  phase: "contain",
  action: "log.write",
  visibleBy: ["incident.read", "asset.read"],
  summary: "Ask to cut off a host, a segment or an account, and say what it costs and how it is undone",
  input: z.strictObject({
    incident: IncidentId,
    ...TargetInput,
    why: Said(4000),
    consequence: prose(2000).default("").describe("What stands still, beside what the register says"),
    alternative: Alternative,
    decision: ContainmentDecision.prefault({}),
    undo: Said(4000).describe("How it is undone"),
    reviewAt: ReviewAt,
    owner: PersonId.nullable().default(null).describe("Who answers for it; yourself when null"),
    happened,
  }),
  output: Done.extend({ needs: z.string().describe("the action of the policy that it falls under") }),
  load: async (input, records, act) => {
    const incident = await records.incident(input.incident);
    const owner = await records.person(input.owner ?? act.by.id);
    const found = await records.contain.target(input);
    if (incident === undefined || owner?.status !== "active" || found === undefined) return undefined;
    const isolations = await records.contain.isolationsOf(incident.id);
    return { incident, owner, found, isolations, id: act.newId("iso") };
  },
  decide: ({ incident, owner, found, isolations, id }, input, act) => {
    const { why, consequence, alternative, decision, undo, reviewAt } = input;
    const outcome = requestIsolation(incident, stampOf(input.happened, act), act.now, isolations, {
      isolation: id,
      target: {
        kind: input.kind,
        name: found.name,
        asset: found.asset?.id ?? null,
        segment: found.segment?.id ?? null,
        addresses: [...found.addresses],
      },
      ...{ why, consequence, alternative, decision, undo, reviewAt },
      consequences: [...consequencesOf(found, found.ownerName)],
      owner: owner.id,
      ownerName: owner.name,
    });
    if (!outcome.ok) return outcome;
    const output = { incident: incident.id, isolation: id, needs: isolatingAction(found) };
    return accept({ facts: [outcome.value], output });
  },
});

export const isolationAuthorise = operation({
  name: "isolation.authorise",
  ...OF_ONE,
  action: "host.isolate_production",
  summary: "Give the authority to cut it off",
  input: z.strictObject({ isolation: IsolationId, condition: prose(2000).default("") }),
  output: Done,
  load: (input, records) => underAction(records, input.isolation),
  actionOf: ({ under }) => under,
  explain: ({ isolation: { target, why, consequences, consequence, alternative, undo } }) => ({
    thing: `${target.kind} ${target.name}: ${why}`,
    consequence: [...consequences, consequence].filter((text) => text !== "").join(" "),
    alternative: `${ALTERNATIVE_WORDS[alternative?.considered ?? "none_will_do"]} ${alternative?.text ?? ""} How it is undone: ${undo}`,
  }),
  decide: ({ incident, isolation, under }, { condition }, act) =>
    single(isolation, approveIsolation(incident, isolation, stampOf(undefined, act), { under, condition })),
});

const ALTERNATIVE_WORDS = {
  none_will_do: "Nothing else will do.",
  hot_spare: "A hot spare keeps the most critical functions going.",
  monitor_only: "Only watching it was weighed.",
} as const;

export const isolationRefuse = operation({
  name: "isolation.refuse",
  ...OF_ONE,
  action: "host.isolate_production",
  summary:
    "Turn down a request to cut something off, and say why; takes the authority that cutting it off does",
  input: z.strictObject({ isolation: IsolationId, reason: Said(2000) }),
  output: Done,
  load: (input, records) => underAction(records, input.isolation),
  actionOf: ({ under }) => under,
  decide: ({ isolation }, { reason }, act) =>
    single(isolation, refuseIsolation(isolation, stampOf(undefined, act), reason)),
});

export const isolationWithdraw = operation({
  name: "isolation.withdraw",
  ...OF_ONE,
  action: "log.write",
  summary: "Take back a request that nobody has carried out",
  input: z.strictObject({ isolation: IsolationId, reason: Said(2000) }),
  output: Done,
  load: (input, records) => isolationIn(records, input.isolation),
  decide: ({ isolation }, { reason }, act) =>
    single(isolation, withdrawIsolation(isolation, stampOf(undefined, act), reason)),
});

export const isolationRecord = operation({
  name: "isolation.record",
  ...OF_ONE,
  action: "host.recover",
  summary: "Write down that it is cut off now; only after it was authorised",
  input: z.strictObject({ isolation: IsolationId, note: prose(4000).default(""), happened }),
  output: Done,
  load: (input, records) => isolationIn(records, input.isolation),
  decide: ({ isolation }, { note, happened: said }, act) =>
    single(isolation, recordIsolation(isolation, stampOf(said, act), act.now, { connector: null, note })),
});

export const isolationVerify = operation({
  name: "isolation.verify",
  ...OF_ONE,
  action: "host.recover",
  summary: "Say how it was made sure that it is cut off",
  input: z.strictObject({
    isolation: IsolationId,
    how: Said(2000),
    evidence: EvidenceId.nullable().default(null),
    happened,
  }),
  output: Done,
  load: async (input, records) => {
    const loaded = await isolationIn(records, input.isolation);
    const item = input.evidence === null ? null : await records.item(input.evidence);
    if (item === undefined || (item !== null && item.incident !== loaded?.incident.id)) return undefined;
    return loaded;
  },
  decide: ({ isolation }, { how, evidence, happened: said }, act) =>
    single(isolation, verifyIsolation(isolation, stampOf(said, act), { how, evidence })),
});

export const isolationChange = operation({
  name: "isolation.change",
  ...OF_ONE,
  action: "host.recover",
  summary: "Give an isolation its next review time, or another owner",
  input: z.strictObject({
    isolation: IsolationId,
    reviewAt: ReviewAt,
    owner: PersonId,
    reason: Said(2000),
  }),
  output: Done,
  load: async (input, records) => {
    const loaded = await isolationIn(records, input.isolation);
    const owner = await records.person(input.owner);
    return loaded && owner?.status === "active" ? { ...loaded, owner } : undefined;
  },
  decide: ({ isolation, owner }, { reviewAt, reason }, act) =>
    single(
      isolation,
      changeIsolation(isolation, stampOf(undefined, act), act.now, {
        reviewAt,
        reason,
        owner: owner.id,
        ownerName: owner.name,
      }),
    ),
});

export const isolationLift = operation({
  name: "isolation.lift",
  ...OF_ONE,
  action: "isolation.lift",
  summary: "Write down that it is connected again, and why; also after its incident was dismissed",
  input: z.strictObject({
    isolation: IsolationId,
    reason: Said(2000),
    how: prose(2000).default("").describe("How it was connected again"),
    happened,
  }),
  output: Done,
  load: async (input, records) => {
    const loaded = await isolationIn(records, input.isolation);
    if (loaded === undefined) return undefined;
    const { kind, name, asset } = loaded.isolation.target;
    const host =
      kind === "host" ? await records.recovery.onItsWay(loaded.incident.id, { name, asset }) : undefined;
    return { ...loaded, inRecovery: host?.connected === "none" };
  },
  decide: ({ isolation, inRecovery }, { reason, how, happened: said }, act) =>
    single(isolation, liftIsolation(isolation, stampOf(said, act), inRecovery, { reason, how })),
});

/** An isolation with its incident, both locked. */
export async function isolationIn(
  records: Records,
  id: IsolationId,
): Promise<{ readonly incident: Incident; readonly isolation: Isolation } | undefined> {
  const isolation = await records.contain.isolation(id);
  const incident = isolation && (await records.incident(isolation.incident));
  return isolation && incident && { isolation, incident };
}

/** An isolation with the action of the policy that it falls under by what the register says now. */
async function underAction(records: Records, id: IsolationId) {
  const loaded = await isolationIn(records, id);
  if (loaded === undefined) return undefined;
  // An asset that was removed from the register since is unknown, and so counts as production.
  const found = await records.contain.target(loaded.isolation.target);
  const { kind } = loaded.isolation.target;
  return { ...loaded, under: isolatingAction(found ?? { kind, asset: undefined }) };
}

function single({ id, incident }: Isolation, outcome: Result<IsolationFact, Refusal>) {
  return outcome.ok ? accept({ facts: [outcome.value], output: { incident, isolation: id } }) : outcome;
}
