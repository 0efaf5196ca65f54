import type pg from "pg";
import { DatabaseUnavailable, isDiskFull, isLostConnection, StorageFull } from "./faults.ts";

/** The database role that every transaction of an organisation runs as; row-level security binds it. */
export const APP_ROLE = "jumpkit_app";

/** `repeatable read` sees one moment; `read only` refuses changes. The default is PostgreSQL's own. */
export type TransactionMode = "read write" | "read only" | "repeatable read, read only";

/**
 * Runs `work` in one transaction that sees and changes only the rows of `organisation`.
 *
 * Commits when `work` resolves and gives back its value; rolls back and rethrows when it rejects.
 *
 * @throws DatabaseUnavailable  the connection was lost or could not be made; `outcome` tells whether the
 *                              change may be stored all the same
 * @throws StorageFull          the database's disk is full
 */
export async function withTransaction<Value>(
  pool: pg.Pool,
  organisation: string,
  work: (client: pg.PoolClient) => Promise<Value>,
  mode: TransactionMode = "read write",
): Promise<Value> {
  return inTransaction(pool, mode, work, (client) => [
    `SET LOCAL ROLE ${APP_ROLE}`,
    `SELECT set_config('jumpkit.organisation', ${client.escapeLiteral(organisation)}, true)`,
  ]);
}

/**
 * Runs `work` in one transaction as the owner of the tables, whom row-level security does not bind.
 *
 * For what belongs to no organisation: sign-in, set-up, jobs, backup. Otherwise like {@link withTransaction}.
 */
export async function withOwnerTransaction<Value>(
  pool: pg.Pool,
  work: (client: pg.PoolClient) => Promise<Value>,
  mode: TransactionMode = "read write",
): Promise<Value> {
  return inTransaction(pool, mode, work, () => []);
}

/**
 * Runs one statement by itself, as the owner of the tables.
 *
 * @throws DatabaseUnavailable, StorageFull  as {@link withTransaction} does
 */
export async function runStatement<Row extends pg.QueryResultRow>(
  pool: pg.Pool,
  text: string,
  values: readonly unknown[] = [],
  name?: string,
): Promise<pg.QueryResult<Row>> {
  try {
    return await pool.query<Row>({ text, values: [...values], ...(name === undefined ? {} : { name }) });
  } catch (error) {
    // A statement outside a transaction commits by itself: nobody knows whether it did.
    throw translate(error, true);
  }
}

async function inTransaction<Value>(
  pool: pg.Pool,
  mode: TransactionMode,
  work: (client: pg.PoolClient) => Promise<Value>,
  preparations: (client: pg.PoolClient) => readonly string[],
): Promise<Value> {
  const client = await connect(pool);
  let broken: Error | undefined;
  const onError = (error: Error) => {
    broken = error;
  };
  client.on("error", onError);
  let committing = false;
  try {
    // One message, hence one round trip, for everything before the work.
    await client.query([begin(mode), ...preparations(client)].join("; "));
    const value = await work(client);
    committing = true;
    const { command } = await client.query("COMMIT");
    // A statement that failed inside `work`, and whose error was swallowed there, turns COMMIT into ROLLBACK.
    if (command !== "COMMIT")
      throw new Error("The transaction was rolled back: one of its statements had failed.");
    return value;
  } catch (error) {
    if (broken === undefined) broken = await rollBack(client);
    throw translate(error, committing);
  } finally {
    client.removeListener("error", onError);
    client.release(broken);
  }
}

function begin(mode: TransactionMode): string {
  if (mode === "repeatable read, read only") return "BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY";
  return mode === "read only" ? "BEGIN READ ONLY" : "BEGIN";
}

async function connect(pool: pg.Pool): Promise<pg.PoolClient> {
  try {
    return await pool.connect();
  } catch (error) {
    throw translate(error, false);
  }
}

/** Returns the error that makes the connection unfit for further use, if rolling back showed one. */
async function rollBack(client: pg.PoolClient): Promise<Error | undefined> {
  try {
    await client.query("ROLLBACK");
    return undefined;
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

function translate(error: unknown, committing: boolean): unknown {
  if (isDiskFull(error)) return new StorageFull("the database", error);
  if (isLostConnection(error))
    return new DatabaseUnavailable(committing ? "unknown" : "not_committed", error);
  return error;
}
