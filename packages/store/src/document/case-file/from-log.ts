import type { Readable } from "node:stream";
import type { Content, EvidenceItem, Incident, IncidentId, Instant, OrganisationId } from "@jumpkit/core";
import { inclusionProof } from "@jumpkit/tlog";
import type pg from "pg";
import { withTransaction } from "../../database/transaction.ts";
import type { CheckpointPublisher } from "../log/publish.ts";
import { ENTRY_COLUMNS, ENTRY_TABLES, type EntryRow } from "../log/read.ts";
import { nodeReader } from "../log/tree.ts";
import { renderReport } from "./report.ts";
import { readReportEntry } from "./report-entry.ts";
import type { CaseFileBlob, CaseFileEntry } from "./source.ts";
import { writeCaseFile } from "./write.ts";

/** What a case file is made with. */
export interface CaseFileParts {
  readonly pool: pg.Pool;
  readonly publisher: CheckpointPublisher;
  readonly verifyScript: string;
  readonly now: Instant;
  /** The plaintext of a blob of this incident. */
  open(content: Content): Promise<Readable>;
}

const PAGE = 500;

/**
 * The case file of an incident up to and including the `incident.exported` entry at place `through`.
 *
 * The log's checkpoint is published first, so that the proofs lead to something that stands outside the
 * database as well.
 */
export async function caseFileOf(
  parts: CaseFileParts,
  organisation: OrganisationId,
  id: IncidentId,
  through: number,
): Promise<{ readonly code: string; readonly stream: Readable }> {
  const checkpoint = await parts.publisher.publish(organisation);
  const signer = await parts.publisher.signer(organisation);
  const about = await withTransaction(parts.pool, organisation, (client) =>
    readAbout(client, organisation, id),
  );
  const rows = () => entryRows(parts.pool, organisation, id, through);
  const report = [];
  for await (const row of rows()) report.push(readReportEntry(row.leaf, row.disclosures));
  const stream = writeCaseFile({
    code: about.incident.code,
    organisation: about.organisation,
    now: parts.now,
    entries: provenEntries(rows(), parts.pool, organisation, checkpoint.size),
    checkpoint: checkpoint.note,
    signer,
    evidence: blobsOf(parts, about.items, through),
    report: renderReport({
      code: about.incident.code,
      organisation: about.organisation,
      now: parts.now,
      entries: report,
    }),
    verifyScript: parts.verifyScript,
  });
  return { code: about.incident.code, stream };
}

async function readAbout(client: pg.ClientBase, organisation: string, id: string) {
  const { rows } = await client.query<{ state: Incident; name: string }>(
    `SELECT i.state, o.name FROM incident i JOIN organisation o ON o.organisation = i.organisation
     WHERE i.organisation = $1 AND i.id = $2`,
    [organisation, id],
  );
  const row = rows[0];
  if (row === undefined) throw new Error(`No incident ${id} to make a case file of`);
  const items = await client.query<{ state: EvidenceItem }>(
    "SELECT state FROM evidence_item WHERE organisation = $1 AND incident = $2 ORDER BY number",
    [organisation, id],
  );
  return { incident: row.state, organisation: row.name, items: items.rows.map((each) => each.state) };
}

/** The incident's rows in order, a page at a time, so that memory does not grow with the log. */
async function* entryRows(
  pool: pg.Pool,
  organisation: string,
  incident: string,
  through: number,
): AsyncGenerator<EntryRow> {
  let after = 0;
  while (after < through) {
    const page: readonly EntryRow[] = await withTransaction(pool, organisation, async (client) => {
      const { rows } = await client.query<EntryRow>(
        `SELECT ${ENTRY_COLUMNS} FROM ${ENTRY_TABLES}
         WHERE e.organisation = $1 AND e.incident = $2 AND e.incident_seq > $3 AND e.incident_seq <= $4
         ORDER BY e.incident_seq LIMIT ${PAGE}`,
        [organisation, incident, after, through],
      );
      return rows;
    });
    if (page.length === 0) throw new Error(`The log of ${incident} ends before its place ${through}`);
    yield* page;
    after = page.at(-1)?.incident_seq ?? through;
  }
}

async function* provenEntries(
  rows: AsyncIterable<EntryRow>,
  pool: pg.Pool,
  organisation: string,
  size: number,
): AsyncGenerator<CaseFileEntry> {
  const read = nodeReader(pool, organisation);
  for await (const row of rows) {
    const index = Number(row.seq);
    const proof = await inclusionProof(index, size, read);
    yield { leaf: row.leaf, disclosures: row.disclosures, index, proof };
  }
}

/** Each blob once, of the items that were collected by then. */
function blobsOf(parts: CaseFileParts, items: readonly EvidenceItem[], through: number): CaseFileBlob[] {
  const blobs = new Map<string, CaseFileBlob>();
  for (const item of items) {
    const { content } = item;
    if (content === null || (item.chain[0]?.incidentSeq ?? 0) > through || blobs.has(content.sha256))
      continue;
    const { sha256, sizeBytes } = content;
    blobs.set(sha256, { sha256, sizeBytes, open: () => parts.open(content) });
  }
  return [...blobs.values()];
}
