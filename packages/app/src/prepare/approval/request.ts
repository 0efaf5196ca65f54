import {
  APPROVAL_LIMIT_BYTES,
  type Approval,
  ApprovalId,
  accept,
  IncidentId,
  Instant,
  instantAt,
  line,
  type Result,
  refuse,
  unixMsOf,
} from "@jumpkit/core";
import * as z from "zod";
import { complaintsOf, denialOf, seesThings } from "../../execute.ts";
import { stampOf } from "../../happened.ts";
import type { JsonObject } from "../../json.ts";
import {
  type Act,
  type Decision,
  type Explained,
  type Operation,
  operation,
  type Trying,
} from "../../operation.ts";
import type { Authority, Permission, Records } from "../../ports.ts";
import type { Refusal } from "../../refusals.ts";
import { textOfAct } from "./spend.ts";

/** The longest that a request may stay open: a week. */
const MINUTES_MAX = 7 * 24 * 60;

const Input = z.strictObject({
  operation: z.string().min(3).max(80).describe("name of the operation, such as incident.export"),
  parameters: z.record(z.string().max(100), z.unknown()).describe("its input, exactly as it will be sent"),
  reason: line(1000),
  minutes: z.int().min(5).max(MINUTES_MAX).default(60).describe("for how long it may be decided and used"),
});

interface Asked {
  readonly wanted: Operation;
  readonly parameters: JsonObject;
  readonly sha256: string;
  readonly permission: Permission | undefined;
  readonly action: Operation["action"];
  readonly decided: Result<Decision<JsonObject>, Refusal>;
  readonly explained: { readonly thing: string; readonly consequence: string; readonly alternative: string };
  readonly before: Approval | undefined;
}

/**
 * The operation that asks for consent to another one.
 *
 * The other operation is tried without leaving a trace: what is malformed, invisible or against a rule is
 * refused before anybody is asked for anything.
 *
 * @param operations  those whose doing can be asked for
 */
export function requestApprovalOf(operations: readonly Operation[]) {
  return operation({
    name: "approval.request",
    phase: "prepare",
    action: "own",
    summary: "Ask for the consent that the policy wants before you may do something",
    input: Input,
    output: z.object({ approval: ApprovalId, expiresAt: Instant }),
    load: async (input, records, act, inside) => {
      const wanted = operations.find((each) => each.name === input.operation);
      if (wanted === undefined || wanted.action === "own") return { complaint: NO_SUCH };
      const parsed = wanted.input.safeParse(input.parameters);
      if (!parsed.success) return { complaint: complaintsOf(parsed.error) };
      const asked = await tryOut(wanted, parsed.data as JsonObject, act, { records, ...inside });
      return asked && { asked, id: act.newId("apr") };
    },
    decide: (loaded, input, act) => {
      if ("complaint" in loaded) return refuse({ code: "request.malformed", complaints: loaded.complaint });
      const { asked, id } = loaded;
      const refusal = whyNotAsk(asked);
      if (refusal !== undefined) return refuse(refusal);
      const expiresAt = instantAt(unixMsOf(act.now) + input.minutes * 60_000);
      return accept({
        facts: [requested(id, asked, { ...input, expiresAt }, act)],
        output: { approval: id, expiresAt },
      });
    },
  });
}

const NO_SUCH = [{ path: "operation", problem: "is no operation that anybody could consent to" }];

/** What the other operation would do now; `undefined` when its thing does not exist for this person. */
async function tryOut(
  wanted: Operation,
  parameters: JsonObject,
  act: Act,
  inside: { readonly authority: Authority; readonly records: Records; readonly trying: Trying },
): Promise<Asked | undefined> {
  if (!(await seesThings(wanted, inside, act.by))) return undefined;
  const tried = await inside.trying(async () => {
    const prepared = await wanted.prepare(parameters, inside, act);
    return prepared && { ...prepared, decided: prepared.decide() };
  });
  if (tried === undefined) return undefined;
  const sha256 = act.sha256(textOfAct(wanted.name, parameters));
  const { action, decided } = tried;
  const permission = action === "own" ? undefined : await inside.authority.permits(act.by, action);
  return {
    wanted,
    parameters,
    sha256,
    action,
    permission,
    decided,
    explained: await explain(wanted, parameters, tried.explained(), inside.records),
    before: await inside.records.approvals.liveAsked(act.by.id, sha256),
  };
}

function whyNotAsk({ action, permission, decided, before, parameters }: Asked): Refusal | undefined {
  if (permission === undefined || permission.allowed) return { code: "approval.not_needed" };
  if (permission.approvers.length === 0) return denialOf({ action }, permission);
  if (!decided.ok) return decided.refusal;
  if (JSON.stringify(parameters).length > APPROVAL_LIMIT_BYTES) {
    return { code: "approval.too_large", limitBytes: APPROVAL_LIMIT_BYTES };
  }
  if (before !== undefined) return { code: "approval.already_asked", approval: before.id };
  return undefined;
}

/** What the house says of the act: its own words where it has some, and what the thing is called otherwise. */
async function explain(
  { thing }: Operation,
  parameters: JsonObject,
  said: Explained | undefined,
  records: Records,
): Promise<Asked["explained"]> {
  if (said !== undefined) return { consequence: "", alternative: "", ...said };
  const about = IncidentId.safeParse(parameters["incident"]);
  const incident = about.success ? await records.incident(about.data) : undefined;
  const named = thing === undefined ? "" : String(parameters[thing]);
  const called = incident === undefined ? named : `${incident.code} ${incident.title}`;
  return { thing: called, consequence: "", alternative: "" };
}

function requested(
  approval: ApprovalId,
  asked: Asked,
  said: { readonly reason: string; readonly expiresAt: Instant },
  act: Act,
): Decision<JsonObject>["facts"][number] {
  const { wanted, permission, decided, explained } = asked;
  const facts = decided.ok ? decided.value.facts : [];
  return {
    type: "approval.requested",
    incident: facts.find((fact) => fact.incident !== null)?.incident ?? null,
    happened: stampOf(undefined, act),
    body: {
      approval,
      asker: act.by.id,
      operation: wanted.name,
      action: asked.action,
      title: wanted.summary,
      ...explained,
      subject: wanted.thing ?? "",
      sha256: asked.sha256,
      parameters: asked.parameters,
      reason: said.reason,
      clause: permission?.clause ?? "",
      approvers: [...(permission?.approvers ?? [])],
      persons: permission?.persons ?? 2,
      expiresAt: said.expiresAt,
    },
  };
}
