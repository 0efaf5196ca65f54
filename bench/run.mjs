/**
 * `npm run bench [name …] [-- --quick]`: measures the product and prints each figure beside its bar.
 *
 * Never a test: it ends well whatever it finds, unless a measurement itself breaks. Results go to
 * `bench/results`. `--quick` only shows that everything still measures: tiny counts, nothing is kept.
 */
import { buildStale } from "../tools/build.mjs";
import * as authority from "./authority.mjs";
import * as host from "./host.mjs";
import * as intake from "./intake.mjs";
import * as matrix from "./matrix.mjs";
import * as memory from "./memory.mjs";
import * as metrics from "./metrics.mjs";
import * as notify from "./notify.mjs";
import * as operation from "./operation.mjs";
import * as report from "./report.mjs";
import * as saved from "./saved.mjs";
import * as script from "./script.mjs";
import * as size from "./size.mjs";
import * as start from "./start.mjs";
import { barOf } from "./support/figure.mjs";
import { commit, load, machine } from "./support/machine.mjs";
import { keep } from "./support/results.mjs";
import * as travel from "./travel.mjs";
import * as triage from "./triage.mjs";
import * as upload from "./upload.mjs";

const MEASUREMENTS = {
  size,
  start,
  memory,
  operation,
  notify,
  authority,
  upload,
  intake,
  report,
  metrics,
  saved,
  triage,
  matrix,
  travel,
  script,
  host,
};

const words = process.argv.slice(2);
const quick = words.includes("--quick");
const wanted = words.filter((word) => !word.startsWith("--"));
const unknown = wanted.filter((name) => !(name in MEASUREMENTS));
if (unknown.length > 0) {
  console.error(
    `There is no measurement ${unknown.join(", ")}; there are ${Object.keys(MEASUREMENTS).join(", ")}.`,
  );
  process.exit(2);
}

process.once("SIGINT", () => process.exit(130));
await buildStale();
for (const [name, { measure, SAYS }] of Object.entries(MEASUREMENTS)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  console.log(`${name}: ${SAYS}`);
  const before = load();
  const { figures, details } = await measure({ quick });
  for (const each of figures) {
    const figure = `${each.value} ${each.unit}`.padStart(12);
    console.log(`  ${each.what.padEnd(58)} ${figure}  ${barOf(each).padEnd(12)} ${each.verdict}`);
  }
  if (quick) continue;
  const takenAt = new Date().toISOString();
  const about = { takenAt, commit: commit(), machine: machine(), load: { before, after: load() } };
  keep({ name, says: SAYS, ...about, figures, details });
}
