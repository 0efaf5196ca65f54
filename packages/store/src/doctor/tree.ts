import {
  appendLeaf,
  digestDisclosure,
  emptyFrontier,
  type Frontier,
  leafHash,
  readDisclosure,
  rootOf,
} from "@jumpkit/tlog";
import type pg from "pg";
import type { Finding } from "./finding.ts";
import { pagesOf } from "./pages.ts";

interface Row {
  readonly seq: string;
  readonly type: string;
  readonly v: number;
  readonly incident: string | null;
  readonly incident_seq: number | null;
  readonly recorded_at: Date;
  readonly leaf: Buffer;
  readonly leaf_hash: Buffer;
  readonly disclosures: readonly string[] | null;
}

interface Header {
  readonly seq?: unknown;
  readonly type?: unknown;
  readonly tv?: unknown;
  readonly rx?: unknown;
  readonly incident?: unknown;
  readonly incidentSeq?: unknown;
  readonly incidentPrev?: unknown;
  readonly _sd?: unknown;
}

interface Link {
  readonly seq: number;
  readonly hash: string;
  /** Links the incident's entries to one another; every one discloses it. */
  readonly salt: string | undefined;
}

/**
 * Reads an organisation's log from its first entry to its last and names every place that does not fit.
 *
 * Each leaf is hashed again, the tree is grown again from nothing and every kept hash compared; numbers are
 * contiguous, every incident's chain is whole, every field belongs to its leaf and none is missing.
 */
export async function examineTree(
  client: pg.ClientBase,
  organisation: string,
): Promise<{ readonly findings: Finding[]; readonly count: number }> {
  const findings: Finding[] = [];
  const chains = new Map<string, Link>();
  let frontier = emptyFrontier();
  let lastRx = "";
  for await (const row of pagesOf<Row>(client, ENTRIES, organisation)) {
    const place = `entry ${row.seq} of ${organisation}`;
    const add = (problem: string): number => findings.push({ place, problem });
    if (Number(row.seq) !== frontier.size) add(`is not at its place: entry ${frontier.size} is missing`);
    const hash = leafHash(row.leaf);
    if (!hash.equals(row.leaf_hash)) add("its bytes were changed: the leaf hash does not fit");
    const header = headerOf(row.leaf);
    for (const problem of headerProblems(row, header)) add(problem);
    if (String(header.rx) < lastRx) add("was recorded before the entry that precedes it");
    lastRx = String(header.rx);
    for (const problem of disclosureProblems(row, header)) add(problem);
    const chain = row.incident === null ? undefined : chains.get(row.incident);
    for (const problem of chainProblems(row, header, chain)) add(problem);
    if (row.incident !== null && row.incident_seq !== null) {
      chains.set(row.incident, {
        seq: row.incident_seq,
        hash: hash.toString("base64url"),
        salt: incidentSalt(row) ?? chain?.salt,
      });
    }
    const { frontier: grown, nodes } = appendLeaf(frontier, hash);
    for (const problem of await nodeProblems(client, organisation, nodes)) add(problem);
    frontier = grown;
    if (findings.length > 10_000) break;
  }
  findings.push(...(await headProblems(client, organisation, { frontier, chains, lastRx })));
  return { findings, count: frontier.size };
}

const ENTRIES = `SELECT e.seq, e.type, e.v, e.incident, e.incident_seq, e.recorded_at, e.leaf, e.leaf_hash, d.disclosures
  FROM log_entry e LEFT JOIN log_disclosure d ON d.organisation = e.organisation AND d.seq = e.seq
  WHERE e.organisation = $1 AND e.seq > $2 ORDER BY e.seq LIMIT $3`;

function headerOf(leaf: Buffer): Header {
  try {
    const header: unknown = JSON.parse(leaf.toString());
    return typeof header === "object" && header !== null ? header : {};
  } catch {
    return {};
  }
}

function headerProblems(row: Row, header: Header): string[] {
  const said: readonly (readonly [string, unknown, unknown])[] = [
    ["seq", Number(row.seq), header.seq],
    ["type", row.type, header.type],
    ["v", row.v, header.tv],
    ["incident_seq", row.incident_seq, header.incidentSeq],
    ["recorded_at", row.recorded_at.toISOString(), header.rx],
  ];
  return said
    .filter(([, column, sealed]) => column !== sealed)
    .map(
      ([name, column, sealed]) =>
        `column ${name} says ${String(column)}, the sealed entry says ${String(sealed)}`,
    );
}

function disclosureProblems(row: Row, header: Header): string[] {
  if (row.disclosures === null) return ["all its fields are gone, and no erasure is on record"];
  const problems: string[] = [];
  const expected = new Set(Array.isArray(header._sd) ? header._sd.map(String) : []);
  if (typeof header.incident === "string") expected.add(header.incident);
  for (const disclosure of row.disclosures) {
    const read = readDisclosure(disclosure);
    const name = read.ok ? read.value.name : "?";
    if (!expected.delete(digestDisclosure(disclosure)))
      problems.push(`its field ${name} was changed or added`);
    if (name === "incident" && read.ok && read.value.value !== row.incident) {
      problems.push(
        `column incident says ${String(row.incident)}, the sealed entry says ${String(read.value.value)}`,
      );
    }
  }
  if (expected.size > 0)
    problems.push(`${expected.size} of its fields are gone, and no erasure is on record`);
  if (header.incident == null && row.incident !== null)
    problems.push("column incident says more than the sealed entry");
  return problems;
}

function chainProblems(row: Row, header: Header, chain: Link | undefined): string[] {
  if (row.incident === null) return [];
  const problems: string[] = [];
  const next = (chain?.seq ?? 0) + 1;
  if (row.incident_seq !== next)
    problems.push(`its incident goes on at ${row.incident_seq} where ${next} is due`);
  if (header.incidentPrev !== (chain?.hash ?? null))
    problems.push("does not follow on its incident's entry before");
  return problems;
}

function incidentSalt(row: Row): string | undefined {
  const [first] = row.disclosures ?? [];
  const read = first === undefined ? undefined : readDisclosure(first);
  return read?.ok && read.value.name === "incident" ? read.value.salt : undefined;
}

interface HeadRow {
  readonly size: string;
  readonly root: Buffer;
  readonly frontier: Buffer;
  readonly recorded_at: Date;
  /** How many hashes are kept, and how many entries have fields. */
  readonly nodes: string;
  readonly shown: string;
}

async function nodeProblems(
  client: pg.ClientBase,
  organisation: string,
  nodes: readonly { readonly level: number; readonly index: number; readonly hash: Buffer }[],
): Promise<string[]> {
  const { rows } = await client.query<{ level: number; index: string; hash: Buffer }>({
    name: "doctor-nodes",
    text: `SELECT n.level, n.index, n.hash FROM unnest($2::smallint[], $3::bigint[]) AS asked (level, index)
      JOIN log_node n ON n.organisation = $1 AND n.level = asked.level AND n.index = asked.index`,
    values: [organisation, nodes.map((node) => node.level), nodes.map((node) => node.index)],
  });
  const kept = new Map(rows.map((row) => [`${row.level}/${row.index}`, row.hash]));
  return nodes.flatMap((node) => {
    const hash = kept.get(`${node.level}/${node.index}`);
    if (hash === undefined) return [`the tree's hash ${node.level}/${node.index} is missing`];
    return hash.equals(node.hash) ? [] : [`the tree's hash ${node.level}/${node.index} was changed`];
  });
}

async function headProblems(
  client: pg.ClientBase,
  organisation: string,
  { frontier, chains, lastRx }: { frontier: Frontier; chains: ReadonlyMap<string, Link>; lastRx: string },
): Promise<Finding[]> {
  const findings: Finding[] = [];
  const place = `head of ${organisation}`;
  const { rows } = await client.query<HeadRow>(
    `SELECT size, root, frontier, recorded_at, (SELECT count(*) FROM log_node WHERE organisation = $1) AS nodes,
       (SELECT count(*) FROM log_disclosure WHERE organisation = $1) AS shown
     FROM log_head WHERE organisation = $1`,
    [organisation],
  );
  const head = rows[0];
  if (head === undefined) return [{ place, problem: "is missing" }];
  if (Number(head.size) !== frontier.size) {
    findings.push({ place, problem: `says ${head.size} entries, the log holds ${frontier.size}` });
  }
  if (!head.root.equals(rootOf(frontier)))
    findings.push({ place, problem: "its root is not that of the entries" });
  if (!head.frontier.equals(Buffer.concat(frontier.hashes))) {
    findings.push({ place, problem: "its frontier is not that of the entries" });
  }
  const nodeCount = countNodes(frontier.size);
  if (lastRx !== "" && head.recorded_at.toISOString() !== lastRx) {
    findings.push({ place, problem: "does not bear the time of the last entry" });
  }
  if (Number(head.nodes) !== nodeCount) {
    findings.push({ place, problem: `${head.nodes} hashes are kept where the tree has ${nodeCount}` });
  }
  if (Number(head.shown) !== frontier.size) {
    findings.push({
      place,
      problem: `${head.shown} entries have fields where the log holds ${frontier.size}`,
    });
  }
  const kept = await client.query<{
    incident: string;
    salt: string;
    last_seq: number;
    last_hash: Buffer | null;
  }>("SELECT incident, salt, last_seq, last_hash FROM log_chain WHERE organisation = $1", [organisation]);
  for (const row of kept.rows) {
    const link = chains.get(row.incident);
    const same = link?.seq === row.last_seq && link.hash === row.last_hash?.toString("base64url");
    if (link?.salt !== undefined && link.salt !== row.salt) {
      findings.push({
        place: `chain of ${row.incident}`,
        problem: "its salt is not the one its entries bear",
      });
    }
    if (!same)
      findings.push({ place: `chain of ${row.incident}`, problem: "does not end where its entries end" });
  }
  if (kept.rows.length < chains.size) {
    findings.push({
      place: `chains of ${organisation}`,
      problem: `${chains.size - kept.rows.length} are missing`,
    });
  }
  return findings;
}

/** Complete subtrees of a tree with `size` leaves, the leaves among them. */
function countNodes(size: number): number {
  let count = 0;
  for (let width = size; width > 0; width = Math.floor(width / 2)) count += width;
  return count;
}
