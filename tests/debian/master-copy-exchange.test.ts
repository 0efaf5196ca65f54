import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  appendFileSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  checkMasterCopy,
  createMasterCopy,
  exportManifest,
  importList,
  type ObserveSettings,
  prepareCreate,
  programOnPath,
  verdictOf,
} from "../../packages/host/src/index.ts";

let folder: string;
let tree: string;
let manifest: string;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "jumpkit-exchange-"));
  tree = join(folder, "tree");
  manifest = join(folder, "tree.manifest.gz");
  mkdirSync(join(tree, "a b/c#d"), { recursive: true });
  for (const name of ["plain", "a b/é", "a b/c#d/back\\slash", "a b/[x]*=?", "empty"]) {
    writeFileSync(join(tree, name), name === "empty" ? "" : `content of ${name}`);
  }
  writeFileSync(Buffer.concat([Buffer.from(`${tree}/`), Buffer.of(0x62, 0xff)]), "not text");
  linkSync(join(tree, "plain"), join(tree, "second name"));
  symlinkSync("a b/é", join(tree, "link"));
});

afterEach(() => rmSync(folder, { recursive: true }));

async function create(settings: ObserveSettings = { workerCount: 0 }): Promise<void> {
  const request = {
    roots: [tree],
    out: manifest,
    excluded: [],
    crossMounts: false,
    host: "www3",
    tool: "test",
  };
  await createMasterCopy(prepareCreate(request), manifest, settings, () => new Date());
}

async function listOf(format: string): Promise<string> {
  const parts: Buffer[] = [];
  await exportManifest(manifest, format, async (bytes) => {
    parts.push(bytes);
  });
  const list = join(folder, `list.${format}`);
  writeFileSync(list, Buffer.concat(parts));
  return list;
}

function run(program: string, words: readonly string[], options: { cwd?: string; input?: string } = {}) {
  const { input, cwd = tree } = options;
  const stdin = input === undefined ? "ignore" : openSync(input, "r");
  const { status, stdout, stderr, error } = spawnSync(program, words, {
    cwd,
    stdio: [stdin, "pipe", "pipe"],
  });
  if (error !== undefined) throw new Error(`${program} is needed, from Debian`, { cause: error });
  return { status, out: `${stdout}${stderr}`, bytes: stdout };
}

async function importedVerdict(list: string, format: string): Promise<string> {
  const out = join(folder, `imported.${format}.gz`);
  await importList(list, format, out, { host: "www3", base: tree, tool: "test", at: new Date() });
  return verdictOf(await checkMasterCopy({ manifest: out, usePackages: false }, { workerCount: 0 }));
}

describe("a master copy is understood by Debian's own programs", () => {
  it("sha256sum finds the tree sound, and then changed", async () => {
    writeFileSync(join(tree, "line\nbreak\r"), "x");
    await create();
    const list = await listOf("sha256sum");

    expect(run("sha256sum", ["--check", "--strict", "--quiet", list])).toMatchObject({ status: 0, out: "" });
    appendFileSync(join(tree, "plain"), "x");
    expect(run("sha256sum", ["--check", "--quiet", list]).status).toBe(1);
  });

  it("NetBSD's mtree finds the tree sound, and then changed", async () => {
    await create();
    const list = await listOf("mtree");

    expect(run("mtree", ["-p", "."], { input: list })).toMatchObject({ status: 0, out: "" });
    appendFileSync(join(tree, "plain"), "x");
    expect(run("mtree", ["-p", "."], { input: list }).status).toBe(2);
  });

  it("bsdtar reads every entry of it", async () => {
    await create();
    const list = await listOf("mtree");

    const { status, bytes } = run("bsdtar", ["-tf", list]);

    expect(status).toBe(0);
    expect(bytes.toString("latin1").trim().split("\n")).toHaveLength(11);
  });

  it("hashdeep finds the tree sound, and then changed", async () => {
    await create();
    const list = await listOf("hashdeep");

    const audit = ["-r", "-l", "-o", "f", "-a", "-k", list, "."];
    expect(run("hashdeep", audit)).toMatchObject({ status: 0 });
    appendFileSync(join(tree, "plain"), "x");
    expect(run("hashdeep", audit).out).toContain("Audit failed");
  });
});

describe("databases of Debian's AIDE", () => {
  const rules = (what: string) => {
    const config = join(folder, `${what}.conf`);
    const common = "Common = p+u+g+m+c+i+ftype\n";
    const kinds = [`f Common+s+n+sha256`, `d Common`, `l Common+l+s+n`].map(
      (rule) => `${tree}(/|$) ${rule}\n`,
    );
    const places = `database_in=file:${join(folder, "list.aide")}\ndatabase_out=file:${join(folder, "theirs")}\n`;
    writeFileSync(config, `${places}gzip_dbout=yes\n${common}${kinds.join("")}`);
    return config;
  };

  it("AIDE finds the tree as our database says, and then changed", async () => {
    await create();
    await listOf("aide");

    expect(run("aide", ["--check", "-c", rules("check")])).toMatchObject({ status: 0 });
    appendFileSync(join(tree, "a b/é"), "x");
    const changed = run("aide", ["--check", "-c", rules("check")]);

    expect(changed.status).toBe(4);
    expect(changed.out).toContain("Changed entries:\t\t1");
  });

  it("AIDE's compressed database is understood, and every change beyond a second is told", async () => {
    run("aide", ["--init", "-c", rules("init")]);
    const theirs = join(folder, "theirs");

    expect(await importedVerdict(theirs, "aide")).toBe("same");
    appendFileSync(join(tree, "plain"), "x");
    rmSync(join(folder, "imported.aide.gz"));
    expect(await importedVerdict(theirs, "aide")).toBe("different");
  });
});

describe("lists of Debian's own programs are understood", () => {
  it.each([
    ["sha256sum", "sh", ["-c", "find . -type f -print0 | xargs -0 sha256sum"]],
    ["mtree", "mtree", ["-c", "-p", ".", "-k", "type,mode,uid,gid,size,nlink,time,link,sha256"]],
    ["mtree", "bsdtar", ["--format=mtree", "--options=mtree:sha256", "-cf", "-", "."]],
    ["hashdeep", "hashdeep", ["-r", "-l", "-o", "f", "-c", "sha256", "."]],
  ])("%s, written by %s", async (format, program, words) => {
    const list = join(folder, "theirs");
    writeFileSync(list, run(program, words).bytes);

    expect(await importedVerdict(list, format)).toBe("same");
    appendFileSync(join(tree, "a b/é"), "x");
    rmSync(join(folder, `imported.${format}.gz`));
    expect(await importedVerdict(list, format)).toBe("different");
  });
});

describe("extended attributes", () => {
  it("are read by getfattr, and every change of them is told", async () => {
    const settings = { workerCount: 0, getfattr: programOnPath("getfattr") };
    const odd = join(tree, "a b/c#d/back\\slash");
    expect(run("setfattr", ["-n", "user.note", "-v", "one", odd]).status).toBe(0);
    await create(settings);
    const check = () => checkMasterCopy({ manifest, usePackages: false }, settings);
    expect((await check()).findings).toEqual([]);

    run("setfattr", ["-n", "user.note", "-v", "two", odd]);
    run("setfacl", ["-m", "u:65534:rw", join(tree, "plain")]);
    const setcap = run("setcap", ["cap_net_raw+ep", join(tree, "empty")]);

    const { findings } = await check();
    const groups = Object.fromEntries(findings.map(({ path, group }) => [path, group]));
    expect(groups["/a b/c#d/back\\slash"]).toBe("rights");
    expect(groups["/plain"]).toBe("rights");
    if (setcap.status === 0) expect(groups["/empty"]).toBe("privilege");
  });
});

describe("the manifest itself", () => {
  it("is verified by zcat and sha256sum, as the guide says", async () => {
    await create();

    const lines = spawnSync("sh", ["-c", `zcat ${manifest} | head -n -1`]).stdout;
    const trailer = spawnSync("sh", ["-c", `zcat ${manifest} | tail -n 1`]).stdout.toString();

    expect(JSON.parse(trailer).sha256).toBe(createHash("sha256").update(lines).digest("hex"));
  });
});
