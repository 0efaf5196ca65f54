import type { Entry } from "../entry.ts";
import type { RawPath } from "../raw-path.ts";
import { type ListFormat, ListRefused } from "./list-format.ts";

const ESCAPES: Readonly<Record<string, string>> = { "\\": "\\\\", "\n": "\\n", "\r": "\\r" };
const MEANINGS: Readonly<Record<string, string>> = { "\\": "\\", n: "\n", r: "\r" };

/**
 * Lists that `sha256sum --check` reads, in the base of the manifest.
 *
 * @source GNU coreutils manual, cksum output modes
 */
export const sha256sumFormat: ListFormat = {
  top: "",
  collected: ["sha256"],
  formatEntry: ({ path, sha256 }) => {
    if (sha256 === undefined) return undefined;
    const escaped = path.replace(/[\\\n\r]/gu, (character) => ESCAPES[character] ?? character);
    return `${escaped === path ? "" : "\\"}${sha256}  .${escaped}\n`;
  },
  parse: (text) =>
    text
      .split("\n")
      .filter((line) => line !== "")
      .map(parseLine),
};

function parseLine(line: string): Entry {
  const [, mark, sha256, name] = /^(\\?)([0-9a-fA-F]{64}) [ *](.+)$/su.exec(line) ?? [];
  if (sha256 === undefined || name === undefined) {
    throw new ListRefused(`This is no line of sha256sum: ${line.slice(0, 100)}`);
  }
  const plain =
    mark === "" ? name : name.replace(/\\(.)/gu, (_, letter: string) => MEANINGS[letter] ?? letter);
  return { path: listedPath(plain), type: "f", sha256: sha256.toLowerCase() };
}

/**
 * A name of a list as a path of a manifest: `./etc/passwd`, `etc/passwd` and `/etc/passwd` are the same.
 *
 * @throws ListRefused  for a name that leads out of the list's folder
 */
export function listedPath(name: string): RawPath {
  const path = `/${name.replace(/^(?:\.?\/)+/u, "")}`;
  if (path === "/" || path === "/.") return "" as RawPath;
  if (/\/\.{0,2}(?:\/|$)/u.test(path))
    throw new ListRefused(`This is no path in its folder: ${path.slice(0, 100)}`);
  return path as RawPath;
}
