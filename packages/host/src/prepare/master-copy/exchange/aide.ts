import type { Entry, EntryType } from "../entry.ts";
import { joinRaw, type RawPath } from "../raw-path.ts";
import { type ListFormat, ListRefused } from "./list-format.ts";
import { listedPath } from "./sha256sum.ts";

/** The kind of a file, as the upper bits of its mode. */
const KINDS = new Map<number, EntryType>([
  [0o10, "f"],
  [0o04, "d"],
  [0o12, "l"],
  [0o01, "p"],
  [0o14, "s"],
  [0o02, "c"],
  [0o06, "b"],
]);
const KIND_BITS = new Map([...KINDS].map(([bits, type]) => [type, bits]));

/** The columns that we read and write, each with its bit in the column `attr`. */
const COLUMNS = {
  name: 0,
  lname: 1,
  perm: 2,
  uid: 3,
  gid: 4,
  size: 5,
  ctime: 7,
  mtime: 8,
  inode: 9,
  lcount: 11,
  sha256: 30,
} as const;
type Column = keyof typeof COLUMNS;
/** `ftype` has no column: the kind stands in `perm`. */
const FTYPE = 1n << 35n;
const SPEC = ["name", "attr", ...Object.keys(COLUMNS).filter((column) => column !== "name")];

/**
 * Databases of AIDE 0.18 and 0.19: absolute names, times in whole seconds.
 *
 * Its access lists, extended attributes and capabilities are in forms of its own, and are not taken over.
 *
 * @param base    where the tree stands on its host, without a slash at the end; what is outside of it is refused
 * @source AIDE 0.18.3 and 0.19, src/attributes.c, src/db_file.c, src/db.c
 */
export function aideFormat(base: RawPath): ListFormat {
  return {
    top: `@@begin_db\n@@db_spec ${SPEC.join(" ")} \n`,
    bottom: "@@end_db\n",
    collected: [
      ...["type", "mode", "uid", "gid", "size", "mtime", "ctime", "inode", "nlink", "target", "sha256"],
      "whole seconds",
    ],
    formatEntry: (entry) => lineOf(entry, base),
    parse: (text) => parseDatabase(text, base),
  };
}

function lineOf(entry: Entry, base: RawPath): string | undefined {
  const kind = KIND_BITS.get(entry.type);
  if (kind === undefined || entry.mode === undefined) return undefined;
  const values: { readonly [Name in Column]: string | undefined } = {
    name: escaped(joinRaw(base, entry.path) || ("/" as RawPath)),
    lname: entry.target === undefined ? undefined : escapedTarget(entry.target),
    perm: ((kind << 12) | Number.parseInt(entry.mode, 8)).toString(8),
    uid: textOf(entry.uid),
    gid: textOf(entry.gid),
    size: textOf(entry.sizeBytes),
    ctime: secondsOf(entry.changedNs),
    mtime: secondsOf(entry.modifiedNs),
    inode: entry.inode,
    lcount: textOf(entry.linkCount),
    sha256: entry.sha256 === undefined ? undefined : Buffer.from(entry.sha256, "hex").toString("base64"),
  };
  let attr = FTYPE;
  for (const [column, bit] of Object.entries(COLUMNS)) {
    if (values[column as Column] !== undefined) attr |= 1n << BigInt(bit);
  }
  const words = SPEC.map((column) => (column === "attr" ? String(attr) : (values[column as Column] ?? "0")));
  return `${words.join(" ")}\n`;
}

function parseDatabase(text: string, base: RawPath): Entry[] {
  const entries: Entry[] = [];
  let columns: readonly string[] | undefined;
  for (const line of text.split("\n")) {
    if (line === "" || line.startsWith("#") || line === "@@begin_db") continue;
    if (line.startsWith("@@db_spec ")) {
      columns = line.trim().split(" ").slice(1);
      if (!columns.includes("name") || !columns.includes("perm")) {
        throw new ListRefused(
          "This database of AIDE holds no names, or no permissions, which tell files apart.",
        );
      }
    } else if (line.startsWith("@@end_db")) {
      return entries;
    } else if (columns === undefined) {
      throw new ListRefused("This is no database of AIDE: it has no @@db_spec.");
    } else {
      entries.push(entryOf(line, columns, base));
    }
  }
  throw new ListRefused("This database of AIDE has no @@end_db: it was cut off.");
}

function entryOf(line: string, columns: readonly string[], base: RawPath): Entry {
  const words = line.split(" ");
  const broken = (): never => {
    throw new ListRefused(`This is no line of AIDE: ${line.slice(0, 100)}`);
  };
  if (words.length < columns.length) broken();
  const raw = (column: string): string | undefined => words[columns.indexOf(column)];
  const attr = columns.includes("attr") ? BigInt(matching(/^\d{1,20}$/u, raw("attr"), broken)) : undefined;
  /** What the column holds, where it was asked for when the database was made. */
  const value = (column: Column): string | undefined => {
    const isAsked = attr === undefined || (attr & (1n << BigInt(COLUMNS[column]))) !== 0n;
    return columns.includes(column) && isAsked ? raw(column) : undefined;
  };
  const count = (column: Column): number | undefined => {
    const text = value(column);
    return text === undefined ? undefined : Number(matching(/^\d{1,15}$/u, text, broken));
  };
  const bits = Number.parseInt(matching(/^[0-7]{1,7}$/u, raw("perm"), broken), 8);
  const type = KINDS.get(bits >> 12) ?? broken();
  const target = value("lname");
  const sha256 = value("sha256");
  const fields: { [Name in keyof Entry]: Entry[Name] | undefined } = {
    path: belowBase(unescaped(raw("name") ?? broken()), base),
    type,
    mode: value("perm") === undefined ? undefined : (bits & 0o7777).toString(8),
    uid: count("uid"),
    gid: count("gid"),
    sizeBytes: type === "f" || type === "l" ? count("size") : undefined,
    linkCount: type === "d" ? undefined : count("lcount"),
    modifiedNs: nanosecondsOf(value("mtime"), broken),
    changedNs: nanosecondsOf(value("ctime"), broken),
    inode: value("inode") === undefined ? undefined : matching(/^\d{1,20}$/u, value("inode"), broken),
    target: type === "l" && target !== undefined ? unescapedTarget(target) : undefined,
    sha256: type === "f" && sha256 !== undefined && sha256 !== "0" ? digestOf(sha256, broken) : undefined,
  };
  return Object.fromEntries(
    Object.entries(fields).filter(([, field]) => field !== undefined),
  ) as unknown as Entry;
}

function belowBase(place: RawPath, base: RawPath): RawPath {
  const whole = place === "/" ? ("" as RawPath) : place;
  if (whole !== base && !whole.startsWith(`${base}/`)) {
    throw new ListRefused("This database of AIDE names what is not below --base.");
  }
  return listedPath(`.${whole.slice(base.length)}`);
}

function matching(form: RegExp, text: string | undefined, broken: () => never): string {
  return text !== undefined && form.test(text) ? text : broken();
}

function textOf(value: number | undefined): string | undefined {
  return value === undefined ? undefined : String(value);
}

/** The second in which a time lies, in AIDE's writing: its digits as base64. */
function secondsOf(ns: string | undefined): string | undefined {
  if (ns === undefined) return undefined;
  const seconds = BigInt(ns) / 1_000_000_000n;
  return seconds === 0n ? "0" : Buffer.from(String(seconds)).toString("base64");
}

function nanosecondsOf(word: string | undefined, broken: () => never): string | undefined {
  if (word === undefined) return undefined;
  const digits = word === "0" ? "0" : Buffer.from(word, "base64").toString("latin1");
  return String(BigInt(matching(/^-?\d{1,12}$/u, digits, broken)) * 1_000_000_000n);
}

function digestOf(word: string, broken: () => never): string {
  const bytes = Buffer.from(word, "base64");
  return bytes.length === 32 ? bytes.toString("hex") : broken();
}

function escaped(path: RawPath): string {
  return path.replace(/[^\w/.,+=-]/gu, hexOf);
}

function hexOf(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`;
}

/** A zero alone means *none*, so that one at the beginning is never written as it is. */
function escapedTarget(target: RawPath): string {
  return target === "" ? "0-" : escaped(target).replace(/^0/u, hexOf);
}

function unescapedTarget(word: string): RawPath {
  if (word === "0-") return "" as RawPath;
  return unescaped(word.startsWith("00") ? word.slice(1) : word);
}

function unescaped(word: string): RawPath {
  return word.replace(/%([0-9a-fA-F]{2})/gu, (_, digits: string) =>
    String.fromCharCode(Number.parseInt(digits, 16)),
  ) as RawPath;
}
