import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  createMasterCopy,
  prepareCreate,
  programOnPath,
  reviewOf,
  scanManifest,
} from "../../packages/host/src/index.ts";

/** The EICAR test file, in two parts: no scanner shall find it here. */
const EICAR = ["X5O!P%@AP[4\\PZX54(P^)7CC)7}$", "EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"].join("");
const SIGNATURE = "44d88612fea8a8f36de82e1278abb02f:68:Own.Eicar\n";
const RULE = 'rule own_eicar { strings: $a = "EICAR-STANDARD" condition: $a }\n';
const MINUTE_MS = 60_000;

let folder: string;

beforeEach(() => {
  for (const program of ["clamscan", "yara"]) {
    if (programOnPath(program) === undefined) throw new Error("This test needs: apt-get install clamav yara");
  }
  folder = mkdtempSync(join(tmpdir(), "jumpkit-review-"));
  mkdirSync(join(folder, "tree"));
  writeFileSync(join(folder, "tree/é plain"), "harmless");
  writeFileSync(join(folder, "own.hdb"), SIGNATURE);
  writeFileSync(join(folder, "own.yar"), RULE);
});

afterEach(() => rmSync(folder, { recursive: true }));

async function review(yaraRules: readonly string[]) {
  const out = join(folder, "tree.gz");
  rmSync(out, { force: true });
  const roots = [join(folder, "tree")];
  const request = { roots, out, excluded: [], crossMounts: false, host: "www3", tool: "test" };
  await createMasterCopy(prepareCreate(request), out, { workerCount: 0 }, () => new Date());
  const clamavDatabase = join(folder, "own.hdb");
  const settings = { timeMaxMs: MINUTE_MS, clamavDatabase, yaraRules };
  return reviewOf(await scanManifest(out, undefined, settings), 0);
}

describe("a review by Debian's scanners", () => {
  it("finds the EICAR test file by ClamAV and by a rule of the operator, and nothing where nothing is", async () => {
    const rules = [join(folder, "own.yar")];

    expect(await review(rules)).toMatchObject({
      result: "clean",
      engine: expect.stringMatching(/^ClamAV [\d.]+, YARA [\d.]+$/),
      signaturesOf: expect.stringContaining("rules "),
    });
    writeFileSync(join(folder, "tree/a b"), EICAR);
    const found = await review(rules);

    expect(found.result).toBe("suspicious");
    expect(found.note).toContain("tree/a b: Own.Eicar");
    expect(found.note).toContain("tree/a b: own_eicar");
  });

  it("says that YARA was not run when there are no rules", async () => {
    const { result, note } = await review([]);

    expect(result).toBe("clean");
    expect(note).toContain("YARA: no rules were given.");
  });
});
