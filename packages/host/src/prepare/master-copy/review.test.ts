import { describe, expect, it } from "vitest";
import { type Review, reviewOf } from "./review.ts";

const QUIET = { foundCount: 0, found: [], because: "", isComplete: true };
const CLAMAV = { ...QUIET, engine: "ClamAV 1.4.6", signatures: "Mon Nov 17 09:30:01 2025, number 27123" };
const YARA = { ...QUIET, engine: "YARA 4.2.3", signatures: "rules 8a541ba073f3 of 2026-11-23" };
const ABSENT = {
  ...QUIET,
  engine: "YARA",
  signatures: "",
  isComplete: false,
  because: "no rules were given",
};
const REVIEW: Review = { scans: [CLAMAV, ABSENT], fileCount: 9, unlistedCount: 0, largeCount: 0 };

describe("a review for malicious software", () => {
  it("is clean when one scanner went through all files, and names the one that is absent", () => {
    expect(reviewOf(REVIEW, 2)).toEqual({
      result: "clean",
      engine: "ClamAV 1.4.6",
      signaturesOf: "Mon Nov 17 09:30:01 2025, number 27123",
      note: "9 files; 2 entries differ from the manifest.\nYARA: no rules were given.",
    });
  });

  it("compared only digests when no scanner is here, and when one stopped before its end", () => {
    const stopped = { ...CLAMAV, isComplete: false, because: "it took longer than 240 minutes" };

    expect(reviewOf({ ...REVIEW, scans: [ABSENT] }, 0)).toMatchObject({
      result: "digests_only",
      engine: "none",
    });
    expect(reviewOf({ ...REVIEW, scans: [stopped] }, 0)).toMatchObject({
      result: "digests_only",
      note: expect.stringContaining("longer than 240 minutes"),
    });
    expect(reviewOf({ ...REVIEW, unlistedCount: 1 }, 0).result).toBe("digests_only");
  });

  it("is suspicious as soon as one found something, however the others ended, within what the register takes", () => {
    const found = Array.from({ length: 100 }, (_, at) => `/usr/bin/${at}${"x".repeat(50)}: Own.Eicar`);
    const { result, note, signaturesOf } = reviewOf(
      { ...REVIEW, scans: [CLAMAV, { ...YARA, found, foundCount: 400, isComplete: false }] },
      0,
    );

    expect(result).toBe("suspicious");
    expect(note.length).toBeLessThanOrEqual(2000);
    expect(signaturesOf.length).toBeLessThanOrEqual(60);
  });
});
