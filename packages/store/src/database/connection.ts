import pg from "pg";

/** How to reach one database, as `pg` takes it. `host` is a folder when the server listens on a socket in it. */
export type ConnectionSettings = {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly database: string;
};

/** The settings as one `postgresql://` address that `pg`, `psql` and `DATABASE_URL` understand. */
export function toDatabaseUrl(settings: ConnectionSettings): string {
  const { user, password, host, port, database } = settings;
  const account = `${encodeURIComponent(user)}:${encodeURIComponent(password)}`;
  const name = encodeURIComponent(database);
  if (host.startsWith("/")) {
    return `postgresql://${account}@localhost:${port}/${name}?host=${encodeURIComponent(host)}`;
  }
  return `postgresql://${account}@${host}:${port}/${name}`;
}

/**
 * A pool of at most `maxCount` connections to the database at `databaseUrl`.
 *
 * A connection that breaks while idle is dropped silently: the pool makes a new one when it is needed.
 */
export function openPool(databaseUrl: string, maxCount: number): pg.Pool {
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    max: maxCount,
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: 60_000,
    application_name: `jumpkit ${process.pid}`,
    options: "-c timezone=UTC -c datestyle=ISO -c intervalstyle=postgres",
  });
  pool.on("error", () => {});
  return pool;
}
