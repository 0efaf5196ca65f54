import { readFileSync } from "node:fs";

/** Name and version of this program, for headers. */
export function toolName(): string {
  // Beside `src` as well as beside `dist`.
  for (const place of ["../package.json", "../../package.json"]) {
    try {
      const { name, version } = JSON.parse(readFileSync(new URL(place, import.meta.url), "utf8"));
      if (name === "jumpkit") return `jumpkit ${version}`;
    } catch {
      // The other place has it.
    }
  }
  return "jumpkit";
}
