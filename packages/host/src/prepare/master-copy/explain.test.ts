import { createHash } from "node:crypto";
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { checkMasterCopy } from "./check.ts";
import { createMasterCopy, prepareCreate } from "./create.ts";
import { linesIn, readManifest } from "./manifest-file.ts";

let folder: string;
let host: string;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "jumpkit-explain-"));
  host = join(folder, "host");
  mkdirSync(join(host, "usr/bin"), { recursive: true });
  symlinkSync("usr/bin", join(host, "bin"));
  install("1.0", { "bin/tool": "one", "usr/lib/tool/libtool.so.1": "library one", "usr/bin/kept": "kept" });
  for (const path of ["etc/kept", "var/log/apt/term.log", "var/cache/apt/archives/lock"])
    write(path, "as it was");
  const out = join(folder, "before.gz");
  const request = {
    roots: [host],
    as: "/",
    out,
    excluded: [],
    crossMounts: false,
    host: "www3",
    tool: "jumpkit",
  };
  await createMasterCopy(prepareCreate(request), out, { workerCount: 0 }, () => new Date());
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** What dpkg leaves after installing the package `tool` in this version, with these files. */
function install(version: string, files: Readonly<Record<string, string>>): void {
  const md5 = (text: string): string => createHash("md5").update(text).digest("hex");
  for (const [path, content] of Object.entries(files)) write(path, content);
  const status = `Package: tool\nStatus: install ok installed\nMulti-Arch: no\nVersion: ${version}\n`;
  const conffile = `Conffiles:\n /etc/tool.conf ${md5(`settings ${version}`)}\n`;
  write("var/lib/dpkg/status", `${status}${conffile}\nPackage: gone\nStatus: deinstall ok config-files\n`);
  const paths = [...Object.keys(files), "etc/tool.conf", "usr/bin/link"];
  write("var/lib/dpkg/info/tool.list", ["/.", "/usr", ...paths.map((path) => `/${path}`), ""].join("\n"));
  write(
    "var/lib/dpkg/info/tool.md5sums",
    Object.entries(files)
      .map(([path, content]) => `${md5(content)}  ${path}\n`)
      .join(""),
  );
  write("etc/tool.conf", `settings ${version}`);
}

function write(path: string, content: string): void {
  mkdirSync(dirname(join(host, path)), { recursive: true });
  writeFileSync(join(host, path), content);
}

/** What is open and what is explained, without dpkg's own files unless they are asked for. */
async function check(
  usePackages = true,
  ownToo = false,
): Promise<{ open: string[]; explained: Record<string, string> }> {
  const manifest = join(folder, "before.gz");
  const { findings } = await checkMasterCopy({ manifest, root: host, usePackages }, { workerCount: 0 });
  const told = findings.filter(({ path }) => ownToo || !path.startsWith("/var/lib/dpkg"));
  return {
    open: told.filter((one) => one.explained === undefined).map(({ path }) => path),
    explained: Object.fromEntries(
      told.flatMap(({ path, explained }) => (explained === undefined ? [] : [[path, explained]])),
    ),
  };
}

const upgrade = (): void => {
  unlinkSync(join(host, "usr/lib/tool/libtool.so.1"));
  install("2.0", { "bin/tool": "two", "usr/lib/tool/libtool.so.2": "library two", "usr/bin/kept": "kept" });
};

describe("after an upgrade", () => {
  it("what the package delivers is explained, on a merged system too", async () => {
    upgrade();

    const { open, explained } = await check();

    expect(open).toEqual([]);
    expect(explained).toMatchObject({
      "/usr/bin/tool": "content as tool 1.0 → 2.0 delivers it",
      "/usr/lib/tool/libtool.so.2": "content as tool 1.0 → 2.0 delivers it",
      "/usr/lib/tool/libtool.so.1": "no longer part of tool 1.0 → 2.0",
      "/etc/tool.conf": "content as tool 1.0 → 2.0 delivers it",
    });
  });

  it("a link that the package's list names is explained", async () => {
    upgrade();
    symlinkSync("tool", join(host, "usr/bin/link"));

    expect((await check()).explained["/usr/bin/link"]).toBe("the list of tool 1.0 → 2.0 names it");
  });

  it("what differs from what the package delivers is not", async () => {
    upgrade();
    write("usr/bin/tool", "two, with a back door");
    write("usr/bin/new", "nobody's");

    expect((await check()).open).toEqual(["/usr/bin/tool", "/usr/bin/new"]);
  });

  it("rights are not, since no list holds them", async () => {
    upgrade();
    chmodSync(join(host, "usr/bin/tool"), 0o4755);

    expect((await check()).open).toEqual(["/usr/bin/tool"]);
  });
});

describe("what an upgrade leaves beside the files of packages", () => {
  it("is explained: the package manager's own data, its folders, and what was written anew", async () => {
    upgrade();
    write("var/log/apt/history.log", "Upgrade: tool");
    write("var/cache/apt/archives/tool_2.0.deb", "…");
    const later = new Date(Date.now() + 60_000);
    utimesSync(join(host, "etc/kept"), later, later);

    const { open, explained } = await check(true, true);

    expect(open).toEqual([]);
    expect(explained["/var/lib/dpkg/status"]).toBe("what the package manager keeps of its own work");
    expect(explained["/etc/kept"]).toContain("written anew with the same content");
  });

  it("is not, where it is run, diverts, has other rights, or an older time", async () => {
    upgrade();
    write("var/lib/dpkg/info/tool.postinst", "#!/bin/sh\n");
    write("var/lib/dpkg/diversions", "/usr/bin/kept\n/usr/bin/other\ntool\n");
    write("var/cache/apt/run", "#!/bin/sh\n");
    chmodSync(join(host, "var/cache/apt/run"), 0o755);
    chmodSync(join(host, "var/lib/dpkg/status"), 0o666);
    utimesSync(join(host, "etc/kept"), 1, 1);

    expect((await check(true, true)).open).toEqual(
      expect.arrayContaining([
        "/var/lib/dpkg/info/tool.postinst",
        "/var/lib/dpkg/diversions",
        "/var/cache/apt/run",
        "/var/lib/dpkg/status",
        "/etc/kept",
      ]),
    );
  });

  it("is not, where nothing was upgraded", async () => {
    write("var/lib/dpkg/status-old", "x");
    write("var/log/dpkg.log", "x");

    expect((await check(true, true)).open).toEqual(
      expect.arrayContaining(["/var/lib/dpkg/status-old", "/var/log/dpkg.log"]),
    );
  });
});

describe("without an upgrade", () => {
  it("nothing that is gone or only differs in times is explained", async () => {
    unlinkSync(join(host, "usr/bin/kept"));

    expect((await check()).open).toContain("/usr/bin/kept");
  });

  it("and without package lists, nothing is explained by them", async () => {
    upgrade();

    expect((await check(false)).open).toContain("/usr/bin/tool");
  });
});

describe("the manifest of a Debian host", () => {
  it("says which versions were installed, and which package owned each file", async () => {
    const manifest = await readManifest(join(folder, "before.gz"));
    const lines: string[] = [];
    for await (const piece of manifest.pieces) lines.push(...linesIn(piece));

    expect(manifest.header.packages).toEqual({ tool: "1.0" });
    expect(lines.find((line) => line.includes('"/usr/bin/tool"'))).toContain('"k":"tool"');
  });
});
