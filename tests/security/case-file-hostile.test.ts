import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { verifyCaseFile } from "../../packages/jumpkit/src/verify/case-file.ts";
import { aCaseFile, filesOf, tarOf } from "../support/case-file-support.ts";

const folder = mkdtempSync(join(tmpdir(), "jumpkit-hostile-"));
const hostileTar = join(folder, "hostile.tar");
let tar: Buffer;
let files: ReadonlyMap<string, Buffer>;

beforeAll(async () => {
  tar = await aCaseFile();
  files = await filesOf(tar);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function verdictOn(content: Buffer) {
  writeFileSync(hostileTar, content);
  const verdict = await verifyCaseFile(hostileTar);
  return verdict.status;
}

function disclosureOf(json: string): Buffer {
  return Buffer.from(`${Buffer.from(json).toString("base64url")}\n`);
}

/** One entry and one blob stand for all; each other file is a kind of its own. */
function oneOfEachKind(): string[] {
  const blob = [...files].find(([path, bytes]) => path.startsWith("data/evidence/") && bytes.length > 0)?.[0];
  return [...files.keys()].filter(
    (path) =>
      !/^data\/(entries|evidence)\//.test(path) || path.startsWith("data/entries/000005.") || path === blob,
  );
}

/** What parsers have stumbled over. */
const HOSTILE: readonly (readonly [string, Buffer])[] = [
  ["nothing", Buffer.alloc(0)],
  ["a megabyte of line ends", Buffer.alloc(1_000_000, "\n")],
  ["a megabyte on one line", Buffer.alloc(1_000_000, "a")],
  ["zeros", Buffer.alloc(5000)],
  ["bytes that are no UTF-8", Buffer.from([0xff, 0xfe, 0xc0, 0x80, 0x0a])],
  [
    "JSON as deep as a megabyte allows",
    disclosureOf(`["s","content",${"[".repeat(300_000)}${"]".repeat(300_000)}]`),
  ],
  ["JSON that never closes", disclosureOf("[".repeat(500_000))],
  ["a field named for the prototype", disclosureOf('["s","__proto__",{"toString":1}]')],
  ["a content named for the prototype", disclosureOf('["s","content",{"__proto__":{"sha256":"x"}}]')],
  ["a number beyond numbers", disclosureOf('["s","entries",1e999]')],
  ["a note of nothing but signatures", Buffer.from(`\n\n${"\u2014 a AAAAAAA=\n".repeat(5000)}`)],
  ["a manifest of traversal", Buffer.from(`${"0".repeat(64)}  data/../../etc/passwd\n`.repeat(1000))],
  [
    "a proof that never ends",
    Buffer.from(`c2sp.org/tlog-proof@v1\nindex 1\n${`${"A".repeat(43)}=\n`.repeat(20_000)}`),
  ],
  ["a leaf of 65,535 bytes", Buffer.from(`{"v":1,"seq":0,"type":"a.b","_sd":[${'"A",'.repeat(16_370)}`)],
];

describe("a case file made to break whoever checks it", () => {
  it.each(HOSTILE)("gets a verdict when any kind of file holds %s", async (_, content) => {
    for (const path of oneOfEachKind()) {
      expect(await verdictOn(await tarOf(new Map(files).set(path, content)))).toBe("broken");
    }
  });

  it("gets a verdict whatever bytes it consists of", async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 4096 }), async (bytes) => {
        expect(await verdictOn(Buffer.from(bytes))).toBe("broken");
      }),
      { seed: 5, numRuns: 200 },
    );
  });

  it("gets a verdict when blocks of the tar are shuffled, doubled, dropped and overwritten", async () => {
    const blocks = Array.from({ length: tar.length / 512 }, (_, at) =>
      tar.subarray(at * 512, at * 512 + 512),
    );
    const step = fc.record({
      at: fc.nat(blocks.length - 1),
      from: fc.nat(blocks.length - 1),
      how: fc.nat(2),
    });

    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 8 }), async (steps) => {
        const changed = [...blocks];
        for (const { at, from, how } of steps) {
          if (how === 0) changed.splice(at, 1);
          else changed.splice(at, how === 1 ? 1 : 0, blocks[from] ?? Buffer.alloc(512));
        }
        const content = Buffer.concat(changed);

        expect(await verdictOn(content)).toBe(content.equals(tar) ? "sound" : "broken");
      }),
      { seed: 6, numRuns: 200 },
    );
  });

  it("keeps its findings within bounds, however many there are", async () => {
    const many = new Map(files);
    for (let number = 0; number < 1500; number += 1) many.set(`data/entries/${number}.txt`, Buffer.from("x"));
    writeFileSync(hostileTar, await tarOf(many));
    const { findings } = await verifyCaseFile(hostileTar);

    expect(findings.length).toBe(1001);
    expect(findings.at(-1)).toEqual({
      place: "case file",
      problem: expect.stringMatching(/^has \d+ more findings$/),
    });
  });
});
