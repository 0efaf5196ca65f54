import type pg from "pg";
import { openPool, toDatabaseUrl } from "./connection.ts";
import { attachEmbedded, type Embedded, type EmbeddedOptions, startEmbedded } from "./embedded/embedded.ts";
import { CannotStart, type Log, messageOf } from "./faults.ts";

/** The oldest PostgreSQL whose dialect Jumpkit's SQL keeps to. */
export const OLDEST_POSTGRESQL = 15;

/** Which database to open, and how. */
export type DatabaseOptions = {
  /** The address of a PostgreSQL of the operator's own; without it the embedded one is started. */
  readonly databaseUrl?: string | undefined;
  readonly dataDir: string;
  readonly log: Log;
  /**
   * What to do when another Jumpkit runs on the data folder: a server refuses, a command line that can work
   * beside a running server attaches to its database. It matters for the embedded database only.
   */
  readonly whenInUse?: "refuse" | "attach";
  /** How many connections the pool may open at most; 16 unless told. */
  readonly maxConnectionCount?: number;
  readonly onLost?: EmbeddedOptions["onLost"];
};

/** A database that answers. */
export type Database = {
  readonly pool: pg.Pool;
  readonly databaseUrl: string;
  /** The major version of the server. */
  readonly major: number;
  /** The embedded server, when that is what answers. */
  readonly embedded: Embedded | undefined;
  /** Closes the pool, waiting for what is under way, and stops the embedded server. May be called twice. */
  readonly close: () => Promise<void>;
};

/**
 * Opens the database: the one at `databaseUrl`, or the embedded one of the data folder.
 *
 * @throws CannotStart  with what to do: `database.too_old`, `database.start_failed`, `data_folder.in_use`, …
 */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  const { databaseUrl, maxConnectionCount = 16 } = options;
  const embedded = databaseUrl === undefined ? await openEmbedded(options) : undefined;
  const url = databaseUrl ?? (embedded === undefined ? "" : toDatabaseUrl(embedded.settings));
  const pool = openPool(url, maxConnectionCount);
  try {
    const major = await acceptableMajor(pool);
    let closed: Promise<void> | undefined;
    const close = async () => {
      await pool.end();
      await embedded?.stop();
    };
    return {
      pool,
      databaseUrl: url,
      major,
      embedded,
      close: () => {
        closed ??= close();
        return closed;
      },
    };
  } catch (error) {
    await pool.end();
    await embedded?.stop();
    throw error;
  }
}

async function openEmbedded({ dataDir, log, whenInUse, onLost }: DatabaseOptions): Promise<Embedded> {
  try {
    return await startEmbedded({ dataDir, log, ...(onLost === undefined ? {} : { onLost }) });
  } catch (error) {
    const inUse = error instanceof CannotStart && error.code === "data_folder.in_use";
    const attached = inUse && whenInUse === "attach" ? await attachEmbedded(dataDir) : undefined;
    if (attached === undefined) throw error;
    return attached;
  }
}

async function acceptableMajor(pool: pg.Pool): Promise<number> {
  const { version, encoding } = await aboutServer(pool);
  const major = Math.floor(version / 10_000);
  if (major < OLDEST_POSTGRESQL) {
    throw new CannotStart(
      "database.too_old",
      `The database at DATABASE_URL is PostgreSQL ${major}; Jumpkit needs ${OLDEST_POSTGRESQL} or newer. Upgrade it, or unset DATABASE_URL to use the embedded database.`,
    );
  }
  if (encoding !== "UTF8") {
    throw new CannotStart(
      "database.start_failed",
      `The database at DATABASE_URL stores text as ${encoding}; Jumpkit needs UTF8. Create one with: CREATE DATABASE jumpkit ENCODING 'UTF8' TEMPLATE template0`,
    );
  }
  return major;
}

async function aboutServer(pool: pg.Pool): Promise<{ readonly version: number; readonly encoding: string }> {
  try {
    const { rows } = await pool.query(
      "SELECT current_setting('server_version_num')::int AS version, current_setting('server_encoding') AS encoding",
    );
    return rows[0];
  } catch (error) {
    throw new CannotStart(
      "database.start_failed",
      `The database does not answer: ${messageOf(error)}. Check DATABASE_URL and that the server runs.`,
      { cause: error },
    );
  }
}
