import { describe, expect, it } from "vitest";
import type { Instant, Stamp } from "../../kernel/time.ts";
import {
  acceptDifference,
  approveMasterCopy,
  type CopyCheck,
  checkAgainstMasterCopy,
  fetchMasterCopy,
  type MasterCopy,
  masterCopyState,
  registerMasterCopy,
} from "./master-copy.ts";

const NOW = "2026-11-22T10:00:00.000Z" as Instant;
const LATER = "2026-12-22T10:00:00.000Z" as Instant;
const HAPPENED: Stamp = { at: NOW, zone: "UTC", precision: "second", said: "" };
const SHA256 = "ab".repeat(32);
const DONE = { by: "Ana", byId: "psn_ana", at: NOW };
const MOTD = { group: "content", what: "/etc/motd", now: "" };
const CHECK: CopyCheck = {
  verdict: "different",
  ...{ manifestSha256: SHA256, reportSha256: SHA256, tool: "jumpkit" },
  ...{ explainedCount: 0, differences: [MOTD], moreCount: 0, listening: ["tcp 22 sshd", "tcp 31337 nc"] },
};

const COPY = {
  ...{ id: "mcp_1", status: "active", changedSeq: 1, name: "www3", asset: null, version: 3 },
  ...{ manifestSha256: SHA256, entryCount: 1, preparedBy: "ana", approvedBy: "bo" },
  ...{ expiresAt: "2027-03-01T00:00:00.000Z", place: "safe", services: ["tcp 22 sshd"], notes: "" },
  ...{ registered: DONE, review: null, approval: null, lastCheck: null, checks: [], accepted: [] },
} as unknown as MasterCopy;
const REVIEWED: MasterCopy = {
  ...COPY,
  review: { result: "clean", engine: "ClamAV", signaturesOf: "", note: "", ...DONE },
};

const code = (outcome: { ok: boolean; refusal?: { code: string } }): string | undefined =>
  outcome.ok ? undefined : outcome.refusal?.code;

describe("a master copy", () => {
  it("is newer than every one of the same host before it", () => {
    expect(code(registerMasterCopy(COPY.id, HAPPENED, 3, COPY))).toBe("mastercopy.not_newer");
    expect(code(registerMasterCopy(COPY.id, HAPPENED, 2, COPY))).toBeUndefined();
  });

  it("is approved by somebody else than who registered it, after a review that found nothing", () => {
    const found = { ...REVIEWED, review: REVIEWED.review && { ...REVIEWED.review, result: "suspicious" } };

    expect(code(approveMasterCopy(COPY, HAPPENED, "psn_bo"))).toBe("mastercopy.not_reviewed");
    expect(code(approveMasterCopy(found as MasterCopy, HAPPENED, "psn_bo"))).toBe("mastercopy.suspicious");
    expect(code(approveMasterCopy(REVIEWED, HAPPENED, "psn_ana"))).toBe("mastercopy.own");
    expect(code(approveMasterCopy(REVIEWED, HAPPENED, "psn_bo"))).toBeUndefined();
  });

  it("is given out only when it is approved", () => {
    expect(code(fetchMasterCopy(REVIEWED, HAPPENED, "rebuild"))).toBe("mastercopy.not_approved");
    expect(code(fetchMasterCopy({ ...REVIEWED, approval: DONE }, HAPPENED, "rebuild"))).toBeUndefined();
  });

  it("takes no check against another manifest", () => {
    const other = { ...CHECK, differences: [], manifestSha256: "cd".repeat(32) };

    expect(code(checkAgainstMasterCopy(COPY, HAPPENED, other))).toBe("mastercopy.other_manifest");
  });

  it("is to be renewed thirty days before its last", () => {
    const at = (now: string) => masterCopyState(COPY, now as Instant);

    expect(at("2027-01-29T00:00:00.000Z")).toMatchObject({ isDue: false, isExpired: false });
    expect(at("2027-01-30T00:00:00.000Z")).toMatchObject({ isDue: true, isExpired: false });
    expect(at("2027-03-01T00:00:00.000Z")).toMatchObject({ isDue: true, isExpired: true });
  });
});

describe("what a check found", () => {
  const checked: MasterCopy = {
    ...COPY,
    lastCheck: { ...CHECK, seal: null, ...DONE },
  };

  it("is open until somebody accepts it, and open again when the acceptance ends", () => {
    const accepted = { ...checked, accepted: [{ ...MOTD, ...DONE, reason: "ours", until: LATER }] };

    expect(masterCopyState(checked, NOW).openCount).toBe(1);
    expect(masterCopyState(accepted, NOW).openCount).toBe(0);
    expect(masterCopyState(accepted, LATER).openCount).toBe(1);
  });

  it("is accepted one by one, as it was found, and for a time that lies ahead", () => {
    const said = { ...MOTD, reason: "ours", until: LATER };
    const other = { ...said, now: "another digest" };

    expect(code(acceptDifference(checked, HAPPENED, NOW, said))).toBeUndefined();
    expect(code(acceptDifference(checked, HAPPENED, NOW, other))).toBe("mastercopy.no_such_difference");
    expect(code(acceptDifference(checked, HAPPENED, LATER, said))).toBe("mastercopy.in_past");
  });

  it("names what listens and is not intended", () => {
    expect(masterCopyState(checked, NOW).unintended).toEqual(["tcp 31337 nc"]);
    expect(masterCopyState({ ...checked, services: [] }, NOW).unintended).toBeNull();
  });
});
