import type { Entry, EntryType } from "../entry.ts";
import type { RawPath } from "../raw-path.ts";
import { type ListFormat, ListRefused } from "./list-format.ts";
import { listedPath } from "./sha256sum.ts";

const TYPES: Readonly<Record<string, EntryType>> = {
  file: "f",
  dir: "d",
  link: "l",
  fifo: "p",
  socket: "s",
  char: "c",
  block: "b",
};
const NAMES = new Map(Object.entries(TYPES).map(([name, type]) => [type, name]));

/**
 * mtree(5), as both NetBSD's mtree and libarchive write and read it.
 *
 * @source mtree(5); the fraction of a time is a count of nanoseconds, padded by some and not by others
 */
export const mtreeFormat: ListFormat = {
  top: "#mtree\n",
  collected: ["type", "mode", "uid", "gid", "size", "mtime", "nlink", "target", "sha256"],
  formatEntry: (entry) => {
    const type = NAMES.get(entry.type);
    if (type === undefined) return undefined;
    const words = [`.${escaped(entry.path, false)}`, `type=${type}`];
    const add = (keyword: string, value: string | number | undefined): void => {
      if (value !== undefined) words.push(`${keyword}=${value}`);
    };
    add("mode", entry.mode === undefined ? undefined : entry.mode.padStart(4, "0"));
    add("uid", entry.uid);
    add("gid", entry.gid);
    if (entry.type !== "d") add("nlink", entry.linkCount);
    add("size", entry.sizeBytes);
    add("time", entry.modifiedNs === undefined ? undefined : timeText(entry.modifiedNs));
    add("link", entry.target === undefined ? undefined : escaped(entry.target, true));
    add("sha256", entry.sha256);
    return `${words.join(" ")}\n`;
  },
  parse: (text) => parseLines(text),
};

function parseLines(text: string): Entry[] {
  const entries: Entry[] = [];
  const inherited = new Map<string, string>();
  let folder = "";
  for (const line of text.replace(/\\\n/gu, " ").split("\n")) {
    const [first = "", ...words] = line.trim().split(/[ \t]+/u);
    if (first === "" || first.startsWith("#")) continue;
    if (first === "..") {
      folder = folder.slice(0, Math.max(folder.lastIndexOf("/"), 0));
    } else if (first === "/set") {
      for (const [keyword, value] of words.map(keywordOf)) inherited.set(keyword, value);
    } else if (first === "/unset") {
      for (const keyword of words) inherited.delete(keyword);
    } else {
      const keywords = new Map([...inherited, ...words.map(keywordOf)]);
      // A name with a slash is a whole path; one without stands in the folder that was named last.
      const isWhole = first.includes("/");
      const name = unescaped(first);
      const path = isWhole || name === "." ? listedPath(name) : (`${folder}/${name}` as RawPath);
      const entry = entryOf(path, keywords, line);
      if (!isWhole && entry.type === "d") folder = path;
      entries.push(entry);
    }
  }
  return entries;
}

function keywordOf(word: string): [string, string] {
  const equals = word.indexOf("=");
  return equals < 0 ? [word, ""] : [word.slice(0, equals), word.slice(equals + 1)];
}

function entryOf(path: RawPath, keywords: ReadonlyMap<string, string>, line: string): Entry {
  const type = TYPES[keywords.get("type") ?? "file"];
  if (type === undefined) throw new ListRefused(`This mtree line has an unknown type: ${line.slice(0, 100)}`);
  const matching = (form: RegExp, ...names: readonly string[]): string | undefined => {
    const value = names.map((name) => keywords.get(name)).find((each) => each !== undefined);
    if (value === undefined) return undefined;
    if (!form.test(value)) throw new ListRefused(`This mtree line has a broken value: ${line.slice(0, 100)}`);
    return value;
  };
  const count = (name: string): number | undefined => {
    const value = matching(/^\d{1,15}$/u, name);
    return value === undefined ? undefined : Number(value);
  };
  const hasContent = type === "f" || type === "l";
  const link = keywords.get("link");
  const fields: { [Name in keyof Entry]: Entry[Name] | undefined } = {
    path,
    type,
    mode: matching(/^[0-7]{1,5}$/u, "mode")?.replace(/^0+(?=.)/u, ""),
    uid: count("uid"),
    gid: count("gid"),
    sizeBytes: hasContent ? count("size") : undefined,
    linkCount: type === "d" ? undefined : count("nlink"),
    modifiedNs: nanoseconds(matching(/^\d{1,12}(?:\.\d{1,9})?$/u, "time")),
    target: type === "l" && link !== undefined ? (unescaped(link) as RawPath) : undefined,
    sha256:
      type === "f" ? matching(/^[0-9a-fA-F]{64}$/u, "sha256", "sha256digest")?.toLowerCase() : undefined,
  };
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined),
  ) as unknown as Entry;
}

/** Nine digits: who reads a count and who reads a decimal fraction then read the same. */
function timeText(ns: string): string {
  const digits = ns.padStart(10, "0");
  return `${digits.slice(0, -9)}.${digits.slice(-9)}`;
}

function nanoseconds(time: string | undefined): string | undefined {
  if (time === undefined) return undefined;
  const [seconds = "0", count = "0"] = time.split(".");
  return String(BigInt(seconds) * 1_000_000_000n + BigInt(count));
}

/** Octal for all that is not plainly visible, or means something to a reader of mtree. */
function escaped(name: string, isTarget: boolean): string {
  const text = name.replace(/[^!-~]|[\\#=*?[\]]/gu, (character) => {
    return `\\${character.charCodeAt(0).toString(8).padStart(3, "0")}`;
  });
  return isTarget && text === "" ? "\\000" : text;
}

const LETTERS: Readonly<Record<string, string>> = {
  s: " ",
  n: "\n",
  r: "\r",
  t: "\t",
  a: "\x07",
  b: "\b",
  f: "\f",
  v: "\v",
  E: "\x1b",
  "0": "\0",
};

/** Undoes octal escapes and those of vis(3): `\s`, `\^A`, `\M-C`, `\M^?`, and a backslash before itself. */
function unescaped(word: string): string {
  return word.replace(
    /\\(?:([0-3][0-7]{2})|M-(.)|M\^(.)|\^(.)|(.))/gsu,
    (_, octal?: string, high?: string, highControl?: string, control?: string, letter = "") => {
      if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8));
      if (high !== undefined) return String.fromCharCode(high.charCodeAt(0) | 0x80);
      if (highControl !== undefined) return String.fromCharCode(controlOf(highControl) | 0x80);
      if (control !== undefined) return String.fromCharCode(controlOf(control));
      return LETTERS[letter] ?? letter;
    },
  );
}

function controlOf(letter: string): number {
  return letter === "?" ? 0x7f : letter.charCodeAt(0) & 0x1f;
}
