import type { Viewer } from "@jumpkit/app";
import { type IncidentId, type Instant, instantAt, stampNow, unixMsOf } from "@jumpkit/core";
import { emptyRoot } from "@jumpkit/tlog";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type FreshDatabase, freshDatabase } from "../../../../../tests/support/database.ts";
import { withTransaction } from "../../database/transaction.ts";
import { examineTree } from "../../doctor/tree.ts";
import { appendFacts } from "./append.ts";

const ORGANISATION = "org_00000000000000000000000000";
const ACTOR = {
  id: "psn_00000000000000000000000000" as Viewer["id"],
  name: "Ana",
  title: "handler",
  phone: "1",
};
const NOON = instantAt(Date.UTC(2026, 10, 22, 12));

describe("appending to the log", () => {
  let database: FreshDatabase;

  beforeAll(async () => {
    database = await freshDatabase();
    await database.pool.query(
      "INSERT INTO log_head (organisation, origin, root, recorded_at) VALUES ($1, 'o', $2, $3)",
      [ORGANISATION, emptyRoot(), NOON],
    );
  });
  afterAll(async () => database?.drop());

  const write = (incident: number, text: string, now: Instant = NOON) =>
    withTransaction(database.pool, ORGANISATION, (client) =>
      appendFacts(
        client,
        ORGANISATION,
        [
          {
            type: "log.noted",
            incident: `inc_0000000000000000000000000${incident}` as IncidentId,
            happened: stampNow(now, "UTC"),
            body: { text, kind: "note", mentions: [], assets: [], whyLate: "" },
          },
        ],
        { now, actor: ACTOR, authority: undefined },
      ),
    );

  const problems = () =>
    withTransaction(
      database.pool,
      ORGANISATION,
      async (client) => (await examineTree(client, ORGANISATION)).findings,
    );

  it("never runs backwards when the clock is set back an hour", async () => {
    const before = await write(1, "noon", instantAt(unixMsOf(NOON) + 1000));
    const after = await write(1, "an hour earlier by the clock", instantAt(unixMsOf(NOON) - 3_600_000));

    expect(after[0]?.recordedAt).toBe(before[0]?.recordedAt);
    expect(after[0]?.seq).toBe((before[0]?.seq ?? 0) + 1);
    expect(await problems()).toEqual([]);
  });

  it("gives eight writers at once places without a gap, in the tree and in each incident", async () => {
    const places = await Promise.all(
      Array.from({ length: 160 }, (_, index) => write(index % 3, `line ${index}`)),
    );

    const seqs = places.map(([place]) => place?.seq ?? -1).sort((a, b) => a - b);
    expect(seqs).toEqual(Array.from({ length: 160 }, (_, index) => index + 2));
    expect(await problems()).toEqual([]);
  });

  it("leaves nothing behind when the transaction fails after it", async () => {
    const size = async () =>
      (await database.pool.query("SELECT size FROM log_head WHERE organisation = $1", [ORGANISATION])).rows[0]
        .size;
    const before = await size();

    const failing = withTransaction(database.pool, ORGANISATION, async (client) => {
      await appendFacts(
        client,
        ORGANISATION,
        [
          {
            type: "person.invited",
            incident: null,
            happened: stampNow(NOON, "UTC"),
            body: { person: ACTOR.id, name: "Ana" },
          },
        ],
        { now: NOON, actor: ACTOR, authority: undefined },
      );
      throw new Error("the power went out");
    });

    await expect(failing).rejects.toThrow("the power went out");
    expect(await size()).toBe(before);
    expect(await problems()).toEqual([]);
  });

  it("shows an organisation nothing of another's log", async () => {
    const seen = await withTransaction(database.pool, "org_11111111111111111111111111", (client) =>
      client.query("SELECT count(*)::int AS count FROM log_entry"),
    );
    expect(seen.rows[0].count).toBe(0);
    const foreign = withTransaction(database.pool, "org_11111111111111111111111111", (client) =>
      client.query("INSERT INTO counter VALUES ($1, 'x', 1)", [ORGANISATION]),
    );
    await expect(foreign).rejects.toThrow("row-level security");
  });
});
