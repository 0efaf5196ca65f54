import * as buffer from "node:buffer";
import * as childProcess from "node:child_process";
import * as crypto from "node:crypto";
import * as fs from "node:fs";
import {
  chmodSync,
  closeSync,
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { makeAttributeReader } from "./attribute-reader.ts";
import { createMasterCopy, prepareCreate } from "./create.ts";
import { type Entry, parseEntry } from "./entry.ts";
import { makeExaminer } from "./examiner.ts";
import { ManifestRefused } from "./manifest.ts";
import { linesIn, readManifest } from "./manifest-file.ts";
import { bytesOf, shownPath } from "./raw-path.ts";

const { createHash } = crypto;
const { execFileSync, spawnSync } = childProcess;

let folder: string;
let tree: string;
let out: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "jumpkit-host-"));
  tree = join(folder, "tree");
  out = join(folder, "tree.manifest.gz");
  mkdirSync(tree);
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

const request = (roots: readonly string[], more: { excluded?: readonly string[]; as?: string } = {}) => ({
  roots,
  out,
  excluded: more.excluded ?? [],
  as: more.as,
  crossMounts: false,
  host: "www3",
  tool: "jumpkit 0.1.0",
});

async function create(
  roots: readonly string[] = [tree],
  more: { excluded?: readonly string[]; as?: string; workerCount?: number; signal?: AbortSignal } = {},
) {
  const { workerCount = 0, signal } = more;
  const now = () => new Date("2026-02-03T04:05:06Z");
  return createMasterCopy(prepareCreate(request(roots, more)), out, { workerCount, signal }, now);
}

async function entries(): Promise<Entry[]> {
  const found: Entry[] = [];
  const manifest = await readManifest(out);
  for await (const piece of manifest.pieces) found.push(...linesIn(piece).map(parseEntry));
  return found;
}

async function entryAt(path: string): Promise<Entry | undefined> {
  return (await entries()).find((entry) => entry.path === path);
}

function raw(name: readonly number[]): Buffer {
  return Buffer.concat([Buffer.from(`${tree}/`), Buffer.from(name)]);
}

describe("a master copy is made", () => {
  it("of every file with its digest, mode, owner, size and nanoseconds", async () => {
    writeFileSync(join(tree, "passwd"), "root:x:0:0");
    chmodSync(join(tree, "passwd"), 0o4755);

    await create();

    const stat = lstatSync(join(tree, "passwd"), { bigint: true });
    expect(await entryAt("/passwd")).toEqual({
      path: "/passwd",
      type: "f",
      mode: "4755",
      uid: Number(stat.uid),
      gid: Number(stat.gid),
      sizeBytes: 10,
      linkCount: 1,
      modifiedNs: String(stat.mtimeNs),
      changedNs: String(stat.ctimeNs),
      inode: String(stat.ino),
      sha256: createHash("sha256").update("root:x:0:0").digest("hex"),
    });
  });

  it("with names of any bytes: none hides behind a name that is not text", async () => {
    writeFileSync(raw([0x62, 0xff]), "hidden");
    writeFileSync(raw([0xc3, 0xa9]), "e with an accent");
    writeFileSync(raw([0x0a, 0x1b, 0x5b]), "a line break and a terminal's escape");
    mkdirSync(raw([0xfe]));
    writeFileSync(raw([0xfe, 0x2f, 0x61]), "below");

    await create();

    const found = await entries();
    expect(found.map(({ path }) => shownPath(path))).toEqual([
      "/",
      "/\\u{a}\\u{1b}[",
      "/b\\xff",
      "/é",
      "/\\xfe",
      "/\\xfe/a",
    ]);
    expect(found.filter(({ type }) => type === "f").every(({ sha256 }) => sha256 !== undefined)).toBe(true);
  });

  it("in the order of the bytes of whole paths", async () => {
    mkdirSync(join(tree, "a"));
    for (const name of ["a/x", "a-b", "a.c", "a0", "A", "\u{ffff}", "\u{10000}"]) {
      writeFileSync(join(tree, name), name);
    }

    await create();

    const paths = (await entries()).map(({ path }) => bytesOf(path));
    expect(paths).toEqual([...paths].sort(Buffer.compare));
    expect(paths).toHaveLength(9);
  });

  it.each([1, 2, 3])("by %i threads just as by the first alone", async (workerCount) => {
    for (let at = 0; at < 3000; at += 1) writeFileSync(join(tree, `file-${at}`), `content ${at}`);
    // Among the first names, which the first thread takes itself, and too large for it: others are started.
    writeFileSync(join(tree, "a-large"), "");
    truncateSync(join(tree, "a-large"), 129 * 1024 * 1024);
    await create([tree], { workerCount });
    const byThreads = await entries();
    rmSync(out);

    await create();

    expect(byThreads).toEqual(await entries());
    expect(byThreads).toHaveLength(3002);
  });

  it("without opening a FIFO, a socket or a device", async () => {
    execFileSync("mkfifo", [join(tree, "fifo")]);
    const server = createServer().listen(join(tree, "socket"));
    await new Promise((done) => server.once("listening", done));

    await create();
    await new Promise((done) => server.close(done));

    expect((await entryAt("/fifo"))?.type).toBe("p");
    expect((await entryAt("/socket"))?.type).toBe("s");
  });

  it("with the target of a link, which is not followed", async () => {
    symlinkSync("/etc/pass\u0001wd", join(tree, "link"));

    await create();

    expect(await entryAt("/link")).toMatchObject({ type: "l", target: "/etc/pass\u0001wd" });
    expect((await entryAt("/link"))?.sha256).toBeUndefined();
  });

  it("reading a file with several names once", async () => {
    writeFileSync(join(tree, "one"), Buffer.alloc(1_000_000, 1));
    linkSync(join(tree, "one"), join(tree, "other"));

    const { readBytes } = await create();

    expect(readBytes).toBe(1_000_000);
    const [one, other] = [await entryAt("/one"), await entryAt("/other")];
    expect(other).toEqual({ ...one, path: "/other" });
    expect(one?.linkCount).toBe(2);
  });

  it("of a file with holes as of its content, saying how much of it is on disk", async () => {
    writeFileSync(join(tree, "sparse"), "");
    truncateSync(join(tree, "sparse"), 8_000_000);

    await create();

    expect(await entryAt("/sparse")).toMatchObject({
      sizeBytes: 8_000_000,
      allocatedBytes: 0,
      sha256: createHash("sha256").update(Buffer.alloc(8_000_000)).digest("hex"),
    });
  });

  it("without a digest for a file that changes while it is read", async () => {
    const path = join(tree, "growing.log");
    writeFileSync(path, Buffer.alloc(30_000_000));
    const writer = new Worker(
      `const fs = require("node:fs");
       const { parentPort, workerData } = require("node:worker_threads");
       const file = fs.openSync(workerData, "r+");
       for (let at = 0; ; at += 1) {
         fs.writeSync(file, "x", 0);
         if (at === 10) parentPort.postMessage("writing");
       }`,
      { eval: true, workerData: path },
    );
    await new Promise((writing) => writer.once("message", writing));

    const { troubles } = await create();
    await writer.terminate();

    expect(troubles).toEqual({ changed: 1 });
    expect(await entryAt("/growing.log")).toMatchObject({ trouble: "changed" });
    expect((await entryAt("/growing.log"))?.sha256).toBeUndefined();
  });

  it("without what was excluded, which it names", async () => {
    mkdirSync(join(tree, "cache"));
    writeFileSync(join(tree, "cache/file"), "");
    writeFileSync(join(tree, "kept"), "");

    await create([tree], { excluded: [join(tree, "cache")] });

    expect((await entries()).map(({ path, trouble }) => [path, trouble])).toEqual([
      ["", undefined],
      ["/cache", "excluded"],
      ["/kept", undefined],
    ]);
    expect((await readManifest(out)).header.excluded).toEqual({ "/cache": "left out by request" });
  });

  it("of several roots below the root of the host, none of them twice", async () => {
    mkdirSync(join(tree, "a/b"), { recursive: true });
    mkdirSync(join(tree, "c"));

    await create([join(tree, "c"), join(tree, "a"), join(tree, "a/b")]);

    expect((await readManifest(out)).header).toMatchObject({
      base: "/",
      roots: [join(tree, "c"), join(tree, "a")],
    });
    expect((await entries()).map(({ path }) => path)).toEqual([
      join(tree, "a"),
      join(tree, "a/b"),
      join(tree, "c"),
    ]);
  });

  it("saying that extended attributes were not collected, and why", async () => {
    await create();

    const { header } = await readManifest(out);
    expect(header.collected).not.toContain("xattrs");
    expect(header.notCollected).toEqual({
      xattrs: "the program getfattr is not installed, and Node cannot read them",
    });
  });
});

describe.runIf(process.getuid?.() === 0)("as root", () => {
  it("a device is recorded and not opened", async () => {
    const made = spawnSync("mknod", [join(tree, "null"), "c", "1", "3"]);
    if (made.status !== 0) return;

    await create();

    expect(await entryAt("/null")).toMatchObject({ type: "c", deviceFile: "259" });
  });

  it("another file system inside is named and not entered", async () => {
    const mounted = join(tree, "mounted");
    mkdirSync(mounted);
    if (spawnSync("mount", ["-t", "tmpfs", "none", mounted]).status !== 0) return;
    writeFileSync(join(mounted, "inside"), "");

    await create().finally(() => spawnSync("umount", [mounted]));

    expect((await entries()).map(({ path, trouble }) => [path, trouble])).toEqual([
      ["", undefined],
      ["/mounted", undefined],
      ["/mounted/", "border"],
    ]);
  });
});

describe("what could not be seen", () => {
  it.runIf(process.getuid?.() !== 0)("is named and counted: a folder and a file that refuse", async () => {
    mkdirSync(join(tree, "closed"), { mode: 0 });
    writeFileSync(join(tree, "secret"), "", { mode: 0 });

    const { troubles } = await create();

    expect(troubles).toEqual({ "list EACCES": 1, "open EACCES": 1 });
    expect(await entryAt("/closed/")).toMatchObject({ type: "!", trouble: "list EACCES" });
  });

  it("is recorded when it was listed and is gone, or turns out to be a folder", async () => {
    mkdirSync(join(tree, "folder"));
    const settings = { base: tree, device: String(lstatSync(tree).dev), digests: true };
    const { examine, close } = makeExaminer(
      { fs, crypto, buffer, childProcess, makeAttributeReader },
      settings,
    );

    const report = await examine({ items: "./gone\0./folder", owners: undefined });
    close();

    const [gone, listed] = (report?.text ?? "").trim().split("\n").map(parseEntry);
    expect(gone).toEqual({ path: "/gone", type: "!", trouble: "vanished" });
    expect(listed).toMatchObject({ path: "/folder", type: "d", trouble: "unlisted" });
    expect(report?.troubles).toEqual({ vanished: 1, unlisted: 1 });
  });

  it("is refused when it is the root itself", () => {
    expect(() => prepareCreate(request([join(tree, "missing")]))).toThrow(ManifestRefused);
  });
});

describe("a making that does not come to its end", () => {
  it("leaves nothing behind", async () => {
    for (let at = 0; at < 2000; at += 1) writeFileSync(join(tree, `file-${at}`), "");
    const stopping = new AbortController();
    const prepared = prepareCreate(request([tree]));

    const making = createMasterCopy(
      prepared,
      out,
      { workerCount: 0, signal: stopping.signal, onProgress: () => stopping.abort(new Error("stopped")) },
      () => new Date(),
    );

    await expect(making).rejects.toThrow("stopped");
    expect(readdirSync(folder)).toEqual(["tree"]);
  });

  it("never replaces an older manifest", async () => {
    await create();

    await expect(create()).rejects.toThrow(/exists already/u);
    expect(readdirSync(folder).sort()).toEqual(["tree", "tree.manifest.gz"]);
  });
});

describe("a manifest is refused", () => {
  const read = async (): Promise<void> => {
    for await (const _ of (await readManifest(out)).pieces);
  };

  it("when its end is missing, wherever it was cut", async () => {
    writeFileSync(join(tree, "file"), "content");
    await create();
    const whole = execFileSync("gzip", ["-dc", out]);

    for (let length = 0; length < whole.length; length += 7) {
      writeFileSync(out, whole.subarray(0, length));
      await expect(read(), `cut at ${length}`).rejects.toThrow(ManifestRefused);
    }
  });

  it("when one byte of it differs", async () => {
    await create();
    const whole = execFileSync("gzip", ["-dc", out]);
    const firstEntry = whole.indexOf(0x0a) + 1;
    // What the last line only counts is held together by the signatures over the whole file.
    const trailer = whole.lastIndexOf(0x0a, whole.length - 2);

    for (let at = firstEntry; at < trailer; at += 11) {
      writeFileSync(out, whole);
      const file = openSync(out, "r+");
      writeSync(file, Buffer.of((whole[at] ?? 0) ^ 1), 0, 1, at);
      closeSync(file);
      await expect(read(), `byte ${at}`).rejects.toThrow(ManifestRefused);
    }
  });
});
