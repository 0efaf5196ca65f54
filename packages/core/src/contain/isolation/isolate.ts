import type { Incident } from "../../detect/incident/incident.ts";
import { type IncidentRefusal, mustBeOpen, type OpenQuestion } from "../../detect/incident/life.ts";
import type { Fact } from "../../document/log/entry.ts";
import type { AssetId, EvidenceId, IsolationId, RunId } from "../../kernel/id.ts";
import { accept, type Result, refuse } from "../../kernel/result.ts";
import { type Instant, instantAt, instantOf, type Stamp, unixMsOf } from "../../kernel/time.ts";
import {
  type IsolatingAction,
  type Isolation,
  type IsolationEntries,
  type IsolationState,
  isCut,
  isStanding,
} from "./isolation.ts";
import { lastRun } from "./run.ts";

export type IsolationFact = Fact<IsolationEntries>;
type BodyOf<Type extends IsolationFact["type"]> = Extract<IsolationFact, { readonly type: Type }>["body"];

export type IsolationRefusal =
  | { readonly code: "isolation.already"; readonly isolation: IsolationId; readonly state: IsolationState }
  | {
      readonly code: "isolation.wrong_state";
      readonly state: IsolationState;
      readonly needs: readonly IsolationState[];
    }
  | { readonly code: "isolation.review_time"; readonly latest: Instant }
  | { readonly code: "isolation.before_authority"; readonly approvedAt: string }
  | { readonly code: "isolation.in_future"; readonly now: Instant }
  | { readonly code: "isolation.through_gates" }
  | { readonly code: "isolation.being_run"; readonly run: RunId };

type Decided = Result<IsolationFact, IsolationRefusal | IncidentRefusal>;

/** From which states each step may start. Every other step is refused. */
export const ISOLATION_STEPS = {
  approve: ["requested"],
  refuse: ["requested"],
  withdraw: ["requested", "approved"],
  record: ["approved"],
  verify: ["done"],
  change: ["requested", "approved", "done", "verified"],
  lift: ["done", "verified"],
} as const satisfies Readonly<Record<string, readonly IsolationState[]>>;

/** The latest moment at which an isolation has to be looked at again: a year ahead. */
const REVIEW_WITHIN_MS = 366 * 24 * 3_600_000;

/**
 * The entry that asks to cut something off, in any open incident, declared or not.
 *
 * Asking carries no authority: nothing may be done before {@link approveIsolation}.
 *
 * @param standing  isolations of the incident that have not ended
 * @source          CERT/CC: regaining control may mean isolating hosts, often before it is certain that it is
 *                  an incident; NIST SP 800-61r2 §3.3.1: criteria for choosing a containment strategy
 */
export function requestIsolation(
  incident: Incident,
  happened: Stamp,
  now: Instant,
  standing: readonly Isolation[],
  body: BodyOf<"isolation.requested">,
): Decided {
  const wrong = mustBeOpen(incident) ?? reviewTime(body.reviewAt, now);
  if (wrong !== undefined) return refuse(wrong);
  const same = standing.find((each) => isStanding(each) && sameTarget(each.target, body.target));
  if (same !== undefined) return refuse({ code: "isolation.already", isolation: same.id, state: same.state });
  return accept({ type: "isolation.requested", incident: incident.id, happened, body });
}

/**
 * The entry that carries the authority to cut it off.
 *
 * @param under  the action of the policy that it falls under by what the register says now
 */
export function approveIsolation(
  incident: Incident,
  isolation: Isolation,
  happened: Stamp,
  { under, condition }: { readonly under: IsolatingAction; readonly condition: string },
): Decided {
  const wrong = mustBeOpen(incident) ?? mustBeIn(isolation, "approve");
  if (wrong !== undefined) return refuse(wrong);
  return about(isolation, "isolation.approved", happened, { ...named(isolation), under, condition });
}

/** The entry that turns the request down. */
export function refuseIsolation(isolation: Isolation, happened: Stamp, reason: string): Decided {
  const wrong = mustBeIn(isolation, "refuse");
  if (wrong !== undefined) return refuse(wrong);
  return about(isolation, "isolation.refused", happened, { ...named(isolation), reason });
}

/**
 * The entry that takes the request back; what is done is lifted instead, and what a connector is about to do is
 * waited for.
 */
export function withdrawIsolation(isolation: Isolation, happened: Stamp, reason: string): Decided {
  const wrong = mustBeIn(isolation, "withdraw");
  if (wrong !== undefined) return refuse(wrong);
  const last = lastRun(isolation);
  if (last?.outcome === null) return refuse({ code: "isolation.being_run", run: last.run });
  return about(isolation, "isolation.withdrawn", happened, { ...named(isolation), reason });
}

/**
 * The entry that says it is cut off now. It exists only after the authority does.
 *
 * @param happened  when it was done: never before it was approved, never in the future
 */
export function recordIsolation(
  isolation: Isolation,
  happened: Stamp,
  now: Instant,
  body: { connector: string | null; note: string },
): Decided {
  const wrong = mustBeIn(isolation, "record");
  if (wrong !== undefined) return refuse(wrong);
  const approved = isolation.history.findLast((step) => step.state === "approved");
  // A stamp may be told to the minute or the hour: it covers the whole of it.
  if (approved !== undefined && endOf(happened) < instantOf(approved)) {
    return refuse({ code: "isolation.before_authority", approvedAt: approved.at });
  }
  if (instantOf(happened) > now) return refuse({ code: "isolation.in_future", now });
  return about(isolation, "isolation.done", happened, { ...named(isolation), ...body });
}

/** The entry that says how somebody made sure that it is cut off. */
export function verifyIsolation(
  isolation: Isolation,
  happened: Stamp,
  body: { how: string; evidence: EvidenceId | null },
): Decided {
  const wrong = mustBeIn(isolation, "verify");
  if (wrong !== undefined) return refuse(wrong);
  return about(isolation, "isolation.verified", happened, { ...named(isolation), ...body });
}

/** The entry that gives it another review time or owner. */
export function changeIsolation(
  isolation: Isolation,
  happened: Stamp,
  now: Instant,
  body: Omit<BodyOf<"isolation.changed">, "isolation" | "name">,
): Decided {
  const wrong = mustBeIn(isolation, "change") ?? reviewTime(body.reviewAt, now);
  if (wrong !== undefined) return refuse(wrong);
  return about(isolation, "isolation.changed", happened, { ...named(isolation), ...body });
}

/**
 * The entry that says it is connected again.
 *
 * @param inRecovery  whether the host is being recovered in this incident: then it comes back through its
 *                    gates, and lifting is refused with `isolation.through_gates`
 * @source            CERT/CC: what turns out to be no incident may be connected again
 */
export function liftIsolation(
  isolation: Isolation,
  happened: Stamp,
  inRecovery: boolean,
  body: { reason: string; how: string },
): Decided {
  const wrong = mustBeIn(isolation, "lift");
  if (wrong !== undefined) return refuse(wrong);
  if (inRecovery) return refuse({ code: "isolation.through_gates" });
  return about(isolation, "isolation.lifted", happened, { ...named(isolation), ...body });
}

/**
 * The entries that end the isolations of a host which was put back on the network through its gates: what was
 * cut off is lifted, what was only asked for or allowed is withdrawn.
 */
export function endIsolationsOf(
  host: { readonly name: string; readonly asset: AssetId | null },
  isolations: readonly Isolation[],
  happened: Stamp,
): readonly IsolationFact[] {
  const back = { kind: "host", name: host.name, asset: host.asset, segment: null } as const;
  const reason = "It was put back on the network through its gates.";
  return isolations
    .filter((each) => isStanding(each) && sameTarget(each.target, back))
    .map((each) => {
      const { incident } = each;
      return isCut(each)
        ? { type: "isolation.lifted", incident, happened, body: { ...named(each), reason, how: "" } }
        : { type: "isolation.withdrawn", incident, happened, body: { ...named(each), reason } };
    });
}

/** Isolations that have not ended, as what keeps an incident from ending. */
export function openIsolations(isolations: readonly Isolation[]): readonly OpenQuestion[] {
  return isolations.filter(isStanding).map((each) => ({
    kind: "isolation",
    what: `${each.target.name} ${isCut(each) ? "is cut off and not lifted" : `was to be cut off (${each.state})`}`,
    isolation: each.id,
  }));
}

type Named = Pick<Isolation["target"], "kind" | "name" | "asset" | "segment">;

function sameTarget(one: Named, other: Named): boolean {
  if (one.kind !== other.kind) return false;
  if (one.asset !== null && one.asset === other.asset) return true;
  if (one.segment !== null && one.segment === other.segment) return true;
  return one.name.toLowerCase() === other.name.toLowerCase();
}

/** The refusal of a step that cannot start where the isolation stands. */
export function mustBeIn(
  isolation: Isolation,
  step: keyof typeof ISOLATION_STEPS,
): IsolationRefusal | undefined {
  const needs: readonly IsolationState[] = ISOLATION_STEPS[step];
  if (needs.includes(isolation.state)) return undefined;
  return { code: "isolation.wrong_state", state: isolation.state, needs };
}

function reviewTime(reviewAt: Instant, now: Instant): IsolationRefusal | undefined {
  const latest = instantAt(unixMsOf(now) + REVIEW_WITHIN_MS);
  if (reviewAt > now && reviewAt <= latest) return undefined;
  return { code: "isolation.review_time", latest };
}

const SPAN_MS = { second: 1000, minute: 60_000, hour: 3_600_000, day: 86_400_000 } as const;

function endOf(stamp: Stamp): Instant {
  return instantAt(unixMsOf(instantOf(stamp)) + SPAN_MS[stamp.precision]);
}

function named({ id, target }: Isolation) {
  return { isolation: id, name: target.name };
}

function about<Type extends IsolationFact["type"]>(
  { incident }: Isolation,
  type: Type,
  happened: Stamp,
  body: BodyOf<Type>,
): Decided {
  return accept({ type, incident, happened, body } as IsolationFact);
}
