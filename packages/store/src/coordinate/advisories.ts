import { createHash } from "node:crypto";
import type { AdvisoryReading, AdvisoryRecords, AdvisorySources } from "@jumpkit/app";
import {
  ADVISORY_ENTRIES,
  type Advisory,
  type AdvisoryEntry,
  type AnyEntry,
  type Contact,
  type Letterhead,
  type Observable,
  type PasswordReset,
  projectAdvisory,
  type ScopeElement,
} from "@jumpkit/core";
import type pg from "pg";
import { stateOf } from "../projection/state-of.ts";

/** The tables of advisories, with the columns of each key beside the organisation. */
export const ADVISORY_TABLES = { advisory: ["id"], advisory_message: ["message_id"] } as const;

/** Brings advisories up to date with one more entry; leaves other nouns alone. */
export async function projectAdvisories(
  client: pg.ClientBase,
  organisation: string,
  entry: AnyEntry,
): Promise<void> {
  if (!(entry.type in ADVISORY_ENTRIES)) return;
  const said = entry as AdvisoryEntry;
  const before = await stateOf<Advisory>(client, "advisory", organisation, said.body.advisory);
  const after = projectAdvisory(before, said);
  if (after === undefined || after === before) return;
  await client.query({
    name: "project-advisory",
    text: `INSERT INTO advisory (organisation, id, changed_seq, said, state) VALUES ($1, $2, $3, $4, $5)
      ON CONFLICT (organisation, id) DO UPDATE SET changed_seq = $3, said = $4, state = $5`,
    values: [
      ...[organisation, after.id, after.changedSeq],
      after.sent.map(({ sha256 }) => sha256),
      JSON.stringify(after),
    ],
  });
  await keepMessages(client, organisation, said);
}

/** Keeps under which ids mails left: a reply names them. */
async function keepMessages(client: pg.ClientBase, organisation: string, entry: AdvisoryEntry) {
  const known = mailsOf(entry).filter(({ messageId, contact }) => messageId && contact);
  if (known.length === 0) return;
  await client.query(
    `INSERT INTO advisory_message (organisation, message_id, advisory, contact)
     SELECT $1, message_id, $2, contact FROM unnest($3::text[], $4::text[]) AS mail (message_id, contact)
     ON CONFLICT DO NOTHING`,
    [
      ...[organisation, entry.body.advisory],
      ...[known.map(({ messageId }) => messageId), known.map(({ contact }) => contact)],
    ],
  );
}

function mailsOf(
  entry: AdvisoryEntry,
): readonly { readonly messageId?: string; readonly contact?: string }[] {
  if (entry.type === "advisory.sent") return entry.body.advised ?? [];
  if (entry.type !== "advisory.resent") return [];
  const { messageId = "", recipient = "" } = entry.body;
  return [{ messageId, contact: recipient }];
}

/** What rules ask about advisories, read and locked in the running transaction. */
export function advisoryRecords(client: pg.ClientBase, organisation: string): AdvisoryRecords {
  return {
    ...sources(client, organisation),
    advisory: async (id) => {
      // Two advisories that say the same cannot pass each other: they are sent one after another.
      await client.query("SELECT pg_advisory_xact_lock(hashtextextended($1, 8))", [organisation]);
      const { rows } = await client.query<{ state: Advisory }>(
        "SELECT state FROM advisory WHERE organisation = $1 AND id = $2 FOR UPDATE",
        [organisation, id],
      );
      return rows[0]?.state;
    },
  };
}

/** What is known of addresses in play bars nobody in earnest. */
const OF_NO_PLAY = "incident NOT IN (SELECT id FROM incident WHERE organisation = $1 AND state ? 'exercise')";

/** What queries read of advisories, in the connection's running transaction. */
export function advisoryReading(client: pg.ClientBase, organisation: string): AdvisoryReading {
  return {
    ...sources(client, organisation),
    sha256: (text) => createHash("sha256").update(text).digest("hex"),
    advisory: (id) => stateOf<Advisory>(client, "advisory", organisation, id),
    all: async () => {
      const { rows } = await client.query<{ state: Advisory }>(
        "SELECT state FROM advisory WHERE organisation = $1 ORDER BY changed_seq DESC LIMIT 500",
        [organisation],
      );
      return rows.map(({ state }) => state);
    },
  };
}

function sources(client: pg.ClientBase, organisation: string): AdvisorySources {
  const states = async <State>(text: string, ...values: unknown[]): Promise<State[]> => {
    const { rows } = await client.query<{ state: State }>(text, [organisation, ...values]);
    return rows.map((row) => row.state);
  };
  return {
    directory: () =>
      states<Contact>(
        "SELECT state FROM contact WHERE organisation = $1 AND active ORDER BY folded, id LIMIT 5000",
      ),
    letterhead: async () =>
      (await states<Letterhead>("SELECT state FROM letterhead WHERE organisation = $1"))[0],
    knownAnywhere: async () => ({
      observables: await states<Observable>(
        `SELECT state FROM observable WHERE organisation = $1 AND confirmed
           AND state ->> 'kind' IN ('email', 'domain') AND ${OF_NO_PLAY} ORDER BY id`,
      ),
      scope: await states<ScopeElement>(
        `SELECT state FROM scope_element WHERE organisation = $1 AND ${OF_NO_PLAY} ORDER BY id`,
      ),
      resets: await states<PasswordReset>(
        `SELECT state FROM password_reset WHERE organisation = $1 AND ${OF_NO_PLAY} ORDER BY id`,
      ),
    }),
    sentAs: async (saying, except) =>
      (
        await states<Advisory>(
          "SELECT state FROM advisory WHERE organisation = $1 AND said @> ARRAY[$2] AND id <> $3 LIMIT 1",
          saying,
          except,
        )
      )[0],
  };
}
