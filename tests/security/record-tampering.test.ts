import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { examineProjections } from "../../packages/store/src/doctor/replay.ts";
import { examineTree } from "../../packages/store/src/doctor/tree.ts";
import { LogContradictsCheckpoint } from "../../packages/store/src/document/log/publish.ts";
import { liveThrough } from "../support/incident-story.ts";
import { startHouse, type TestHouse } from "../support/running.ts";
import { seeded, tamperOnce } from "../support/tamper.ts";

const TRIES = 300;

describe("a record that somebody with all rights on the database has changed", () => {
  let house: TestHouse;
  let organisation: string;

  beforeAll(async () => {
    house = await startHouse();
    await liveThrough(house);
    const { rows } = await house.database.pool.query<{ organisation: string }>(
      "SELECT organisation FROM log_head",
    );
    organisation = rows[0]?.organisation ?? "";
  });
  afterAll(async () => house?.close());

  it("is sound while nobody has touched it", async () => {
    const client = await house.database.pool.connect();
    await client.query("BEGIN");

    const tree = await examineTree(client, organisation);
    const projections = await examineProjections(client, [organisation]);

    const { rows } = await client.query<{ count: number }>("SELECT count(*)::int AS count FROM log_entry");
    await client.query("ROLLBACK");
    client.release();
    expect(tree).toMatchObject({ findings: [], count: rows[0]?.count });
    expect(projections).toEqual([]);
  });

  it(`is found out in each of ${TRIES} random tamperings, and the place is named`, async () => {
    const random = seeded(20_261_122);
    const client = await house.database.pool.connect();
    const missed: string[] = [];
    for (let round = 0; round < TRIES; round++) {
      const { what, changed, findings } = await tamperOnce(client, organisation, random);
      if (changed > 0 && findings.length === 0) missed.push(what);
      if (changed > 0 && findings.some(({ place }) => place === "")) missed.push(`no place: ${what}`);
    }
    client.release();

    expect(missed).toEqual([]);
  });

  it("refuses to let the application change or delete an entry at all", async () => {
    const attempts = [
      "UPDATE log_entry SET v = 2",
      "DELETE FROM log_entry",
      "TRUNCATE log_entry",
      "DELETE FROM log_node",
    ];

    for (const sql of attempts) {
      await expect(house.database.pool.query(sql)).rejects.toThrow("The handling log only grows");
    }
  });

  it("does not start on a database that was rolled back behind what was published", async () => {
    await house.database.pool.query("UPDATE log_head SET size = size - 1");

    const started = await house.restart().catch((error: unknown) => error);

    expect(started).toBeInstanceOf(LogContradictsCheckpoint);
    expect(String(started)).toContain("jumpkit restore");
    await house.database.pool.query("UPDATE log_head SET size = size + 1");
    await house.restart();
  });
});
