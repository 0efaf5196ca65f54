import type { Given, Viewer } from "@jumpkit/app";
import {
  ACTION_IDS,
  type ActionId,
  CEDAR_SCHEMA,
  compilePolicy,
  DEFAULT_POLICY,
  type Grant,
  type PolicyDocument,
  ROLES,
  type Role,
} from "@jumpkit/core";
import { describe, expect, it } from "vitest";
import { CedarEngine } from "./authority.ts";
import { loadCedar } from "./cedar-module.ts";
import { questionOf } from "./question.ts";

const engine = new CedarEngine();

const somebody = (...roles: Role[]): Viewer => ({
  organisation: "org_00000000000000000000000000" as Viewer["organisation"],
  id: "psn_00000000000000000000000000" as Viewer["id"],
  name: "Ana",
  title: "handler",
  phone: "1",
  zone: "UTC",
  roles,
});

/** The shipped policy with what it grants handlers for one action changed. */
const withCell = (action: ActionId, grant: Grant): PolicyDocument => ({
  ...DEFAULT_POLICY,
  rows: DEFAULT_POLICY.rows.map((row) =>
    row.action === action ? { ...row, grants: { ...row.grants, handler: grant } } : row,
  ),
});

/** Every place in a value that something can be taken out of. */
function pathsIn(value: unknown, at: readonly string[] = []): (readonly string[])[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, part]) => [[...at, name], ...pathsIn(part, [...at, name])]);
}

function without<Value>(value: Value, path: readonly string[]): Value {
  const copy = structuredClone(value);
  const holder = path.slice(0, -1).reduce<unknown>((part, name) => (part as never)[name], copy);
  const last = path.at(-1) ?? "";
  if (Array.isArray(holder)) holder.splice(Number(last), 1);
  else delete (holder as Record<string, unknown>)[last];
  return copy;
}

const shipped = () => engine.authorityOf({ digest: "shipped", document: DEFAULT_POLICY });

describe("the authority that the policy gives", () => {
  it("is the table's, cell by cell, for every role and action", async () => {
    const authority = shipped();
    const wrong: string[] = [];
    for (const row of DEFAULT_POLICY.rows) {
      for (const role of ROLES) {
        const { allowed, rule, approvers } = await authority.permits(somebody(role), row.action);
        const grant = row.grants[role];
        if (allowed !== (grant.effect === "permitted")) wrong.push(`${row.action}/${role}`);
        if (allowed && rule !== `${row.action}/${role}`) wrong.push(`${row.action}/${role} names ${rule}`);
        const due = grant.effect === "approval" ? grant.by : [];
        if (JSON.stringify([...approvers].sort()) !== JSON.stringify([...due].sort()))
          wrong.push(`${row.action}/${role} approvers`);
      }
    }
    expect(wrong).toEqual([]);
  });

  it("can be read as a table of a draft, which no decision is made by", async () => {
    const consent: Grant = { effect: "approval", by: ["lead", "manager"], persons: 2 };
    const document = withCell("host.isolate", consent);
    const table = engine.tableOf({ digest: "draft", document });
    const shown = table.flatMap(({ action, cells }) =>
      ROLES.map((role) => [action, role, cells[role].effect]),
    );
    const written = ACTION_IDS.flatMap((action) =>
      ROLES.map((role) => {
        const row = document.rows.find((each) => each.action === action);
        return [action, role, row?.grants[role].effect];
      }),
    );

    expect(shown).toEqual(written);
    expect(table.find(({ action }) => action === "host.isolate")?.cells.handler).toEqual({
      effect: "approval",
      by: ["manager", "lead"],
      persons: 2,
      breakable: false,
    });
    expect((await shipped().permits(somebody("handler"), "host.isolate")).allowed).toBe(true);
  });

  it("adds up for somebody with several roles, and is nothing for somebody with none", async () => {
    const authority = shipped();

    expect((await authority.permits(somebody("observer", "lead"), "incident.close")).allowed).toBe(true);
    for (const action of ACTION_IDS)
      expect((await authority.permits(somebody(), action)).allowed).toBe(false);
  });

  it("takes the consent of a named role where the policy asks for one, and of no other", async () => {
    const authority = shipped();
    const asked = (...consents: Role[][]) =>
      authority.permits(somebody("handler"), "host.isolate_production", { consents });

    expect((await asked()).allowed).toBe(false);
    expect((await asked(["custodian", "lead"], ["lead"])).allowed).toBe(false);
    expect((await asked(["manager"])).allowed).toBe(true);
  });

  it("takes two different people where the policy asks for two, both of a role that it names", async () => {
    const authority = engine.authorityOf({
      digest: "two people",
      document: withCell("host.isolate_production", {
        effect: "approval",
        by: ["lead", "manager"],
        persons: 2,
      }),
    });
    const asked = (...consents: Role[][]) =>
      authority.permits(somebody("handler"), "host.isolate_production", { consents });

    expect(await asked()).toMatchObject({ allowed: false, approvers: ["manager", "lead"], persons: 2 });
    expect((await asked(["manager", "lead"])).allowed).toBe(false);
    expect((await asked(["manager"], ["custodian"])).allowed).toBe(false);
    expect((await asked(["manager"], ["lead"])).allowed).toBe(true);
    expect((await asked(["lead"], ["lead", "observer"])).allowed).toBe(true);
  });

  it("reads a policy of an older release: what its table does not name is forbidden", async () => {
    const older = {
      ...DEFAULT_POLICY,
      rows: DEFAULT_POLICY.rows.filter((row) => row.action !== "host.isolate"),
    };
    const strange = withCell("incident.close", { effect: "approval", by: ["manager"], persons: 3 as never });
    const authority = engine.authorityOf({ digest: "older", document: older });
    const other = engine.authorityOf({ digest: "strange", document: strange });

    expect(await authority.permits(somebody("manager"), "host.isolate")).toMatchObject({
      allowed: false,
      whoMay: [],
      approvers: [],
    });
    expect((await authority.permits(somebody("manager"), "incident.close")).allowed).toBe(true);
    const consents: Role[][] = [["manager"], ["manager"], ["manager"]];
    expect((await other.permits(somebody("handler"), "incident.close", { consents })).allowed).toBe(false);
  });

  it("never permits what is absolutely forbidden, not even with everybody's consent", async () => {
    const open: PolicyDocument = {
      ...DEFAULT_POLICY,
      rows: DEFAULT_POLICY.rows.map((row) => ({
        ...row,
        grants: Object.fromEntries(ROLES.map((role) => [role, { effect: "permitted" }])) as never,
      })),
    };
    const authority = engine.authorityOf({ digest: "everything open", document: open });
    for (const action of ["intruder.contact", "evidence.destroy"] as const) {
      expect(
        (await authority.permits(somebody(...ROLES), action, { consents: [ROLES, ROLES] })).allowed,
      ).toBe(false);
    }
  });

  it("is no more, before a policy is adopted, than what it takes to adopt one", async () => {
    const authority = engine.authorityOf(undefined);
    const allowed: string[] = [];
    for (const action of ACTION_IDS) {
      if ((await authority.permits(somebody(...ROLES), action)).allowed) allowed.push(action);
    }

    expect(allowed).toEqual(["policy.manage", "people.manage", "log.verify"]);
  });

  it("is never given when any part of the question is missing or of the wrong kind", async () => {
    const authority = shipped();
    const question = {
      viewer: somebody("manager"),
      action: "policy.manage" as unknown,
      given: {} as unknown,
    };
    const broken: readonly (readonly [string, typeof question])[] = [
      ["no roles", { ...question, viewer: { ...question.viewer, roles: [] } }],
      ["an unknown role", { ...question, viewer: { ...question.viewer, roles: ["emperor" as Role] } }],
      ["no action", { ...question, action: undefined }],
      ["an unknown action", { ...question, action: "everything" }],
      ["no person", { ...question, viewer: { ...question.viewer, id: undefined as never } }],
      ["no organisation", { ...question, viewer: { ...question.viewer, organisation: undefined as never } }],
      ["consent of the wrong kind", { ...question, given: { consents: [[7]] } }],
      ["consent that is no list", { ...question, given: { consents: [{ role: "manager" }] } }],
    ];
    for (const [what, { viewer, action, given }] of broken) {
      const answer = await authority
        .permits(viewer, action as ActionId, given as Given)
        .catch(() => ({ allowed: false }));
      expect(answer.allowed, what).toBe(false);
    }
    expect((await authority.permits(question.viewer, "policy.manage")).allowed).toBe(true);
  });

  it("is never given when a fact or attribute is taken out of the question, each in turn", () => {
    const cedar = loadCedar();
    const row = (persons: 1 | 2) =>
      withCell("segment.isolate", { effect: "approval", by: ["manager"], persons });
    const none = { approvedBy: [], approvedByTwo: [], brokenGlass: false };
    // No more than the rule needs, so that whatever is taken out is missed.
    const one = { ...none, approvedBy: ["manager"] as const };
    const two = { ...none, approvedByTwo: ["manager"] };
    const cases = [
      { document: DEFAULT_POLICY, role: "manager", facts: none },
      { document: row(1), role: "handler", facts: one },
      { document: row(2), role: "handler", facts: two },
      { document: row(1), role: "handler", facts: { ...none, brokenGlass: true } },
    ] as const;
    cedar.preparseSchema("mutations", CEDAR_SCHEMA as never);
    for (const [index, { document, role, facts }] of cases.entries()) {
      const id = `mutations ${index}`;
      cedar.preparsePolicySet(id, { staticPolicies: { ...compilePolicy(document) } });
      const ask = (question: object): boolean => {
        const settings = {
          preparsedSchemaName: "mutations",
          validateRequest: true,
          preparsedPolicySetId: id,
        };
        try {
          const answer = cedar.statefulIsAuthorized({ ...question, ...settings } as never);
          const clean = answer.type === "success" && answer.response.diagnostics.errors.length === 0;
          return clean && answer.response.decision === "allow";
        } catch {
          return false;
        }
      };
      const question = questionOf(somebody(role), "segment.isolate", facts);

      expect(ask(question), "whole").toBe(true);
      for (const path of pathsIn(question)) expect(ask(without(question, path)), path.join(".")).toBe(false);
    }
  });

  it("comes from rules that fit the schema, whatever is written in a clause", () => {
    const clauses = [
      'quote " and \\ backslash',
      "two\nlines",
      "\u0007\u2028 bell",
      "forbid(principal, action, resource);",
    ];
    for (const [index, clause] of clauses.entries()) {
      const document = { ...DEFAULT_POLICY, rows: DEFAULT_POLICY.rows.map((row) => ({ ...row, clause })) };
      expect(() => engine.authorityOf({ digest: `clause ${index}`, document })).not.toThrow();
    }
  });
});
