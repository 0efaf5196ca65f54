import { randomBytes } from "node:crypto";
import { copyFile, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { asTestAdmin, type FreshDatabase, freshDatabase } from "../../../../tests/support/database.ts";
import { openPool } from "./connection.ts";
import { CannotStart } from "./faults.ts";
import { migrate, readApplied } from "./migrate.ts";
import { withTransaction } from "./transaction.ts";

const ROLES = join(import.meta.dirname, "../../migrations/0000-roles.sql");
let database: FreshDatabase;
let folder: string;

beforeEach(async () => {
  database = await freshDatabase({ empty: true });
  folder = await mkdtemp(join(tmpdir(), "jumpkit-migrations-"));
});

afterEach(async () => {
  await database.drop();
  await rm(folder, { recursive: true });
});

async function put(files: Record<string, string>): Promise<void> {
  for (const [name, sql] of Object.entries(files)) await writeFile(join(folder, name), sql);
}

async function tables(): Promise<readonly string[]> {
  const { rows } = await database.pool.query(
    "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'jumpkit_migration' ORDER BY 1",
  );
  return rows.map(({ tablename }) => tablename);
}

describe("migrations", () => {
  it("are applied in the order of their numbers, once", async () => {
    await put({ "0000-a.sql": "CREATE TABLE a (n int)", "0001-b.sql": "ALTER TABLE a RENAME TO b" });

    const first = await migrate(database.pool, folder);
    const second = await migrate(database.pool, folder);

    expect(first.map(({ name }) => name)).toEqual(["0000-a.sql", "0001-b.sql"]);
    expect(second).toEqual([]);
    expect(await tables()).toEqual(["b"]);
  });

  it("continue where the database stands", async () => {
    await put({ "0000-a.sql": "CREATE TABLE a (n int)" });
    await migrate(database.pool, folder);
    await put({ "0001-b.sql": "CREATE TABLE b (n int)" });

    await migrate(database.pool, folder);

    expect(await tables()).toEqual(["a", "b"]);
    expect(await readApplied(database.pool)).toHaveLength(2);
  });

  it("are applied once when several servers start together", async () => {
    await put({ "0000-a.sql": "CREATE TABLE a (n int)", "0001-b.sql": "CREATE TABLE b (n int)" });

    const outcomes = await Promise.all([1, 2, 3, 4].map(() => migrate(database.pool, folder)));

    expect(outcomes.map((applied) => applied.length).sort()).toEqual([0, 0, 0, 2]);
  });

  it("name the file that was edited after it had been applied", async () => {
    await put({ "0000-a.sql": "CREATE TABLE a (n int)" });
    await migrate(database.pool, folder);
    await put({ "0000-a.sql": "CREATE TABLE a (n bigint)" });

    await expect(migrate(database.pool, folder)).rejects.toThrow(/0000-a\.sql was changed/);
  });

  it("refuse a database that a newer Jumpkit has used", async () => {
    await put({ "0000-a.sql": "CREATE TABLE a (n int)", "0001-b.sql": "CREATE TABLE b (n int)" });
    await migrate(database.pool, folder);
    await rm(join(folder, "0001-b.sql"));

    await expect(migrate(database.pool, folder)).rejects.toThrow(
      /newer Jumpkit: it has the migration 0001-b/,
    );
  });

  it("leave nothing of a step that fails, and name it", async () => {
    await put({ "0000-a.sql": "CREATE TABLE a (n int)", "0001-b.sql": "CREATE TABLE b (n int); SELECT 1/0" });

    await expect(migrate(database.pool, folder)).rejects.toThrow(/0001-b\.sql failed: division by zero/);
    expect(await tables()).toEqual(["a"]);
  });

  it("leave nothing of an upgrade that fails half-way, and say which rows it failed at and what to do", async () => {
    await put({ "0000-a.sql": "CREATE TABLE a (n int); INSERT INTO a VALUES (7), (7)" });
    await migrate(database.pool, folder);
    await put({ "0001-b.sql": "CREATE TABLE b (n int)", "0002-c.sql": "CREATE UNIQUE INDEX one ON a (n)" });

    const error = await migrate(database.pool, folder).catch((reason: unknown) => reason);

    expect(error).toMatchObject({ code: "database.upgrade_failed" });
    expect(String(error)).toMatch(/0002-c\.sql failed: .*Key \(n\)=\(7\).*Start the Jumpkit that ran before/);
    expect(await tables()).toEqual(["a"]);
    expect(await readApplied(database.pool)).toHaveLength(1);
  });

  it.each([
    ["a gap", "0002-c.sql"],
    ["a double number", "0000-b.sql"],
    ["a name that says nothing", "1.sql"],
  ])("refuse %s", async (_, name) => {
    await put({ "0000-a.sql": "SELECT 1", [name]: "SELECT 1" });

    await expect(migrate(database.pool, folder)).rejects.toThrow(name);
  });
});

describe("the role of an organisation's transactions", () => {
  beforeEach(() => copyFile(ROLES, join(folder, "0000-roles.sql")));

  it("is made once by all who start together and can be assumed", async () => {
    const others = await Promise.all([freshDatabase({ empty: true }), freshDatabase({ empty: true })]);
    const all = [database, ...others];

    await Promise.all(all.map(({ pool }) => migrate(pool, folder)));

    const became = await withTransaction(database.pool, "org_a", async (client) => {
      const { rows } = await client.query(
        "SELECT rolname, rolcanlogin, rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user",
      );
      return rows;
    });
    await Promise.all(others.map(({ drop }) => drop()));
    expect(became).toEqual([
      { rolname: "jumpkit_app", rolcanlogin: false, rolsuper: false, rolbypassrls: false },
    ]);
  });

  it("is refused to an account without the right, with the words a superuser needs", async () => {
    const account = await anAccount();

    const error = await migrate(account.pool, folder).catch((reason: unknown) => reason);

    await account.remove();
    expect(error).toBeInstanceOf(CannotStart);
    expect(error).toMatchObject({ code: "database.no_permission" });
    expect(String(error)).toContain(`GRANT jumpkit_app TO ${account.name}`);
  });
});

/** An account that owns the test's database, as an operator may give us one. */
async function anAccount() {
  const name = `jumpkit_it_${randomBytes(4).toString("hex")}`;
  const url = new URL(database.databaseUrl);
  const databaseName = url.pathname.slice(1);
  const owner = url.username;
  await asTestAdmin(`CREATE ROLE ${name} LOGIN PASSWORD 'secret'`);
  await asTestAdmin(`ALTER DATABASE ${databaseName} OWNER TO ${name}`);
  url.username = name;
  url.password = "secret";
  const pool = openPool(url.href, 4);
  const remove = async () => {
    await pool.query("DROP TABLE IF EXISTS jumpkit_migration");
    await pool.end();
    await asTestAdmin(`ALTER DATABASE ${databaseName} OWNER TO ${owner}`);
    await asTestAdmin(`DROP ROLE ${name}`);
  };
  return { name, pool, remove };
}
