/** Holds docs/coverage.md to its word: every demand once, and nothing called done that cannot be pointed at. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { commandsOf } from "./documents.mjs";

const MAP = "docs/coverage.md";

/** Every demand of the two source documents: C1 to C41 and N1 to N27. */
const IDS = [...numbered("C", 41), ...numbered("N", 27)];

/** What a row may say of itself. */
const STATUSES = ["done", "part", "not yet"];

const NOTHING = "–";

/** One sentence for each row of the coverage map that is missing, doubled, or says what cannot be shown. */
export function coverageProblems(root) {
  const rows = rowsOf(readFileSync(join(root, MAP), "utf8"));
  const known = new Set([...operationsOf(root), ...commandsOf(root).map((name) => `jumpkit ${name}`)]);
  return [
    ...IDS.filter((id) => !rows.some((row) => row.id === id)).map((id) => `${MAP} has no row ${id}`),
    ...rows.flatMap((row, index) => rowProblems(row, rows.slice(0, index), known, root)),
  ];
}

function rowProblems(row, before, known, root) {
  const problems = [];
  if (!IDS.includes(row.id)) problems.push("is no demand of the source documents");
  if (before.some(({ id }) => id === row.id)) problems.push("stands twice");
  if (row.asked === "" || row.missing === undefined) problems.push("lacks a cell");
  if (!STATUSES.includes(row.status))
    problems.push(`has the status "${row.status}": say ${STATUSES.join(", ")}`);
  if (row.status === "not yet") {
    if (row.does !== NOTHING || row.proof !== NOTHING)
      problems.push("is not yet there but names what does it");
  } else {
    problems.push(...shownProblems(row, known, root));
  }
  if (row.status !== "done" && row.missing === NOTHING)
    problems.push("is not done but says nothing is missing");
  return problems.map((problem) => `${MAP}: ${row.id} ${problem}`);
}

function shownProblems({ does = "", proof = "" }, known, root) {
  const names = quotedIn(does);
  const tests = quotedIn(proof);
  const unknown = names.filter((name) => /^[a-z]+\.[a-z_]+$|^jumpkit /.test(name) && !known.has(name));
  return [
    ...(names.some((name) => known.has(name)) ? [] : ["names no operation, query or command"]),
    ...unknown.map((name) => `names ${name}, which does not exist`),
    ...(tests.length > 0 ? [] : ["names no test"]),
    ...tests
      .filter((path) => !/\.test\.tsx?$/.test(path) || !existsSync(join(root, path)))
      .map((path) => `names the test ${path}, which does not exist`),
  ];
}

/** The rows of the table whose first cell looks like the id of a demand. */
function rowsOf(text) {
  return text
    .split("\n")
    .filter((line) => /^\| *[CN]\d+ *\|/.test(line))
    .map((line) => {
      const [id, asked, status, does, proof, missing] = line
        .split("|")
        .slice(1, -1)
        .map((cell) => cell.trim());
      return { id, asked, status, does, proof, missing };
    });
}

/** Operations and queries, from the permission list that is generated from the code. */
function operationsOf(root) {
  const text = readFileSync(join(root, "docs/reference/permissions.md"), "utf8");
  return [...text.matchAll(/^\| `([a-z_.]+)` \| `(?:GET|POST) /gm)].map(([, name]) => name);
}

function quotedIn(cell) {
  return [...cell.matchAll(/`([^`]+)`/g)].map(([, text]) => text);
}

function numbered(letter, count) {
  return Array.from({ length: count }, (_, index) => `${letter}${index + 1}`);
}
