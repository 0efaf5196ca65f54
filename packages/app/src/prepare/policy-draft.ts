import {
  ACTION_IDS,
  accept,
  consentToDraft,
  diffPolicies,
  discardDraft,
  draftPolicy,
  Instant,
  instantAt,
  line,
  PersonId,
  type PolicyCell,
  type PolicyChange,
  PolicyDocument,
  type PolicyTable,
  prose,
  ROLES,
  Role,
  refuse,
  replayDecisions,
  unixMsOf,
} from "@jumpkit/core";
import * as z from "zod";
import { stampOf } from "../happened.ts";
import { operation } from "../operation.ts";
import { query } from "../query.ts";
import { onlyByLoanOf } from "./delegation/standing.ts";

const manages = { phase: "prepare", action: "policy.manage" } as const;

/** How far back decisions are looked at, and how many of them. */
const REPLAY_MS = 90 * 24 * 60 * 60_000;
const REPLAY_MAX = 5_000;

export const draftNextPolicy = operation({
  name: "policy.draft",
  ...manages,
  summary: "Write down the next version of the policy as it stands now, for another manager to read",
  input: z.strictObject({
    seen: z.int().min(0).describe("revision of the draft that you had in front of you; 0 for none"),
    document: PolicyDocument,
    note: prose(2000).default("").describe("why it changes"),
    effectiveAt: Instant.nullable().default(null).describe("when it comes into force; null for at once"),
  }),
  output: z.object({ revision: z.int(), digest: z.string() }),
  load: async (_input, records) => ({
    latest: await records.policy.latestVersion(),
    before: await records.policy.draft(),
  }),
  decide: ({ latest, before }, { seen, document, note, effectiveAt }, act) => {
    const digest = act.sha256(JSON.stringify(document));
    const said = { document, digest, note, effectiveAt };
    const outcome = draftPolicy(before, stampOf(undefined, act), act.by, latest, seen, said);
    const output = { revision: (before?.revision ?? 0) + 1, digest };
    return outcome.ok ? accept({ facts: [outcome.value], output }) : outcome;
  },
});

export const consentToPolicy = operation({
  name: "policy.consent",
  ...manages,
  summary: "Consent to the draft as another manager wrote it, so that it becomes the next version",
  input: z.strictObject({
    revision: z.int().min(1),
    digest: z.string().max(64).describe("digest of the text that you read"),
  }),
  output: z.object({ version: z.int() }),
  load: async (_input, records, act, { authority }) => {
    const latest = await records.policy.latestVersion();
    const draft = await records.policy.draft();
    const author = draft?.author ?? act.by.id;
    return { latest, draft, deputy: await onlyByLoanOf(author, act.by, "policy.manage", authority) };
  },
  decide: ({ latest, draft, deputy }, seen, act) => {
    // Whoever is a manager only because the author lends them that is not a second manager.
    if (deputy) return refuse({ code: "policy.own_draft" });
    const outcome = consentToDraft(draft, stampOf(undefined, act), act.now, act.by, latest, seen);
    return outcome.ok ? accept({ facts: outcome.value, output: { version: latest + 1 } }) : outcome;
  },
});

export const discardPolicyDraft = operation({
  name: "policy.discard",
  ...manages,
  summary: "Give the draft up",
  input: z.strictObject({ reason: line(1000) }),
  output: z.object({}),
  load: async (_input, records) => ({ draft: await records.policy.draft() }),
  decide: ({ draft }, { reason }, act) => {
    const outcome = discardDraft(draft, stampOf(undefined, act), reason);
    return outcome.ok ? accept({ facts: [outcome.value], output: {} }) : outcome;
  },
});

const Cell = z.object({
  effect: z.enum(["permitted", "approval", "forbidden"]),
  by: z.array(Role).describe("whose consent turns the answer"),
  persons: z.int().describe("how many different people have to consent"),
  breakable: z.boolean().describe("whether the glass can be broken for it"),
});
const TableRow = z.object({
  action: z.enum(ACTION_IDS),
  cells: z.object(Object.fromEntries(ROLES.map((role) => [role, Cell])) as Record<Role, typeof Cell>),
});
const NOBODY: PolicyCell = { effect: "forbidden", by: [], persons: 0, breakable: false };

function cellView(cell: PolicyCell): z.input<typeof Cell> {
  return { ...cell, by: [...cell.by] };
}

function tableView(table: PolicyTable): z.input<typeof TableRow>[] {
  return table.map(({ action, cells }) => ({
    action,
    cells: Object.fromEntries(ROLES.map((role) => [role, cellView(cells[role])])) as Record<
      Role,
      z.input<typeof Cell>
    >,
  }));
}

const ChangeView = z.object({ what: z.string(), action: z.enum(ACTION_IDS).nullable(), words: z.string() });

export const showDraft = query({
  name: "policy.compare",
  phase: "prepare",
  summary: "The draft of the next version: what it changes, and what it would have changed lately",
  action: "policy.manage",
  path: "/v1/policy/draft",
  input: z.strictObject({}),
  output: z.object({
    latest: z.int(),
    revision: z.int().describe("what a change must have seen"),
    draft: z
      .object({
        digest: z.string(),
        document: PolicyDocument,
        note: z.string(),
        effectiveAt: z.string().nullable(),
        author: PersonId.nullable(),
        authorName: z.string(),
        savedAt: z.string(),
      })
      .nullable(),
    changes: z.array(ChangeView),
    table: z.array(TableRow).describe("who may do what by the draft, as the engine that decides answers it"),
    wouldHaveChanged: z.array(
      z.object({
        action: z.enum(ACTION_IDS),
        role: Role,
        was: z.enum(["allowed", "approved", "denied"]),
        wouldBe: z.enum(["permitted", "approval", "forbidden"]),
        count: z.int(),
        lastAt: z.string(),
      }),
    ),
  }),
  run: async (_input, reading) => {
    const [latest] = await reading.policies();
    const draft = await reading.policy.draft();
    const none = { draft: null, changes: [], table: [], wouldHaveChanged: [] };
    const head = { latest: latest?.version ?? 0, revision: draft?.revision ?? 0 };
    if (draft?.status !== "open" || draft.document === undefined) return { ...head, ...none };
    const since = instantAt(unixMsOf(reading.now()) - REPLAY_MS);
    const decisions = await reading.policy.decisionsSince(since, REPLAY_MAX);
    const table = reading.policy.table({ digest: draft.digest, document: draft.document });
    const { digest, document, note, effectiveAt, author, authorName, savedAt } = draft;
    return {
      ...head,
      draft: { digest, document, note, effectiveAt, author, authorName, savedAt },
      changes: latest?.document === undefined ? [] : diffPolicies(latest.document, document).map(changeView),
      table: tableView(table),
      wouldHaveChanged: replayDecisions(decisions, table),
    };
  },
});

export const evaluatePolicy = query({
  name: "policy.evaluate",
  phase: "prepare",
  summary: "What a role might do at a moment, by the version that was in force then",
  action: "own",
  path: "/v1/policy/at",
  input: z.strictObject({
    action: z.enum(ACTION_IDS).default("incident.read"),
    role: Role.default("handler"),
    at: Instant.optional().describe("now when absent"),
  }),
  output: z.object({
    version: z.int().nullable().describe("null when none was in force"),
    ...Cell.shape,
    clause: z.string(),
  }),
  run: async ({ action, role, at }, reading) => {
    const policy = await reading.policy.inForceAt(at ?? reading.now());
    const { digest, document } = policy ?? {};
    const table = digest && document ? reading.policy.table({ digest, document }) : [];
    const cell = table.find((each) => each.action === action)?.cells[role] ?? NOBODY;
    const clause = document?.rows.find((each) => each.action === action)?.clause ?? "";
    return { version: policy?.version ?? null, ...cellView(cell), clause };
  },
});

/** A change as pages tell it. */
export function changeView(change: PolicyChange): z.input<typeof ChangeView> {
  return { what: change.what, action: "action" in change ? change.action : null, words: change.words };
}
