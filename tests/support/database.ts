import { randomBytes } from "node:crypto";
import { connect } from "node:net";
import { text } from "node:stream/consumers";
import pg from "pg";
import { inject } from "vitest";
import { openPool } from "../../packages/store/src/database/connection.ts";
import type { TestServer } from "./global-setup.ts";

/** A database of a test's own. */
export type FreshDatabase = {
  readonly databaseUrl: string;
  /** Connections as the owner of the tables, as the product has them. */
  readonly pool: pg.Pool;
  /** Closes the pool and removes the database, whoever else is still connected. */
  readonly drop: () => Promise<void>;
};

/**
 * A database with every table and no rows, cloned from the run's template.
 *
 * @param empty  `true` for one without any table
 */
export async function freshDatabase({ empty = false }: { empty?: boolean } = {}): Promise<FreshDatabase> {
  const server = await testServer();
  const name = `${server.prefix}_${randomBytes(6).toString("hex")}`;
  const url = new URL(server.ownerUrl);
  const owner = decodeURIComponent(url.username);
  url.pathname = `/${name}`;
  await asAdmin(server, (admin) =>
    admin.query(
      `CREATE DATABASE ${name} OWNER ${admin.escapeIdentifier(owner)} TEMPLATE ${empty ? "template0" : server.template}`,
    ),
  );
  const pool = openPool(url.href, 8);
  return {
    databaseUrl: url.href,
    pool,
    drop: async () => {
      await pool.end();
      await asAdmin(server, (admin) => admin.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`));
    },
  };
}

/** Runs one statement with all rights on the server that holds the tests' databases, such as ending sessions. */
export async function asTestAdmin(sql: string, values: readonly unknown[] = []): Promise<void> {
  const server = await testServer();
  await asAdmin(server, (admin) => admin.query(sql, [...values]));
}

let known: Promise<TestServer> | undefined;

function testServer(): Promise<TestServer> {
  known ??= askAtTheDoor();
  return known;
}

async function askAtTheDoor(): Promise<TestServer> {
  const answer: { server?: TestServer; error?: string } = JSON.parse(
    await text(connect(inject("databaseDoor"))),
  );
  if (answer.server === undefined)
    throw new Error(`The tests' database server did not start: ${answer.error}`);
  return answer.server;
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
