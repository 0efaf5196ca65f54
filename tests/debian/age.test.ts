import { spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { DiskBlobStore } from "../../packages/store/src/document/evidence/blob/disk-blob-store.ts";
import { openKeyRing } from "../../packages/store/src/document/evidence/blob/keys.ts";

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "jumpkit-age-"));
});

afterEach(() => rm(folder, { recursive: true }));

function run(program: string, words: readonly string[], input?: Uint8Array): Buffer {
  const { status, stdout, stderr, error } = spawnSync(program, words, { input, maxBuffer: 64 * 1024 * 1024 });
  if (error !== undefined) throw new Error(`${program} is needed: apt-get install age`, { cause: error });
  if (status !== 0) throw new Error(`${program} ${words.join(" ")}: ${stderr}`);
  return stdout;
}

describe("without Jumpkit, with Debian's age alone", () => {
  it.each([0, 1, 65_536, 65_537, 3_000_000])(
    "evidence of %i bytes is read with the server's key file, or with the recovery key",
    async (sizeBytes) => {
      const recoveryFile = join(folder, "recovery.key");
      run("age-keygen", ["-o", recoveryFile]);
      const recovery = run("age-keygen", ["-y", recoveryFile]).toString().trim();
      const ring = await openKeyRing(join(folder, "keys"), recovery);
      const { key, wrapped } = ring.newIncidentKey();
      const store = new DiskBlobStore({ directory: folder, keyOf: async () => key, nameOf: ring.nameOf });
      const bytes = randomBytes(sizeBytes);
      const place = { organisation: "org_a", incident: "inc_1" };
      const outcome = await store.receive(Readable.from([bytes], { objectMode: false }), place);
      const handle = outcome.ok ? outcome.value.handle : "";

      for (const keyFile of [join(folder, "keys/server.key"), recoveryFile]) {
        const incidentKeyFile = join(folder, "incident.key");
        await writeFile(incidentKeyFile, run("age", ["-d", "-i", keyFile], Buffer.from(wrapped)));
        const clear = run("age", ["-d", "-i", incidentKeyFile, join(folder, handle)]);
        expect(clear.equals(bytes)).toBe(true);
      }
    },
  );

  it("what age encrypted to an incident is read by Jumpkit", async () => {
    const ring = await openKeyRing(join(folder, "keys"));
    const { key } = ring.newIncidentKey();
    const store = new DiskBlobStore({ directory: folder, keyOf: async () => key, nameOf: ring.nameOf });
    const bytes = randomBytes(200_000);
    const place = { organisation: "org_a", incident: "inc_1" };
    const outcome = await store.receive(Readable.from([bytes]), place);
    if (!outcome.ok) throw new Error(outcome.refusal.code);
    const path = join(folder, outcome.value.handle);

    await rm(path);
    await writeFile(path, run("age", ["-r", key.recipient.text], bytes));

    expect((await buffer(await store.open({ ...place, sha256: outcome.value.sha256 }))).equals(bytes)).toBe(
      true,
    );
  });
});
