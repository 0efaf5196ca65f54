import type pg from "pg";
import { MIGRATION_TABLE } from "../../database/migrate.ts";

/** A table of ours with the columns that hold something of its own, in their order. */
export type Table = { readonly schema: string; readonly name: string; readonly columns: readonly string[] };

/** Where a sequence stands. `value` is text since it may exceed what a number holds exactly. */
export type Sequence = {
  readonly schema: string;
  readonly name: string;
  readonly value: string;
  readonly isCalled: boolean;
};

/** What is ours: not PostgreSQL's own, not an extension's, not another account's. */
const IS_OURS = `
  n.nspname !~ '^pg_' AND n.nspname <> 'information_schema' AND pg_has_role(c.relowner, 'USAGE')
  AND NOT EXISTS (SELECT FROM pg_depend WHERE classid = 'pg_class'::regclass AND objid = c.oid AND deptype = 'e')`;

/** Tables that follow from kept files alone: no backup holds them, and a command fills them anew. */
const DERIVED = ["file_digest", "manifest_read"];

/**
 * Our tables in the order of their names, without the one that tells the structure's version and those that follow from
 * kept files alone.
 *
 * Columns that the database computes are left out: it will compute them again.
 */
export async function readTables(client: pg.ClientBase): Promise<readonly Table[]> {
  const { rows } = await client.query(
    `SELECT n.nspname AS schema, c.relname AS name, array_agg(a.attname::text ORDER BY a.attnum) AS columns
     FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_attribute a ON a.attrelid = c.oid
     WHERE c.relkind = 'r' AND c.relpersistence <> 't' AND ${IS_OURS}
       AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '' AND c.relname <> ALL($1)
     GROUP BY n.nspname, c.relname ORDER BY n.nspname, c.relname`,
    [[MIGRATION_TABLE, ...DERIVED]],
  );
  return rows;
}

/** Our sequences and where they stand, in the order of their names. */
export async function readSequences(client: pg.ClientBase): Promise<readonly Sequence[]> {
  const { rows: names } = await client.query(
    `SELECT n.nspname AS schema, c.relname AS name
     FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE c.relkind = 'S' AND ${IS_OURS} ORDER BY n.nspname, c.relname`,
  );
  const sequences: Sequence[] = [];
  for (const { schema, name } of names) {
    const { rows } = await client.query(
      `SELECT last_value::text AS value, is_called AS "isCalled" FROM ${quoted(client, { schema, name })}`,
    );
    sequences.push({ schema, name, ...rows[0] });
  }
  return sequences;
}

/** The foreign keys between our tables, each with the SQL that defines it. */
export async function readForeignKeys(
  client: pg.ClientBase,
): Promise<readonly { schema: string; table: string; name: string; definition: string }[]> {
  const { rows } = await client.query(
    `SELECT n.nspname AS schema, c.relname AS table, k.conname AS name, pg_get_constraintdef(k.oid) AS definition
     FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE k.contype = 'f' AND k.conparentid = 0 AND ${IS_OURS} ORDER BY 1, 2, 3`,
  );
  return rows;
}

/** Our triggers that are not switched off, each with the letter that tells when it fires. */
export async function readTriggers(
  client: pg.ClientBase,
): Promise<readonly { schema: string; table: string; name: string; fires: string }[]> {
  const { rows } = await client.query(
    `SELECT n.nspname AS schema, c.relname AS table, t.tgname AS name, t.tgenabled AS fires
     FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE NOT t.tgisinternal AND t.tgparentid = 0 AND t.tgenabled <> 'D' AND c.relkind IN ('r', 'p') AND ${IS_OURS}
     ORDER BY 1, 2, 3`,
  );
  return rows;
}

/** The name of a table or sequence as SQL takes it, whatever characters it has. */
export function quoted(
  client: pg.ClientBase,
  { schema, name }: { readonly schema: string; readonly name: string },
): string {
  return `${client.escapeIdentifier(schema)}.${client.escapeIdentifier(name)}`;
}

/** `table (column, …)`, the part of a COPY statement that out and in have in common. */
export function copyTarget(client: pg.ClientBase, table: Table): string {
  return `${quoted(client, table)} (${table.columns.map((column) => client.escapeIdentifier(column)).join(", ")})`;
}

/**
 * Makes text mean the same on every server until the transaction ends, and turns a row that row-level
 * security would hide into an error.
 */
export async function speakPlainly(client: pg.ClientBase): Promise<void> {
  await client.query(
    `SET LOCAL row_security = off; SET LOCAL client_encoding = 'UTF8'; SET LOCAL timezone = 'UTC';
     SET LOCAL datestyle = 'ISO, YMD'; SET LOCAL intervalstyle = 'postgres'; SET LOCAL bytea_output = 'hex';
     SET LOCAL extra_float_digits = 3; SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = 0`,
  );
}
