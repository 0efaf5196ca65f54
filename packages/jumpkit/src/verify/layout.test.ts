import { describe, expect, it } from "vitest";
import { shownPlace } from "./finding.ts";
import { blobDigestAt, entryPartAt, entryPath, isSafePath } from "./layout.ts";

describe("paths in a case file", () => {
  it.each(["bagit.txt", "data/entries/000001.json", "data/log-key.vkey", `data/evidence/${"a".repeat(64)}`])(
    "may be %s",
    (path) => {
      expect(isSafePath(path)).toBe(true);
    },
  );

  it.each([
    "",
    "/etc/passwd",
    "../x",
    "data/../x",
    "data//x",
    "data/",
    "./x",
    ".hidden",
    "data/.hidden",
    "data\\x",
    "C:x",
    "a b",
    "x\u0000",
    "x\n",
    "größe",
    "~root",
    "-rf",
    "x".repeat(201),
  ])("may not be %j", (path) => {
    expect(isSafePath(path)).toBe(false);
  });

  it("number the entries from one with six digits", () => {
    expect(entryPath(12, "tlog-proof")).toBe("data/entries/000012.tlog-proof");
    expect(entryPartAt("data/entries/000012.tlog-proof")).toEqual({ incidentSeq: 12, part: "tlog-proof" });
    expect(entryPartAt("data/entries/000000.json")).toBeUndefined();
    expect(entryPartAt("data/entries/12.json")).toBeUndefined();
    expect(entryPartAt("data/entries/000012.txt")).toBeUndefined();
  });

  it("name evidence by its digest in lower case", () => {
    expect(blobDigestAt(`data/evidence/${"a".repeat(64)}`)).toBe("a".repeat(64));
    expect(blobDigestAt(`data/evidence/${"A".repeat(64)}`)).toBeUndefined();
  });

  it("are shown without obeying what is hidden in them", () => {
    expect(shownPlace("a\u001b[2J\u202egpj\ud800")).toBe("a\\u{1b}[2J\\u{202e}gpj\\u{d800}");
    expect(shownPlace("x".repeat(400))).toHaveLength(301);
  });
});
