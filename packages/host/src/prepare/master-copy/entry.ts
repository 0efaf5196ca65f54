import { type RawPath, rawPath, rawPathOf } from "./raw-path.ts";

/**
 * What stands at a path: a file, a directory, a symbolic link, a FIFO, a socket, a character or block device,
 * or `!`: something that could not be seen, and `trouble` says why.
 */
export type EntryType = "f" | "d" | "l" | "p" | "s" | "c" | "b" | "!";

/** One line of a manifest, read. Attributes that were not collected, or that the type does not have, are absent. */
export interface Entry {
  /** Below the manifest's base: empty for the base itself, otherwise beginning with a slash. */
  readonly path: RawPath;
  readonly type: EntryType;
  /** Permission bits as octal digits, set-user-id and its like included: `4755`. */
  readonly mode?: string;
  readonly uid?: number;
  readonly gid?: number;
  readonly sizeBytes?: number;
  /** Nanoseconds since 1970, as decimal digits: numbers would lose the last ones. */
  readonly modifiedNs?: string;
  readonly changedNs?: string;
  readonly inode?: string;
  /** Number of the file system, only where it is not that of the base. */
  readonly device?: string;
  /** How many names the file has. */
  readonly linkCount?: number;
  readonly target?: RawPath;
  /** Which device a device file stands for. */
  readonly deviceFile?: string;
  /** Bytes on disk, only where they are fewer than the size: a file with holes. */
  readonly allocatedBytes?: number;
  /** The package that owned the path when the manifest was made. */
  readonly package?: string;
  /** Extended attributes by name, values in hexadecimal; access lists and capabilities are among them. */
  readonly xattrs?: Readonly<Record<string, string>>;
  readonly sha256?: string;
  /** Why this entry is not complete: `vanished`, `changed`, `border`, `open EACCES` … */
  readonly trouble?: string;
}

/** A line that is not an entry. */
export class NotAnEntry extends Error {}

const TYPES = new Set(["f", "d", "l", "p", "s", "c", "b", "!"]);
const DIGITS = /^-?\d{1,20}$/u;
const NUMBERS = { u: "uid", g: "gid", s: "sizeBytes", n: "linkCount", a: "allocatedBytes" } as const;
const DECIMALS = { mt: "modifiedNs", ct: "changedNs", i: "inode", d: "device", r: "deviceFile" } as const;

/**
 * Reads one line of a manifest. Keys it does not know are passed over.
 *
 * @throws NotAnEntry  for anything else than an object with a path, a type and attributes of the right form
 */
export function parseEntry(line: string): Entry {
  const fields = parseObject(line);
  const path = pathField(fields, "p");
  const type = fields["t"];
  if (path === undefined || !isPath(path)) throw new NotAnEntry(`no path in ${line.slice(0, 200)}`);
  if (typeof type !== "string" || !TYPES.has(type)) throw new NotAnEntry(`no type in ${line.slice(0, 200)}`);
  const entry: Record<string, unknown> = { path, type };
  for (const [key, name] of Object.entries(NUMBERS)) {
    if (fields[key] !== undefined)
      entry[name] = checked(Number.isSafeInteger(fields[key]), fields[key], line);
  }
  for (const [key, name] of Object.entries(DECIMALS)) {
    if (fields[key] !== undefined) entry[name] = matching(DIGITS, fields[key], line);
  }
  if (fields["m"] !== undefined) entry["mode"] = matching(/^[0-7]{1,5}$/u, fields["m"], line);
  if (fields["h"] !== undefined) entry["sha256"] = matching(/^[0-9a-f]{64}$/u, fields["h"], line);
  if (fields["e"] !== undefined) entry["trouble"] = matching(/^[\w ]{1,60}$/u, fields["e"], line);
  if (fields["k"] !== undefined) entry["package"] = matching(/^[\w.+:-]{1,200}$/u, fields["k"], line);
  if (fields["x"] !== undefined) entry["xattrs"] = xattrsField(fields["x"], line);
  const target = pathField(fields, "l");
  if (target !== undefined) entry["target"] = target;
  return entry as unknown as Entry;
}

/** An entry as its line, without the newline: `parseEntry` gives it back. */
export function formatEntry(entry: Entry): string {
  const fields: Record<string, unknown> = { ...formatPath("p", entry.path), t: entry.type };
  if (entry.mode !== undefined) fields["m"] = entry.mode;
  for (const [key, name] of Object.entries({ ...NUMBERS, ...DECIMALS })) {
    if (entry[name] !== undefined) fields[key] = entry[name];
  }
  if (entry.target !== undefined) Object.assign(fields, formatPath("l", entry.target));
  if (entry.package !== undefined) fields["k"] = entry.package;
  if (entry.xattrs !== undefined) fields["x"] = entry.xattrs;
  if (entry.sha256 !== undefined) fields["h"] = entry.sha256;
  if (entry.trouble !== undefined) fields["e"] = entry.trouble;
  return JSON.stringify(fields);
}

function formatPath(key: string, path: RawPath): Record<string, string> {
  const bytes = Buffer.from(path, "latin1");
  const text = bytes.toString();
  return Buffer.from(text).equals(bytes) ? { [key]: text } : { [`${key}b`]: bytes.toString("base64") };
}

function parseObject(line: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (cause) {
    throw new NotAnEntry(`not JSON: ${line.slice(0, 200)}`, { cause });
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new NotAnEntry(`not an object: ${line.slice(0, 200)}`);
  }
  return value as Record<string, unknown>;
}

function pathField(fields: Record<string, unknown>, key: string): RawPath | undefined {
  const text = fields[key];
  if (typeof text === "string") return rawPathOf(text);
  const base64 = fields[`${key}b`];
  return typeof base64 === "string" ? rawPath(Buffer.from(base64, "base64")) : undefined;
}

function isPath(path: RawPath): boolean {
  return (path === "" || path.startsWith("/")) && !path.includes("\0");
}

function xattrsField(value: unknown, line: string): Readonly<Record<string, string>> {
  const isRecord = typeof value === "object" && value !== null && !Array.isArray(value);
  const ok =
    isRecord && Object.values(value).every((hex) => typeof hex === "string" && /^[0-9a-f]*$/u.test(hex));
  return checked(ok, value as Record<string, string>, line);
}

function matching(form: RegExp, value: unknown, line: string): string {
  return checked(typeof value === "string" && form.test(value), value as string, line);
}

function checked<Value>(good: boolean, value: Value, line: string): Value {
  if (!good) throw new NotAnEntry(`an attribute of the wrong form in ${line.slice(0, 200)}`);
  return value;
}
