import * as z from "zod";
import type { Entry } from "../../document/log/entry.ts";
import {
  AssetId,
  EvidenceId,
  type IncidentId,
  IsolationId,
  PersonId,
  RunId,
  SegmentId,
  SpareId,
} from "../../kernel/id.ts";
import { line, prose } from "../../kernel/text.ts";
import { Instant } from "../../kernel/time.ts";
import { ContainmentDecision } from "./decision.ts";
import { type ConnectorRun, RunOutcome } from "./run.ts";

/** What can be cut off: a host or whatever has an address, a part of the network, an account. */
export const ISOLATION_KINDS = ["host", "segment", "account"] as const;
export const IsolationKind = z.enum(ISOLATION_KINDS);
export type IsolationKind = z.infer<typeof IsolationKind>;

/** What is cut off, as it was named then; `asset` or `segment` where the register knows it. */
export const IsolationTarget = z.strictObject({
  kind: IsolationKind,
  name: line(253),
  asset: AssetId.nullable(),
  segment: SegmentId.nullable(),
  addresses: z.array(z.string().max(100)).max(100),
});
export type IsolationTarget = z.infer<typeof IsolationTarget>;

/** The actions of the policy that an isolation can fall under. */
export const ISOLATING_ACTIONS = [
  "host.isolate",
  "host.isolate_production",
  "segment.isolate",
  "account.disable",
] as const;
export const IsolatingAction = z.enum(ISOLATING_ACTIONS);
export type IsolatingAction = z.infer<typeof IsolatingAction>;

/** What was weighed instead of cutting off: nothing would do, a hot spare takes over, or only watching. */
export const Alternative = z.strictObject({
  considered: z.enum(["none_will_do", "hot_spare", "monitor_only"]),
  spare: SpareId.nullable().default(null),
  text: prose(2000).default(""),
});
export type Alternative = z.infer<typeof Alternative>;

const NAMED = { isolation: IsolationId, name: z.string() };

export const ISOLATION_ENTRIES = {
  "isolation.requested": z.object({
    isolation: IsolationId,
    target: IsolationTarget,
    why: prose(4000),
    /** What the register said would stand still, line by line, and what the asker added. */
    consequences: z.array(z.string().max(2500)).max(20),
    consequence: prose(2000),
    alternative: Alternative,
    decision: ContainmentDecision,
    undo: prose(4000),
    reviewAt: Instant,
    owner: PersonId,
    ownerName: z.string(),
  }),
  "isolation.approved": z.object({ ...NAMED, under: IsolatingAction, condition: prose(2000) }),
  "isolation.refused": z.object({ ...NAMED, reason: prose(2000) }),
  "isolation.withdrawn": z.object({ ...NAMED, reason: prose(2000) }),
  "isolation.done": z.object({
    ...NAMED,
    /** Name of the connector that did it, `null` when hands did. */
    connector: z.string().max(100).nullable(),
    note: prose(4000),
  }),
  "isolation.run_asked": z.object({
    ...NAMED,
    run: RunId,
    connector: z.string().max(100),
    /** What the connector does, as its operator describes it. */
    says: z.string().max(200),
    /** What was seen at the device after a run whose outcome nobody knew. */
    looked: prose(2000),
  }),
  "isolation.run_ended": z.object({
    ...NAMED,
    run: RunId,
    connector: z.string().max(100),
    outcome: RunOutcome,
    /** What the connector answered, bounded. */
    text: prose(4000),
  }),
  "isolation.verified": z.object({ ...NAMED, how: prose(2000), evidence: EvidenceId.nullable() }),
  "isolation.changed": z.object({
    ...NAMED,
    reviewAt: Instant,
    owner: PersonId,
    ownerName: z.string(),
    reason: prose(2000),
  }),
  "isolation.lifted": z.object({ ...NAMED, reason: prose(2000), how: prose(2000) }),
};
export type IsolationEntries = typeof ISOLATION_ENTRIES;

/** Where an isolation stands. `approved` carries authority; nothing is done without it. */
export const ISOLATION_STATES = [
  "requested",
  "approved",
  "refused",
  "withdrawn",
  "done",
  "verified",
  "lifted",
] as const;
export const IsolationState = z.enum(ISOLATION_STATES);
export type IsolationState = z.infer<typeof IsolationState>;

/** One thing that happened to an isolation, as lists of its history show it. */
export interface IsolationStep {
  readonly state: IsolationState | "changed" | "run_asked" | "run_ended";
  /** When it happened, as the person said. */
  readonly at: string;
  readonly by: string;
  readonly text: string;
  /** The rule of the policy that let it be, where the step needed one. */
  readonly rule: string;
}

/** An isolation as its incident's log says it is now. */
export interface Isolation {
  readonly id: IsolationId;
  readonly incident: IncidentId;
  readonly target: IsolationTarget;
  readonly state: IsolationState;
  readonly why: string;
  readonly consequences: readonly string[];
  readonly consequence: string;
  readonly alternative: Alternative | null;
  readonly decision: ContainmentDecision | null;
  readonly undo: string;
  /** `null` when it was withheld: then nobody looks after it, and it is forgotten. */
  readonly reviewAt: Instant | null;
  readonly owner: PersonId | null;
  readonly ownerName: string;
  readonly requestedBy: PersonId | null;
  /** What it was approved under; `null` until it is. */
  readonly under: IsolatingAction | null;
  readonly history: readonly IsolationStep[];
  /** The runs of connectors, the first asked for first; absent until there is one. */
  readonly runs?: readonly ConnectorRun[];
}

/** The states in which something is cut off now. */
export function isCut({ state }: Pick<Isolation, "state">): boolean {
  return state === "done" || state === "verified";
}

/** Whether it still has to end somehow: asked for, allowed or in force. */
export function isStanding({ state }: Pick<Isolation, "state">): boolean {
  return state === "requested" || state === "approved" || isCut({ state });
}

const AFTER = {
  "isolation.requested": "requested",
  "isolation.approved": "approved",
  "isolation.refused": "refused",
  "isolation.withdrawn": "withdrawn",
  "isolation.done": "done",
  "isolation.verified": "verified",
  "isolation.lifted": "lifted",
} as const satisfies Partial<Record<keyof IsolationEntries, IsolationState>>;

type IsolationEntry = Entry<IsolationEntries>;

/** The isolation after one more entry about it. */
export function projectIsolation(
  before: Isolation | undefined,
  entry: IsolationEntry,
): Isolation | undefined {
  if (entry.type === "isolation.requested") return begin(entry);
  if (before === undefined) return undefined;
  const history = [...before.history, stepOf(entry)];
  if (entry.type === "isolation.changed") {
    const { owner, ownerName, reviewAt } = entry.body;
    return {
      ...before,
      owner: owner ?? null,
      ownerName: ownerName ?? "(withheld)",
      reviewAt: reviewAt ?? null,
      history,
    };
  }
  if (entry.type === "isolation.run_asked" || entry.type === "isolation.run_ended") {
    return { ...before, history, runs: runsAfter(before.runs ?? [], entry) };
  }
  const under = entry.type === "isolation.approved" ? (entry.body.under ?? null) : before.under;
  return { ...before, state: AFTER[entry.type], under, history };
}

type RunEntry = Extract<IsolationEntry, { type: "isolation.run_asked" | "isolation.run_ended" }>;

function runsAfter(runs: readonly ConnectorRun[], entry: RunEntry): readonly ConnectorRun[] {
  const { run, connector = "(withheld)" } = entry.body;
  if (run === undefined) return runs;
  if (entry.type === "isolation.run_asked") {
    const asked = { run, connector, askedAt: entry.happenedAt, by: entry.actor?.name ?? "(withheld)" };
    return [...runs, { ...asked, outcome: null, endedAt: null, text: "" }];
  }
  const { outcome = "unknown", text = "(withheld)" } = entry.body;
  return runs.map((each) =>
    each.run === run ? { ...each, outcome, text, endedAt: entry.happenedAt } : each,
  );
}

function begin(entry: Extract<IsolationEntry, { type: "isolation.requested" }>): Isolation | undefined {
  const { isolation, target, ...body } = entry.body;
  if (isolation === undefined || entry.incident === null) return undefined;
  return {
    id: isolation,
    incident: entry.incident,
    target: target ?? { kind: "host", name: "(withheld)", asset: null, segment: null, addresses: [] },
    state: "requested",
    why: body.why ?? "(withheld)",
    consequences: body.consequences ?? [],
    consequence: body.consequence ?? "",
    alternative: body.alternative ?? null,
    decision: body.decision ?? null,
    undo: body.undo ?? "(withheld)",
    reviewAt: body.reviewAt ?? null,
    owner: body.owner ?? null,
    ownerName: body.ownerName ?? "(withheld)",
    requestedBy: entry.actor?.id ?? null,
    under: null,
    history: [stepOf(entry)],
  };
}

function stepOf(entry: IsolationEntry): IsolationStep {
  return {
    state: stepStateOf(entry.type),
    at: entry.happenedAt,
    by: entry.actor?.name ?? "(withheld)",
    text: textOf(entry),
    rule: entry.authority?.rule ?? "",
  };
}

function stepStateOf(type: IsolationEntry["type"]): IsolationStep["state"] {
  if (type === "isolation.changed") return "changed";
  if (type === "isolation.run_asked") return "run_asked";
  return type === "isolation.run_ended" ? "run_ended" : AFTER[type];
}

function textOf(entry: IsolationEntry): string {
  switch (entry.type) {
    case "isolation.requested":
      return entry.body.why ?? "(withheld)";
    case "isolation.approved":
      return entry.body.condition ?? "(withheld)";
    case "isolation.verified":
      return entry.body.how ?? "(withheld)";
    case "isolation.done":
      return [
        entry.body.connector === null ? "" : `by ${entry.body.connector ?? "(withheld)"}`,
        entry.body.note ?? "",
      ]
        .filter((part) => part !== "")
        .join(": ");
    case "isolation.run_asked":
      return [entry.body.connector ?? "(withheld)", entry.body.looked ?? ""]
        .filter((part) => part !== "")
        .join("; seen before: ");
    case "isolation.run_ended":
      return `${entry.body.connector ?? "(withheld)"} – ${(entry.body.outcome ?? "(withheld)").replace("_", " ")}`;
    case "isolation.lifted":
      return [entry.body.reason ?? "(withheld)", entry.body.how ?? ""]
        .filter((part) => part !== "")
        .join(" – ");
    default:
      return entry.body.reason ?? "(withheld)";
  }
}
