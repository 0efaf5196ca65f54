import type { AttributesOf, makeAttributeReader } from "./attribute-reader.ts";

/** What an examiner takes in one piece. */
export interface Chunk {
  /**
   * Paths below the base, one character for each byte, joined by NUL, each after one letter: `d` what its parent
   * lists as a directory, `.` anything else, and `!trouble:` a note that goes into the manifest as it is.
   */
  readonly items: string;
  /** The packages that own the paths, in their order, joined by NUL; empty where none does. */
  readonly owners: string | undefined;
}

/** What an examiner found. */
export interface Report {
  /** Lines of the manifest, each with its newline, in the order of the items. */
  readonly text: string;
  readonly entryCount: number;
  /** Bytes of content that were read. */
  readonly readBytes: number;
  /** How many entries are not complete, by why. */
  readonly troubles: Readonly<Record<string, number>>;
  /** Files whose time of last reading this changed, since only their owner can read without leaving that trace. */
  readonly touchedCount: number;
}

/** What an examiner has to know beside its chunks. */
export interface ExaminerSettings {
  /** Absolute, one character for each byte, without a slash at the end. */
  readonly base: string;
  /** Number of the file system of the base. */
  readonly device: string;
  /** Whether contents are read at all. */
  readonly digests: boolean;
  /** Where the program getfattr is; undefined leaves extended attributes out. */
  readonly getfattr?: string | undefined;
  /** A chunk with a larger file is refused, so that no single file holds a thread up; undefined takes any. */
  readonly fileMaxBytes?: number | undefined;
}

/** The modules an examiner works with: given, because inside a worker there is nothing to import from. */
export interface ExaminerModules {
  readonly fs: typeof import("node:fs");
  readonly crypto: typeof import("node:crypto");
  readonly buffer: typeof import("node:buffer");
  readonly childProcess: typeof import("node:child_process");
  readonly makeAttributeReader: typeof makeAttributeReader;
}

/** Looks at paths, chunk after chunk. */
export interface Examiner {
  /**
   * Contents are read before this returns; what is awaited is the program that lists extended attributes.
   *
   * @returns the report, or undefined for a chunk with a file beyond `fileMaxBytes`
   */
  examine(chunk: Chunk): Promise<Report | undefined>;
  /** To be called once, when no report is awaited. */
  close(): void;
}

/**
 * Makes what looks at paths and writes their lines.
 *
 * Its text is sent to worker threads, so it may use nothing but its arguments and globals. Contents are read
 * only from regular files; anything that differs after reading from before is read again, and if it differs
 * once more it is recorded as `changed`, without a digest that would be of no moment in time.
 */
export function makeExaminer(
  { fs, crypto, buffer, childProcess, makeAttributeReader }: ExaminerModules,
  settings: ExaminerSettings,
): Examiner {
  const { O_RDONLY, O_NOFOLLOW, O_NONBLOCK, S_IFMT, S_IFREG, S_IFDIR, S_IFLNK, S_IFIFO, S_IFSOCK, S_IFCHR } =
    fs.constants;
  // Not among Node's constants on every platform; where it is missing, reading leaves its trace.
  const withoutTrace = fs.constants.O_NOATIME ?? 0;
  const plainFlags = O_RDONLY | O_NOFOLLOW | O_NONBLOCK;
  const block = Buffer.allocUnsafe(256 * 1024);
  const linked = new Map<string, { modified: bigint; changed: bigint; size: bigint; sha256: string }>();
  const LINKED_MAX = 50_000;
  const fileMaxBytes = settings.fileMaxBytes ?? Number.POSITIVE_INFINITY;
  const TYPES = new Map([
    [S_IFREG, "f"],
    [S_IFDIR, "d"],
    [S_IFLNK, "l"],
    [S_IFIFO, "p"],
    [S_IFSOCK, "s"],
    [S_IFCHR, "c"],
  ]);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: all of ASCII is meant, controls too.
  const ASCII = /^[\x00-\x7f]*$/;

  let troubles: Record<string, number> = {};
  let readBytes = 0;
  let touchedCount = 0;
  let isRefused = false;
  const attributes =
    settings.getfattr === undefined
      ? undefined
      : makeAttributeReader({ childProcess }, settings.getfattr, settings.base);
  // One test for a whole chunk of names, instead of one for each: nearly all are of plain characters.
  // biome-ignore lint/suspicious/noControlCharactersInRegex: NUL stands between the names.
  const UNPLAIN = /[^\x00\x20-\x7e]|["\\]/;
  let isPlain = false;

  return {
    examine: async ({ items, owners }) => {
      troubles = {};
      readBytes = 0;
      touchedCount = 0;
      isPlain = !UNPLAIN.test(settings.base) && !UNPLAIN.test(items);
      const paths = items.split("\0");
      const asked = attributes?.ask(paths);
      const owner = owners?.split("\0");
      const lines: string[] = [];
      isRefused = false;
      for (let at = 0; at < paths.length && !isRefused; at += 1) {
        lines.push(line(paths[at] ?? "", owner?.[at] ?? ""));
      }
      if (isRefused) {
        await asked;
        return undefined;
      }
      const report = { entryCount: paths.length, readBytes, troubles, touchedCount };
      if (asked !== undefined) putIn(await asked, paths, lines);
      return { ...report, text: lines.join("") };
    },
    close: () => attributes?.close(),
  };

  /** Extended attributes stand before the digest and the trouble, wherever a line has them. */
  function putIn(found: AttributesOf, paths: readonly string[], lines: string[]): void {
    if (found.size === 0) return;
    for (const [at, item] of paths.entries()) {
      const attributes = item[0] === "!" ? undefined : found.get(item.slice(1));
      const line = lines[at] ?? "";
      if (attributes === undefined || line.includes('"t":"!"')) continue;
      const tail = /(?:,"h":"[0-9a-f]{64}")?(?:,"e":"[\w ]+")?\}\n$/.exec(line);
      lines[at] = `${line.slice(0, tail?.index)},"x":{${attributes}}${line.slice(tail?.index)}`;
    }
  }

  function line(item: string, owner: string): string {
    const mark = item[0];
    if (mark === "!") {
      const colon = item.indexOf(":");
      return unseen(item.slice(colon + 1), item.slice(1, colon));
    }
    const path = item.slice(1);
    const place = onDisk(settings.base + path);
    let first: import("node:fs").BigIntStats;
    try {
      first = fs.lstatSync(place, { bigint: true });
    } catch (error) {
      return unseen(path, lost(error, "stat"));
    }
    return describe(path, place, first, mark === "d", owner);
  }

  function describe(
    path: string,
    place: string | Buffer,
    first: import("node:fs").BigIntStats,
    listedAsDirectory: boolean,
    owner: string,
  ): string {
    let stat = first;
    let type = TYPES.get(Number(stat.mode) & S_IFMT) ?? "b";
    let sha256 = "";
    let trouble = "";
    let target = "";
    if (type === "f" && settings.digests) {
      if (stat.size > fileMaxBytes) {
        isRefused = true;
        return "";
      }
      for (let attempt = 0; attempt < 2; attempt += 1) {
        const outcome = contents(place, stat);
        ({ sha256, trouble } = outcome);
        if (trouble !== "changed") break;
        try {
          stat = fs.lstatSync(place, { bigint: true });
        } catch (error) {
          return unseen(path, lost(error, "stat"));
        }
        type = TYPES.get(Number(stat.mode) & S_IFMT) ?? "b";
        if (type !== "f") break;
      }
    } else if (type === "l") {
      try {
        target = fs.readlinkSync(place, "latin1");
      } catch (error) {
        trouble = lost(error, "readlink");
      }
    } else if (type === "d" && !listedAsDirectory) {
      trouble = "unlisted";
    }
    if (trouble !== "") troubles[trouble] = (troubles[trouble] ?? 0) + 1;

    let out = `{${field("p", path)},"t":"${type}","m":"${(Number(stat.mode) & 0o7777).toString(8)}"`;
    out += `,"u":${stat.uid},"g":${stat.gid}`;
    if (type === "f" || type === "l") out += `,"s":${stat.size}`;
    if (type !== "d") out += `,"n":${stat.nlink}`;
    if (type === "f" && stat.blocks * 512n < stat.size) out += `,"a":${stat.blocks * 512n}`;
    out += `,"mt":"${stat.mtimeNs}","ct":"${stat.ctimeNs}","i":"${stat.ino}"`;
    const device = String(stat.dev);
    if (device !== settings.device) out += `,"d":"${device}"`;
    if (type === "c" || type === "b") out += `,"r":"${stat.rdev}"`;
    if (type === "l" && trouble === "") out += `,${field("l", target)}`;
    if (owner !== "" && type !== "d") out += `,"k":"${owner}"`;
    if (sha256 !== "") out += `,"h":"${sha256}"`;
    if (trouble !== "") out += `,"e":"${trouble}"`;
    return `${out}}\n`;
  }

  /** The digest of a regular file, once for all its names; `trouble` is empty when it is sound. */
  function contents(
    place: string | Buffer,
    seen: import("node:fs").BigIntStats,
  ): { sha256: string; trouble: string } {
    const key = seen.nlink > 1n ? `${seen.dev}:${seen.ino}` : "";
    const known = key === "" ? undefined : linked.get(key);
    if (
      known !== undefined &&
      known.size === seen.size &&
      known.modified === seen.mtimeNs &&
      known.changed === seen.ctimeNs
    ) {
      return { sha256: known.sha256, trouble: "" };
    }
    let file: number;
    try {
      file = open(place);
    } catch (error) {
      return { sha256: "", trouble: lost(error, "open") };
    }
    try {
      const sha256 = digest(file, Number(seen.size));
      const after = fs.fstatSync(file, { bigint: true });
      const same =
        sha256 !== "" &&
        after.ino === seen.ino &&
        after.dev === seen.dev &&
        after.size === seen.size &&
        after.mtimeNs === seen.mtimeNs &&
        after.ctimeNs === seen.ctimeNs;
      if (!same) return { sha256: "", trouble: "changed" };
      if (key !== "" && linked.size < LINKED_MAX) {
        linked.set(key, { modified: seen.mtimeNs, changed: seen.ctimeNs, size: seen.size, sha256 });
      }
      return { sha256, trouble: "" };
    } catch (error) {
      return { sha256: "", trouble: lost(error, "read") };
    } finally {
      fs.closeSync(file);
    }
  }

  function open(place: string | Buffer): number {
    try {
      return fs.openSync(place, plainFlags | withoutTrace);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EPERM" || withoutTrace === 0) throw error;
    }
    touchedCount += 1;
    return fs.openSync(place, plainFlags);
  }

  /** Reads one byte more than the size: a file that grows is told from one that does not, and has an end. */
  function digest(file: number, sizeBytes: number): string {
    if (sizeBytes < block.length) {
      const count = fs.readSync(file, block, 0, sizeBytes + 1, null);
      readBytes += count;
      // A short read at this size is the end of the file, or the file differs from its size: both are seen.
      return count === sizeBytes ? crypto.hash("sha256", block.subarray(0, count), "hex") : "";
    }
    const hash = crypto.createHash("sha256");
    let total = 0;
    while (total <= sizeBytes) {
      const count = fs.readSync(file, block, 0, block.length, null);
      if (count === 0) break;
      total += count;
      readBytes += count;
      hash.update(count === block.length ? block : block.subarray(0, count));
    }
    return total === sizeBytes ? hash.digest("hex") : "";
  }

  function unseen(path: string, trouble: string): string {
    troubles[trouble] = (troubles[trouble] ?? 0) + 1;
    return `{${field("p", path)},"t":"!","e":"${trouble}"}\n`;
  }

  function lost(error: unknown, step: string): string {
    const code = (error as NodeJS.ErrnoException).code ?? "failed";
    if (code === "ENOENT" || code === "ENOTDIR") return "vanished";
    if (code === "ELOOP") return "changed";
    return `${step} ${code}`;
  }

  function field(key: string, path: string): string {
    if (isPlain && key === "p") return `"p":"${path}"`;
    if (ASCII.test(path)) return `"${key}":${JSON.stringify(path)}`;
    const bytes = Buffer.from(path, "latin1");
    return buffer.isUtf8(bytes)
      ? `"${key}":${JSON.stringify(bytes.toString())}`
      : `"${key}b":"${bytes.toString("base64")}"`;
  }

  function onDisk(path: string): string | Buffer {
    return isPlain || ASCII.test(path) ? path : Buffer.from(path, "latin1");
  }
}
