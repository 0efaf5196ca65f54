import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { asTestAdmin, type FreshDatabase, freshDatabase } from "../../../../tests/support/database.ts";
import { openPool } from "./connection.ts";
import { DatabaseUnavailable } from "./faults.ts";
import { readMigrations } from "./migrate.ts";
import { withOwnerTransaction, withTransaction } from "./transaction.ts";

let database: FreshDatabase;

beforeAll(async () => {
  database = await freshDatabase({ empty: true });
  const [roles] = await readMigrations(join(import.meta.dirname, "../../migrations"));
  await database.pool.query(roles?.sql ?? "");
  await database.pool.query(`
    CREATE TABLE note (organisation text, line text);
    ALTER TABLE note ENABLE ROW LEVEL SECURITY;
    CREATE POLICY own ON note USING (organisation = current_setting('jumpkit.organisation'));
    GRANT SELECT, INSERT ON note TO jumpkit_app;
  `);
});

beforeEach(async () => {
  await database.pool.query("TRUNCATE note");
});

afterAll(() => database.drop());

function write(organisation: string, line: string): Promise<unknown> {
  return withTransaction(database.pool, organisation, (client) =>
    client.query("INSERT INTO note VALUES ($1, $2)", [organisation, line]),
  );
}

async function lines(organisation: string): Promise<readonly string[]> {
  return withTransaction(database.pool, organisation, async (client) => {
    const { rows } = await client.query("SELECT line FROM note ORDER BY line");
    return rows.map(({ line }) => line);
  });
}

describe("a transaction", () => {
  it("sees and changes only the rows of its organisation", async () => {
    await write("org_a", "cut the uplink");
    await write("org_b", "call the bank");

    expect(await lines("org_a")).toEqual(["cut the uplink"]);
    expect(await lines("org_b")).toEqual(["call the bank"]);
    const foreign = withTransaction(database.pool, "org_a", (client) =>
      client.query("INSERT INTO note VALUES ('org_b', 'forged')"),
    );
    await expect(foreign).rejects.toThrow(/row-level security/);
  });

  it("leaves neither role nor organisation behind on the connection", async () => {
    const one = openPool(database.databaseUrl, 1);
    await withTransaction(one, "org_a", () => Promise.resolve());

    const { rows } = await one.query(
      "SELECT current_user = session_user AS own, current_setting('jumpkit.organisation', true) AS organisation",
    );

    await one.end();
    expect(rows).toEqual([{ own: true, organisation: "" }]);
  });

  it("takes the organisation as data, whatever it contains", async () => {
    const hostile = "x'); DROP TABLE note; --";

    await write(hostile, "still here");

    expect(await lines(hostile)).toEqual(["still here"]);
  });

  it("stores nothing when the work fails, and the pool stays usable", async () => {
    const failing = withTransaction(database.pool, "org_a", async (client) => {
      await client.query("INSERT INTO note VALUES ('org_a', 'half a thought')");
      throw new RangeError("no");
    });

    await expect(failing).rejects.toThrow(RangeError);
    expect(await lines("org_a")).toEqual([]);
  });

  it("does not report success when a swallowed error had doomed it", async () => {
    const doomed = withTransaction(database.pool, "org_a", async (client) => {
      await client.query("INSERT INTO note VALUES ('org_a', 'lost')");
      await client.query("SELECT 1/0").catch(() => {});
    });

    await expect(doomed).rejects.toThrow(/rolled back/);
  });

  it("of the owner sees the rows of all", async () => {
    await write("org_a", "one");
    await write("org_b", "two");

    const { rowCount } = await withOwnerTransaction(database.pool, (client) =>
      client.query("SELECT FROM note"),
    );

    expect(rowCount).toBe(2);
  });

  it("that only reads refuses a change", async () => {
    const change = withTransaction(
      database.pool,
      "org_a",
      (client) => client.query("INSERT INTO note VALUES ('org_a', 'x')"),
      "repeatable read, read only",
    );

    await expect(change).rejects.toThrow(/read-only transaction/);
  });

  it("tells that a lost connection changed nothing, and the next one works", async () => {
    const lost = withTransaction(database.pool, "org_a", async (client) => {
      await client.query("INSERT INTO note VALUES ('org_a', 'cut off')");
      const { rows } = await client.query("SELECT pg_backend_pid() AS pid");
      await asTestAdmin("SELECT pg_terminate_backend($1)", [rows[0].pid]);
      await client.query("SELECT 1");
    });

    const error = await lost.catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(DatabaseUnavailable);
    expect(error).toMatchObject({ code: "database.unavailable", outcome: "not_committed" });
    expect(await lines("org_a")).toEqual([]);
  });

  it("tells that the outcome is unknown when the connection was lost while committing", async () => {
    await database.pool.query(`
      CREATE FUNCTION die() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS
        'BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NULL; END';
      CREATE CONSTRAINT TRIGGER at_commit AFTER INSERT ON note DEFERRABLE INITIALLY DEFERRED
        FOR EACH ROW EXECUTE FUNCTION die();
    `);

    const error = await write("org_a", "last words").catch((reason: unknown) => reason);

    await database.pool.query("DROP TRIGGER at_commit ON note");
    expect(error).toMatchObject({ code: "database.unavailable", outcome: "unknown" });
  });

  it("says so when there is no database to reach", async () => {
    const nowhere = openPool("postgresql://a:b@localhost/x?host=/nonexistent", 1);

    const error = await withTransaction(nowhere, "org_a", () => Promise.resolve()).catch((reason) => reason);

    await nowhere.end();
    expect(error).toMatchObject({ code: "database.unavailable", outcome: "not_committed" });
  });
});
