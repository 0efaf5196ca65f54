import type { Incident } from "../../detect/incident/incident.ts";
import { type IncidentRefusal, mustBeOpen } from "../../detect/incident/life.ts";
import type { RunId } from "../../kernel/id.ts";
import { accept, type Result, refuse } from "../../kernel/result.ts";
import type { Instant, Stamp } from "../../kernel/time.ts";
import {
  type IsolationFact,
  type IsolationRefusal,
  mustBeIn,
  recordIsolation,
} from "../isolation/isolate.ts";
import type { Isolation } from "../isolation/isolation.ts";
import { lastRun, type RunOutcome } from "../isolation/run.ts";
import { type ConnectorOffer, type Unfit, whyUnfit } from "./connector.ts";

export type ConnectorRefusal =
  | { readonly code: "connector.not_set_up" }
  | { readonly code: "connector.unfit"; readonly why: Unfit }
  | { readonly code: "connector.running"; readonly run: RunId }
  | { readonly code: "connector.outcome_unknown"; readonly run: RunId }
  | { readonly code: "connector.run_over"; readonly outcome: RunOutcome };

/**
 * The entry that lets a connector cut it off. It exists only after the authority does.
 *
 * One run at a time. Where nobody knows what the last one did, somebody looks at the device first and says what
 * they saw: it may have worked.
 *
 * @param connector  `undefined` when the operator set none up by that name
 * @param looked     what was seen at the device; asked for after an unknown outcome alone
 */
export function askRun(
  incident: Incident,
  isolation: Isolation,
  connector: ConnectorOffer | undefined,
  happened: Stamp,
  { run, looked }: { readonly run: RunId; readonly looked: string },
): Result<IsolationFact, ConnectorRefusal | IsolationRefusal | IncidentRefusal> {
  const wrong = mustBeOpen(incident) ?? mustBeIn(isolation, "record");
  if (wrong !== undefined) return refuse(wrong);
  if (connector === undefined) return refuse({ code: "connector.not_set_up" });
  const why = whyUnfit(connector, isolation.target);
  if (why !== undefined) return refuse({ code: "connector.unfit", why });
  const last = lastRun(isolation);
  if (last?.outcome === null) return refuse({ code: "connector.running", run: last.run });
  if (last?.outcome === "unknown" && looked.trim() === "")
    return refuse({ code: "connector.outcome_unknown", run: last.run });
  const { id, target } = isolation;
  return accept({
    type: "isolation.run_asked",
    incident: isolation.incident,
    happened,
    body: { isolation: id, name: target.name, run, connector: connector.name, says: connector.says, looked },
  });
}

/**
 * The entries that say what a run came to: its outcome, and that it is cut off now when it is.
 *
 * An outcome that was unknown may become known later; every other one is final.
 */
export function endRun(
  isolation: Isolation,
  happened: Stamp,
  now: Instant,
  ended: { readonly run: RunId; readonly outcome: RunOutcome; readonly text: string },
): Result<readonly IsolationFact[], ConnectorRefusal> {
  const run = isolation.runs?.find((each) => each.run === ended.run);
  if (run === undefined) return refuse({ code: "connector.run_over", outcome: "not_run" });
  if (run.outcome !== null && run.outcome !== "unknown")
    return refuse({ code: "connector.run_over", outcome: run.outcome });
  const { id, incident, target } = isolation;
  const fact: IsolationFact = {
    type: "isolation.run_ended",
    incident,
    happened,
    body: { isolation: id, name: target.name, connector: run.connector, ...ended },
  };
  if (ended.outcome !== "done") return accept([fact]);
  const done = recordIsolation(isolation, happened, now, { connector: run.connector, note: ended.text });
  // Done by hand meanwhile, or taken back: the run's own entry tells what it did.
  return accept(done.ok ? [fact, done.value] : [fact]);
}
