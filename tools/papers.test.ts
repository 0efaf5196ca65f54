import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { coverageProblems } from "./coverage.mjs";
import { documentProblems } from "./documents.mjs";

let house: string;

const write = (path: string, text: string): void => {
  mkdirSync(dirname(join(house, path)), { recursive: true });
  writeFileSync(join(house, path), text);
};

beforeEach(() => {
  house = mkdtempSync(join(tmpdir(), "jumpkit-papers-"));
  write("package.json", JSON.stringify({ scripts: { build: "x" } }));
  write("packages/jumpkit/src/main.ts", 'program.command("backup").argument("<folder>");\n');
  write("packages/web/src/page.tsx", "export const page = 1;\n");
  write("docs/reference/permissions.md", "| `log.note` | `POST /v1/log/{incident}/note` | x | y |\n");
  write("tests/walk.test.ts", "");
});
afterEach(() => rmSync(house, { recursive: true, force: true }));

describe("the documents", () => {
  it.each([
    ["a link that leads nowhere", "[x](gone.md)", "the link gone.md leads nowhere"],
    ["a heading that is not there", "[x](#gone)", "names a heading that is not there"],
    ["a file of the house that was moved", "see `tests/gone.test.ts`", "there is no tests/gone.test.ts"],
    ["a script that does not exist", "`npm run fly`", "names npm run fly"],
    ["a command that does not exist", "`jumpkit fly`", "names jumpkit fly"],
    ["a command that does not exist, by its file", "node dist/main.js fly", "names jumpkit fly"],
    ["a word that is not ours", "quarantine it", "we say isolation"],
  ])("are not sound with %s", (_, text, problem) => {
    write("docs/page.md", `# A page\n\n${text}\n`);

    expect(documentProblems(house).join("\n")).toContain(problem);
  });

  it("are sound with what exists", () => {
    const text =
      "[x](#a-page) [y](reference/permissions.md) `tests/walk.test.ts` `npm run build` `jumpkit backup`";
    write("docs/page.md", `# A page\n\n${text}\n`);

    expect(documentProblems(house)).toEqual([]);
  });

  it("count what the pages say", () => {
    write("packages/web/src/page.tsx", 'export const hint = "jumpkit fly";\n');

    expect(documentProblems(house)).toEqual([
      "packages/web/src/page.tsx:1 names jumpkit fly, which does not exist",
    ]);
  });
});

describe("the coverage map", () => {
  const ids = [
    ...Array.from({ length: 41 }, (_, index) => `C${index + 1}`),
    ...Array.from({ length: 27 }, (_, index) => `N${index + 1}`),
  ];
  const row = (id: string, rest = "asked | not yet | – | – | all of it"): string => `| ${id} | ${rest} |`;
  const map = (change: (rows: string[]) => string[] = (rows) => rows): string[] => {
    write("docs/coverage.md", change(ids.map((id) => row(id))).join("\n"));
    return coverageProblems(house);
  };

  it("is sound with one honest row for each of the 68 demands", () => {
    expect(ids).toHaveLength(68);
    expect(map()).toEqual([]);
  });

  it.each<[string, (rows: string[]) => string[], string]>([
    ["a row is missing", (rows) => rows.slice(1), "has no row C1"],
    ["a row stands twice", (rows) => [...rows, row("C1")], "C1 stands twice"],
    ["a status is made up", (rows) => [row("C1", "a | almost | – | – | x"), ...rows.slice(1)], '"almost"'],
    [
      "something done names no test",
      (rows) => [row("C1", "a | done | `log.note` | – | –"), ...rows.slice(1)],
      "no test",
    ],
    [
      "something done names an operation that does not exist",
      (rows) => [row("C1", "a | done | `log.fly` | `tests/walk.test.ts` | –"), ...rows.slice(1)],
      "log.fly, which does not exist",
    ],
    [
      "a test was removed",
      (rows) => [row("C1", "a | part | `log.note` | `tests/gone.test.ts` | x"), ...rows.slice(1)],
      "tests/gone.test.ts, which does not exist",
    ],
    [
      "what is not there names a test",
      (rows) => [row("C1", "a | not yet | – | `tests/walk.test.ts` | x"), ...rows.slice(1)],
      "names what does it",
    ],
  ])("is not sound when %s", (_, change, problem) => {
    expect(map(change).join("\n")).toContain(problem);
  });
});
