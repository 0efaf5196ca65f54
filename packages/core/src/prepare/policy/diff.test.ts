import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ROLES, type Role } from "../people/person.ts";
import { DEFAULT_POLICY } from "./default-policy.ts";
import { applyChanges, changesFor, diffPolicies } from "./diff.ts";
import type { Grant, PolicyDocument } from "./policy.ts";

const grant: fc.Arbitrary<Grant> = fc.oneof(
  fc.constantFrom<Grant>({ effect: "permitted" }, { effect: "forbidden" }),
  fc.record({
    effect: fc.constant("approval" as const),
    by: fc.constantFrom<Role[]>(["manager"], ["lead"], ["lead", "manager"]),
    persons: fc.constantFrom(1 as const, 2 as const),
  }),
);

/** The shipped policy with some cells, clauses, marks and rows otherwise. */
const changed: fc.Arbitrary<PolicyDocument> = fc
  .array(
    fc.tuple(
      fc.nat(DEFAULT_POLICY.rows.length - 1),
      fc.constantFrom(...ROLES),
      grant,
      fc.boolean(),
      fc.boolean(),
    ),
    { maxLength: 6 },
  )
  .map((steps) => {
    let document: PolicyDocument = DEFAULT_POLICY;
    for (const [at, role, cell, glass, gone] of steps) {
      const rows = document.rows.flatMap((row, index) => {
        if (index !== at) return [row];
        const { breakGlass: _, ...rest } = row;
        const next = { ...rest, clause: `${row.clause} .`, grants: { ...row.grants, [role]: cell } };
        const marked = glass ? { ...next, breakGlass: true as const } : next;
        return gone ? [] : [marked];
      });
      document = { ...document, rows };
    }
    return document;
  });

describe("what changes from one policy to the next", () => {
  it("is nothing exactly when they say the same, and made to the first gives the second", () => {
    fc.assert(
      fc.property(changed, changed, (before, after) => {
        const changes = diffPolicies(before, after);
        const made = applyChanges(before, changes);

        expect(diffPolicies(made, after)).toEqual([]);
        expect(diffPolicies(before, before)).toEqual([]);
        if (changes.length === 0) expect(applyChanges(after, diffPolicies(after, before))).toEqual(after);
      }),
      { numRuns: 60 },
    );
  });

  it("concerns somebody only where their own roles are touched, and all of it whoever holds every role", () => {
    fc.assert(
      fc.property(changed, changed, fc.subarray([...ROLES]), (before, after, roles) => {
        const all = diffPolicies(before, after).map(({ words }) => words);
        const own = changesFor(before, after, roles);

        expect(all).toEqual(expect.arrayContaining(own.map(({ words }) => words)));
        expect(own.every((change) => change.what !== "grant" || roles.includes(change.role))).toBe(true);
        expect(changesFor(before, after, [])).toEqual([]);
        const grants = diffPolicies(before, after).filter(({ what }) => what === "grant");
        expect(changesFor(before, after, ROLES)).toEqual(expect.arrayContaining(grants));
      }),
      { numRuns: 40 },
    );
  });

  it("is told in words that a manager can sign", () => {
    const rows = DEFAULT_POLICY.rows.map((row) =>
      row.action === "host.isolate"
        ? {
            ...row,
            grants: { ...row.grants, handler: { effect: "approval" as const, by: ["manager" as const] } },
          }
        : row,
    );
    const words = diffPolicies(DEFAULT_POLICY, { ...DEFAULT_POLICY, rows }).map((change) => change.words);

    expect(words).toEqual([
      "Handlers may no longer isolate a workstation alone; they need the consent of a manager.",
    ]);
  });
});
