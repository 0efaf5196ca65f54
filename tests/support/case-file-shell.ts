import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { aCaseFile, aSigner, filesOf, randomFrom, unpack } from "./case-file-support.ts";
import { type Campaign, describe, namesThePlace, tamper } from "./case-file-tamperings.ts";

/** The shell verifier as the product ships it. */
export const VERIFY_SH = join(import.meta.dirname, "../../packages/jumpkit/src/verify/verify.sh");

/** What the shell verifier says about a folder; no Node stands on its path. */
export function verifyByShell(folder: string, ...options: readonly string[]) {
  const run = spawnSync("sh", [VERIFY_SH, ...options, folder], {
    env: { PATH: "/usr/bin:/bin" },
    encoding: "utf8",
  });
  const lines = run.stdout.split("\n").filter((line) => line !== "");
  return { status: run.status, lines, errors: run.stderr };
}

/** Like `missedTamperings`, by the shell verifier alone. */
export async function missedByShell({ seed, count }: Campaign): Promise<string[]> {
  const random = randomFrom(seed);
  const logKey = aSigner(seed);
  const original = await filesOf(await aCaseFile({ seed, signer: logKey }));
  const folder = mkdtempSync(join(tmpdir(), "jumpkit-tampering-"));
  const bag = join(folder, "bag");
  const keyFile = join(folder, "log.vkey");
  writeFileSync(keyFile, `${logKey.vkey}\n`);
  unpack(bag, original);
  const missed: string[] = [];
  try {
    for (let round = 0; round < count; round += 1) {
      const tampering = await tamper(original, random, logKey);
      unpack(bag, tampering.files, original);
      const { status, lines, errors } = verifyByShell(
        bag,
        ...(tampering.forger === "own key" ? ["--key", keyFile] : []),
      );
      const places = lines.map((line) => line.split(": ")[0] ?? "");
      if (status !== 1 || errors !== "" || !namesThePlace(tampering, places)) {
        missed.push(describe(round, tampering, [`exit ${status}`, errors, ...lines]));
      }
      unpack(bag, original, tampering.files);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return missed;
}
