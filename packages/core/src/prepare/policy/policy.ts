import * as z from "zod";
import type { Entry, Fact } from "../../document/log/entry.ts";
import { PersonId } from "../../kernel/id.ts";
import { accept, type Result, refuse } from "../../kernel/result.ts";
import { line, prose } from "../../kernel/text.ts";
import { Instant, type Stamp } from "../../kernel/time.ts";
import { ROLES, Role } from "../people/person.ts";
import { ACTION_IDS, type ActionId, policyAction } from "./action.ts";

/** What a role may do: at once, with the consent of one or two people of the named roles, or not at all. */
export const Grant = z
  .discriminatedUnion("effect", [
    z.strictObject({ effect: z.literal("permitted") }),
    z.strictObject({
      effect: z.literal("approval"),
      by: z.array(Role).min(1).max(ROLES.length),
      persons: z
        .union([z.literal(1), z.literal(2)])
        .optional()
        .describe("how many different people have to consent; one when absent"),
    }),
    z.strictObject({ effect: z.literal("forbidden") }),
  ])
  .meta({ id: "Grant" });
export type Grant = z.infer<typeof Grant>;

/** One row of the policy: an action, what each role may do, and the clause that managers signed. */
export const PolicyRow = z.strictObject({
  action: z.enum(ACTION_IDS),
  clause: prose(2000).refine((text) => text.trim() !== "", { error: "is empty; a rule needs its clause" }),
  grants: z.strictObject(
    Object.fromEntries(ROLES.map((role) => [role, Grant])) as Record<Role, typeof Grant>,
  ),
  breakGlass: z
    .literal(true)
    .optional()
    .describe("whether those who need consent may break the glass when nobody can be reached"),
});
export type PolicyRow = z.infer<typeof PolicyRow>;

/** A response policy: who may do what. Every action has exactly one row. */
export const PolicyDocument = z
  .strictObject({
    title: line(200),
    rows: z.array(PolicyRow).length(ACTION_IDS.length, { error: "has to hold one row for every action" }),
  })
  .meta({ id: "PolicyDocument" });
export type PolicyDocument = z.infer<typeof PolicyDocument>;

/**
 * A policy as some release wrote it: its table may have fewer rows than today's, or grants that this release
 * does not know. What it does not say is forbidden.
 */
export const KeptDocument = z.looseObject({
  title: z.string(),
  rows: z.array(
    z.looseObject({
      action: z.string(),
      clause: z.string(),
      grants: z.record(z.string(), z.looseObject({ effect: z.string() })),
    }),
  ),
}) as unknown as z.ZodType<PolicyDocument>;

export const POLICY_ENTRIES = {
  "policy.adopted": z.object({
    version: z.int(),
    digest: z.string(),
    document: KeptDocument,
    /** When it comes into force; absent or `null` for at once. */
    effectiveAt: Instant.nullable().optional(),
    /** The manager who wrote it, where another than who adopted it; absent for the first version. */
    writtenBy: z.string().optional(),
  }),
  "policy.acknowledged": z.object({ version: z.int(), digest: z.string(), person: PersonId }),
};

/** One adopted version of the policy; the highest version is in force, all others are superseded. */
export interface PolicyVersion {
  readonly version: number;
  readonly digest: string;
  readonly document: PolicyDocument | undefined;
  readonly adoptedAt: string;
  /** When it comes into force, where that is later than its adoption. */
  readonly effectiveAt?: string | null;
  readonly adoptedBy: string;
  /** The manager who wrote the text that another consented to; absent where one alone adopted it. */
  readonly writtenBy?: string;
  /** Who has confirmed to have read this version, and when. */
  readonly acknowledgedBy: readonly { readonly person: PersonId; readonly at: string }[];
}

/** The policy version after one more entry about it. */
export function projectPolicy(
  before: PolicyVersion | undefined,
  entry: Entry<typeof POLICY_ENTRIES>,
): PolicyVersion | undefined {
  if (entry.type === "policy.adopted") {
    return {
      version: entry.body.version ?? 0,
      digest: entry.body.digest ?? "",
      document: entry.body.document,
      adoptedAt: entry.recordedAt,
      ...(entry.body.effectiveAt ? { effectiveAt: entry.body.effectiveAt } : {}),
      adoptedBy: entry.actor?.name ?? "(withheld)",
      ...(entry.body.writtenBy === undefined ? {} : { writtenBy: entry.body.writtenBy }),
      acknowledgedBy: [],
    };
  }
  const { person } = entry.body;
  if (before === undefined || person === undefined) return before;
  return { ...before, acknowledgedBy: [...before.acknowledgedBy, { person, at: entry.recordedAt }] };
}

export type PolicyRefusal =
  | { readonly code: "policy.stale"; readonly current: number }
  | { readonly code: "policy.row_twice"; readonly action: ActionId }
  | { readonly code: "policy.absolute"; readonly action: ActionId }
  | { readonly code: "policy.unbreakable"; readonly action: ActionId }
  | { readonly code: "policy.nobody_may_change_it" }
  | { readonly code: "policy.not_in_force"; readonly version: number }
  | { readonly code: "policy.already_acknowledged"; readonly version: number };

/**
 * The entry that puts a policy in force as the next version.
 *
 * @param inForce  version now in force, 0 when there is none
 * @param seen     the version the manager had in front of them
 * @param effectiveAt  when it comes into force; `null` for at once
 * @param writtenBy    who wrote it, where another adopts it
 * @returns        the fact; `policy.stale`; `policy.row_twice`; `policy.absolute` when a row would permit what
 *                 no policy may permit; `policy.unbreakable` when it would let somebody break the glass for
 *                 what makes or judges authority; `policy.nobody_may_change_it` when no role could adopt the next one
 * @source         CERT/CC: the policy designates who responds and which actions are permissible or forbidden
 */
export function adoptPolicy(
  happened: Stamp,
  inForce: number,
  seen: number,
  document: PolicyDocument,
  digest: string,
  effectiveAt: Instant | null = null,
  writtenBy?: string,
): Result<Fact<typeof POLICY_ENTRIES>, PolicyRefusal> {
  if (inForce !== seen) return refuse({ code: "policy.stale", current: inForce });
  const rows = new Map<ActionId, PolicyRow>();
  for (const row of document.rows) {
    if (rows.has(row.action)) return refuse({ code: "policy.row_twice", action: row.action });
    rows.set(row.action, row);
    const open = ROLES.some((role) => row.grants[role].effect !== "forbidden");
    if (policyAction(row.action).absolute === true && open) {
      return refuse({ code: "policy.absolute", action: row.action });
    }
    if (row.breakGlass === true && !canBeBroken(row.action)) {
      return refuse({ code: "policy.unbreakable", action: row.action });
    }
  }
  const manage = rows.get("policy.manage");
  if (manage === undefined || !ROLES.some((role) => manage.grants[role].effect === "permitted")) {
    return refuse({ code: "policy.nobody_may_change_it" });
  }
  return accept({
    type: "policy.adopted",
    incident: null,
    happened,
    body: {
      version: inForce + 1,
      digest,
      document,
      effectiveAt,
      ...(writtenBy === undefined ? {} : { writtenBy }),
    },
  });
}

/** What makes, lends or judges authority: to take that by breaking glass would be to take everything. */
const MAKES_AUTHORITY: readonly ActionId[] = [
  "policy.manage",
  "people.manage",
  "authority.delegate",
  "authority.review",
];

/** Whether a policy may let somebody break the glass for an action. */
export function canBeBroken(action: ActionId): boolean {
  return policyAction(action).absolute !== true && !MAKES_AUTHORITY.includes(action);
}

/** The entry by which a person confirms having read the policy in force. */
export function acknowledgePolicy(
  policy: PolicyVersion | undefined,
  person: PersonId,
  happened: Stamp,
  version: number,
): Result<Fact<typeof POLICY_ENTRIES>, PolicyRefusal> {
  if (policy === undefined || policy.version !== version) {
    return refuse({ code: "policy.not_in_force", version });
  }
  if (policy.acknowledgedBy.some((each) => each.person === person)) {
    return refuse({ code: "policy.already_acknowledged", version });
  }
  return accept({
    type: "policy.acknowledged",
    incident: null,
    happened,
    body: { version, digest: policy.digest, person },
  });
}
