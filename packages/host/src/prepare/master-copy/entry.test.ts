import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Entry, formatEntry, NotAnEntry, parseEntry } from "./entry.ts";
import { rawPath } from "./raw-path.ts";

const nameByte = fc.integer({ min: 1, max: 255 }).filter((byte) => byte !== 0x2f);
const path = fc
  .array(fc.array(nameByte, { minLength: 1, maxLength: 8 }), { maxLength: 4 })
  .map((names) => rawPath(Buffer.from(names.flatMap((name) => [0x2f, ...name]))));
const decimal = fc.bigInt({ min: 0n, max: 2n ** 63n }).map(String);
const entry: fc.Arbitrary<Entry> = fc.record(
  {
    path,
    type: fc.constantFrom("f", "d", "l", "p", "s", "c", "b", "!"),
    mode: fc.integer({ min: 0, max: 0o7777 }).map((bits) => bits.toString(8)),
    uid: fc.nat(),
    gid: fc.nat(),
    sizeBytes: fc.maxSafeNat(),
    modifiedNs: decimal,
    changedNs: decimal,
    inode: decimal,
    device: decimal,
    linkCount: fc.nat(),
    target: path,
    deviceFile: decimal,
    allocatedBytes: fc.maxSafeNat(),
    package: fc.constantFrom("libc6:amd64", "coreutils"),
    xattrs: fc.dictionary(fc.constantFrom("user.a", "security.capability"), fc.constantFrom("", "00ff")),
    sha256: fc.constant("ab".repeat(32)),
    trouble: fc.constantFrom("changed", "open EACCES"),
  },
  { requiredKeys: ["path", "type"], noNullPrototype: true },
);

describe("an entry of a manifest", () => {
  it("is read as it was written, whatever its name's bytes", () => {
    fc.assert(
      fc.property(entry, (given) => {
        expect(parseEntry(formatEntry(given))).toEqual(given);
      }),
    );
  });

  it.each([
    "",
    "[]",
    "null",
    '{"t":"f"}',
    '{"p":"etc","t":"f"}',
    '{"p":"/etc\\u0000","t":"f"}',
    '{"p":"/etc","t":"file"}',
    '{"p":"/etc","t":"f","h":"short"}',
    '{"p":"/etc","t":"f","s":1.5}',
    '{"p":"/etc","t":"f","mt":1.5}',
    '{"p":"/etc","t":"f","m":"999"}',
    '{"p":"/etc","t":"f","x":{"user.a":1}}',
  ])("is refused when it is none: %s", (line) => {
    expect(() => parseEntry(line)).toThrow(NotAnEntry);
  });
});
