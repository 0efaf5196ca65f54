/**
 * `npm run check`: everything that can be known without running the product, cheapest first.
 *
 * Stops at nothing: all steps run, and the closing lines say which failed.
 */
import { spawnSync } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { coverageProblems } from "./coverage.mjs";
import { documentProblems } from "./documents.mjs";
import { generatedProblems } from "./generate.mjs";
import { lockProblems } from "./lock.mjs";
import { purityProblems } from "./purity.mjs";
import { breaches } from "./walls.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
process.chdir(root);

const STEPS = [
  ["format and lint", () => run("node_modules/.bin/biome", "ci", "--error-on-warnings", ".")],
  ["types of the product", () => run("node_modules/.bin/tsc", "-b")],
  ["types of the tests", () => run("node_modules/.bin/tsc", "-p", "tsconfig.test.json")],
  ["lockfile", () => lockProblems(root)],
  ["walls", walls],
  ["purity of the rules", () => purityProblems(root)],
  ["dead code", () => run("node_modules/.bin/knip")],
  ["generated files", () => generatedProblems(root)],
  ["documents", () => documentProblems(root)],
  ["coverage map", () => coverageProblems(root)],
];

const failed = [];
for (const [name, step] of STEPS) {
  const startedAt = performance.now();
  const problems = await step();
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  console.log(`${problems.length === 0 ? "ok    " : "FAILED"} ${name} (${seconds} s)`);
  for (const problem of problems) console.log(`  ${problem}`);
  if (problems.length > 0) failed.push(name);
}
console.log(failed.length === 0 ? "All checks passed." : `Failed: ${failed.join(", ")}`);
process.exitCode = failed.length === 0 ? 0 : 1;

function run(command, ...words) {
  const { status, stdout, stderr } = spawnSync(join(root, command), words, { encoding: "utf8" });
  return status === 0 ? [] : `${stdout}${stderr}`.split("\n").filter((line) => line.trim() !== "");
}

async function walls() {
  const { moduleCount, sentences } = await breaches(["packages"], root);
  return moduleCount > 0 ? sentences : ["no module was read, so nothing was checked"];
}
