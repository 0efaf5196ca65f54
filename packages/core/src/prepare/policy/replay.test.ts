import { describe, expect, it } from "vitest";
import { ROLES, type Role } from "../people/person.ts";
import type { Grant } from "./policy.ts";
import { decisionOf, replayDecisions } from "./replay.ts";
import type { PolicyTable } from "./table.ts";

const AT = "2026-11-03T02:00:00.000Z";

/** A table in which these roles may isolate workstations, and nobody else. */
function isolating(effects: Partial<Record<Role, Grant["effect"]>>): PolicyTable {
  const cell = (role: Role) => ({
    effect: effects[role] ?? ("forbidden" as const),
    by: [],
    persons: 0,
    breakable: false,
  });
  const cells = Object.fromEntries(
    ROLES.map((role) => [role, cell(role)]),
  ) as unknown as PolicyTable[number]["cells"];
  return [{ action: "host.isolate", cells }];
}
const denied = (roles: readonly Role[], said: Grant["effect"]) =>
  ({ action: "host.isolate", roles, said, allowed: false, at: AT }) as const;
const allowed = (rule: string, roles: readonly Role[] = []) => {
  const decision = decisionOf(rule, roles, AT);
  if (decision === undefined) throw new Error(`${rule} speaks of no role`);
  return decision;
};

describe("what another policy would have changed", () => {
  it("is nothing where it answers the same", () => {
    const decisions = [
      allowed("host.isolate/handler"),
      allowed("host.isolate/lead/approved"),
      denied(["lead"], "approval"),
      denied(["observer"], "forbidden"),
    ];

    expect(replayDecisions(decisions, isolating({ handler: "permitted", lead: "approval" }))).toEqual([]);
  });

  it("looks at every role that they held then, not at the one whose rule was named", () => {
    const both = allowed("host.isolate/handler", ["handler", "lead"]);
    const one = allowed("host.isolate/handler", ["handler"]);
    const leadsAlone = isolating({ lead: "permitted" });

    expect(replayDecisions([both], leadsAlone)).toEqual([]);
    expect(replayDecisions([one], leadsAlone)).toMatchObject([
      { role: "handler", was: "allowed", wouldBe: "forbidden", count: 1 },
    ]);
  });

  it("tells consent that would no longer have been needed, and denials that would have got further", () => {
    const decisions = [
      allowed("host.isolate/lead/approved"),
      allowed("host.isolate/lead/broken-glass"),
      denied(["lead"], "approval"),
    ];

    expect(replayDecisions(decisions, isolating({ lead: "permitted" }))).toMatchObject([
      { was: "approved", wouldBe: "permitted", count: 2 },
      { was: "denied", wouldBe: "permitted", count: 1 },
    ]);
    expect(replayDecisions([denied(["lead"], "approval")], isolating({}))).toEqual([]);
  });
});
