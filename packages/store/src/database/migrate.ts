import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type pg from "pg";
import { CannotStart, codeOf, messageOf } from "./faults.ts";

/** One step of the database's structure: a file of SQL named `0000-what-it-does.sql`. */
export type Migration = {
  readonly number: number;
  readonly name: string;
  readonly sql: string;
  /** Of the file's bytes, in hex. An applied file never changes again. */
  readonly sha256: string;
};

/** A step that a database has behind it. */
export type AppliedMigration = Pick<Migration, "number" | "name" | "sha256">;

/** "MIGRATE" in ASCII: one starter at a time changes the structure of a database. */
const LOCK = "21754143878239301";

/** The name of the table that tells which steps a database has behind it. */
export const MIGRATION_TABLE = "jumpkit_migration";

/**
 * Brings a database's structure up to the newest step in `directory`: an upgrade as a whole or not at all, so that
 * whoever cannot take it goes on with the Jumpkit before.
 *
 * Several servers may start at once: one works, the others wait and find everything done.
 *
 * @returns the steps applied now, in their order; empty when the database was up to date
 * @throws CannotStart  `database.no_permission` when the account may not do what a step needs;
 *                      `database.upgrade_failed` with the step, why it failed, and what to do
 * @throws Error        an applied file was edited or is missing, or a number is left out
 */
export async function migrate(pool: pg.Pool, directory: string): Promise<readonly AppliedMigration[]> {
  const migrations = await readMigrations(directory);
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query(`SELECT pg_advisory_lock(${LOCK})`);
    const pending = await pendingOf(client, migrations);
    // A new database has nothing to go back to, and its first step makes a role that others may be waiting for.
    const isNew = pending.length === migrations.length;
    for (const steps of isNew ? pending.map((step) => [step]) : [pending]) await applyTogether(client, steps);
    await client.query(`SELECT pg_advisory_unlock(${LOCK})`);
    return pending.map(({ number, name, sha256 }) => ({ number, name, sha256 }));
  } catch (error) {
    // Closing the connection gives the lock back, whatever state the error left it in.
    broken = error instanceof Error ? error : new Error(String(error));
    throw error;
  } finally {
    client.release(broken);
  }
}

/**
 * Applies, inside the transaction that `client` is in, the steps after those the database has, up to and
 * including `last`; all of them without `last`. For restoring a backup, which is all or nothing.
 */
export async function migrateWithin(
  client: pg.ClientBase,
  migrations: readonly Migration[],
  last = migrations.length - 1,
): Promise<void> {
  for (const migration of await pendingOf(client, migrations)) {
    if (migration.number <= last) await apply(client, migration);
  }
}

/** The steps that a database has behind it, in their order; empty before the first start. */
export async function readApplied(client: pg.ClientBase | pg.Pool): Promise<readonly AppliedMigration[]> {
  const { rows: found } = await client.query("SELECT to_regclass($1) IS NOT NULL AS exists", [
    MIGRATION_TABLE,
  ]);
  if (!found[0].exists) return [];
  const { rows } = await client.query(`SELECT number, name, sha256 FROM ${MIGRATION_TABLE} ORDER BY number`);
  return rows;
}

/**
 * The steps in `directory` in their order.
 *
 * @throws Error  two files share a number, one is left out, or a name does not fit `0000-what-it-does.sql`
 */
export async function readMigrations(directory: string): Promise<readonly Migration[]> {
  const names = (await readdir(directory)).filter((name) => name.endsWith(".sql")).sort();
  return Promise.all(
    names.map(async (name, index) => {
      const number = /^(\d{4})-[a-z0-9]+(?:-[a-z0-9]+)*\.sql$/.exec(name)?.[1];
      if (number === undefined)
        throw new Error(`The migration ${name} must be named like 0000-what-it-does.sql.`);
      if (Number(number) !== index) {
        throw new Error(
          `The migration ${name} should have number ${String(index).padStart(4, "0")}: numbers have no gap and no double.`,
        );
      }
      const bytes = await readFile(join(directory, name));
      const sha256 = createHash("sha256").update(bytes).digest("hex");
      return { number: index, name, sql: bytes.toString("utf8"), sha256 };
    }),
  );
}

async function pendingOf(
  client: pg.ClientBase,
  migrations: readonly Migration[],
): Promise<readonly Migration[]> {
  const applied = await readApplied(client);
  assertUnchanged(migrations, applied);
  return migrations.slice(applied.length);
}

/** Refuses by name a file that was edited after it was applied, and a database newer than this program. */
export function assertUnchanged(
  migrations: readonly AppliedMigration[],
  applied: readonly AppliedMigration[],
): void {
  for (const [index, { name, sha256 }] of applied.entries()) {
    const migration = migrations[index];
    if (migration === undefined) {
      throw new Error(
        `The database was used by a newer Jumpkit: it has the migration ${name}, which this one does not know. Start the newer one.`,
      );
    }
    if (migration.name !== name || migration.sha256 !== sha256) {
      throw new Error(
        `The migration ${migration.name} was changed after it had been applied as ${name}. Put the original file back; changes go into a new file.`,
      );
    }
  }
}

async function applyTogether(client: pg.ClientBase, steps: readonly Migration[]): Promise<void> {
  await client.query("BEGIN");
  try {
    for (const step of steps) await apply(client, step);
    await client.query("COMMIT");
  } catch (error) {
    await client.query("ROLLBACK").catch(() => {});
    if (error instanceof CannotStart) throw error;
    throw new CannotStart("database.upgrade_failed", `${messageOf(error)}. ${WHEN_FAILED}`, { cause: error });
  }
}

const WHEN_FAILED =
  "The upgrade was undone as a whole, and the data is as it was. Start the Jumpkit that ran before, which works with it as before, and report this message: it says what the new structure cannot hold.";

async function apply(client: pg.ClientBase, { number, name, sql, sha256 }: Migration): Promise<void> {
  try {
    await client.query(
      `CREATE TABLE IF NOT EXISTS ${MIGRATION_TABLE} (
         number int PRIMARY KEY,
         name text NOT NULL,
         sha256 text NOT NULL,
         applied_at timestamptz NOT NULL DEFAULT now()
       )`,
    );
    await client.query(sql);
    await client.query(`INSERT INTO ${MIGRATION_TABLE} (number, name, sha256) VALUES ($1, $2, $3)`, [
      number,
      name,
      sha256,
    ]);
  } catch (error) {
    const insufficientPrivilege = codeOf(error) === "42501";
    const sentence = `The migration ${name} failed: ${messageOf(error)}${detailOf(error)}`;
    if (!insufficientPrivilege) throw new Error(sentence, { cause: error });
    throw new CannotStart(
      "database.no_permission",
      `${sentence}. The account in DATABASE_URL must own its database and be allowed to create roles; docs/operate.md says how to prepare one.`,
      { cause: error },
    );
  }
}

/** What PostgreSQL adds to say which rows are at fault. */
function detailOf(error: unknown): string {
  const isTold = error instanceof Error && "detail" in error && typeof error.detail === "string";
  return isTold ? ` (${String(error.detail).replace(/\.$/, "")})` : "";
}
