import {
  appendFileSync,
  chmodSync,
  chownSync,
  cpSync,
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type CheckOutcome, checkMasterCopy, compareManifests } from "./check.ts";
import { createMasterCopy, prepareCreate } from "./create.ts";
import type { FindingGroup } from "./finding.ts";
import { shownPath } from "./raw-path.ts";
import { reportJson, reportLines, verdictOf } from "./report.ts";

let folder: string;
let tree: string;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "jumpkit-tamper-"));
  tree = join(folder, "tree");
  for (const path of ["bin", "etc/cron.d", "var/log"]) mkdirSync(join(tree, path), { recursive: true });
  for (const name of ["bin/ls", "bin/login", "etc/passwd", "etc/cron.d/backup", "var/log/auth.log"]) {
    writeFileSync(join(tree, name), `content of ${name}\n`);
  }
  for (const [name, other] of [
    ["bin/a", "bin/b"],
    ["bin/c", "bin/d"],
  ] as const) {
    writeFileSync(join(tree, name), "the same in all four");
    linkSync(join(tree, name), join(tree, other));
  }
  symlinkSync("../etc/passwd", join(tree, "bin/link"));
  await create("before.gz");
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

const settings = { workerCount: 0 };

async function create(name: string): Promise<void> {
  const out = join(folder, name);
  const request = { roots: [tree], out, excluded: [], crossMounts: false, host: "www3", tool: "jumpkit" };
  await createMasterCopy(prepareCreate(request), out, settings, () => new Date());
}

function check(root?: string): Promise<CheckOutcome> {
  const manifest = join(folder, "before.gz");
  return checkMasterCopy({ manifest, root, usePackages: false }, settings);
}

/** Groups and paths of what nothing explains. */
function found({ findings }: CheckOutcome): [FindingGroup, string][] {
  return findings
    .filter(({ explained }) => explained === undefined)
    .map(({ group, path }) => [group, shownPath(path)]);
}

const at = (path: string): string => join(tree, path);

/** Puts content, and then the times as they were: what is left to see is what cannot be set back. */
function inSecret(path: string, change: () => void): void {
  const { atime, mtime } = lstatSync(at(path));
  change();
  utimesSync(at(path), atime, mtime);
}

const TAMPERINGS: readonly (readonly [string, () => void, readonly (readonly [FindingGroup, string])[]])[] = [
  ["content", () => writeFileSync(at("bin/ls"), "another"), [["content", "/bin/ls"]]],
  [
    "one byte of content, size and times as they were",
    () => inSecret("bin/ls", () => writeFileSync(at("bin/ls"), "Content of bin/ls\n")),
    [["content", "/bin/ls"]],
  ],
  ["a line more", () => appendFileSync(at("etc/passwd"), "eve:x:0:0"), [["content", "/etc/passwd"]]],
  ["a log cut short", () => truncateSync(at("var/log/auth.log"), 3), [["content", "/var/log/auth.log"]]],
  ["permissions", () => chmodSync(at("etc/passwd"), 0o666), [["rights", "/etc/passwd"]]],
  ["a program that runs as its owner", () => chmodSync(at("bin/ls"), 0o4755), [["privilege", "/bin/ls"]]],
  ["permissions of a folder", () => chmodSync(at("etc/cron.d"), 0o777), [["rights", "/etc/cron.d"]]],
  [
    "the target of a link",
    () => {
      unlinkSync(at("bin/link"));
      symlinkSync("/tmp/passwd", at("bin/link"));
    },
    [["target", "/bin/link"]],
  ],
  [
    "a link in the place of a file",
    () => {
      unlinkSync(at("bin/login"));
      symlinkSync("/tmp/login", at("bin/login"));
    },
    [["kind", "/bin/login"]],
  ],
  [
    "a time, by one microsecond",
    () => {
      const { atimeMs, mtimeMs } = lstatSync(at("etc/passwd"));
      utimesSync(at("etc/passwd"), atimeMs / 1000, (mtimeMs + 0.001) / 1000);
    },
    [["times", "/etc/passwd"]],
  ],
  [
    "a time set back to what it was",
    () => inSecret("etc/passwd", () => utimesSync(at("etc/passwd"), 1, 1)),
    [["times", "/etc/passwd"]],
  ],
  ["a file", () => writeFileSync(at("etc/cron.d/x"), "* * * * *"), [["added", "/etc/cron.d/x"]]],
  ["a file less", () => unlinkSync(at("bin/login")), [["removed", "/bin/login"]]],
  ["a name that is only dots", () => mkdirSync(at("var/...")), [["hidden", "/var/..."]]],
  [
    "a name that is not text",
    () => writeFileSync(Buffer.concat([Buffer.from(at("bin/ls")), Buffer.of(0xff)]), ""),
    [["hidden", "/bin/ls\\xff"]],
  ],
  ["a name that ends with a space", () => writeFileSync(at("bin/ls "), ""), [["hidden", "/bin/ls "]]],
  [
    "a name that reads backwards",
    () => writeFileSync(at("bin/\u202els"), ""),
    [["hidden", "/bin/\\u{202e}ls"]],
  ],
  [
    "a second name of a file",
    () => linkSync(at("bin/ls"), at("var/ls")),
    [
      ["added", "/var/ls"],
      ["links", "/bin/ls"],
    ],
  ],
  [
    "which names are one file",
    () => {
      for (const name of ["bin/b", "bin/d"]) unlinkSync(at(name));
      linkSync(at("bin/a"), at("bin/d"));
      linkSync(at("bin/c"), at("bin/b"));
    },
    [
      ["replaced", "/bin/b"],
      ["replaced", "/bin/d"],
      ["times", "/bin/a"],
      ["times", "/bin/c"],
    ],
  ],
  [
    "a file in the place of its twin",
    () => {
      const { atime, mtime } = lstatSync(at("bin/ls"));
      cpSync(at("bin/ls"), at("bin/twin"));
      renameSync(at("bin/twin"), at("bin/ls"));
      utimesSync(at("bin/ls"), atime, mtime);
    },
    [["replaced", "/bin/ls"]],
  ],
  [
    "a folder in the place of another",
    () => {
      cpSync(at("etc/cron.d"), at("etc/new"), { recursive: true, preserveTimestamps: true });
      rmSync(at("etc/cron.d"), { recursive: true });
      renameSync(at("etc/new"), at("etc/cron.d"));
    },
    [["replaced", "/etc/cron.d"]],
  ],
];

describe("a master copy tells", () => {
  it("that nothing differs when nothing does", async () => {
    const outcome = await check();

    expect(outcome.findings).toEqual([]);
    expect(verdictOf(outcome)).toBe("same");
  });

  it.each(TAMPERINGS)("that there was tampering: %s", async (_, tamper, expected) => {
    tamper();

    const outcome = await check();

    expect(found(outcome)).toEqual(expect.arrayContaining([...expected]));
    expect(verdictOf(outcome)).toBe("different");
  });

  it.each(TAMPERINGS)("the same from two manifests as from the tree: %s", async (_, tamper) => {
    tamper();
    await create("after.gz");

    const manifests = [join(folder, "before.gz"), join(folder, "after.gz")] as const;
    const outcome = await compareManifests(...manifests);

    expect(found(outcome)).toEqual(found(await check()));
  });

  it.runIf(process.getuid?.() === 0)("that a file belongs to somebody else", async () => {
    chownSync(at("etc/passwd"), 1000, 0);

    expect(found(await check())).toEqual([["rights", "/etc/passwd"]]);
  });

  it("that a file changed while it was looked at, instead of a digest of no moment", async () => {
    writeFileSync(at("var/log/auth.log"), Buffer.alloc(30_000_000));
    const writer = new Worker(
      `const fs = require("node:fs");
       const { parentPort, workerData } = require("node:worker_threads");
       const file = fs.openSync(workerData, "r+");
       for (let at = 0; ; at += 1) {
         fs.writeSync(file, "x", 0);
         if (at === 10) parentPort.postMessage("writing");
       }`,
      { eval: true, workerData: at("var/log/auth.log") },
    );
    await new Promise((writing) => writer.once("message", writing));

    const outcome = await check();
    await writer.terminate();

    expect(found(outcome)).toEqual([["content", "/var/log/auth.log"]]);
    expect(outcome.observed?.troubles).toEqual({ changed: 1 });
  });
});

describe("a copy of the tree in another place", () => {
  const copy = (): string => {
    cpSync(tree, join(folder, "copy"), { recursive: true, preserveTimestamps: true, verbatimSymlinks: true });
    return join(folder, "copy");
  };

  it("is compared without what no copy keeps", async () => {
    for (const name of ["bin/b", "bin/d"]) unlinkSync(at(name));
    rmSync(join(folder, "before.gz"));
    await create("before.gz");

    // Times of a copy are kept to the millisecond only, so they are all that differs.
    const groups = new Set(found(await check(copy())).map(([group]) => group));

    expect([...groups].filter((group) => group !== "times")).toEqual([]);
  });

  it("shows names that are no longer one file", async () => {
    const groups = found(await check(copy())).filter(([group]) => group === "links");

    expect(groups.map(([, path]) => path)).toEqual(["/bin/a", "/bin/b", "/bin/c", "/bin/d"]);
  });
});

describe("what was found", () => {
  it("is told by its meaning, and steers no terminal", async () => {
    writeFileSync(at("bin/\u001b[2J"), "");
    writeFileSync(at("bin/ls"), "another");

    const outcome = await check();

    const text = reportLines(outcome, 10).join("\n");
    expect(text).toContain("Other content (1)\n  /bin/ls: content, size 18 → 7");
    expect(text).toContain("/bin/\\u{1b}[2J: its name has control characters");
    expect(text).not.toContain("\u001b");
    expect(reportJson(outcome)).toMatchObject({
      verdict: "different",
      counts: { hidden: 1, content: 1, explained: 1 },
    });
  });

  it("counts what it does not show", async () => {
    for (let name = 0; name < 30; name += 1) writeFileSync(at(`bin/new-${name}`), "");

    const lines = reportLines(await check(), 10);

    expect(lines[0]).toBe("New (30)");
    expect(lines[11]).toBe("  and 20 more");
  });
});

describe("a tree that is gone", () => {
  it("is refused, and one of several roots that is gone is told", async () => {
    rmSync(join(folder, "before.gz"));
    const out = join(folder, "before.gz");
    const request = { out, excluded: [], crossMounts: false, host: "www3", tool: "jumpkit" };
    const prepared = prepareCreate({ ...request, roots: [at("bin"), at("etc")] });
    await createMasterCopy(prepared, out, settings, () => new Date());
    rmSync(at("etc"), { recursive: true });

    const outcome = await check();

    expect(found(outcome)).toContainEqual(["removed", join(tree, "etc/passwd")]);
    await expect(check(join(folder, "missing"))).rejects.toThrow(/cannot be opened/u);
    expect(readFileSync(out).length).toBeGreaterThan(0);
  });
});
