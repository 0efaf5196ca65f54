import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Entry } from "../entry.ts";
import { type RawPath, rawPath, rawPathOf } from "../raw-path.ts";
import { hashdeepFormat } from "./hashdeep.ts";
import { type ListFormat, ListRefused } from "./list-format.ts";
import { mtreeFormat } from "./mtree.ts";
import { sha256sumFormat } from "./sha256sum.ts";

const isName = (name: readonly number[]): boolean => !["", ".", ".."].includes(Buffer.from(name).toString());
const nameByte = fc.integer({ min: 1, max: 255 }).filter((byte) => byte !== 0x2f);
const name = fc.array(nameByte, { minLength: 1, maxLength: 8 }).filter(isName);
const path = fc
  .array(name, { minLength: 1, maxLength: 4 })
  .map((names) => rawPath(Buffer.from(names.flatMap((bytes) => [0x2f, ...bytes]))));
const sha256 = fc
  .uint8Array({ minLength: 32, maxLength: 32 })
  .map((bytes) => Buffer.from(bytes).toString("hex"));
const file = fc.record({
  path,
  type: fc.constant("f" as const),
  mode: fc.integer({ min: 0, max: 0o7777 }).map((bits) => bits.toString(8)),
  uid: fc.nat(),
  gid: fc.nat(),
  sizeBytes: fc.nat(),
  linkCount: fc.nat(),
  modifiedNs: fc.bigInt({ min: 0n, max: 10n ** 19n }).map(String),
  sha256,
});
const link = fc.record({ path, type: fc.constant("l" as const), target: path });

const there = (format: ListFormat, entries: readonly Entry[]): string =>
  format.top + entries.map((entry) => format.formatEntry(entry) ?? "").join("");

describe("a list of another program is read back as it was written", () => {
  it("by sha256sum: path and digest", () => {
    fc.assert(
      fc.property(fc.array(file), (entries) => {
        const expected = entries.map((entry) => ({ path: entry.path, type: "f", sha256: entry.sha256 }));

        expect(sha256sumFormat.parse(there(sha256sumFormat, entries))).toEqual(expected);
      }),
    );
  });

  it("by hashdeep: path, size and digest, where a name has no line break", () => {
    fc.assert(
      fc.property(fc.array(file), (entries) => {
        const expected = entries
          .filter((entry) => !/[\n\r]/u.test(entry.path))
          .map((entry) => ({
            path: entry.path,
            type: "f",
            sizeBytes: entry.sizeBytes,
            sha256: entry.sha256,
          }));

        expect(hashdeepFormat.parse(there(hashdeepFormat, entries))).toEqual(expected);
      }),
    );
  });

  it("by mtree: all but inode, times of change and extended attributes", () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(file, link)), (entries) => {
        expect(mtreeFormat.parse(there(mtreeFormat, entries))).toEqual(entries);
      }),
    );
  });
});

describe("mtree as others write it", () => {
  it("is read with folders one in another, set values and the escapes of vis", () => {
    const text = [
      "#\t   user: root",
      "/set type=file uid=0 gid=0 mode=0644",
      ".               type=dir mode=0755",
      "    a\\sb        size=3 time=1795344758.42695644 \\",
      `                sha256=${"AB".repeat(32)}`,
      "    \\M-C\\M-)\\M^?",
      "etc             type=dir",
      "    \\^A         type=link link=x\\sy",
      "..",
      "..",
    ].join("\n");

    const entries = mtreeFormat.parse(text);

    expect(entries.map((entry) => entry.path)).toEqual([
      "",
      "/a b",
      rawPath(Buffer.from([0x2f, 0xc3, 0xa9, 0xff])),
      "/etc",
      "/etc/\u0001",
    ]);
    expect(entries[1]).toMatchObject({ modifiedNs: "1795344758042695644", sha256: "ab".repeat(32), uid: 0 });
    expect(entries[4]?.target).toBe(rawPathOf("x y") satisfies RawPath);
  });
});

describe("what is no list is refused", () => {
  it.each([
    [sha256sumFormat, "not a digest  file\n"],
    [hashdeepFormat, "size,md5,filename\n"],
    [hashdeepFormat, `${hashdeepFormat.top}1,short,./file\n`],
    [sha256sumFormat, `${"ab".repeat(32)}  ../etc/passwd\n`],
    [mtreeFormat, "./file type=whiteout\n"],
    [mtreeFormat, "./file type=file size=large\n"],
  ])("%# %s", (format, text) => {
    expect(() => format.parse(text)).toThrow(ListRefused);
  });
});
