import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { barOf } from "./figure.mjs";
import { ROOT } from "./root.mjs";

const FOLDER = join(ROOT, "bench", "results");

/** Keeps one result and writes the table of all that are kept. */
export function keep(result) {
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(join(FOLDER, `${result.name}.json`), `${JSON.stringify(result, null, 2)}\n`);
  writeFileSync(join(FOLDER, "README.md"), table(kept()));
}

function kept() {
  return readdirSync(FOLDER)
    .filter((name) => name.endsWith(".json"))
    .sort()
    .map((name) => JSON.parse(readFileSync(join(FOLDER, name), "utf8")));
}

function table(results) {
  const lines = [
    "# What was measured",
    "",
    "Written by `npm run bench`. Absolute figures hold for the machine named; ratios were taken inside one run.",
    "Nothing here is a test: a figure beyond its bar is work to do, not a failure.",
  ];
  for (const { name, says, takenAt, commit, machine, load, figures } of results) {
    lines.push("", `## ${name}`, "", says, "", "| what | figure | bar | |", "|---|---:|---:|---|");
    for (const each of figures) {
      lines.push(`| ${each.what} | ${each.value} ${each.unit} | ${barOf(each)} | ${each.verdict} |`);
    }
    const { processor, memory, system, node } = machine;
    lines.push(
      "",
      `${takenAt.slice(0, 10)}, commit ${commit}; ${processor}, ${memory}, ${system}, Node ${node};`,
    );
    lines.push(`load ${load.before} before, ${load.after} after.`);
  }
  return `${lines.join("\n")}\n`;
}
