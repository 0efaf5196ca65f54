import { randomBytes } from "node:crypto";
import type { Recorded } from "@jumpkit/app";
import { type Actor, type AnyFact, ENTRY_VERSION, type Instant, instantAt, unixMsOf } from "@jumpkit/core";
import { appendLeaf, type Frontier, HASH_BYTES, rootOf } from "@jumpkit/tlog";
import type pg from "pg";
import { noteEntrySightings } from "../../detect/observable/sighting.ts";
import { project } from "../../projection/project.ts";
import { readEntry } from "./read.ts";
import { type Sealed, seal } from "./seal.ts";

/** The channel that tells every server process what changed, by id only. */
export const CHANGES_CHANNEL = "jumpkit_changes";

interface Head {
  readonly frontier: Frontier;
  readonly recordedAt: Instant;
}

interface Chain {
  readonly salt: string;
  readonly seq: number;
  readonly previous: Buffer | null;
}

/**
 * Appends facts to the organisation's log and projects them, all in the caller's transaction.
 *
 * The rows of the incidents come first, the head's row last: that one order keeps writers from waiting for
 * each other in a circle. `recordedAt` never runs backwards, whatever the clock does.
 */
export async function appendFacts(
  client: pg.ClientBase,
  organisation: string,
  facts: readonly AnyFact[],
  by: {
    readonly now: Instant;
    readonly actor: Actor;
    readonly authority: { policy: string; rule: string } | undefined;
  },
): Promise<readonly Recorded[]> {
  if (facts.length === 0) return [];
  const chains = await lockChains(client, organisation, facts);
  let head = await lockHead(client, organisation);
  const recorded: Recorded[] = [];
  for (const fact of facts) {
    const recordedAt = later(by.now, head.recordedAt);
    const chain = fact.incident === null ? null : nextLink(chains, fact.incident);
    const seq = head.frontier.size;
    const sealed = seal(fact, {
      seq,
      recordedAt,
      actor: by.actor,
      authority: by.authority && { policy: by.authority.policy, rule: by.authority.rule },
      chain,
      salt: () => randomBytes(16).toString("base64url"),
    });
    if (fact.incident !== null && chain !== null) {
      chains.set(fact.incident, { salt: chain.salt, seq: chain.seq, previous: sealed.hash });
    }
    const { frontier, nodes } = appendLeaf(head.frontier, sealed.hash);
    const place = { seq, incidentSeq: chain?.seq ?? null, recordedAt };
    await insertEntry(client, organisation, fact, sealed, place);
    await insertNodes(client, organisation, nodes);
    const entry = readEntry(rowOf(fact, sealed, place));
    await project(client, organisation, entry);
    await noteEntrySightings(client, organisation, entry);
    head = { frontier, recordedAt };
    recorded.push(place);
  }
  await writeChains(client, organisation, facts, chains);
  await writeHead(client, organisation, head, facts);
  return recorded;
}

async function lockChains(client: pg.ClientBase, organisation: string, facts: readonly AnyFact[]) {
  const incidents = [...new Set(facts.flatMap((fact) => fact.incident ?? []))].sort();
  const chains = new Map<string, Chain>();
  for (const incident of incidents) {
    const chain =
      (await lockChain(client, organisation, incident)) ?? (await beginChain(client, organisation, incident));
    chains.set(incident, chain);
  }
  return chains;
}

async function lockChain(
  client: pg.ClientBase,
  organisation: string,
  incident: string,
): Promise<Chain | undefined> {
  const { rows } = await client.query<{ salt: string; last_seq: number; last_hash: Buffer | null }>({
    name: "lock-chain",
    text: "SELECT salt, last_seq, last_hash FROM log_chain WHERE organisation = $1 AND incident = $2 FOR UPDATE",
    values: [organisation, incident],
  });
  const row = rows[0];
  return row && { salt: row.salt, seq: row.last_seq, previous: row.last_hash };
}

/** The chain of an incident's first entry; of two first entries at once, the second waits for the first. */
async function beginChain(client: pg.ClientBase, organisation: string, incident: string): Promise<Chain> {
  await client.query({
    name: "begin-chain",
    text: "INSERT INTO log_chain (organisation, incident, salt, last_seq) VALUES ($1, $2, $3, 0) ON CONFLICT DO NOTHING",
    values: [organisation, incident, randomBytes(16).toString("base64url")],
  });
  const chain = await lockChain(client, organisation, incident);
  if (chain === undefined) throw new Error(`The chain of ${incident} was not begun`);
  return chain;
}

/** The incident's next place in its own sequence, after the entry it last had. */
function nextLink(chains: ReadonlyMap<string, Chain>, incident: string): Chain {
  const chain = chains.get(incident);
  if (chain === undefined) throw new Error(`The chain of ${incident} was not locked`);
  return { ...chain, seq: chain.seq + 1 };
}

async function lockHead(client: pg.ClientBase, organisation: string): Promise<Head> {
  const { rows } = await client.query<{ size: string; frontier: Buffer; recorded_at: Date }>({
    name: "lock-head",
    text: "SELECT size, frontier, recorded_at FROM log_head WHERE organisation = $1 FOR UPDATE",
    values: [organisation],
  });
  const row = rows[0];
  if (row === undefined) throw new Error(`Organisation ${organisation} has no log`);
  return {
    frontier: { size: Number(row.size), hashes: hashesIn(row.frontier) },
    recordedAt: instantAt(row.recorded_at.getTime()),
  };
}

/** Splits hashes that are kept one behind the other. */
export function hashesIn(bytes: Buffer): Buffer[] {
  return Array.from({ length: bytes.length / HASH_BYTES }, (_, index) =>
    bytes.subarray(index * HASH_BYTES, (index + 1) * HASH_BYTES),
  );
}

function later(now: Instant, before: Instant): Instant {
  return unixMsOf(now) > unixMsOf(before) ? now : before;
}

function rowOf(fact: AnyFact, sealed: Sealed, place: Recorded) {
  return {
    seq: String(place.seq),
    type: fact.type,
    v: ENTRY_VERSION,
    incident: fact.incident,
    incident_seq: place.incidentSeq,
    leaf: sealed.leaf,
    disclosures: sealed.disclosures,
  };
}

async function insertEntry(
  client: pg.ClientBase,
  organisation: string,
  fact: AnyFact,
  sealed: Sealed,
  place: Recorded,
): Promise<void> {
  await client.query({
    name: "insert-entry",
    text: `WITH shown AS (INSERT INTO log_disclosure (organisation, seq, disclosures) VALUES ($1, $2, $9))
      INSERT INTO log_entry (organisation, seq, type, v, incident, incident_seq, recorded_at, leaf, leaf_hash)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $10)`,
    values: [
      organisation,
      place.seq,
      fact.type,
      ENTRY_VERSION,
      fact.incident,
      place.incidentSeq,
      place.recordedAt,
      sealed.leaf,
      sealed.disclosures,
      sealed.hash,
    ],
  });
}

async function insertNodes(
  client: pg.ClientBase,
  organisation: string,
  nodes: readonly { level: number; index: number; hash: Buffer }[],
): Promise<void> {
  await client.query({
    name: "insert-nodes",
    text: `INSERT INTO log_node (organisation, level, index, hash)
      SELECT $1, * FROM unnest($2::smallint[], $3::bigint[], $4::bytea[])`,
    values: [
      organisation,
      nodes.map((node) => node.level),
      nodes.map((node) => node.index),
      nodes.map((node) => node.hash),
    ],
  });
}

async function writeChains(
  client: pg.ClientBase,
  organisation: string,
  facts: readonly AnyFact[],
  chains: ReadonlyMap<string, Chain>,
): Promise<void> {
  for (const incident of new Set(facts.flatMap((fact) => fact.incident ?? []))) {
    const chain = chains.get(incident);
    await client.query({
      name: "write-chain",
      text: "UPDATE log_chain SET last_seq = $3, last_hash = $4 WHERE organisation = $1 AND incident = $2",
      values: [organisation, incident, chain?.seq, chain?.previous],
    });
  }
}

/** Writes the new head and, in the same statement, the note that wakes the listeners after the commit. */
async function writeHead(
  client: pg.ClientBase,
  organisation: string,
  head: Head,
  facts: readonly AnyFact[],
): Promise<void> {
  const topics = topicsOf(facts);
  await client.query({
    name: "write-head",
    text: `WITH head AS (
        UPDATE log_head SET size = $2, frontier = $3, root = $4, recorded_at = $5 WHERE organisation = $1
      ) SELECT pg_notify($6, $7)`,
    values: [
      organisation,
      head.frontier.size,
      Buffer.concat(head.frontier.hashes),
      rootOf(head.frontier),
      head.recordedAt,
      CHANGES_CHANNEL,
      JSON.stringify({ organisation, topics }),
    ],
  });
}

const NOUNS_OF_PEOPLE: ReadonlySet<string> = new Set(["organisation", "person", "authority"]);

/** A note holds 8,000 bytes; beyond so many things it names their kinds alone, which stands for all of them. */
const TOPICS_MAX = 100;

/** What the change is about, for whoever shows it: topics and ids, never a word of content. */
function topicsOf(facts: readonly AnyFact[]): readonly string[] {
  const topics = [...new Set(facts.flatMap(topicsOfFact))];
  if (topics.length <= TOPICS_MAX) return topics;
  return [...new Set(topics.map((topic) => topic.slice(0, topic.indexOf(":") + 1)))];
}

function topicsOfFact(fact: AnyFact): readonly string[] {
  const noun = fact.type.split(".")[0] ?? "";
  // Told beside the incident: whoever may consent need not be one who reads it, and a shift is about many.
  if (noun === "approval" || noun === "breakglass" || noun === "shift")
    return [`${noun}:`, ...(fact.incident === null ? [] : [`incident:${fact.incident}`])];
  const own = noun === "sign" ? [`sign:${"sign" in fact.body ? fact.body.sign : ""}`] : [];
  if (fact.incident !== null) return [`incident:${fact.incident}`, ...own];
  return own.length > 0 ? own : [NOUNS_OF_PEOPLE.has(noun) ? "people:" : `${noun}:`];
}
