import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { pdfText } from "../../../../../tests/support/pdf-text.ts";
import type { Paper, PaperBlock } from "./paper.ts";
import { writePdf } from "./write.ts";

const NAUGHTY: readonly string[] = JSON.parse(
  readFileSync(new URL("../../../../../tests/samples/blns.json", import.meta.url), "utf8"),
);

const about = (blocks: readonly PaperBlock[]): Paper => ({
  title: "Report of INC-2026-0007",
  issuer: "CERT Example",
  marking: "TLP:AMBER+STRICT",
  at: "2026-11-22T10:41:07.000Z",
  foot: "Record of 12 entries, SHA-256 9f86d081884c7d65",
  blocks,
});

const table = (rows: readonly (readonly string[])[]): PaperBlock => ({
  kind: "table",
  columns: [
    { title: "When", share: 1 },
    { title: "What happened", share: 3 },
  ],
  rows,
});

const squeezed = (text: string) => text.replaceAll(/\s/gu, "");

describe("a document on paper", () => {
  it("shows the label and where it comes from on each page, and repeats a table's head", async () => {
    const rows = Array.from({ length: 90 }, (_, at) => [`10:${at}`, `Isolated www${at}`]);
    const pages = pdfText(
      await writePdf(about([{ kind: "heading", level: 1, text: "Chronology" }, table(rows)])),
    )
      .split("\f")
      .map((page) => page.split("\n"));
    expect(pages.length).toBeGreaterThan(1);
    pages.forEach((page, at) => {
      expect(page.filter((line) => line === "TLP:AMBER+STRICT")).toHaveLength(2);
      expect(page).toContain(`Page ${at + 1} of ${pages.length}`);
      expect(page).toContain("Record of 12 entries, SHA-256 9f86d081884c7d65");
      expect(page).toContain("What happened");
    });
  });

  it("comes out in the same bytes each time, whoever prints it and when", async () => {
    const paper = about([
      table([["10:41", "Ελλάδα, Україна, Straße"]]),
      { kind: "signatures", lines: ["Given by"] },
    ]);
    const [once, again] = [await writePdf(paper), await writePdf(paper)];
    expect(Buffer.compare(once, again)).toBe(0);
    expect(Buffer.from(once).toString("latin1")).toContain("(D:20261122104107Z)");
    expect(pdfText(once)).toContain("Ελλάδα, Україна, Straße");
  });

  it("spells what cannot be seen or drawn, so that nothing turns or hides what stands beside it", async () => {
    const text = pdfText(
      await writePdf(about([{ kind: "paragraph", text: "pay\u202efdp.exe\u0007 to 株式会社\nnow" }])),
    );
    expect(text).toContain("pay[U+202E]fdp.exe[U+0007] to [U+682A 5F0F 4F1A 793E]\nnow");
  });

  it("breaks what is too long for its column, and loses nothing of it", async () => {
    const long = "a1b2c3d4".repeat(60);
    expect(squeezed(pdfText(await writePdf(about([table([[long, long]])])))).split(long)).toHaveLength(3);
    const alone = squeezed(pdfText(await writePdf(about([{ kind: "paragraph", text: long }]))));
    expect(alone).toContain(long);
  });

  it("takes every naughty string literally", async () => {
    const paper = about([table(NAUGHTY.map((text, at) => [String(at), text]))]);
    const text = squeezed(pdfText(await writePdf(paper)));
    for (const naughty of NAUGHTY.filter((each) => /^[\x21-\x7e]{1,24}$/.test(each))) {
      expect(text).toContain(naughty);
    }
    expect(Buffer.compare(await writePdf(paper), await writePdf(paper))).toBe(0);
  });

  it("keeps every letter of any text, in its order", async () => {
    const words = fc.string({ unit: fc.constantFrom(..."abc äΩЖ.-/\n"), maxLength: 400 });
    await fc.assert(
      fc.asyncProperty(words, async (text) => {
        const paper = { ...about([{ kind: "lines", lines: text.split("\n") }]), marking: null };
        const shown = squeezed(pdfText(await writePdf(paper)));
        return shown.includes(squeezed(text));
      }),
      { numRuns: 15 },
    );
  });
});
