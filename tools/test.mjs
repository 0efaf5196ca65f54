/**
 * Runs one family of tests and prints one closing line `N passed, N failed`.
 *
 * Without a word: what `npm test` promises (unit and whole-product tests).
 * `debian`: tests that need other programs. `adversary`: the long campaigns.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildStale } from "./build.mjs";

const FAMILIES = { standard: ["unit", "whole", "browser"], debian: ["debian"], adversary: ["adversary"] };

const words = process.argv.slice(2);
const family = words[0] !== undefined && words[0] in FAMILIES ? words.shift() : "standard";

await buildStale();
const folder = mkdtempSync(join(tmpdir(), "jumpkit-test-"));
const report = join(folder, "report.json");
const run = spawnSync(
  process.execPath,
  [
    "node_modules/vitest/vitest.mjs",
    "run",
    ...FAMILIES[family].flatMap((name) => ["--project", name]),
    "--reporter=default",
    "--reporter=json",
    `--outputFile.json=${report}`,
    ...words,
  ],
  { stdio: ["ignore", "inherit", "inherit"] },
);
const { passed, failed, skipped } = counts(report);
rmSync(folder, { recursive: true, force: true });
console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`);
if (passed === 0) console.error("No test ran: that is a failure.");
process.exitCode = run.status === 0 && failed === 0 && passed > 0 ? 0 : 1;

/** Files that fail to load carry no test, so they count as one failure each. */
function counts(path) {
  try {
    const json = JSON.parse(readFileSync(path, "utf8"));
    const unloaded = json.testResults.filter(
      (file) => file.status === "failed" && file.assertionResults.length === 0,
    );
    return {
      passed: json.numPassedTests,
      failed: json.numFailedTests + unloaded.length,
      skipped: json.numPendingTests + json.numTodoTests,
    };
  } catch {
    return { passed: 0, failed: 1, skipped: 0 };
  }
}
