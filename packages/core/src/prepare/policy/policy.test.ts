import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ROLES } from "../people/person.ts";
import { ACTION_IDS, POLICY_ACTIONS } from "./action.ts";
import { bootstrapRules, compilePolicy } from "./cedar.ts";
import { DEFAULT_POLICY } from "./default-policy.ts";
import { adoptPolicy, type Grant, PolicyDocument } from "./policy.ts";

const STAMP = { at: "2026-11-22T10:41:00Z", zone: "UTC", precision: "second", said: "" } as const;

/** The shipped policy with one cell changed. */
const withCell = (action: string, grant: Grant): PolicyDocument => ({
  ...DEFAULT_POLICY,
  rows: DEFAULT_POLICY.rows.map((row) =>
    row.action === action ? { ...row, grants: { ...row.grants, handler: grant } } : row,
  ),
});

describe("the response policy", () => {
  it("that ships is well-formed, has a row and a clause for every action, and can be adopted", () => {
    expect(PolicyDocument.safeParse(DEFAULT_POLICY).success).toBe(true);
    expect(adoptPolicy(STAMP, 0, 0, DEFAULT_POLICY, "digest").ok).toBe(true);
    expect(DEFAULT_POLICY.rows.map((row) => row.action)).toEqual(ACTION_IDS);
  });

  it("cannot permit contacting the intruder or destroying evidence, to anyone", () => {
    for (const action of ["intruder.contact", "evidence.destroy"]) {
      for (const grant of [{ effect: "permitted" }, { effect: "approval", by: ["manager"] }] as Grant[]) {
        expect(adoptPolicy(STAMP, 0, 0, withCell(action, grant), "d")).toMatchObject({
          refusal: { code: "policy.absolute", action },
        });
      }
    }
  });

  it("cannot let anybody break the glass for what is always forbidden, or makes or judges authority", () => {
    for (const action of ["intruder.contact", "policy.manage", "people.manage", "authority.review"]) {
      const rows = DEFAULT_POLICY.rows.map((row) =>
        row.action === action ? { ...row, breakGlass: true as const } : row,
      );
      expect(adoptPolicy(STAMP, 0, 0, { ...DEFAULT_POLICY, rows }, "d")).toMatchObject({
        refusal: { code: "policy.unbreakable", action },
      });
    }
  });

  it("cannot lock everybody out of changing it", () => {
    const closed: PolicyDocument = {
      ...DEFAULT_POLICY,
      rows: DEFAULT_POLICY.rows.map((row) =>
        row.action === "policy.manage"
          ? {
              ...row,
              grants: Object.fromEntries(ROLES.map((role) => [role, { effect: "forbidden" }])) as never,
            }
          : row,
      ),
    };

    expect(adoptPolicy(STAMP, 0, 0, closed, "d")).toMatchObject({
      refusal: { code: "policy.nobody_may_change_it" },
    });
  });

  it("is not adopted over a version that the manager has not seen", () => {
    expect(adoptPolicy(STAMP, 3, 2, DEFAULT_POLICY, "d")).toEqual({
      ok: false,
      refusal: { code: "policy.stale", current: 3 },
    });
  });

  it("compiles to one rule for each cell that is not forbidden, and the absolute prohibitions besides", () => {
    const open = DEFAULT_POLICY.rows.flatMap((row) =>
      ROLES.filter((role) => row.grants[role].effect !== "forbidden"),
    );
    const absolute = POLICY_ACTIONS.filter((action) => "absolute" in action);
    const breakable = DEFAULT_POLICY.rows.flatMap((row) =>
      ROLES.filter((role) => row.breakGlass && row.grants[role].effect === "approval"),
    );

    const rules = Object.keys(compilePolicy(DEFAULT_POLICY));
    expect(rules).toHaveLength(open.length + absolute.length + breakable.length);
    expect(rules.filter((rule) => rule.endsWith("/broken-glass"))).toHaveLength(breakable.length);
    expect(Object.keys(bootstrapRules()).filter((rule) => rule.endsWith("/absolute"))).toHaveLength(
      absolute.length,
    );
  });

  it("keeps a clause inside its quotes, whatever managers write", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", minLength: 1 }), (clause) => {
        const rules = compilePolicy({
          ...DEFAULT_POLICY,
          rows: DEFAULT_POLICY.rows.map((row) => ({ ...row, clause })),
        });
        for (const rule of Object.values(rules)) {
          const [title = ""] = rule.split("\n", 1);
          if (title.startsWith("@title")) expect(title).toMatch(/^@title\("(?:[^"\\]|\\.)*"\)$/s);
        }
      }),
    );
  });
});
