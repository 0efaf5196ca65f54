import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { EvidenceId } from "../../kernel/id.ts";
import { type Instant, instantAt } from "../../kernel/time.ts";
import { type KeptCheck, type MasterCopy, masterCopyState } from "./master-copy.ts";
import { checkOfSealed, SealedStatement, whyNotSound } from "./sealed-check.ts";

const NOW = "2026-11-23T10:00:00.000Z" as Instant;
const SHA256 = "ab".repeat(32);
const ITEM = "evd_00000000000000000000000000" as EvidenceId;
const DONE = { by: "Ana", byId: "psn_ana", at: NOW };
const HOST = { name: "WWW3", asset: null, since: "2026-11-23T08:00:00.000Z" as Instant };
const SEAL = { sha256: SHA256, sealedBy: "ana", entryCount: 9, incident: null, item: ITEM };
const TIMES = { startedAt: "2026-11-23T09:00:00.000Z", endedAt: "2026-11-23T09:01:00.000Z" };
const [MOTD, SHELL] = ["/etc/motd", "/tmp/sh"].map((what) => ({ group: "content", what, now: "" })) as [
  KeptCheck["differences"][number],
  KeptCheck["differences"][number],
];
const CHECK = {
  ...{ verdict: "same", manifestSha256: SHA256, reportSha256: SHA256, tool: "jumpkit", explainedCount: 0 },
  ...{ differences: [], moreCount: 0, listening: null, seal: { ...SEAL, ...TIMES }, ...DONE },
};
const COPY = {
  ...{ id: "mcp_1", status: "active", changedSeq: 1, name: "www3", asset: null, version: 3 },
  ...{ manifestSha256: SHA256, expiresAt: "2027-03-01T00:00:00.000Z", services: [], checkKeys: [] },
  ...{ registered: DONE, review: null, approval: DONE, lastCheck: CHECK, checks: [], accepted: [] },
} as unknown as MasterCopy;

const withCheck = (part: object): MasterCopy => ({
  ...COPY,
  lastCheck: { ...CHECK, ...part } as unknown as MasterCopy["lastCheck"],
});

const PREDICATE = {
  ...{ host: "www3", base: "/", root: null, ...TIMES, tools: { jumpkit: "jumpkit 0.1.0" } },
  ...{ verdict: "same", entryCount: 9, readBytes: 9, troubles: {}, explainedCount: 0, explanations: [] },
  ...{ openCount: 0, findings: [], listening: null, limits: [], reportSha256: SHA256, sealedBy: "ana" },
};
const sealed = (part: object) =>
  SealedStatement.parse({
    _type: "https://in-toto.io/Statement/v1",
    subject: [{ name: "www3.manifest.gz", digest: { sha256: SHA256 } }],
    predicateType: "urn:jumpkit:master-copy-check:1",
    predicate: { ...PREDICATE, ...part },
  });

describe("the integrity of a host", () => {
  it.each([
    ["a check that found nothing", COPY, undefined],
    ["one in which all is explained", withCheck({ verdict: "explained", explainedCount: 7 }), undefined],
    ["a check with something open", withCheck({ verdict: "different", differences: [MOTD] }), "open"],
    ["one that counts more than it shows", withCheck({ verdict: "different", moreCount: 1 }), "open"],
    ["one that did not see everything", withCheck({ verdict: "unseen" }), "unseen"],
    ["an unsealed check", withCheck({ seal: null }), "not_sealed"],
    ["an older check", withCheck({ seal: { ...SEAL, ...TIMES, item: "evd_other" } }), "not_last"],
    ["a copy that nobody approved", { ...COPY, approval: null }, "not_approved"],
    ["a retired copy", { ...COPY, status: "retired" }, "not_approved"],
    ["an expired copy", { ...COPY, expiresAt: NOW }, "expired"],
    ["another host", { ...COPY, name: "www4" }, "other_host"],
    [
      "a check from before the host was affected",
      withCheck({ seal: { ...SEAL, ...TIMES, endedAt: instantAt(0) } }),
      "too_old",
    ],
  ] as const)("%s", (_, copy, why) => {
    expect(whyNotSound(copy as MasterCopy, ITEM, HOST, NOW)).toBe(why);
  });

  it("is never proven while one difference is neither explained nor accepted at that moment", () => {
    const difference = fc.record({
      group: fc.constantFrom("content", "added", "services"),
      what: fc.constantFrom("/a", "/b", "/c"),
      now: fc.constantFrom("", "x"),
    });
    const until = fc
      .integer({ min: -5, max: 5 })
      .map((hours) => instantAt(Date.parse(NOW) + hours * 3_600_000));
    fc.assert(
      fc.property(
        fc.constantFrom("same", "explained", "different", "unseen"),
        fc.uniqueArray(difference, { maxLength: 4 }),
        fc.array(fc.record({ difference, until }), { maxLength: 6 }),
        fc.nat(1),
        (verdict, differences, accepting, moreCount) => {
          const accepted = accepting.map((each) => ({
            ...each.difference,
            ...DONE,
            reason: "ours",
            until: each.until,
          }));
          const copy = { ...withCheck({ verdict, differences, moreCount }), accepted };
          const stands = differences.every(({ group, what, now }) =>
            accepted.some(
              (each) => each.group === group && each.what === what && each.now === now && each.until > NOW,
            ),
          );
          const sound = stands && moreCount === 0 && verdict !== "unseen";
          expect(whyNotSound(copy, ITEM, HOST, NOW) === undefined).toBe(sound);
          if (sound) expect(masterCopyState(copy, NOW).openCount).toBe(0);
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe("a sealed check", () => {
  it("is kept with its first two hundred differences, and counts the rest", () => {
    const findings = Array.from({ length: 300 }, (_, at) => ({ ...SHELL, what: `/tmp/${at}` }));
    const check = checkOfSealed(sealed({ verdict: "different", openCount: 1000, findings }));

    expect(check).toMatchObject({ ok: true, value: { moreCount: 800, tool: "jumpkit 0.1.0" } });
  });

  it.each([
    ["counts fewer than it shows", { verdict: "different", findings: [MOTD], openCount: 0 }],
    ["calls itself explained with something open", { verdict: "explained", openCount: 1 }],
    [
      "calls itself the same with something explained",
      { explainedCount: 1, explanations: [{ because: "x", count: 1 }] },
    ],
    ["has explanations that do not add up", { verdict: "explained", explainedCount: 2 }],
    ["ended before it began", { endedAt: "2026-11-23T08:00:00.000Z" }],
  ])("is not taken when it %s", (_, part) => {
    expect(checkOfSealed(sealed(part))).toMatchObject({ refusal: { code: "mastercopy.seal_malformed" } });
  });
});
