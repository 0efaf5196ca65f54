import {
  ACTION_IDS,
  type BorrowedRole,
  changesFor,
  DEFAULT_POLICY,
  DelegationId,
  EvidenceId,
  type IncidentId,
  isOpen,
  type Person,
  PersonId,
  POLICY_ACTIONS,
  PolicyDocument,
  type PolicyVersion,
  Role,
} from "@jumpkit/core";
import * as z from "zod";
import type { Viewer } from "../ports.ts";
import { query } from "../query.ts";
import type { Reading } from "../reading.ts";
import { grantedTo } from "../within.ts";
import { borrowedNow } from "./delegation/standing.ts";

const BorrowedView = z.object({
  delegation: DelegationId,
  role: Role,
  lender: PersonId,
  lenderName: z.string(),
  untilAt: z.string(),
});

const PersonView = z
  .object({
    id: PersonId,
    signInName: z.string(),
    name: z.string(),
    title: z.string(),
    phone: z.string(),
    zone: z.string(),
    email: z.string(),
    roles: z.array(Role).describe("the roles given to them"),
    borrowed: z.array(BorrowedView).describe("what they have now only because others lend it"),
    status: z.enum(["active", "inactive"]),
    changedSeq: z.int().describe("what a change must have seen"),
  })
  .meta({ id: "Person" });

const PolicyView = z
  .object({
    version: z.int(),
    digest: z.string(),
    document: PolicyDocument.nullable(),
    adoptedAt: z.string(),
    effectiveAt: z
      .string()
      .nullable()
      .describe("when it came or comes into force; null for when it was adopted"),
    adoptedBy: z.string(),
    writtenBy: z.string().nullable().describe("the other manager who signed it; null for the first version"),
    acknowledgedBy: z.array(z.object({ person: PersonId, at: z.string() })),
  })
  .meta({ id: "Policy" });

const May = z.object({
  action: z.enum(ACTION_IDS),
  title: z.string(),
  effect: z.enum(["permitted", "approval", "forbidden"]),
  performed: z.boolean().describe("whether the product carries it out itself"),
  clause: z.string(),
  whoMay: z.array(Role),
  approvers: z.array(Role),
});

export const listPeople = query({
  name: "person.list",
  phase: "prepare",
  summary: "Everybody in the organisation, by name",
  action: "own",
  path: "/v1/person",
  input: z.strictObject({}),
  output: z.object({ items: z.array(PersonView) }),
  run: async (_input, reading, viewer) => {
    const people = await reading.people();
    // Who was let into one incident from outside needs no directory of the house.
    const shown = viewer.roles.length === 0 ? people.filter((person) => person.id === viewer.id) : people;
    const standing = await reading.delegations.standing();
    const now = reading.now();
    return {
      items: shown.map((person) => personView(person, borrowedNow(person, standing, people, now))),
    };
  },
});

export const showPolicy = query({
  name: "policy.show",
  phase: "prepare",
  summary: "The policy in force, the one that ships, and the actions a policy decides about",
  action: "own",
  path: "/v1/policy",
  input: z.strictObject({}),
  output: z.object({
    inForce: PolicyView.nullable(),
    shipped: PolicyDocument,
    actions: z.array(
      z.object({ id: z.enum(ACTION_IDS), title: z.string(), performed: z.boolean(), absolute: z.boolean() }),
    ),
  }),
  run: async (_input, reading) => {
    const inForce = await reading.policyInForce();
    return { inForce: inForce ? policyView(inForce) : null, shipped: DEFAULT_POLICY, actions: ACTIONS };
  },
});

export const listPolicies = query({
  name: "policy.versions",
  phase: "prepare",
  summary: "Every version of the policy, newest first",
  action: "own",
  path: "/v1/policy/version",
  input: z.strictObject({}),
  output: z.object({ items: z.array(PolicyView) }),
  run: async (_input, reading) => ({ items: (await reading.policies()).map(policyView) }),
});

export const showNow = query({
  name: "now.show",
  phase: "prepare",
  summary: "What I may do with whose word, what is offered to me, what is open",
  action: "own",
  path: "/v1/now",
  input: z.strictObject({}),
  output: z.object({
    organisation: z.string(),
    demonstration: z.boolean().describe("whether it is made up to show the product"),
    person: PersonView,
    policy: z
      .object({
        version: z.int(),
        acknowledged: z.boolean(),
        since: z.int().nullable().describe("the version that the changes are told against"),
        changes: z
          .array(z.string())
          .describe("what changed for your roles since the version that you read last, in plain words"),
      })
      .nullable(),
    may: z.array(May),
    offered: z.array(
      z.object({ item: EvidenceId, number: z.int(), offer: z.int(), purpose: z.string(), at: z.string() }),
    ),
    openIncidents: z.int().nullable().describe("null when you may not read incidents"),
  }),
  run: async (_input, reading, viewer) => {
    const [organisation, person, policy] = [
      await reading.organisation(),
      await reading.person(viewer.id),
      await reading.policyInForce(),
    ];
    if (organisation === undefined || person === undefined) return undefined;
    const may: z.input<typeof May>[] = [];
    for (const action of POLICY_ACTIONS) {
      const permission = await reading.permission(viewer, action.id);
      const consent = permission.approvers.length > 0 ? "approval" : "forbidden";
      may.push({
        action: action.id,
        title: action.title,
        effect: permission.allowed ? "permitted" : consent,
        performed: action.performed,
        clause: permission.clause,
        whoMay: [...permission.whoMay],
        approvers: [...permission.approvers],
      });
    }
    const granted = await grantedTo(viewer, reading);
    const reads = may.some((each) => each.action === "incident.read" && each.effect === "permitted");
    return {
      demonstration: organisation.demonstration,
      organisation: organisation.name,
      person: personView(person, viewer.borrowed ?? []),
      policy: policy ? await newsOf(policy, reading, viewer) : null,
      may,
      offered: reads ? [...(await reading.handOversTo(viewer.id))] : [],
      openIncidents: reads ? await reading.openIncidentCount() : await openAmong(reading, granted),
    };
  },
});

/** Whether a person has read the policy in force, and until then what in it is new for them. */
async function newsOf(policy: PolicyVersion, reading: Reading, viewer: Viewer) {
  const { version, document } = policy;
  const hasRead = (each: PolicyVersion) => each.acknowledgedBy.some(({ person }) => person === viewer.id);
  if (hasRead(policy)) return { version, acknowledged: true, since: null, changes: [] };
  const earlier = (await reading.policies()).filter((each) => each.version < version);
  // Whoever never read any is told what differs from the version before; there is more to read for them anyway.
  const before = earlier.find(hasRead) ?? earlier[0];
  const changes = before?.document && document ? changesFor(before.document, document, viewer.roles) : [];
  return {
    version,
    acknowledged: false,
    since: before?.version ?? null,
    changes: changes.map(({ words }) => words),
  };
}

/** How many of the incidents that one was let into are open; `null` for whom there are none. */
async function openAmong(reading: Reading, granted: readonly IncidentId[]): Promise<number | null> {
  if (granted.length === 0) return null;
  const incidents = await Promise.all(granted.map((id) => reading.incident(id)));
  return incidents.filter((incident) => incident !== undefined && isOpen(incident)).length;
}

const ACTIONS = POLICY_ACTIONS.map((action) => ({
  id: action.id,
  title: action.title,
  performed: action.performed,
  absolute: "absolute" in action && action.absolute === true,
}));

function personView(person: Person, borrowed: readonly BorrowedRole[]): z.input<typeof PersonView> {
  return { ...person, roles: [...person.roles], borrowed: [...borrowed] };
}

function policyView(policy: PolicyVersion): z.input<typeof PolicyView> {
  const { document = null, effectiveAt = null, writtenBy = null, acknowledgedBy } = policy;
  return { ...policy, document, effectiveAt, writtenBy, acknowledgedBy: [...acknowledgedBy] };
}
