import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Entry } from "../../document/log/entry.ts";
import { instantAt } from "../../kernel/time.ts";
import { differenceOf } from "./difference.ts";
import type { IncidentPicture } from "./picture.ts";
import { IncidentStory } from "./story.ts";

const INCIDENT = "inc_00000000000000000000000000";
const ADA = { id: "psn_00000000000000000000000000", name: "Ada", title: "", phone: "" };

type Said = readonly [type: string, body: Record<string, unknown>];

const REPORTED: Said = [
  "incident.reported",
  { code: "JK-2026-0001", title: "www3 scans", description: "", tlp: "TLP:AMBER", reportedBy: "Bo" },
];
const HOST = { host: "rec_1", name: "www3" };
const ISOLATION = { isolation: "iso_1", name: "www3" };

/** Whatever an incident's log may hold, in any order: pictures follow even from a log that makes no sense. */
const SAID: readonly Said[] = [
  ["incident.described", { title: "www3 is owned", tlp: "TLP:RED" }],
  ["incident.declared", { policyClause: "2.1", lead: ADA.id }],
  ["incident.lead_named", { lead: ADA.id, name: "Ada" }],
  ["incident.closed", { summary: "done" }],
  ["incident.reopened", { reason: "again", status: "declared" }],
  ["incident.assigned", { team: "team_1", name: "CERT", because: "" }],
  ["log.noted", { text: "Called the ISP", kind: "note" }],
  ["evidence.collected", { item: "evd_1", number: 1, what: "Access log", kind: "log", place: "Safe" }],
  ["evidence.sealed", { item: "evd_1", seal: "S-1", remarks: "" }],
  ["handover.offered", { item: "evd_1", to: ADA, purpose: "analysis", place: "Lab" }],
  ["handover.refused", { item: "evd_1", offer: 3, reason: "busy" }],
  ["isolation.requested", { ...ISOLATION, target: { kind: "host", name: "www3" }, ownerName: "Ada" }],
  ["isolation.approved", { ...ISOLATION, under: "host.isolate" }],
  ["isolation.done", { ...ISOLATION, connector: null, note: "" }],
  ["isolation.lifted", { ...ISOLATION, reason: "", how: "" }],
  ["recovery.host_affected", { ...HOST, reason: "a shell" }],
  ["recovery.eradicated", { ...HOST, step: "malware", found: "removed", how: "wiped" }],
  ["gate.proven", { ...HOST, gate: "imaged", names: "", note: "", proof: { kind: "note" } }],
  ["gate.waived", { ...HOST, gate: "patched", reason: "", until: instantAt(4_000) }],
  ["gate.left_out", { host: null, name: "", gate: "firewall", reason: "none there" }],
  ["scope.widened", { element: "scp_1", kind: "host", name: "db1", asset: null, state: "suspected" }],
  ["scope.narrowed", { element: "scp_1", name: "db1", reason: "clean" }],
  ["sign.merged", { sign: "sig_1", about: { title: "Scan" }, code: "JK-2026-0001", because: "" }],
  ["sign.returned", { sign: "sig_1", undoes: "merge", reason: "" }],
];

const BACKWARDS = { new: "gone", gone: "new", changed: "changed" } as const;

const logs = fc.array(fc.constantFrom(...SAID), { maxLength: 25 }).map((said) => [REPORTED, ...said]);

function picture(said: readonly Said[], atMs = said.length * 1000): IncidentPicture {
  const story = new IncidentStory();
  for (const [at, [type, body]] of said.entries()) {
    story.add({
      ...{ type, body, v: 1, seq: at + 1, incident: INCIDENT, incidentSeq: at + 1, actor: ADA },
      ...{ happenedAt: instantAt(at * 1000), recordedAt: instantAt(at * 1000), zone: "UTC" },
      authority: undefined,
    } as unknown as Entry);
  }
  const drawn = story.picture(instantAt(atMs), () => "Ada");
  if (drawn === undefined) throw new Error("nothing was reported");
  return drawn;
}

describe("an incident as it stood", () => {
  it("differs from now in nothing exactly when nothing that is told differs", () => {
    fc.assert(
      fc.property(logs, fc.nat(25), (said, cut) => {
        const then = picture(said.slice(0, cut + 1));
        const now = picture(said);
        expect(differenceOf(then, now).length === 0).toBe(JSON.stringify(then) === JSON.stringify(now));
        expect(differenceOf(now, now)).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });

  it("tells the same thing backwards: what is new seen from then is gone seen from now", () => {
    fc.assert(
      fc.property(logs, fc.nat(25), (said, cut) => {
        const then = picture(said.slice(0, cut + 1));
        const now = picture(said);
        const forth = differenceOf(then, now).map(({ group, id, how, changes }) => ({
          group,
          id,
          how,
          changes,
        }));
        const back = differenceOf(now, then).map(({ group, id, how, changes }) => ({
          ...{ group, id },
          how: BACKWARDS[how],
          changes: changes.map(({ what, before, after }) => ({ what, before: after, after: before })),
        }));
        const byId = (a: { id: string }, b: { id: string }) => a.id.localeCompare(b.id);
        expect(back.toSorted(byId)).toEqual(forth.toSorted(byId));
      }),
      { numRuns: 100 },
    );
  });

  it("does not know yet what was recorded later", () => {
    const said = [REPORTED, ...SAID.filter(([type]) => type === "recovery.host_affected")];
    expect(picture(said.slice(0, 1)).rows.host).toEqual([]);
    expect(differenceOf(picture(said.slice(0, 1)), picture(said))).toMatchObject([
      { group: "host", name: "www3", how: "new" },
    ]);
  });

  it("says that a waiver held then which has ended since", () => {
    const said = [REPORTED, ...SAID.filter(([type]) => /host_affected|waived/.test(type))];
    expect(differenceOf(picture(said, 3_999), picture(said, 4_000))).toMatchObject([
      { group: "host", how: "changed", changes: [{ what: "Patched", before: "waived", after: "open" }] },
    ]);
  });

  it("is nothing before it was reported", () => {
    expect(new IncidentStory().picture(instantAt(0), () => "")).toBeUndefined();
  });
});
