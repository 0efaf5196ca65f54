import * as z from "zod";
import type { Entry, Fact } from "../../document/log/entry.ts";
import { ChecklistId, type IncidentId, PlaybookId, RecoveryId } from "../../kernel/id.ts";
import { accept, type Result, refuse } from "../../kernel/result.ts";
import { prose } from "../../kernel/text.ts";
import type { Stamp } from "../../kernel/time.ts";
import { type Playbook, PlaybookStep } from "../../prepare/playbook/playbook.ts";
import type { Incident } from "../incident/incident.ts";
import { type IncidentRefusal, mustBeOpen } from "../incident/life.ts";

/** Why a step is skipped or taken up again; the record needs it. */
export const StepReason = prose(1000).refine((text) => text.trim() !== "", {
  error: "is empty; the record needs the reason",
});

const STEP = {
  checklist: ChecklistId,
  step: z.string(),
  text: z.string(),
  /** The host that it was done for, of a step that is done once for each. */
  host: RecoveryId.nullable(),
  hostName: z.string(),
};

export const CHECKLIST_ENTRIES = {
  /** The steps are in the entry: a later version of the playbook changes nothing of what was started. */
  "checklist.started": z.object({
    checklist: ChecklistId,
    playbook: PlaybookId,
    version: z.int(),
    title: z.string(),
    steps: z.array(PlaybookStep),
  }),
  "checklist.step_done": z.object({ ...STEP, note: z.string() }),
  "checklist.step_skipped": z.object({ ...STEP, reason: StepReason }),
  "checklist.step_reopened": z.object({ ...STEP, reason: z.string() }),
};
type ChecklistEntry = Entry<typeof CHECKLIST_ENTRIES>;
export type ChecklistFact = Fact<typeof CHECKLIST_ENTRIES>;

/** What was said last of one step, for the incident or for one host. */
export interface StepMark {
  readonly step: string;
  readonly host: RecoveryId | null;
  readonly state: "done" | "skipped";
  readonly by: string;
  readonly at: string;
  readonly seq: number;
  /** The note of a step that was done, or why it was skipped. */
  readonly words: string;
}

/** A playbook as it is gone through in one incident. */
export interface Checklist {
  readonly id: ChecklistId;
  readonly incident: IncidentId;
  readonly playbook: PlaybookId | null;
  readonly version: number;
  readonly title: string;
  readonly steps: readonly PlaybookStep[];
  readonly marks: readonly StepMark[];
  readonly startedAt: string;
}

export type ChecklistRefusal =
  | IncidentRefusal
  | { readonly code: "checklist.already_started"; readonly checklist: ChecklistId }
  | { readonly code: "checklist.not_in_force" }
  | { readonly code: "checklist.no_such_step"; readonly step: string }
  | { readonly code: "checklist.host_needed"; readonly step: string }
  | { readonly code: "checklist.unchanged"; readonly step: string };

/** Which step is meant, and for which host where it is done for each. */
export interface StepAt {
  readonly step: string;
  readonly host: { readonly id: RecoveryId; readonly name: string } | null;
}

/** The checklist after one more entry about it. */
export function projectChecklist(
  before: Checklist | undefined,
  entry: ChecklistEntry,
): Checklist | undefined {
  if (entry.type === "checklist.started") {
    const { checklist, playbook, version, title, steps } = entry.body;
    if (checklist === undefined || entry.incident === null) return before;
    return {
      id: checklist,
      incident: entry.incident,
      playbook: playbook ?? null,
      version: version ?? 0,
      title: title ?? "(withheld)",
      steps: steps ?? [],
      marks: [],
      startedAt: entry.recordedAt,
    };
  }
  const { step, host = null } = entry.body;
  if (before === undefined || step === undefined) return before;
  const others = before.marks.filter((mark) => mark.step !== step || mark.host !== host);
  if (entry.type === "checklist.step_reopened") return { ...before, marks: others };
  const done = entry.type === "checklist.step_done";
  const mark: StepMark = {
    step,
    host,
    state: done ? "done" : "skipped",
    by: entry.actor?.name ?? "(withheld)",
    at: entry.happenedAt,
    seq: entry.incidentSeq ?? 0,
    words: (entry.type === "checklist.step_done" ? entry.body.note : entry.body.reason) ?? "",
  };
  return { ...before, marks: [...others, mark] };
}

/**
 * The entry that starts a playbook in an incident.
 *
 * @param started  the checklists of the incident
 * @returns        the fact; `checklist.not_in_force`; `checklist.already_started` for the same version again
 */
export function startChecklist(
  incident: Incident,
  id: ChecklistId,
  happened: Stamp,
  playbook: Playbook,
  started: readonly Checklist[],
): Result<ChecklistFact, ChecklistRefusal> {
  const shut = mustBeOpen(incident);
  if (shut !== undefined) return refuse(shut);
  const { inForce, version, status } = playbook;
  if (inForce === null || status !== "in_force") return refuse({ code: "checklist.not_in_force" });
  const same = started.find((each) => each.playbook === playbook.id && each.version === version);
  if (same !== undefined) return refuse({ code: "checklist.already_started", checklist: same.id });
  const { title, steps } = inForce;
  return accept({
    type: "checklist.started",
    incident: incident.id,
    happened,
    body: { checklist: id, playbook: playbook.id, version, title, steps },
  });
}

/**
 * The entry that a step was done, was skipped for a reason, or is open again.
 *
 * A checklist never stands in anybody's way: every step can be done at any time and in any order.
 *
 * @source NIST SP 800-61r2 §3.3.4, table 3-5: the steps are a guideline, not a rigid sequence
 */
export function markStep(
  incident: Incident,
  checklist: Checklist,
  happened: Stamp,
  at: StepAt,
  said:
    | { readonly as: "done"; readonly note: string }
    | { readonly as: "skipped" | "open"; readonly reason: string },
): Result<ChecklistFact, ChecklistRefusal> {
  const shut = mustBeOpen(incident);
  if (shut !== undefined) return refuse(shut);
  const step = checklist.steps.find(({ id }) => id === at.step);
  if (step === undefined) return refuse({ code: "checklist.no_such_step", step: at.step });
  if ((step.per === "host") !== (at.host !== null)) {
    return refuse({ code: "checklist.host_needed", step: at.step });
  }
  const host = at.host?.id ?? null;
  const before = checklist.marks.find((mark) => mark.step === at.step && mark.host === host);
  if ((before?.state ?? "open") === said.as) return refuse({ code: "checklist.unchanged", step: at.step });
  const body = {
    checklist: checklist.id,
    step: step.id,
    text: step.text,
    host,
    hostName: at.host?.name ?? "",
  };
  const about = { incident: incident.id, happened };
  if (said.as === "done") {
    return accept({ type: "checklist.step_done", ...about, body: { ...body, note: said.note } });
  }
  const type = said.as === "skipped" ? "checklist.step_skipped" : "checklist.step_reopened";
  return accept({ type, ...about, body: { ...body, reason: said.reason } });
}
