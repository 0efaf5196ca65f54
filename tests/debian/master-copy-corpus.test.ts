import { spawn, spawnSync } from "node:child_process";
import {
  appendFileSync,
  chmodSync,
  chownSync,
  cpSync,
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { buildStale } from "../../tools/build.mjs";

const MAIN = join(dirname(fileURLToPath(import.meta.url)), "../../packages/jumpkit/dist/main.js");
const NOBODY = 65534;

let folder: string;
let tree: string;

/** Runs a program of Debian that tampering takes; its failure is the test's. */
function run(program: string, ...words: readonly string[]): void {
  const { status, stderr, error } = spawnSync(program, words, { encoding: "utf8" });
  if (error !== undefined) throw new Error(`This test needs ${program}, from Debian`, { cause: error });
  if (status !== 0) throw new Error(`${program}: ${stderr}`);
}

const at = (name: string): string => join(tree, name);

/** One kind of tampering: what is there before, what is done to it, and how the check groups it. */
interface Tampering {
  readonly before?: (path: string) => void;
  readonly tamper: (path: string) => void;
  readonly group: string;
  /** What is found beside its name, where that is another path. */
  readonly path?: string;
  /** Only root can do it; what it leaves is seen by everybody. */
  readonly takesRoot?: true;
}

const TAMPERINGS: Readonly<Record<string, Tampering>> = {
  content: { tamper: (path) => appendFileSync(path, "x"), group: "content" },
  "content of the same size, time set back": {
    tamper: (path) => {
      const { atime, mtime } = lstatSync(path);
      writeFileSync(path, "Harmless");
      utimesSync(path, atime, mtime);
    },
    group: "content",
  },
  "log cut short": { tamper: (path) => truncateSync(path, 3), group: "content" },
  mode: { tamper: (path) => chmodSync(path, 0o666), group: "rights" },
  "set-user-id": { tamper: (path) => chmodSync(path, 0o4755), group: "privilege" },
  owner: { tamper: (path) => chownSync(path, 1000, 0), group: "rights", takesRoot: true },
  xattr: {
    tamper: (path) => run("setfattr", "-n", "user.note", "-v", "x", path),
    group: "rights",
  },
  "access list": { tamper: (path) => run("setfacl", "-m", "u:1000:rw", path), group: "rights" },
  capability: {
    tamper: (path) => run("setcap", "cap_net_raw+ep", path),
    group: "privilege",
    takesRoot: true,
  },
  "link target": {
    before: (path) => symlinkSync("content", path),
    tamper: (path) => {
      unlinkSync(path);
      symlinkSync("/tmp/content", path);
    },
    group: "target",
  },
  "one nanosecond": {
    before: (path) => {
      writeFileSync(path, "harmless");
      run("touch", "-d", "2026-01-01 00:00:00.123456789", path);
    },
    tamper: (path) => run("touch", "-d", "2026-01-01 00:00:00.123456790", path),
    group: "times",
  },
  "...": { before: () => undefined, tamper: (path) => mkdirSync(path), group: "hidden" },
  "not text": {
    before: () => undefined,
    tamper: (path) => writeFileSync(Buffer.concat([Buffer.from(path), Buffer.of(0xff)]), ""),
    group: "hidden",
    path: "/not text\\xff",
  },
  "control\u0007": {
    before: () => undefined,
    tamper: (path) => writeFileSync(path, ""),
    group: "hidden",
    path: "/control\\u{7}",
  },
  "names of two files, swapped": {
    before: (path) => {
      for (const name of ["1", "2"]) {
        writeFileSync(`${path} ${name}`, "twins");
        linkSync(`${path} ${name}`, `${path} ${name} too`);
      }
    },
    tamper: (path) => {
      renameSync(`${path} 1 too`, `${path} aside`);
      renameSync(`${path} 2 too`, `${path} 1 too`);
      renameSync(`${path} aside`, `${path} 2 too`);
    },
    group: "replaced",
    path: "/names of two files, swapped 1 too",
  },
  "replaced folder": {
    before: (path) => mkdirSync(path),
    tamper: (path) => {
      cpSync(path, `${path} new`, { recursive: true, preserveTimestamps: true });
      rmSync(path, { recursive: true });
      renameSync(`${path} new`, path);
    },
    group: "replaced",
  },
  "kind of file": {
    tamper: (path) => {
      unlinkSync(path);
      run("mkfifo", path);
    },
    group: "kind",
  },
  "device file": {
    before: () => undefined,
    tamper: (path) => run("mknod", path, "c", "1", "5"),
    group: "added",
    takesRoot: true,
  },
  added: { before: () => undefined, tamper: (path) => writeFileSync(path, ""), group: "added" },
  removed: { tamper: (path) => unlinkSync(path), group: "removed" },
};

beforeEach(async () => {
  if (process.getuid?.() !== 0) throw new Error("The tamper corpus is made by root: it gives files away.");
  await buildStale({ log: () => undefined });
  folder = mkdtempSync(join(tmpdir(), "jumpkit-corpus-"));
  tree = join(folder, "tree");
  chmodSync(folder, 0o777);
  mkdirSync(tree);
  for (const [name, { before }] of Object.entries(TAMPERINGS)) {
    if (before === undefined) writeFileSync(at(name), "harmless");
    else before(at(name));
  }
  writeFileSync(at("race"), Buffer.alloc(60_000_000));
});

afterEach(() => rmSync(folder, { recursive: true }));

function masterCopy(words: readonly string[], user: number) {
  const who = { uid: user, gid: user, cwd: folder, encoding: "utf8" } as const;
  const { stdout, stderr } = spawnSync(process.execPath, [MAIN, "master-copy", ...words], who);
  return { out: stdout, said: stderr };
}

describe("of the tamper corpus everything is found", () => {
  it.each([
    ["root", 0],
    ["a user", NOBODY],
  ])("by %s", (_, user) => {
    masterCopy(["create", "tree", "--out", "copy.gz"], user);
    for (const [name, { tamper }] of Object.entries(TAMPERINGS)) tamper(at(name));
    const loop = "while :; do printf x; done 1<> race";
    const writer = spawn("sh", ["-c", loop], { cwd: tree, stdio: "ignore" });

    const { out } = masterCopy(["check", "copy.gz", "--json"], user);
    writer.kill("SIGKILL");
    const { findings, observed } = JSON.parse(out) as {
      findings: { path: string; group: string }[];
      observed: { troubles: object };
    };
    const groups = new Map(findings.map(({ path, group }) => [path, group]));
    const missed = Object.entries(TAMPERINGS).filter(
      ([name, { group, path = `/${name}` }]) => groups.get(path) !== group,
    );

    expect(missed.map(([name]) => name)).toEqual([]);
    expect(groups.get("/race")).toBe("unseen");
    expect(observed.troubles).toEqual({ changed: 1 });
  });
});
