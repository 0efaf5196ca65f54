import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { PACKAGES, PHASES } from "../../.dependency-cruiser.mjs";
import { breaches } from "../../tools/walls.mjs";

/** Each package with every other that it must not import. */
function pairs(): ReadonlyArray<readonly [name: string, other: string]> {
  const names = Object.keys(PACKAGES);
  return Object.entries(PACKAGES).flatMap(([name, allowed]) =>
    names
      .filter((other) => other !== name && !(allowed as string[]).includes(other))
      .map((other) => [name, other] as const),
  );
}

/** A house of empty rooms, in which one fault at a time is planted. */
describe("the walls of the house", () => {
  let house: string;

  beforeEach(() => {
    house = mkdtempSync(join(tmpdir(), "jumpkit-walls-"));
    mkdirSync(join(house, "node_modules/@jumpkit"), { recursive: true });
    for (const name of Object.keys(PACKAGES)) {
      write(
        `packages/${name}/package.json`,
        JSON.stringify({
          name: `@jumpkit/${name}`,
          type: "module",
          exports: { ".": { source: "./src/index.ts" } },
        }),
      );
      write(`packages/${name}/src/index.ts`, "export const here = 1;\n");
      symlinkSync(join(house, "packages", name), join(house, "node_modules/@jumpkit", name));
    }
    cpSync("node_modules/zod", join(house, "node_modules/zod"), { recursive: true });
    write("node_modules/left-pad/package.json", JSON.stringify({ name: "left-pad", main: "index.js" }));
    write("node_modules/left-pad/index.js", "module.exports = 1;\n");
  });
  afterEach(() => rmSync(house, { recursive: true, force: true }));

  it("stands while nobody breaks it, and says how much it looked at", async () => {
    const { moduleCount, sentences } = await breaches(["packages"], house);

    expect(sentences).toEqual([]);
    expect(moduleCount).toBeGreaterThanOrEqual(Object.keys(PACKAGES).length);
  });

  it("has read the real house, not an empty one", async () => {
    const { moduleCount, sentences } = await breaches(["packages"], process.cwd());

    expect(sentences).toEqual([]);
    expect(moduleCount).toBeGreaterThan(150);
  });

  it("keeps every package from importing what is not below it, by name and by path", async () => {
    const forbidden = pairs();
    for (const name of Object.keys(PACKAGES)) {
      const others = forbidden.filter(([from]) => from === name).map(([, other]) => other);
      const files = others.flatMap((other) => [`by-name-of-${other}.ts`, `by-path-to-${other}.ts`]);
      write(`packages/${name}/src/index.ts`, files.map((file) => `import "./${file}";\n`).join(""));
      write(`packages/${name}/src/here.ts`, "export const here = 1;\n");
      for (const other of others) {
        write(`packages/${name}/src/by-name-of-${other}.ts`, `import "@jumpkit/${other}";\n`);
        write(`packages/${name}/src/by-path-to-${other}.ts`, `import "../../${other}/src/here.ts";\n`);
      }
    }

    const { sentences } = await breaches(["packages"], house);

    expect(forbidden.length).toBeGreaterThan(30);
    for (const [name, other] of forbidden) {
      for (const file of [`by-name-of-${other}.ts`, `by-path-to-${other}.ts`]) {
        const caught = `${name}-imports-only-`;
        const found = sentences.filter(
          (each: string) => each.startsWith(caught) && each.includes(`packages/${name}/src/${file}`),
        );
        expect([name, file, found.length]).toEqual([name, file, 1]);
      }
    }
  });

  it("keeps each phase of core from knowing a later one, even as a type", async () => {
    const neighbours = PHASES.slice(0, -1).map((phase, at) => [phase, PHASES[at + 1] ?? ""] as const);
    write("packages/core/src/index.ts", PHASES.map((phase) => `import "./${phase}/late.ts";\n`).join(""));
    for (const phase of PHASES) write(`packages/core/src/${phase}/late.ts`, "export type Late = number;\n");
    for (const [phase, later] of neighbours) {
      write(
        `packages/core/src/${phase}/early.ts`,
        `import type { Late } from "../${later}/late.ts";\nexport const a: Late = 1;\n`,
      );
    }

    const { sentences } = await breaches(["packages"], house);

    for (const [phase] of neighbours) {
      const rule = `core-${phase}-uses-only-earlier-phases`;
      expect([phase, sentences.filter((each: string) => each.startsWith(rule)).length]).toEqual([phase, 1]);
    }
  });

  const PLANTED: readonly (readonly [string, string, Readonly<Record<string, string>>])[] = [
    [
      "an operation of one phase that uses another's",
      "app-detect-stands-alone",
      {
        "packages/app/src/index.ts": 'import "./detect/a.ts";\n',
        "packages/app/src/detect/a.ts": 'import { b } from "../document/b.ts";\nexport const a = b;\n',
        "packages/app/src/document/b.ts": "export const b = 1;\n",
      },
    ],
    [
      "two files that need each other",
      "no-cycles",
      {
        "packages/store/src/index.ts": 'import "./a.ts";\n',
        "packages/store/src/a.ts": 'import { b } from "./b.ts";\nexport const a = () => b;\n',
        "packages/store/src/b.ts": 'import { a } from "./a.ts";\nexport const b = () => a;\n',
      },
    ],
    [
      "a rule that reads files",
      "rules-are-pure",
      {
        "packages/core/src/index.ts":
          'import { readFileSync } from "node:fs";\nexport const a = readFileSync;\n',
      },
    ],
    [
      "a rule that uses a library",
      "pure-packages-use-zod-alone",
      { "packages/core/src/index.ts": 'import "left-pad";\n' },
    ],
    [
      "a product file that imports a test",
      "no-import-of-tests",
      {
        "packages/store/src/index.ts": 'import { a } from "./a.test.ts";\nexport const b = a;\n',
        "packages/store/src/a.test.ts": "export const a = 1;\n",
      },
    ],
    [
      "a development tool in the product",
      "no-development-dependency-in-product",
      {
        "package.json": JSON.stringify({ devDependencies: { "left-pad": "1.0.0" } }),
        "packages/store/package.json": JSON.stringify({
          name: "@jumpkit/store",
          type: "module",
          exports: { ".": { source: "./src/index.ts" } },
          devDependencies: { "left-pad": "1.0.0" },
        }),
        "packages/store/src/index.ts": 'import "left-pad";\n',
      },
    ],
    [
      "an import that leads nowhere",
      "everything-resolves",
      { "packages/store/src/index.ts": 'import "./nowhere.ts";\n' },
    ],
    ["a file that nobody imports", "no-orphans", { "packages/store/src/lonely.ts": "export const a = 1;\n" }],
  ];
  for (const [what, rule, files] of PLANTED) {
    it(`finds ${what}`, async () => {
      for (const [path, text] of Object.entries(files)) write(path, text);

      expect((await caughtBy(rule)).length).toBeGreaterThan(0);
    });
  }

  function write(path: string, text: string): void {
    mkdirSync(dirname(join(house, path)), { recursive: true });
    writeFileSync(join(house, path), text);
  }

  async function caughtBy(rule: string): Promise<string[]> {
    const { sentences } = await breaches(["packages"], house);
    return sentences.filter((sentence: string) => sentence.startsWith(rule));
  }
});
