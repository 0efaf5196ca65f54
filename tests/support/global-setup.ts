import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import type { TestProject } from "vitest/node";
import { openPool, toDatabaseUrl } from "../../packages/store/src/database/connection.ts";
import { startEmbedded } from "../../packages/store/src/database/embedded/embedded.ts";
import { migrate } from "../../packages/store/src/database/migrate.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** The socket at which a test file learns of the run's database server. */
    databaseDoor: string;
  }
}

/** The one database server of a test run. */
export type TestServer = {
  /** May create and drop databases. */
  readonly adminUrl: string;
  /** Owns the databases that tests get. */
  readonly ownerUrl: string;
  /** The name of a migrated database, to be cloned. */
  readonly template: string;
  /** Starts the names of all databases of this run. */
  readonly prefix: string;
};

const MIGRATIONS = join(import.meta.dirname, "../../packages/store/migrations");

/**
 * Opens a door at which test files ask for the run's database server, and starts the server when the first
 * one asks: a run without such tests pays nothing.
 *
 * With TEST_DATABASE_URL or DATABASE_URL set, that server is used and left as it was found.
 */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), "jumpkit-db-"));
  let started: Promise<Started> | undefined;
  const sockets = new Set<Socket>();
  const door = createServer((socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    socket.on("error", () => {});
    started ??= startServer(folder);
    started.then(
      ({ server }) => socket.end(JSON.stringify({ server })),
      (error: unknown) => socket.end(JSON.stringify({ error: String(error) })),
    );
  });
  const path = join(folder, "door");
  await new Promise<void>((resolve) => {
    door.listen(path, resolve);
  });
  project.provide("databaseDoor", path);

  return async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => {
      door.close(resolve);
    });
    await started?.then(
      ({ stop }) => stop(),
      () => {},
    );
    await rm(folder, { recursive: true, force: true });
  };
}

type Started = { readonly server: TestServer; readonly stop: () => Promise<void> };

async function startServer(folder: string): Promise<Started> {
  const prefix = `jumpkit_test_${randomBytes(4).toString("hex")}`;
  const { TEST_DATABASE_URL, DATABASE_URL } = process.env;
  const url = TEST_DATABASE_URL ?? DATABASE_URL;
  if (url !== undefined) {
    const server = await withTemplate({ adminUrl: url, ownerUrl: url, prefix });
    return { server, stop: () => dropAll(server) };
  }
  const embedded = await startEmbedded({
    dataDir: join(folder, "data"),
    log: () => {},
    diesWithParent: true,
    // Several workers, each with the pools of whole houses: what a machine is slow at must not refuse one.
    connectionCount: 200,
  });
  try {
    const adminUrl = toDatabaseUrl({ ...embedded.superuser, database: "postgres" });
    const server = await withTemplate({ adminUrl, ownerUrl: toDatabaseUrl(embedded.settings), prefix });
    return { server, stop: embedded.stop };
  } catch (error) {
    await embedded.stop();
    throw error;
  }
}

async function withTemplate(base: Omit<TestServer, "template">): Promise<TestServer> {
  const server = { ...base, template: `${base.prefix}_template` };
  const owner = new URL(server.ownerUrl).username;
  await asAdmin(server, (admin) =>
    admin.query(
      `CREATE DATABASE ${server.template} OWNER ${admin.escapeIdentifier(decodeURIComponent(owner))} TEMPLATE template0 ENCODING 'UTF8'`,
    ),
  );
  const url = new URL(server.ownerUrl);
  url.pathname = `/${server.template}`;
  const pool = openPool(url.href, 1);
  try {
    await migrate(pool, MIGRATIONS);
  } finally {
    await pool.end();
  }
  return server;
}

async function dropAll(server: TestServer): Promise<void> {
  await asAdmin(server, async (admin) => {
    const { rows } = await admin.query("SELECT datname FROM pg_database WHERE starts_with(datname, $1)", [
      server.prefix,
    ]);
    for (const { datname } of rows) await admin.query(`DROP DATABASE IF EXISTS ${datname} WITH (FORCE)`);
  });
}

async function asAdmin(server: TestServer, work: (admin: pg.Client) => Promise<unknown>): Promise<void> {
  const admin = new pg.Client({ connectionString: server.adminUrl });
  await admin.connect();
  try {
    await work(admin);
  } finally {
    await admin.end();
  }
}
