import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { verifyCaseFile } from "../../packages/jumpkit/src/verify/case-file.ts";
import { verifyCommand } from "../../packages/jumpkit/src/verify/command.ts";
import { verifyByShell } from "../support/case-file-shell.ts";
import {
  aCaseFile,
  aSigner,
  BLOBS,
  type CaseFileChoices,
  CODE,
  filesOf,
  INCIDENT,
  sha256,
  tarOf,
  unpack,
} from "../support/case-file-support.ts";

const LOG_KEY = aSigner(1);
const EMPTY = sha256("");

const folder = mkdtempSync(join(tmpdir(), "jumpkit-case-file-"));
let count = 0;
let tar: Buffer;
let files: ReadonlyMap<string, Buffer>;

beforeAll(async () => {
  tar = await aCaseFile();
  files = await filesOf(tar);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function aPath(name = ""): string {
  count += 1;
  return join(folder, `${count}${name}`);
}

function asFile(content: Buffer | string, name = ""): string {
  const path = aPath(name);
  writeFileSync(path, content);
  return path;
}

function asFolder(content: ReadonlyMap<string, Buffer>): string {
  const path = aPath();
  unpack(path, content);
  return path;
}

/** The same findings from both verifiers, sorted; a place may be told more precisely by one of them. */
async function bothSay(bag: string): Promise<{ readonly byCommand: string[]; readonly byShell: string[] }> {
  const { findings } = await verifyCaseFile(bag);
  const { lines } = verifyByShell(bag);
  return {
    byCommand: findings.map(({ place, problem }) => `${place}: ${problem}`),
    byShell: lines.filter((line) => /^(data|bag|manifest|tagmanifest|seal)\S*( line \d+)?: /.test(line)),
  };
}

describe("an untouched case file", () => {
  it("is sound as the tar that was handed out and as the folder unpacked from it", async () => {
    const unpacked = aPath();
    mkdirSync(unpacked);
    execFileSync("tar", ["-xf", asFile(tar, ".tar"), "-C", unpacked]);

    for (const path of [asFile(tar, ".tar"), join(unpacked, CODE)]) {
      expect(await verifyCaseFile(path)).toEqual({
        status: "sound",
        findings: [],
        facts: {
          code: CODE,
          organisation: "Example GmbH",
          baggedOn: "2026-11-22",
          origin: "irt.example/log/one",
          logSize: 84,
          entryCount: 15,
          firstRecordedAt: "2026-11-22T09:00:30.130Z",
          lastRecordedAt: "2026-11-22T09:14:30.130Z",
          withheldCount: 1,
          evidenceCount: 3,
          evidenceBytes: BLOBS.reduce((sum, blob) => sum + blob.length, 0),
          key: LOG_KEY.vkey,
          keyFrom: "case file",
        },
      });
    }
  });

  it("is sound for the shell verifier, without Node on the path", () => {
    const { status, lines, errors } = verifyByShell(asFolder(files));

    expect({ status, errors }).toEqual({ status: 0, errors: "" });
    expect(lines[0]).toBe(
      `${CODE} is sound: 15 entries, 3 files of evidence, in the log irt.example/log/one.`,
    );
    expect(lines.join(" ")).toContain("The key came from the case file itself");
  });

  it("is sound for the copy of the shell verifier that it brings along", () => {
    const bag = asFolder(files);
    const run = spawnSync("sh", ["data/verify.sh"], { cwd: bag, env: { PATH: "/usr/bin:/bin" } });

    expect(run.status).toBe(0);
  });

  it("passes sha256sum -c for both manifests", () => {
    const cwd = asFolder(files);

    for (const manifest of ["manifest-sha256.txt", "tagmanifest-sha256.txt"]) {
      expect(spawnSync("sh", ["-c", `sha256sum --strict -c ${manifest}`], { cwd }).status).toBe(0);
    }
  });

  it("stays sound when somebody packs the folder again with GNU tar", async () => {
    const parent = aPath();
    unpack(join(parent, CODE), files);
    const again = aPath(".tar");
    execFileSync("tar", ["--format=ustar", "-cf", again, "-C", parent, CODE]);

    expect((await verifyCaseFile(again)).findings).toEqual([]);
  });

  it.each([
    ["vkey", () => `${LOG_KEY.vkey}\n`],
    ["pem", () => files.get("data/log-key.pem") ?? ""],
  ])("is sound under the key from elsewhere as %s", async (_, key) => {
    const keyFile = asFile(key());
    const bag = asFolder(files);

    expect(await verifyCaseFile(bag, { keyFile })).toMatchObject({
      status: "sound",
      facts: { keyFrom: "outside" },
    });
    expect(verifyByShell(bag, "--key", keyFile).status).toBe(0);
  });

  it("with a single entry is sound", async () => {
    const only = { type: "incident.exported", fields: { entries: 1 } };
    const bag = asFolder(await filesOf(await aCaseFile({ happenings: [only], blobs: [] })));

    expect((await verifyCaseFile(bag)).findings).toEqual([]);
    expect(verifyByShell(bag).status).toBe(0);
  });
});

describe("a case file under another key", () => {
  const other = aSigner(2);

  it.each([
    ["vkey", () => `${other.vkey}\n`],
    ["pem", async () => (await filesOf(await aCaseFile({ signer: other }))).get("data/log-key.pem") ?? ""],
  ])("is refused when the log's key is known from elsewhere as %s", async (_, key) => {
    const keyFile = asFile(await key());
    const bag = asFolder(files);
    const verdict = await verifyCaseFile(bag, { keyFile });
    const shell = verifyByShell(bag, "--key", keyFile);

    expect(verdict.findings).toEqual([
      { place: "data/log-key.vkey", problem: "is not the key that you gave" },
      { place: "seal.note", problem: "is not signed by the log's key" },
      { place: "data/checkpoint", problem: "is not signed by the log's key" },
    ]);
    expect(shell.status).toBe(1);
    expect(shell.lines.slice(0, 3)).toEqual(
      verdict.findings.map(({ place, problem }) => `${place}: ${problem}`),
    );
  });
});

/** Logs that hold a lie, signed by the log's own key: what remains is what the entries say of each other. */
describe("a case file whose lie the log's key signed", () => {
  const header = (change: (header: Record<string, unknown>) => Record<string, unknown>): CaseFileChoices => ({
    alterHeader: (original) =>
      original["incidentSeq"] === 6 ? { ...original, ...change(original) } : original,
  });
  const SIX = "data/entries/000006.json";

  it.each<[string, CaseFileChoices, string[]]>([
    [
      "an entry that counts wrongly",
      header(() => ({ incidentSeq: 7 })),
      [`${SIX}: is entry 7 of its incident and stands in the place of another`],
    ],
    [
      "an entry that follows another one",
      header(() => ({ incidentPrev: "A".repeat(43) })),
      [`${SIX}: does not follow the entry before it; something was removed, added or reordered`],
    ],
    [
      "a second first entry",
      header(() => ({ incidentPrev: null })),
      [`${SIX}: does not follow the entry before it; something was removed, added or reordered`],
    ],
    [
      "an entry recorded in the past",
      header(() => ({ rx: "2026-11-21T09:00:00.000Z" })),
      [`${SIX}: was recorded before the previous entry`],
    ],
    [
      "an entry of another incident",
      header(() => ({ incident: "B".repeat(43) })),
      [
        "data/entries/000006.disclosures line 1: does not belong to this entry",
        "data/entries/000006.disclosures: does not say which incident the entry belongs to",
        `${SIX}: belongs to another incident`,
        "data/entries/000007.json: belongs to another incident",
      ],
    ],
    [
      "an entry whose number in the log is not its own",
      header(() => ({ seq: 3 })),
      [
        "data/entries/000006.tlog-proof: is for entry 33 of the log, not 3",
        `${SIX}: stands before the previous entry in the log`,
      ],
    ],
    [
      "an entry with a field that a leaf does not have",
      header((original) => ({ ...original, note: "x" })),
      [`${SIX}: is not an entry of an incident's log`],
    ],
    [
      "an entry that belongs to no incident",
      header(() => ({ incident: null, incidentSeq: null, incidentPrev: null })),
      [`${SIX}: is not an entry of an incident's log`],
    ],
    [
      "no export at its end",
      { happenings: INCIDENT.slice(0, -1) },
      ["data/entries/000014.json: is the last entry but not incident.exported; entries after it are missing"],
    ],
    [
      "an export that counts wrongly",
      { happenings: [...INCIDENT.slice(0, -1), { type: "incident.exported", fields: { entries: 14 } }] },
      ["data/entries/000015.json: does not disclose that the case file ends with entry 15"],
    ],
    [
      "an export that withholds its count",
      {
        happenings: [
          ...INCIDENT.slice(0, -1),
          { type: "incident.exported", fields: { entries: 15 }, withheld: ["entries"] },
        ],
      },
      ["data/entries/000015.json: does not disclose that the case file ends with entry 15"],
    ],
    [
      "evidence that nobody collected",
      { blobs: [...BLOBS, Buffer.from("planted")] },
      [`data/evidence/${sha256("planted")}: was added; no entry says that it was collected`],
    ],
    [
      "less evidence than was collected",
      { blobs: BLOBS.slice(0, 2) },
      [`data/evidence/${EMPTY}: is missing; data/entries/000010.json says that it was collected`],
    ],
    [
      "evidence of another size than was collected",
      {
        happenings: INCIDENT.map((happening) =>
          happening.fields["item"] === "evd_5"
            ? { ...happening, fields: { item: "evd_5", content: { sha256: EMPTY, sizeBytes: 1, name: "" } } }
            : happening,
        ),
      },
      [`data/evidence/${EMPTY}: has not the size that data/entries/000010.json says`],
    ],
    [
      "an item whose content cannot be told",
      {
        happenings: INCIDENT.map((happening) =>
          happening.fields["item"] === "evd_5"
            ? { ...happening, fields: { content: { sha256: "../x" } } }
            : happening,
        ),
        blobs: BLOBS.slice(0, 2),
      },
      ["data/entries/000010.json: describes its content in a way that cannot be read"],
    ],
  ])("is refused for %s, by both verifiers and at the same place", async (_, choices, expected) => {
    const said = await bothSay(asFolder(await filesOf(await aCaseFile(choices))));

    expect(said.byCommand.sort()).toEqual(expected.toSorted());
    const places = (lines: readonly string[]) =>
      lines.map((line) => line.split(/(?: line \d+)?: /)[0]).sort();
    expect(places(said.byShell)).toEqual(places(said.byCommand));
  });

  it("is refused when the report is that of another incident than the seal names", async () => {
    const [report, ...rest] = INCIDENT;
    const happenings = [
      { type: "incident.reported", fields: { ...report?.fields, code: "JK-2026-0001" } },
      ...rest,
    ];
    const verdict = await verifyCaseFile(asFile(await aCaseFile({ happenings }), ".tar"));

    expect(verdict.findings).toEqual([
      { place: "data/entries/000001.json", problem: "is the report of another incident than the seal names" },
    ]);
  });
});

describe("a folder that is no plain case file", () => {
  it.each<[string, (bag: string) => void, string]>([
    [
      "a symbolic link to a file",
      (bag) => symlinkSync("/etc/passwd", join(bag, "data", "passwd")),
      "data/passwd",
    ],
    ["a symbolic link to a folder", (bag) => symlinkSync("/etc", join(bag, "etc")), "etc"],
    ["a pipe", (bag) => execFileSync("sh", ["-c", "mkfifo data/pipe"], { cwd: bag }), "data/pipe"],
    ["an empty folder", (bag) => mkdirSync(join(bag, "data", "more")), "data/more"],
    ["a hidden file", (bag) => writeFileSync(join(bag, "data", ".hidden"), "x"), "data/.hidden"],
    ["a file with a line end in its name", (bag) => writeFileSync(join(bag, "a\nb"), "x"), "a\\u{a}b"],
    ["a file named to move the cursor", (bag) => writeFileSync(join(bag, "a\u001b[2J"), "x"), "a\\u{1b}[2J"],
    ["folders in folders", (bag) => mkdirSync(join(bag, "data/a/b/c/d"), { recursive: true }), "data/a/b"],
  ])("is refused for %s", async (_, change, place) => {
    const bag = asFolder(files);
    change(bag);
    const { status, findings } = await verifyCaseFile(bag);

    expect(status).toBe("broken");
    expect(findings.map((finding) => finding.place)).toContain(place);
    const shell = verifyByShell(bag);
    expect(shell.status).toBe(1);
    expect(shell.lines.join("\n")).not.toContain("\u001b");
  });

  it("is refused when a listed file was replaced by a link to its own content", async () => {
    const bag = asFolder(files);
    const elsewhere = asFile(files.get("data/report.txt") ?? "");
    rmSync(join(bag, "data/report.txt"));
    symlinkSync(elsewhere, join(bag, "data/report.txt"));

    expect((await verifyCaseFile(bag)).findings).toContainEqual({
      place: "data/report.txt",
      problem: "is a symbolic link",
    });
    expect(verifyByShell(bag).status).toBe(1);
  });
});

/** One header with its checksum, then content and padding, as a hostile archive can hold them. */
function tarEntry(name: string, content: Buffer | string, kind = "0", linkName = ""): Buffer {
  const bytes = Buffer.from(content);
  const header = Buffer.alloc(512);
  header.write(name, 0);
  header.write("0000644\u00000000000\u00000000000\u0000", 100);
  header.write(`${bytes.length.toString(8).padStart(11, "0")}\u000000000000000\u0000        `, 124);
  header.write(kind, 156);
  header.write(linkName, 157);
  header.write("ustar\u000000", 257);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, "0")}\u0000 `, 148);
  return Buffer.concat([header, bytes, Buffer.alloc((512 - (bytes.length % 512)) % 512)]);
}

describe("a tar that is no plain case file", () => {
  const END = 1024;
  const untilEnd = () => tar.subarray(0, tar.length - END);
  const withEntries = (...entries: Buffer[]) => Buffer.concat([untilEnd(), ...entries, Buffer.alloc(END)]);

  it.each<[string, () => Buffer, RegExp]>([
    [
      "a path out of the folder",
      () => withEntries(tarEntry(`${CODE}/../../x`, "x")),
      /^\.\.\/\.\.\/x: has a name/,
    ],
    [
      "an absolute path",
      () => withEntries(tarEntry("/etc/cron.d/x", "x")),
      /^\/etc\/cron\.d\/x: stands outside/,
    ],
    ["a second top folder", () => withEntries(tarEntry("other/x", "x")), /^other\/x: stands outside/],
    ["a file added", () => withEntries(tarEntry(`${CODE}/data/x`, "x")), /^data\/x: was added/],
    [
      "a file twice",
      () => withEntries(tarEntry(`${CODE}/data/report.txt`, "x")),
      /^data\/report\.txt: .* twice/,
    ],
    [
      "a symbolic link",
      () => withEntries(tarEntry(`${CODE}/data/x`, "", "2", "/etc")),
      /^tar archive: holds a link/,
    ],
    [
      "a hard link",
      () => withEntries(tarEntry(`${CODE}/data/x`, "", "1", "seal.note")),
      /^tar archive: holds a link/,
    ],
    ["a device", () => withEntries(tarEntry(`${CODE}/data/x`, "", "3")), /^tar archive: holds a link/],
    [
      "a header that renames the next entry",
      () => withEntries(tarEntry("pax", "20 path=../../../x\n", "x"), tarEntry(`${CODE}/data/y`, "")),
      /^tar archive: holds a link or another kind/,
    ],
    [
      "a long name of GNU tar",
      () => withEntries(tarEntry("././@LongLink", "x", "L")),
      /^tar archive: holds a link/,
    ],
    [
      "an entry after its end",
      () => Buffer.concat([tar, tarEntry(`${CODE}/data/report.txt`, "other"), Buffer.alloc(END)]),
      /^tar archive: goes on after its end mark/,
    ],
    ["no end", () => untilEnd(), /^tar archive: ends before its end mark/],
    ["half a file", () => tar.subarray(0, 3000), /^tar archive: ends in the middle/],
    [
      "a header without checksum",
      () => withEntries(Buffer.alloc(512, "x")),
      /^tar archive: has no readable header/,
    ],
    ["nothing but zeros", () => Buffer.alloc(4096), /^bagit\.txt: is missing/],
    ["nothing at all", () => Buffer.alloc(0), /^tar archive: ends before its end mark/],
  ])("is refused for %s", async (_, make, finding) => {
    const { status, findings } = await verifyCaseFile(asFile(make(), ".tar"));

    expect(status).toBe("broken");
    expect(findings.map(({ place, problem }) => `${place}: ${problem}`)).toContainEqual(
      expect.stringMatching(finding),
    );
  });

  it("is refused when the folder bears another incident's code", async () => {
    const parent = aPath();
    unpack(join(parent, "JK-2026-0001"), files);
    const renamed = aPath(".tar");
    execFileSync("tar", ["--format=ustar", "-cf", renamed, "-C", parent, "JK-2026-0001"]);

    expect((await verifyCaseFile(renamed)).findings).toEqual([
      { place: "JK-2026-0001", problem: "is not the code of the incident that was sealed" },
    ]);
  });
});

describe("jumpkit verify", () => {
  async function run(path: string, options: { key?: string; json?: boolean } = {}) {
    const said = { out: "", err: "" };
    const code = await verifyCommand(
      { path, ...options },
      { write: (text) => (said.out += text) },
      { write: (text) => (said.err += text) },
    );
    return { code, ...said };
  }

  it("ends with 0 and says what it relies on", async () => {
    const { code, out, err } = await run(asFile(tar, ".tar"));

    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toContain("JK-2026-0042 is sound.\n  Organisation  Example GmbH\n");
    expect(out).toContain("Withheld      1 fields are withheld or erased\n");
    expect(out).toContain(`Key           ${LOG_KEY.vkey}\n`);
    expect(out).toContain("The key came from the case file itself.");
    expect(out).toContain("could have rewritten its history");
  });

  it("does not doubt a key that came from elsewhere, but still names what nobody witnessed", async () => {
    const { code, out } = await run(asFile(tar, ".tar"), { key: asFile(LOG_KEY.vkey) });

    expect(code).toBe(0);
    expect(out).not.toContain("The key came from the case file itself.");
    expect(out).toContain("could have rewritten its history");
  });

  it("ends with 1 and one line for each finding", async () => {
    const changed = new Map(files).set("data/report.txt", Buffer.from("another report\n"));
    const { code, out } = await run(asFolder(changed));

    expect(code).toBe(1);
    expect(out).toContain("data/report.txt: was changed; its SHA-256 is not the one in the manifest\n");
    expect(out).toContain("This case file is NOT sound: 2 findings.\n");
  });

  it("ends with 2 when there is nothing to look at", async () => {
    const missing = join(folder, "nowhere");
    const bag = asFile(tar, ".tar");

    expect(await run(missing)).toEqual({ code: 2, out: "", err: `${missing}: cannot be read\n` });
    expect(await run("/dev/null")).toEqual({ code: 2, out: "", err: "/dev/null: cannot be read\n" });
    expect((await run(bag, { key: missing })).err).toBe(`${missing}: cannot be read\n`);
    expect((await run(bag, { key: bag })).err).toBe(`${bag}: holds no key of a log\n`);
  });

  it("answers programs in JSON", async () => {
    const { code, out } = await run(asFile(tar, ".tar"), { json: true });

    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      status: "sound",
      findings: [],
      facts: { code: CODE, entryCount: 15 },
      limits: [
        expect.stringContaining("came from the case file"),
        expect.stringContaining("No outside witness"),
      ],
    });
  });
});

describe("the shell verifier", () => {
  it("ends with 2 when it is asked the wrong way or there is nothing to look at", () => {
    expect(verifyByShell(join(folder, "nowhere")).status).toBe(2);
    expect(verifyByShell(folder, "--key").status).toBe(2);
    expect(verifyByShell(folder, "--wrong").status).toBe(2);
    expect(verifyByShell(folder, "--key", join(folder, "nowhere")).status).toBe(2);
    expect(verifyByShell(folder, "--key", asFile("no key\n")).status).toBe(2);
  });

  it("ends with 1 for an empty folder", () => {
    const empty = aPath();
    mkdirSync(empty);

    expect(verifyByShell(empty).status).toBe(1);
  });
});

describe("tars of our own support code", () => {
  it("are accepted, so that a refusal in these tests is never about how they pack", async () => {
    expect((await verifyCaseFile(asFile(await tarOf(files), ".tar"))).findings).toEqual([]);
  });
});
