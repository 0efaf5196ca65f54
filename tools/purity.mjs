/** What types cannot see: rules that read a clock or roll dice. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const BANNED = [
  [/\bDate\.now\b/, "reads the clock: take the time as an argument"],
  [/\bnew Date\(\s*\)/, "reads the clock: take the time as an argument"],
  [/\bMath\.random\b/, "rolls dice: take randomness as an argument"],
];

/** One sentence for each line of core, exchange and app that reads a clock or a random source. */
export function purityProblems(root) {
  return ["core", "exchange", "app"]
    .flatMap((name) => sourcesIn(join(root, "packages", name, "src")))
    .flatMap((file) =>
      readFileSync(file, "utf8")
        .split("\n")
        .flatMap((text, index) =>
          BANNED.filter(([pattern]) => pattern.test(text)).map(
            ([, problem]) => `${file.slice(root.length + 1)}:${index + 1} ${problem}`,
          ),
        ),
    );
}

function sourcesIn(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".ts") && !entry.name.endsWith(".test.ts"))
    .map((entry) => join(entry.parentPath, entry.name));
}
