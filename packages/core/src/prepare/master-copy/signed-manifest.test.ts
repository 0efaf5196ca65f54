import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { MasterCopy } from "./master-copy.ts";
import { whyNotOf } from "./signed-manifest.ts";

const DIGEST = "ab".repeat(32);
const copy = {
  name: "www3",
  version: 3,
  manifestSha256: DIGEST,
  entryCount: 9,
  preparedBy: "ana",
  approvedBy: "bo",
  expiresAt: "2027-03-01T23:59:59.000Z",
} as MasterCopy;
const statement = {
  _type: "https://in-toto.io/Statement/v1",
  subject: [{ name: "www3.gz", digest: { sha256: DIGEST } }],
  predicateType: "urn:jumpkit:master-copy:1",
  predicate: { host: "www3", version: 3, expiresOn: "2027-03-01", preparedBy: "ana", purpose: "restore" },
};
const arrived = { sha256: DIGEST, entryCount: 9 };

describe("a manifest that arrives for a master copy", () => {
  it("is the registered one when digest, count, signatures and what was signed agree", () => {
    expect(whyNotOf(copy, { statement, signers: ["bench", "bo", "ana"] }, arrived)).toBeUndefined();
  });

  it("is not, without a good signature of each of two people, whoever else signed", () => {
    const signers = fc.uniqueArray(fc.constantFrom("ana", "bo", "eve", "bench"));
    fc.assert(
      fc.property(signers, (names) => {
        const whyNot = whyNotOf(copy, { statement, signers: names }, arrived);
        expect(whyNot === undefined).toBe(names.includes("ana") && names.includes("bo"));
      }),
      { numRuns: 50 },
    );
    const alone = { ...copy, approvedBy: "ana" };
    expect(whyNotOf(alone, { statement, signers: ["ana"] }, arrived)).toMatchObject({
      code: "mastercopy.not_signed",
    });
  });

  it.each([
    ["digest", { sha256: "cd".repeat(32), entryCount: 9 }, {}],
    ["number of entries", { sha256: DIGEST, entryCount: 8 }, {}],
    ["host", arrived, { host: "www4" }],
    ["version", arrived, { version: 2 }],
    ["preparer", arrived, { preparedBy: "bo" }],
    ["last day", arrived, { expiresOn: "2028-03-01" }],
  ])("is not with another %s", (what, came, said) => {
    const other = { ...statement, predicate: { ...statement.predicate, ...said } };

    expect(whyNotOf(copy, { statement: other, signers: ["ana", "bo"] }, came)).toEqual({
      code: "mastercopy.other_statement",
      what,
    });
  });

  it("is not when what was signed is something else", () => {
    const other = { ...statement, predicateType: "urn:jumpkit:master-copy-check:1" };

    expect(whyNotOf(copy, { statement: other, signers: ["ana", "bo"] }, arrived)).toEqual({
      code: "mastercopy.envelope_broken",
    });
  });
});
