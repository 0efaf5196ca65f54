import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { instantAt } from "@jumpkit/core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type FreshDatabase, freshDatabase } from "../../../tests/support/database.ts";
import { DiskBlobStore } from "./document/evidence/blob/disk-blob-store.ts";
import { openKeyRing } from "./document/evidence/blob/keys.ts";
import { incidentKeys } from "./document/evidence/incident-keys.ts";
import { keepHouse } from "./housekeeping.ts";

const ORGANISATION = "org_00000000000000000000000000";
const INCIDENT = "inc_00000000000000000000000000";
const DAY_MS = 24 * 60 * 60_000;

describe("housekeeping", () => {
  let database: FreshDatabase;
  let folder: string;
  let blobs: DiskBlobStore;

  beforeAll(async () => {
    database = await freshDatabase();
    folder = await mkdtemp(join(tmpdir(), "jumpkit-house-"));
    const ring = await openKeyRing(join(folder, "keys"));
    const keyOf = incidentKeys(database.pool, ring);
    blobs = new DiskBlobStore({ directory: join(folder, "blobs"), keyOf, nameOf: ring.nameOf });
  });
  afterAll(async () => {
    await database?.drop();
    await rm(folder, { recursive: true, force: true });
  });

  const receive = async (text: string): Promise<string> => {
    const place = { organisation: ORGANISATION, incident: INCIDENT };
    const received = await blobs.receive(
      (async function* () {
        yield Buffer.from(text);
      })(),
      place,
    );
    if (!received.ok) throw new Error(received.refusal.code);
    return received.value.sha256;
  };

  it("removes files that nobody claimed, and never one that an item names", async () => {
    const claimed = await receive("claimed");
    const forgotten = await receive("forgotten");
    await database.pool.query(
      `INSERT INTO evidence_item (organisation, id, incident, number, collected_seq, sha256, state)
       VALUES ($1, 'evd_1', $2, 1, 1, $3, '{}')`,
      [ORGANISATION, INCIDENT, claimed],
    );

    const tooEarly = await keepHouse(database.pool, blobs, instantAt(Date.now() + DAY_MS));
    const removed = await keepHouse(database.pool, blobs, instantAt(Date.now() + 3 * DAY_MS));

    const at = (sha256: string) => ({ organisation: ORGANISATION, incident: INCIDENT, sha256 });
    expect([tooEarly, removed]).toEqual([0, 1]);
    expect((await blobs.verify(at(claimed))).ok).toBe(true);
    expect((await blobs.verify(at(forgotten))).ok).toBe(false);
  });

  it("ends sessions and links that have expired, and leaves the others", async () => {
    const now = Date.now();
    for (const [secret, hours] of [
      ["old", -1],
      ["young", 1],
    ] as const) {
      await database.pool.query(
        `INSERT INTO session (organisation, secret_sha256, person, created_at, seen_at, proved_at, id, expires_at)
         VALUES ($1, $2, 'psn_1', now(), now(), now(), $2, $3)`,
        [ORGANISATION, secret, instantAt(now + hours * 3_600_000)],
      );
    }

    await keepHouse(database.pool, blobs, instantAt(now));

    const { rows } = await database.pool.query("SELECT secret_sha256 FROM session");
    expect(rows).toEqual([{ secret_sha256: "young" }]);
  });
});
