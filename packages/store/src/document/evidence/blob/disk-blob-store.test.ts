import { spawnSync } from "node:child_process";
import { createHash, createHmac, randomBytes } from "node:crypto";
import { mkdirSync } from "node:fs";
import {
  copyFile,
  mkdtemp,
  readdir,
  readFile,
  rm,
  stat,
  truncate,
  utimes,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough, Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { Decrypter, Encrypter } from "age-encryption";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { StorageFull } from "../../../database/faults.ts";
import { newIdentity } from "./age-key.ts";
import { BlobDamaged, BlobMissing, UploadAborted } from "./blob-faults.ts";
import { type BlobAddress, type BlobPlace, DiskBlobStore, type StoredBlob } from "./disk-blob-store.ts";
import type { IncidentKey } from "./keys.ts";

const SEED = 1121;
const CHUNK = 65_536;
const SEALED = CHUNK + 16;
const AT_BOUNDARIES = [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 16 * CHUNK, 16 * CHUNK + 1, 33 * CHUNK];
const HERE: BlobPlace = { organisation: "org_a", incident: "inc_1" };

let folder: string;
let store: DiskBlobStore;
let keys: Map<string, IncidentKey>;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "jumpkit-blobs-"));
  keys = new Map();
  store = storeIn(folder);
});

afterEach(() => rm(folder, { recursive: true }));

function storeIn(directory: string): DiskBlobStore {
  return new DiskBlobStore({
    directory,
    keyOf: async ({ organisation, incident }) => keyOf(`${organisation}/${incident}`),
    nameOf: (sha256) => createHmac("sha256", "the key of the names").update(sha256).digest("hex"),
  });
}

function keyOf(place: string): IncidentKey {
  const key = keys.get(place) ?? newIdentity();
  keys.set(place, key);
  return key;
}

function sha256Of(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/** Bytes in pieces of odd sizes, as a network delivers them. */
function arriving(bytes: Buffer, pieceBytes = 50_001): Readable {
  const pieces: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += pieceBytes) pieces.push(bytes.subarray(at, at + pieceBytes));
  return Readable.from(pieces, { objectMode: false });
}

async function stored(bytes: Buffer, place = HERE): Promise<BlobAddress> {
  const outcome = await store.receive(arriving(bytes), place);
  if (!outcome.ok) throw new Error(outcome.refusal.code);
  return { ...place, sha256: outcome.value.sha256 };
}

async function contentOf(address: BlobAddress): Promise<Buffer> {
  return buffer(await store.open(address));
}

async function all(): Promise<readonly StoredBlob[]> {
  const found: StoredBlob[] = [];
  for await (const blob of store.list()) found.push(blob);
  return found;
}

async function filesBesidesBlobs(): Promise<readonly string[]> {
  return (
    await Promise.all([".incoming", ".swept"].map((name) => readdir(join(folder, name)).catch(() => [])))
  ).flat();
}

describe("the evidence store", () => {
  it.each(AT_BOUNDARIES)("gives back the %i bytes that it received, and their digest", async (sizeBytes) => {
    const bytes = randomBytes(sizeBytes);

    const outcome = await store.receive(arriving(bytes), HERE);

    const sha256 = sha256Of(bytes);
    expect(outcome).toEqual({
      ok: true,
      value: { sha256, sizeBytes, handle: store.handleOf({ ...HERE, sha256 }) },
    });
    expect((await contentOf({ ...HERE, sha256 })).equals(bytes)).toBe(true);
    expect(await store.verify({ ...HERE, sha256 })).toEqual({ ok: true, value: sizeBytes });
  });

  it("gives back any bytes, however they arrive", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(fc.nat(300), fc.nat(4 * CHUNK), fc.constantFrom(...AT_BOUNDARIES)),
        fc.integer({ min: 1, max: 3 * CHUNK }),
        async (sizeBytes, pieceBytes) => {
          const bytes = randomBytes(sizeBytes);
          const outcome = await store.receive(arriving(bytes, Math.max(pieceBytes, sizeBytes >> 8)), HERE);
          expect(outcome).toMatchObject({ ok: true, value: { sha256: sha256Of(bytes), sizeBytes } });
          expect((await contentOf({ ...HERE, sha256: sha256Of(bytes) })).equals(bytes)).toBe(true);
        },
      ),
      { seed: SEED, numRuns: 40 },
    );
  });

  it.each(AT_BOUNDARIES)("writes %i bytes so that age's own library reads them", async (sizeBytes) => {
    const bytes = randomBytes(sizeBytes);
    const address = await stored(bytes);
    const decrypter = new Decrypter();
    decrypter.addIdentity(keyOf("org_a/inc_1").secret);

    const file = await readFile(join(folder, store.handleOf(address)));

    expect(Buffer.from(await decrypter.decrypt(file)).equals(bytes)).toBe(true);
  });

  it.each(AT_BOUNDARIES)("reads %i bytes that age's own library wrote", async (sizeBytes) => {
    const bytes = randomBytes(sizeBytes);
    const address = await stored(bytes);
    const encrypter = new Encrypter();
    encrypter.addRecipient(keyOf("org_a/inc_1").recipient.text);
    const path = join(folder, store.handleOf(address));

    await rm(path);
    await writeFile(path, await encrypter.encrypt(bytes));

    expect((await contentOf(address)).equals(bytes)).toBe(true);
  });

  it("shows on the disk neither the bytes nor their digest, and lets nobody write", async () => {
    const bytes = Buffer.from("the intruder's tool ".repeat(9_000));

    const address = await stored(bytes);

    const [blob] = await all();
    const file = await readFile(join(folder, blob?.handle ?? ""));
    expect(file.includes("intruder")).toBe(false);
    expect(blob?.handle).not.toContain(address.sha256);
    expect((await stat(join(folder, blob?.handle ?? ""))).mode & 0o777).toBe(0o400);
  });

  it("keeps the same bytes once in an incident and apart in two", async () => {
    const bytes = randomBytes(100_000);

    await Promise.all([stored(bytes), stored(bytes), stored(bytes)]);
    await stored(bytes, { organisation: "org_a", incident: "inc_2" });

    const handles = (await all()).map(({ handle }) => handle.split("/").slice(0, 2).join("/")).sort();
    expect(handles).toEqual(["org_a/inc_1", "org_a/inc_2"]);
    expect(await filesBesidesBlobs()).toEqual([]);
  });

  it("does not open a blob of one incident with the key of another", async () => {
    const bytes = randomBytes(10);
    const address = await stored(bytes);
    const elsewhere = { ...address, incident: "inc_2" };
    mkdirSync(join(folder, "org_a/inc_2"));
    await copyFile(join(folder, store.handleOf(address)), join(folder, store.handleOf(elsewhere)));

    await expect(store.open(elsewhere)).rejects.toMatchObject({
      code: "blob.damaged",
      damage: "header_unreadable",
    });
  });

  it("refuses more than the limit and leaves the sender's stream open for an answer", async () => {
    const stream = arriving(randomBytes(500_000));

    const outcome = await store.receive(stream, { ...HERE, limitBytes: 100_000 });

    expect(outcome).toEqual({ ok: false, refusal: { code: "blob.too_large", limitBytes: 100_000 } });
    expect(stream.destroyed).toBe(false);
    expect(await all()).toEqual([]);
    expect(await filesBesidesBlobs()).toEqual([]);
  });

  it("refuses bytes that are not what the sender said", async () => {
    const expectedSha256 = sha256Of(Buffer.from("other"));

    const outcome = await store.receive(arriving(Buffer.from("these")), { ...HERE, expectedSha256 });

    const received = sha256Of(Buffer.from("these"));
    expect(outcome).toEqual({
      ok: false,
      refusal: { code: "blob.digest_mismatch", expected: expectedSha256, received },
    });
    expect(await all()).toEqual([]);
  });

  it("keeps nothing of an upload that broke off", async () => {
    const stream = new PassThrough();
    stream.write(randomBytes(200_000));
    const receiving = store.receive(stream, HERE);
    setImmediate(() => stream.destroy(new Error("aborted")));

    await expect(receiving).rejects.toBeInstanceOf(UploadAborted);
    expect(await all()).toEqual([]);
    expect(await filesBesidesBlobs()).toEqual([]);
  });

  it("takes no more from the sender than the disk takes from it", async () => {
    let handedOut = 0;
    const endless = Readable.from(
      (function* () {
        for (; handedOut < 4_000; handedOut++) yield randomBytes(CHUNK);
      })(),
    );
    const receiving = store.receive(endless, { ...HERE, limitBytes: 40 * CHUNK });

    await receiving;

    expect(handedOut).toBeLessThan(80);
  });

  it("takes ids for names of folders only if they are ids", async () => {
    for (const id of ["../inc", ".incoming", "", "a/b", "a\0b"]) {
      await expect(store.receive(arriving(randomBytes(1)), { ...HERE, incident: id })).rejects.toThrow(
        TypeError,
      );
      expect(() => store.handleOf({ ...HERE, organisation: id, sha256: "00" })).toThrow(TypeError);
    }
  });

  it("says that a blob is missing before the first byte", async () => {
    const address = { ...HERE, sha256: sha256Of(Buffer.from("never received")) };

    await expect(store.open(address)).rejects.toBeInstanceOf(BlobMissing);
    expect(await store.verify(address)).toEqual({ ok: false, refusal: { code: "blob.missing" } });
  });

  it("says that the disk is full and keeps nothing", async ({ skip }) => {
    const small = join(folder, "small");
    mkdirSync(small);
    const mounted = spawnSync("mount", ["-t", "tmpfs", "-o", "size=1m", "tmpfs", small]).status === 0;
    // Only root can make a disk that is full.
    if (!mounted) skip();
    try {
      const receiving = storeIn(small).receive(arriving(randomBytes(3_000_000)), HERE);

      await expect(receiving).rejects.toBeInstanceOf(StorageFull);
      await expect(receiving).rejects.toMatchObject({ code: "storage.full" });
      expect(await readdir(join(small, ".incoming"))).toEqual([]);
    } finally {
      spawnSync("umount", [small]);
    }
  });
});

describe("a stored blob that was changed", () => {
  const bytes = randomBytes(5 * CHUNK + 100);
  let address: BlobAddress;
  let path: string;
  let file: Buffer;
  let payloadAt: number;

  beforeEach(async () => {
    address = await stored(bytes);
    path = join(folder, store.handleOf(address));
    file = await readFile(path);
    payloadAt = file.length - (5 * SEALED + 116);
    await rm(path);
  });

  async function put(changed: Buffer): Promise<void> {
    await writeFile(path, changed);
  }

  async function expectDamaged(): Promise<void> {
    const outcome = await store.verify(address);
    expect(outcome).toMatchObject({ ok: false, refusal: { code: "blob.damaged" } });
    await expect(store.open(address).then(buffer)).rejects.toBeInstanceOf(BlobDamaged);
  }

  it("is found out wherever one bit is flipped", async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(file.length - 1), fc.nat(7), async (at, bit) => {
        const changed = Buffer.from(file);
        changed.writeUInt8(changed.readUInt8(at) ^ (1 << bit), at);
        await put(changed);
        await expectDamaged();
      }),
      {
        seed: SEED,
        numRuns: 40,
        examples: [
          [0, 0],
          [payloadAt - 1, 3],
          [payloadAt, 0],
          [file.length - 1, 7],
        ],
      },
    );
  });

  it("is found out wherever it is cut", async () => {
    await put(file);
    const cuts = [0, 1, payloadAt - 1, payloadAt, payloadAt + 15, payloadAt + 16, file.length - 1];
    for (let chunk = 1; chunk <= 5; chunk++) cuts.push(payloadAt + chunk * SEALED);
    for (const length of cuts.sort((a, b) => b - a)) {
      await truncate(path, length);
      await expectDamaged();
    }
  });

  it("is found out when chunks change places, are repeated or left out", async () => {
    const chunk = (index: number) =>
      file.subarray(payloadAt + index * SEALED, payloadAt + (index + 1) * SEALED);
    const head = file.subarray(0, payloadAt);
    const orders = [
      [1, 0, 2, 3, 4, 5],
      [0, 1, 3, 2, 4, 5],
      [0, 0, 1, 2, 3, 4, 5],
      [0, 1, 2, 3, 5],
      [0, 1, 2, 3, 4],
      [5, 0, 1, 2, 3, 4],
    ];
    for (const order of orders) {
      await put(Buffer.concat([head, ...order.map(chunk)]));
      await expectDamaged();
    }
  });

  it("is found out when something is added", async () => {
    for (const more of [Buffer.alloc(1), Buffer.alloc(16), file.subarray(payloadAt)]) {
      await put(Buffer.concat([file, more]));
      await expectDamaged();
    }
  });

  it("is found out when it is a whole blob with other bytes", async () => {
    const other = await stored(randomBytes(1_000));
    await copyFile(join(folder, store.handleOf(other)), path);

    expect(await store.verify(address)).toEqual({
      ok: false,
      refusal: { code: "blob.damaged", damage: "digest_differs" },
    });
  });
});

describe("sweeping", () => {
  const LONG_AGO = new Date("2026-01-01T00:00:00Z");
  const SINCE = Date.parse("2026-06-01T00:00:00Z");

  async function age(address: BlobAddress): Promise<string> {
    const handle = store.handleOf(address);
    await utimes(join(folder, handle), LONG_AGO, LONG_AGO);
    return handle;
  }

  it("removes what is old and referred to by nothing, and nothing else", async () => {
    const orphan = await age(await stored(Buffer.from("orphan")));
    const kept = await age(await stored(Buffer.from("kept")));
    const young = store.handleOf(await stored(Buffer.from("young")));

    const swept = await store.sweepOrphans(SINCE, async (handle) => handle === kept);

    expect(swept).toEqual([orphan]);
    expect((await all()).map(({ handle }) => handle).sort()).toEqual([kept, young].sort());
    expect(await filesBesidesBlobs()).toEqual([]);
  });

  it("spares an old orphan that is received again at the very moment", async () => {
    const bytes = Buffer.from("wanted after all");
    const address = await stored(bytes);
    await age(address);

    const swept = await store.sweepOrphans(SINCE, async () => {
      await stored(bytes);
      return false;
    });

    expect(swept).toEqual([]);
    expect(await contentOf(address)).toEqual(bytes);
  });

  it("removes the remains of an upload that a crash cut off", async () => {
    await stored(Buffer.from("x"));
    const remains = join(folder, ".incoming/remains");
    await writeFile(remains, "half a blob");
    await utimes(remains, LONG_AGO, LONG_AGO);

    await store.sweepOrphans(SINCE, async () => true);

    expect(await filesBesidesBlobs()).toEqual([]);
  });

  it("finds nothing in a store that never held anything", async () => {
    expect(await store.sweepOrphans(SINCE, async () => false)).toEqual([]);
    expect(await all()).toEqual([]);
  });
});
