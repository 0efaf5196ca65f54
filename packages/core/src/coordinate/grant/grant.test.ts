import { describe, expect, it } from "vitest";
import { idFrom } from "../../kernel/id.ts";
import type { Team } from "../../prepare/register/team.ts";
import { endGrant, giveGrant, type IncidentGrant, projectGrant } from "./grant.ts";

const INCIDENT = idFrom("inc", 1, new Uint8Array(10));
const GRANT = idFrom("grt", 1, new Uint8Array(10));
const HAPPENED = { at: "2026-11-22T10:00:00Z", zone: "UTC", precision: "second", said: "" } as const;
const TEAM: Team = {
  id: idFrom("tem", 1, new Uint8Array(10)),
  name: "National",
  kind: "coordinating",
  members: [],
  notes: "",
  status: "active",
  changedSeq: 1,
};

const given = (team = TEAM, active: IncidentGrant[] = []) =>
  giveGrant(INCIDENT, GRANT, HAPPENED, team, active, "they see more");
const grant = (): IncidentGrant => {
  const outcome = given();
  const after = outcome.ok ? projectGrant(undefined, outcome.value as never) : undefined;
  if (after === undefined) throw new Error("No grant was given");
  return after;
};

describe("letting a coordinating team into an incident", () => {
  it("is for coordinating teams that exist, once each", () => {
    expect(grant()).toMatchObject({ incident: INCIDENT, team: TEAM.id, status: "active" });
    expect(given({ ...TEAM, kind: "ordinary" }).ok).toBe(false);
    expect(given({ ...TEAM, status: "retired" }).ok).toBe(false);
    expect(given(TEAM, [grant()])).toMatchObject({ refusal: { code: "grant.already_given" } });
  });

  it("ends once, and lets nobody in when the record no longer shows whom it let in", () => {
    const ended = { ...grant(), status: "ended" } as const;

    expect(endGrant(grant(), HAPPENED, "over").ok).toBe(true);
    expect(endGrant(ended, HAPPENED, "over")).toMatchObject({ refusal: { code: "grant.ended" } });
    const erased = { type: "grant.given", incident: INCIDENT, body: { grant: GRANT, name: "National" } };
    expect(projectGrant(undefined, erased as never)).toBeUndefined();
  });
});
