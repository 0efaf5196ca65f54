import {
  type ActionId,
  type AnyFact,
  type ApprovalId,
  type IncidentId,
  idFrom,
  policyAction,
  type Result,
  refuse,
  unixMsOf,
} from "@jumpkit/core";
import type * as z from "zod";
import type { JsonObject } from "./json.ts";
import type { Act, Operation, Prepared } from "./operation.ts";
import type { Inside, Permission, Recorded, Viewer, World } from "./ports.ts";
import { type Spending, spending, textOfAct } from "./prepare/approval/spend.ts";
import { byBrokenGlass } from "./prepare/breakglass/use.ts";
import type { Complaint, Refusal } from "./refusals.ts";

/** What an accepted operation answers: its own output and where it stands in the record. */
export type Reply = JsonObject & { readonly recorded: readonly Recorded[] };

/**
 * The only way anything changes: parse, authorise, load, decide, record and project, in one transaction.
 *
 * The same key with the same request gives the first reply again and changes nothing. What the viewer may not
 * see is refused exactly as what does not exist. A denied attempt at something weighty is recorded.
 *
 * An approval counts when the policy asks for consent, and is then spent in the same transaction: the act and
 * its one use stand in the record together or not at all.
 */
export async function execute(
  world: World,
  operation: Operation,
  request: {
    readonly viewer: Viewer;
    readonly key: string;
    readonly input: unknown;
    readonly approval?: ApprovalId | undefined;
  },
): Promise<Result<Reply, Refusal>> {
  const parsed = operation.input.safeParse(request.input);
  if (!parsed.success) return refuse({ code: "request.malformed", complaints: complaintsOf(parsed.error) });
  const { viewer, key, approval } = request;
  // What concerns only oneself is for people: a program never changes how its owner signs in.
  if (operation.action === "own" && viewer.token !== undefined) return refuse({ code: "token.not_for_this" });
  // Of one person's tokens and sessions, none is told what another was answered.
  const through = viewer.token === undefined ? [] : [viewer.token.id];
  const withConsent = approval === undefined ? [] : [{ approval }];
  const digest = world.sha256(JSON.stringify([operation.name, request.input, ...through, ...withConsent]));
  const act = actOf(world, viewer);
  let publishes = operation.publishes === true;
  let denied: { readonly action: ActionId; readonly permission: Permission } | undefined;
  const outcome = await refusing(() =>
    world.transaction(viewer.organisation, async (inside) => {
      const earlier = await inside.claimKey(viewer.id, key, digest);
      if (earlier === "reused") throw new Refused({ code: "request.key_reused" });
      if (earlier !== "new") return earlier.reply as Reply;
      // The approval's row before every other: one order keeps writers from deadlock.
      const consent = approval && (await consentOf(inside, operation, request, { approval, parsed, act }));
      const prepared = await thingOf(operation, inside, viewer, parsed.data, act);
      const asked = { act, operation: operation.name, thing: thingText(operation, parsed.data) };
      const { permission, spent } = await permissionOf(prepared, inside, asked, consent);
      if (permission?.allowed === false && prepared.action !== "own") {
        denied = { action: prepared.action, permission };
        throw new Refused(denialOf(prepared, permission, incidentOf(prepared)));
      }
      if (spent?.type === "breakglass.used") publishes = true;
      const decision = prepared.decide();
      if (!decision.ok) throw new Refused(decision.refusal);
      await inside.apply(decision.value.effects ?? []);
      const facts = spent === undefined ? decision.value.facts : [...decision.value.facts, spent];
      const recorded = await inside.log.append(facts, actorOf(viewer), permission);
      const reply: Reply = { ...decision.value.output, recorded };
      await inside.keepReply(viewer.id, key, reply);
      return { ...reply, ...decision.value.toldOnce };
    }),
  );
  // It is done and kept; if it cannot be published now, the server publishes it within seconds.
  if (outcome.ok && publishes) await world.publish(viewer.organisation).catch(() => {});
  if (denied !== undefined && policyAction(denied.action).weighty) {
    const thing = thingText(operation, parsed.data);
    await world.recordDenial(viewer, denied.action, thing, denied.permission.policy);
  }
  return outcome;
}

/** Carries a refusal out of the transaction, which is rolled back on the way. */
class Refused extends Error {
  override readonly name = "Refused";
  readonly refusal: Refusal;
  constructor(refusal: Refusal) {
    super(refusal.code);
    this.refusal = refusal;
  }
}

async function refusing<Value>(work: () => Promise<Value>): Promise<Result<Value, Refusal>> {
  try {
    return { ok: true, value: await work() };
  } catch (fault) {
    if (fault instanceof Refused) return refuse(fault.refusal);
    throw fault;
  }
}

async function consentOf(
  inside: Inside,
  operation: Operation,
  { viewer }: { readonly viewer: Viewer },
  asked: { readonly approval: ApprovalId; readonly parsed: { readonly data: object }; readonly act: Act },
): Promise<Spending> {
  const sha256 = asked.act.sha256(textOfAct(operation.name, asked.parsed.data));
  const found = await spending(inside, viewer, asked.approval, sha256, asked.act.now);
  if (!found.ok) throw new Refused(found.refusal);
  return found.value;
}

/** The rule, ready to decide; a thing that is missing and one that may not be seen leave by the same line. */
async function thingOf(
  operation: Operation,
  inside: Inside,
  viewer: Viewer,
  input: z.output<z.ZodObject>,
  act: Act,
): Promise<Prepared<JsonObject>> {
  const prepared = (await seesThings(operation, inside, viewer))
    ? await operation.prepare(input, inside, act)
    : undefined;
  if (prepared === undefined) throw new Refused({ code: "thing.not_found" });
  return prepared;
}

/** Whether the viewer may know at all of the things that an operation is about. */
export async function seesThings(
  { visibleBy = [] }: Pick<Operation, "visibleBy">,
  inside: Pick<Inside, "authority">,
  viewer: Viewer,
): Promise<boolean> {
  for (const action of typeof visibleBy === "string" ? [visibleBy] : visibleBy) {
    if (!(await inside.authority.permits(viewer, action)).allowed) return false;
  }
  return true;
}

/** The answer of the policy, and the consent or broken glass that it took: what is permitted anyway takes none. */
async function permissionOf(
  prepared: Prepared<JsonObject>,
  inside: Inside,
  asked: { readonly act: Act; readonly operation: string; readonly thing: string },
  consent: Spending | undefined,
): Promise<{ readonly permission?: Permission; readonly spent?: AnyFact }> {
  const { action } = prepared;
  const viewer = asked.act.by;
  if (action === "own") return {};
  const permission = await inside.authority.permits(viewer, action);
  if (permission.allowed) return { permission };
  if (consent !== undefined) {
    const { consents, fact } = consent;
    return { permission: await inside.authority.permits(viewer, action, { consents }), spent: fact };
  }
  const broken = permission.breakable ? await byBrokenGlass(inside, action, prepared, asked) : undefined;
  return broken === undefined ? { permission } : { permission: broken.permission, spent: broken.fact };
}

/** The refusal that a denial is told as: nothing adopted yet, consent needed, or not permitted. */
export function denialOf(
  asked: { readonly action: Operation["action"] },
  permission: Permission,
  incident: IncidentId | null = null,
): Refusal {
  const { action } = asked;
  if (action === "own") throw new RangeError("What concerns only oneself is never denied");
  const { clause, whoMay, approvers, persons, breakable } = permission;
  if (permission.outOfScope) return { code: "token.out_of_scope", scope: action };
  if (permission.policy === "bootstrap") return { code: "policy.none_in_force", action };
  if (approvers.length > 0) {
    return { code: "authority.needs_approval", action, approvers, persons, breakable, incident, clause };
  }
  return { code: "authority.forbidden", action, whoMay, clause };
}

/** The incident in whose log the act would stand; `null` for what is about none or would be refused. */
function incidentOf(prepared: Prepared<JsonObject>): IncidentId | null {
  const decided = prepared.decide();
  const facts = decided.ok ? decided.value.facts : [];
  return facts.find((fact) => fact.incident !== null)?.incident ?? null;
}

function actOf(world: World, by: Viewer): Act {
  const now = world.clock.now();
  return {
    by,
    now,
    newId: (prefix) => idFrom(prefix, unixMsOf(now), world.random.bytes(10)),
    newSecret: () => {
      const secret = Array.from(world.random.bytes(32), (byte) => byte.toString(16).padStart(2, "0")).join(
        "",
      );
      return { secret, sha256: world.sha256(secret) };
    },
    sha256: (text) => world.sha256(text),
  };
}

function actorOf({ id, name, title, phone, token }: Viewer) {
  return { id, name, title, phone, ...(token === undefined ? {} : { through: token.name }) };
}

function thingText(operation: Operation, input: JsonObject): string {
  return operation.thing === undefined ? operation.name : String(input[operation.thing]);
}

/** What is wrong with an input, field by field, at most twenty of them. */
export function complaintsOf(error: z.ZodError): readonly Complaint[] {
  return error.issues.slice(0, 20).map((issue) => ({
    path: issue.path.map(String).join(".").slice(0, 200),
    problem: issue.message.slice(0, 300),
  }));
}
