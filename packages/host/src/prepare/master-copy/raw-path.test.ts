import { describe, expect, it } from "vitest";
import { hiddenBecause, rawPath, rawPathOf, shownPath } from "./raw-path.ts";

describe("a path for people", () => {
  it.each([
    ["", "/"],
    ["/etc/passwd", "/etc/passwd"],
    ["/a b/é", "/a b/é"],
    ["/back\\slash", "/back\\\\slash"],
    ["/\u001b[2J", "/\\u{1b}[2J"],
    ["/invoice\u202efdp.exe", "/invoice\\u{202e}fdp.exe"],
  ])("%j is shown as %j, and steers no terminal", (path, shown) => {
    expect(shownPath(rawPathOf(path))).toBe(shown);
  });

  it("shows the bytes of a name that is not text", () => {
    expect(shownPath(rawPath(Buffer.from([0x2f, 0x62, 0xff])))).toBe("/b\\xff");
  });
});

describe("a name that is made to be overlooked", () => {
  it.each([
    ["/tmp/...", "its name is only dots"],
    ["/tmp/.. ", "its name begins or ends with a space"],
    ["/tmp/a\u0008", "its name has control characters"],
    ["/tmp/a\u200b", "its name has characters that cannot be seen"],
    ["/tmp/\u202efdp", "its name has characters that cannot be seen"],
  ])("%j is told from others", (path, why) => {
    expect(hiddenBecause(rawPathOf(path))).toBe(why);
  });

  it("is one that is not text", () => {
    expect(hiddenBecause(rawPath(Buffer.from([0x2f, 0xff])))).toBe("its name is not UTF-8");
  });

  it.each(["", "/etc/.config", "/a b", "/é", "/日本"])("%j is not one", (path) => {
    expect(hiddenBecause(rawPathOf(path))).toBeUndefined();
  });
});
