import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { contrast } from "./contrast.ts";
import { dark, light, tlp, USED_PAIRS } from "./tokens.ts";

describe("contrast", () => {
  it("is 21 for black on white and 1 for a colour on itself", () => {
    expect(contrast("#000000", "#FFFFFF")).toBeCloseTo(21);
    expect(contrast("#0A5A72", "#0A5A72")).toBeCloseTo(1);
  });
});

describe.each([
  ["light", light],
  ["dark", dark],
])("the %s design", (_name, palette) => {
  it.each(USED_PAIRS)("shows $ink on $ground at $ratio:1 or better", ({ ink, ground, ratio }) => {
    expect(contrast(palette[ink], palette[ground])).toBeGreaterThanOrEqual(ratio);
  });
});

describe("TLP labels", () => {
  it.each(Object.entries(tlp).filter(([name]) => name !== "onBlack"))(
    "%s reads on black",
    (_name, colour) => {
      expect(contrast(colour, tlp.onBlack)).toBeGreaterThanOrEqual(4.5);
    },
  );
});

describe("the tokens file", () => {
  it("is the only place where a colour is written", () => {
    const source = join(dirname(fileURLToPath(import.meta.url)), "..");
    const sheets = readdirSync(source, { recursive: true, encoding: "utf8" }).filter((file) =>
      /\.(css|tsx)$/.test(file),
    );

    const strays = sheets.filter((file) => /#[0-9a-f]{3,8}\b|rgba?\(/i.test(coloursOf(join(source, file))));

    expect(sheets.length).toBeGreaterThan(0);
    expect(strays).toEqual([]);
  });
});

/** Paper is black on white by nature: `print.css` may say so. */
function coloursOf(file: string): string {
  if (file.endsWith("print.css")) return "";
  return readFileSync(file, "utf8")
    .replace(/\/\*[\s\S]*?\*\//g, "")
    .replace(/&#\w+;/g, "");
}
