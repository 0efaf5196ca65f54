import type pg from "pg";
import { messageOf } from "../database/faults.ts";
import { withOwnerTransaction } from "../database/transaction.ts";
import type { DiskBlobStore } from "../document/evidence/blob/disk-blob-store.ts";
import type { CheckpointPublisher } from "../document/log/publish.ts";
import type { Examined, Finding } from "./finding.ts";
import { examineProjections } from "./replay.ts";
import { examineSigns } from "./signs.ts";
import { examineTree } from "./tree.ts";

/** What the examination needs of the house. */
export interface DoctorParts {
  readonly pool: pg.Pool;
  readonly publisher: CheckpointPublisher;
  readonly blobs: Pick<DiskBlobStore, "verify">;
}

/**
 * Examines the whole record: tree, published checkpoints, projections replayed from the log, items of
 * signs, blobs.
 *
 * Safe beside a running server: it reads one snapshot and changes nothing.
 */
export async function* examine(parts: DoctorParts): AsyncGenerator<Examined> {
  const organisations = await organisationsOf(parts.pool);
  yield await tree(parts.pool, organisations);
  yield await checkpoint(parts.publisher, organisations);
  yield await projections(parts.pool, organisations);
  yield await signs(parts.pool, organisations);
  yield await blobs(parts);
}

async function organisationsOf(pool: pg.Pool): Promise<string[]> {
  const { rows } = await pool.query<{ organisation: string }>(
    `SELECT organisation FROM log_head UNION SELECT organisation FROM log_entry
     UNION SELECT organisation FROM organisation ORDER BY 1`,
  );
  return rows.map((row) => row.organisation);
}

async function tree(pool: pg.Pool, organisations: readonly string[]): Promise<Examined> {
  const findings: Finding[] = [];
  let count = 0;
  for (const organisation of organisations) {
    const examined = await withOwnerTransaction(
      pool,
      (client) => examineTree(client, organisation),
      "repeatable read, read only",
    );
    findings.push(...examined.findings);
    count += examined.count;
  }
  return { part: "tree", lookedAt: `${count} entries in ${organisations.length} logs`, findings };
}

async function signs(pool: pg.Pool, organisations: readonly string[]): Promise<Examined> {
  const findings: Finding[] = [];
  let count = 0;
  for (const organisation of organisations) {
    const examined = await withOwnerTransaction(
      pool,
      (client) => examineSigns(client, organisation),
      "repeatable read, read only",
    );
    findings.push(...examined.findings);
    count += examined.count;
  }
  return { part: "signs", lookedAt: `${count} items that signs were rolled up from`, findings };
}

async function checkpoint(
  publisher: CheckpointPublisher,
  organisations: readonly string[],
): Promise<Examined> {
  const findings: Finding[] = [];
  for (const organisation of organisations) {
    try {
      await publisher.check(organisation);
    } catch (error) {
      findings.push({ place: `checkpoint of ${organisation}`, problem: messageOf(error) });
    }
  }
  return { part: "checkpoint", lookedAt: `${organisations.length} published checkpoints`, findings };
}

/** Carries the findings out of a transaction that must not be committed. */
class Examination extends Error {
  readonly findings: readonly Finding[];
  constructor(findings: readonly Finding[]) {
    super("examined");
    this.findings = findings;
  }
}

async function projections(pool: pg.Pool, organisations: readonly string[]): Promise<Examined> {
  const findings = await withOwnerTransaction(pool, async (client) => {
    await client.query("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ");
    throw new Examination(await examineProjections(client, organisations));
  }).catch((outcome: unknown) => {
    if (outcome instanceof Examination) return outcome.findings;
    throw outcome;
  });
  return { part: "projections", lookedAt: "every row that follows from the log", findings };
}

async function blobs(parts: DoctorParts): Promise<Examined> {
  const { rows } = await parts.pool.query<{
    organisation: string;
    incident: string;
    sha256: string;
    sizes: string[];
  }>(
    `SELECT organisation, incident, sha256, array_agg(DISTINCT size) AS sizes FROM (
       SELECT organisation, incident, sha256, state -> 'content' ->> 'sizeBytes' AS size FROM evidence_item WHERE sha256 IS NOT NULL
       UNION ALL SELECT organisation, incident, sha256, size_bytes::text FROM upload
     ) every GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`,
  );
  const findings: Finding[] = [];
  for (const { organisation, incident, sha256, sizes } of rows) {
    const place = `blob ${sha256} of ${incident}`;
    const verdict = await parts.blobs.verify({ organisation, incident, sha256 });
    if (!verdict.ok) {
      const problem = verdict.refusal.code === "blob.missing" ? "is missing" : "was changed or damaged";
      findings.push({ place, problem });
    } else if (sizes.some((size) => Number(size) !== verdict.value)) {
      findings.push({ place, problem: `has ${verdict.value} bytes, the record says ${sizes.join(", ")}` });
    }
  }
  return { part: "blobs", lookedAt: `${rows.length} blobs`, findings };
}
