import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { liveThrough } from "../support/incident-story.ts";
import { startHouse, type TestHouse } from "../support/running.ts";
import { seeded, tamperOnce } from "../support/tamper.ts";

const TRIES = 10_000;

describe("a record under a long campaign of tampering", () => {
  let house: TestHouse;

  beforeAll(async () => {
    house = await startHouse();
    await liveThrough(house);
  });
  afterAll(async () => house?.close());

  it(`is found out in each of ${TRIES} random tamperings`, async () => {
    const { rows } = await house.database.pool.query<{ organisation: string }>(
      "SELECT organisation FROM log_head",
    );
    const random = seeded(Number(process.env["SEED"] ?? 7));
    const client = await house.database.pool.connect();
    const missed: string[] = [];
    for (let round = 0; round < TRIES; round++) {
      const { what, changed, findings } = await tamperOnce(client, rows[0]?.organisation ?? "", random);
      if (changed > 0 && findings.length === 0) missed.push(what);
    }
    client.release();

    expect(missed).toEqual([]);
  });
});
