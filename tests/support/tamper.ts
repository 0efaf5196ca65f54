import type pg from "pg";
import type { Finding } from "../../packages/store/src/doctor/finding.ts";
import { examineProjections } from "../../packages/store/src/doctor/replay.ts";
import { examineTree } from "../../packages/store/src/doctor/tree.ts";

/** A stream of numbers that is the same for the same seed. */
export function seeded(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

type Random = (below: number) => number;

/** One way to tamper with the database: the statement, which must change at least one row. */
interface Tampering {
  readonly name: string;
  readonly sql: (random: Random) => string;
}

const anyRow = (table: string, random: Random, where = "true"): string =>
  `ctid = (SELECT ctid FROM ${table} WHERE ${where} ORDER BY ctid OFFSET ${random(1000)} % (SELECT count(*) FROM ${table} WHERE ${where}) LIMIT 1)`;

/** Flips one bit-pattern in a byte at one and the same place. */
function flipSame(column: string, random: Random, length: string): string {
  const place = `(${random(100_000)} % ${length})`;
  return `set_byte(${column}, ${place}, get_byte(${column}, ${place}) # ${1 + random(255)})`;
}

const update = (name: string, table: string, set: (random: Random) => string, where = "true"): Tampering => ({
  name,
  sql: (random) => `UPDATE ${table} SET ${set(random)} WHERE ${anyRow(table, random, where)}`,
});
const remove = (table: string): Tampering => ({
  name: `a row of ${table} removed`,
  sql: (random) => `DELETE FROM ${table} WHERE ${anyRow(table, random)}`,
});

/** Everything that a person with all rights on the database may try, short of rebuilding the whole tree. */
export const TAMPERINGS: readonly Tampering[] = [
  update(
    "a byte of a leaf changed",
    "log_entry",
    (random) => `leaf = ${flipSame("leaf", random, "length(leaf)")}`,
  ),
  update(
    "a leaf hash changed",
    "log_entry",
    (random) => `leaf_hash = ${flipSame("leaf_hash", random, "32")}`,
  ),
  update("an entry's type changed", "log_entry", () => "type = type || 'x'"),
  update("an entry's version changed", "log_entry", () => "v = v + 1"),
  update(
    "an entry back-dated",
    "log_entry",
    (random) => `recorded_at = recorded_at - interval '${1 + random(1e6)} ms'`,
  ),
  update(
    "an entry moved within its incident",
    "log_entry",
    () => "incident_seq = incident_seq + 1000",
    "incident IS NOT NULL",
  ),
  update("an entry moved out of its incident", "log_entry", () => "incident = NULL", "incident IS NOT NULL"),
  update("an entry moved to another place", "log_entry", (random) => `seq = seq + ${1000 + random(1000)}`),
  {
    name: "two leaves swapped",
    sql: (random) => {
      const a = random(8);
      return `UPDATE log_entry e SET leaf = o.leaf, leaf_hash = o.leaf_hash FROM log_entry o
        WHERE (e.seq = ${a} AND o.seq = ${a + 2}) OR (e.seq = ${a + 2} AND o.seq = ${a})`;
    },
  },
  {
    name: "an entry added",
    sql: () => `INSERT INTO log_entry SELECT organisation, (SELECT max(seq) + 1 FROM log_entry), type, v, NULL, NULL, recorded_at, leaf, leaf_hash
      FROM log_entry ORDER BY seq LIMIT 1`,
  },
  update(
    "a field changed",
    "log_disclosure",
    (random) => `disclosures[1 + ${random(100)} % cardinality(disclosures)] = 'WyJhIiwidGl0bGUiLCJ4Il0'`,
  ),
  update("a field removed", "log_disclosure", () => "disclosures = disclosures[2:]"),
  update(
    "a field added",
    "log_disclosure",
    () => "disclosures = disclosures || 'WyJhIiwidGl0bGUiLCJ4Il0'::text",
  ),
  update("fields moved to another entry", "log_disclosure", () => "seq = seq + 5000"),
  update("a tree hash changed", "log_node", (random) => `hash = ${flipSame("hash", random, "32")}`),
  update("a tree hash moved", "log_node", (random) => `index = index + ${100 + random(100)}`),
  update("the size changed", "log_head", (random) => `size = size + ${1 + random(9)}`),
  update("the root changed", "log_head", (random) => `root = ${flipSame("root", random, "32")}`),
  update(
    "the frontier changed",
    "log_head",
    (random) => `frontier = ${flipSame("frontier", random, "length(frontier)")}`,
  ),
  update("the head's time changed", "log_head", () => "recorded_at = recorded_at + interval '1 hour'"),
  update("a chain's place changed", "log_chain", () => "last_seq = last_seq + 1"),
  update(
    "a chain's hash changed",
    "log_chain",
    (random) => `last_hash = ${flipSame("last_hash", random, "32")}`,
  ),
  update("a chain's salt changed", "log_chain", () => "salt = 'AAAAAAAAAAAAAAAAAAAAAA'"),
  update("an incident's status changed", "incident", () => "status = 'closed'"),
  update("an incident's priority changed", "incident", () => "priority = 'critical'"),
  update(
    "an incident's state changed",
    "incident",
    () => `state = jsonb_set(state, '{title}', '"nothing happened"')`,
  ),
  update(
    "an item's custodian changed",
    "evidence_item",
    () => `state = jsonb_set(state, '{custodian,name}', '"Mallory"')`,
  ),
  update("an item's digest changed", "evidence_item", () => "sha256 = repeat('0', 64)"),
  update(
    "a person's roles changed",
    "person",
    () => "roles = '{manager,administrator}'",
    "NOT roles @> '{manager}'",
  ),
  update("a person's phone changed", "person", () => `state = jsonb_set(state, '{phone}', '"0"')`),
  update(
    "the policy's text changed",
    "policy_version",
    () => `state = jsonb_set(state, '{document,rows,0,clause}', '"anything goes"')`,
  ),
  update("the organisation renamed", "organisation", () => "name = name || ' '"),
  remove("log_entry"),
  remove("log_disclosure"),
  remove("log_node"),
  remove("log_head"),
  remove("log_chain"),
  remove("incident"),
  remove("evidence_item"),
  remove("person"),
  remove("policy_version"),
  remove("organisation"),
];

/**
 * Tampers once, examines the record, and undoes everything.
 *
 * @returns what was done, and what the examination says of it
 */
export async function tamperOnce(
  client: pg.ClientBase,
  organisation: string,
  random: Random,
): Promise<{ readonly what: string; readonly changed: number; readonly findings: readonly Finding[] }> {
  const tampering = TAMPERINGS[random(TAMPERINGS.length)];
  if (tampering === undefined) throw new RangeError("no such tampering");
  const sql = tampering.sql(random);
  await client.query("BEGIN");
  try {
    for (const table of ["log_entry", "log_node"])
      await client.query(`ALTER TABLE ${table} DISABLE TRIGGER USER`);
    const { rowCount } = await client.query(sql);
    const tree = await examineTree(client, organisation);
    const findings =
      tree.findings.length > 0 ? tree.findings : await examineProjections(client, [organisation]);
    return { what: `${tampering.name}: ${sql}`, changed: rowCount ?? 0, findings };
  } finally {
    await client.query("ROLLBACK");
  }
}
