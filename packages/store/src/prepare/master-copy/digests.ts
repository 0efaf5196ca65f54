import type { DigestStanding, StandingCopy } from "@jumpkit/app";
import type { Instant, MasterCopyId } from "@jumpkit/core";
import type pg from "pg";

const DIGEST_BYTES = 32;
/** As many digests go to the database at once: 512 KiB. */
const BATCH = 16_384;

/**
 * Notes in which manifest files of these digests stand, in the running transaction: one row for each digest of the
 * organisation, whatever the number of its hosts.
 *
 * Noted again, nothing changes. Others that note something for this organisation wait until the transaction ends.
 *
 * @param digests  any number at a time, 32 bytes each; what they give back in the end is the number of entries
 */
export async function noteDigests(
  client: pg.ClientBase,
  organisation: string,
  copy: string,
  digests: AsyncGenerator<Buffer, number>,
): Promise<number> {
  await client.query("SELECT pg_advisory_xact_lock(hashtextextended($1, 3))", [organisation]);
  const manifest = await numberOf(client, organisation, copy);
  let waiting: Buffer[] = [];
  let waitingBytes = 0;
  const flush = async (): Promise<void> => {
    if (waitingBytes > 0) await noteBatch(client, organisation, manifest, Buffer.concat(waiting));
    waiting = [];
    waitingBytes = 0;
  };
  for (;;) {
    const next = await digests.next();
    if (next.done === true) {
      await flush();
      await client.query(
        `INSERT INTO manifest_read (organisation, number, copy, entry_count) VALUES ($1, $2, $3, $4)
         ON CONFLICT (organisation, number) DO UPDATE SET entry_count = $4`,
        [organisation, manifest, copy, next.value],
      );
      return next.value;
    }
    waiting.push(next.value);
    waitingBytes += next.value.length;
    if (waitingBytes >= BATCH * DIGEST_BYTES) await flush();
  }
}

/** The number that stands for a master copy in the rows of digests. */
async function numberOf(client: pg.ClientBase, organisation: string, copy: string): Promise<number> {
  const { rows } = await client.query<{ own: number | null; last: number }>(
    `SELECT max(number) FILTER (WHERE copy = $2) AS own, coalesce(max(number), 0) AS last
     FROM manifest_read WHERE organisation = $1`,
    [organisation, copy],
  );
  return rows[0]?.own ?? (rows[0]?.last ?? 0) + 1;
}

async function noteBatch(
  client: pg.ClientBase,
  organisation: string,
  manifest: number,
  digests: Buffer,
): Promise<void> {
  await client.query({
    name: "note-digests",
    text: `INSERT INTO file_digest AS known (organisation, sha256, manifests)
      SELECT DISTINCT $1, substring($3::bytea FROM place * ${DIGEST_BYTES} + 1 FOR ${DIGEST_BYTES}), ARRAY[$2::int]
      FROM generate_series(0, $4::int - 1) AS place
      ON CONFLICT (organisation, sha256) DO UPDATE SET manifests = known.manifests || excluded.manifests
        WHERE NOT known.manifests @> excluded.manifests`,
    values: [organisation, manifest, digests, digests.length / DIGEST_BYTES],
  });
}

/** In which kept master copies files of these digests stand; those that stand in none are left out. */
export async function standingsOf(
  client: pg.ClientBase,
  organisation: string,
  digests: readonly string[],
): Promise<DigestStanding[]> {
  const { rows: found } = await client.query<{ sha256: string; manifests: number[] }>(
    `SELECT encode(sha256, 'hex') AS sha256, manifests FROM file_digest
     WHERE organisation = $1 AND sha256 = ANY($2) ORDER BY sha256`,
    [organisation, digests.map((each) => Buffer.from(each, "hex"))],
  );
  const copies = await copiesOf(client, organisation, [
    ...new Set(found.flatMap(({ manifests }) => manifests)),
  ]);
  return found.flatMap(({ sha256, manifests }) => {
    const among = new Set(manifests);
    const standing = copies.filter(({ number }) => among.has(number));
    const [first] = standing.map(({ at }) => at).sort();
    if (first === undefined) return [];
    const active = standing.filter((each) => each.active).map(({ copy }) => copy);
    return [{ sha256, firstAt: first, copies: active }];
  });
}

interface KeptCopy {
  readonly number: number;
  readonly active: boolean;
  readonly at: Instant;
  readonly copy: StandingCopy;
}

async function copiesOf(
  client: pg.ClientBase,
  organisation: string,
  numbers: readonly number[],
): Promise<KeptCopy[]> {
  const { rows } = await client.query<{
    number: number;
    id: MasterCopyId;
    name: string;
    version: number;
    active: boolean;
    approved: boolean;
    at: Instant;
  }>(
    `SELECT r.number, m.id, m.state ->> 'name' AS name, m.version, m.active,
       jsonb_typeof(m.state -> 'approval') = 'object' AS approved, m.state #>> '{registered,at}' AS at
     FROM manifest_read r JOIN master_copy m ON m.organisation = r.organisation AND m.id = r.copy
     WHERE r.organisation = $1 AND r.number = ANY($2) AND jsonb_typeof(m.state -> 'file') = 'object'
     ORDER BY m.folded, m.version DESC, m.id`,
    [organisation, numbers],
  );
  return rows.map(({ number, active, at, id, name, version, approved }) => ({
    ...{ number, active, at },
    copy: { id, name, version, isApproved: approved },
  }));
}
