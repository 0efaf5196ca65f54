import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { buildStale } from "../../tools/build.mjs";

const MAIN = join(dirname(fileURLToPath(import.meta.url)), "../../packages/jumpkit/dist/main.js");
const NOBODY = 65534;

let folder: string;

beforeEach(async () => {
  await buildStale({ log: () => undefined });
  folder = mkdtempSync(join(tmpdir(), "jumpkit-command-"));
  chmodSync(folder, 0o777);
  mkdirSync(join(folder, "tree/closed"), { recursive: true });
  for (let at = 0; at < 2000; at += 1) writeFileSync(join(folder, `tree/file-${at}`), `content ${at}`);
});

afterEach(() => rmSync(folder, { recursive: true }));

function masterCopy(words: readonly string[], user?: number) {
  const who = user === undefined ? {} : { uid: user, gid: user };
  const { status, stdout, stderr } = spawnSync(process.execPath, [MAIN, "master-copy", ...words], {
    cwd: folder,
    encoding: "utf8",
    ...who,
  });
  return { status, out: stdout, said: stderr };
}

/** Whether this is root, and somebody else can read the house. */
function isRunByNobody(): boolean {
  if (process.getuid?.() !== 0) return false;
  const who = { uid: NOBODY, gid: NOBODY };
  return spawnSync("test", ["-r", fileURLToPath(import.meta.url)], who).status === 0;
}

describe("jumpkit master-copy", () => {
  it("goes the whole way: make, sign by two, check, tell what differs", () => {
    expect(masterCopy(["create", "tree", "--out", "copy.gz"]).status).toBe(0);
    for (const name of ["ana", "bo"]) expect(masterCopy(["keygen", name]).status).toBe(0);
    const demands = ["--preparer", "ana.vkey", "--approver", "bo.vkey"];
    expect(masterCopy(["check", "copy.gz", ...demands])).toMatchObject({ status: 2 });
    expect(masterCopy(["sign", "copy.gz", "--key", "ana.key", "--as", "preparer"]).status).toBe(0);
    expect(masterCopy(["sign", "copy.gz", "--key", "ana.key", "--as", "approver"]).status).toBe(2);
    expect(masterCopy(["sign", "copy.gz", "--key", "bo.key", "--as", "approver"]).status).toBe(0);

    expect(masterCopy(["check", "copy.gz", ...demands])).toMatchObject({ status: 0 });
    writeFileSync(join(folder, "tree/file-7"), "another");
    const { status, out } = masterCopy(["check", "copy.gz", "--json", ...demands]);

    expect(status).toBe(1);
    expect(JSON.parse(out)).toMatchObject({ verdict: "different", counts: { content: 1 } });
    expect(masterCopy(["create", "tree", "--out", "copy.gz"])).toMatchObject({ status: 2 });
  });

  it("refuses a manifest that is not the signed one, and an expired one", () => {
    masterCopy(["create", "tree", "--out", "copy.gz"]);
    masterCopy(["keygen", "ana"]);
    masterCopy(["sign", "copy.gz", "--key", "ana.key", "--as", "preparer", "--expires", "2020-01-01"]);

    expect(masterCopy(["check", "copy.gz", "--preparer", "ana.vkey"])).toMatchObject({
      status: 2,
      said: expect.stringContaining("expired on 2020-01-01"),
    });
    expect(masterCopy(["check", "copy.gz", "--preparer", "ana.vkey", "--allow-expired"]).status).toBe(0);
    rmSync(join(folder, "copy.gz"));
    masterCopy(["create", "tree", "--out", "copy.gz"]);
    expect(masterCopy(["check", "copy.gz", "--allow-expired"])).toMatchObject({
      status: 2,
      said: expect.stringContaining("not the one that was signed"),
    });
  });

  it.runIf(isRunByNobody())("names and counts what refuses to be read", () => {
    chmodSync(join(folder, "tree/closed"), 0o700);
    chmodSync(join(folder, "tree/file-1"), 0o600);
    chmodSync(dirname(MAIN), 0o755);

    const { status, said } = masterCopy(["create", "tree", "--out", "copy.gz"], NOBODY);

    expect(said).toContain("1 entry is not complete: open EACCES.");
    expect(said).toContain("1 entry is not complete: list EACCES.");
    expect(status).toBe(1);
    expect(masterCopy(["check", "copy.gz"], NOBODY).status).toBe(2);
  });

  it("leaves no file when it is interrupted", () => {
    const command = `"${process.execPath}" "${MAIN}" master-copy create /usr --out copy.gz & sleep 1.5; kill -INT $!; wait $!`;

    const { status, stderr } = spawnSync("bash", ["-c", command], { cwd: folder, encoding: "utf8" });

    expect(stderr).toContain("Interrupted.");
    expect(status).toBe(2);
    expect(existsSync(join(folder, "copy.gz"))).toBe(false);
  });
});
