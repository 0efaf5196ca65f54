import type { Entry } from "../entry.ts";
import { type ListFormat, ListRefused } from "./list-format.ts";
import { listedPath } from "./sha256sum.ts";

const FIRST = "%%%% HASHDEEP-1.0";

/**
 * Lists that `hashdeep -a -k` reads, in the base of the manifest.
 *
 * The format has no escapes: a name with a line break cannot stand in it, and is left out.
 *
 * @source hashdeep 4.4, file format
 */
export const hashdeepFormat: ListFormat = {
  top: `${FIRST}\n%%%% size,sha256,filename\n`,
  collected: ["size", "sha256"],
  formatEntry: ({ path, sizeBytes, sha256 }) =>
    sizeBytes === undefined || sha256 === undefined || /[\n\r]/u.test(path)
      ? undefined
      : `${sizeBytes},${sha256},.${path}\n`,
  parse: (text) => {
    const [first, columnsLine = "", ...lines] = text.split("\n").map((line) => line.replace(/\r$/u, ""));
    const columns = columnsLine.replace(/^%%%% /u, "").split(",");
    if (first !== FIRST || !columns.includes("sha256") || columns.at(-1) !== "filename") {
      throw new ListRefused("This is no list of hashdeep that holds SHA-256.");
    }
    return lines
      .filter((line) => line !== "" && !line.startsWith("#"))
      .map((line) => parseLine(line, columns));
  },
};

function parseLine(line: string, columns: readonly string[]): Entry {
  const fields = line.split(",");
  const field = (name: string): string => fields[columns.indexOf(name)] ?? "";
  const sizeBytes = Number(field("size"));
  const sha256 = field("sha256").toLowerCase();
  const name = fields.slice(columns.length - 1).join(",");
  if (!Number.isSafeInteger(sizeBytes) || !/^[0-9a-f]{64}$/u.test(sha256) || name === "") {
    throw new ListRefused(`This is no line of hashdeep: ${line.slice(0, 100)}`);
  }
  return { path: listedPath(name), type: "f", sizeBytes, sha256 };
}
