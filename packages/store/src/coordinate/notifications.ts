import { createHash } from "node:crypto";
import type { Answers, LetterSources, NotificationReading, NotificationRecords } from "@jumpkit/app";
import {
  type Contact,
  foldName,
  type IncidentId,
  isAddress,
  type Letterhead,
  type Notification,
  type Observable,
  type ObservableValue,
  type PasswordReset,
  plainAddress,
  type ScopeElement,
  type Tlp,
} from "@jumpkit/core";
import type pg from "pg";
import { ENTRY_COLUMNS, ENTRY_TABLES, type EntryRow, readEntry } from "../document/log/read.ts";
import { placesOf } from "../prepare/register/place.ts";

/** What rules ask about notifications, read and locked in the running transaction. */
export function notificationRecords(client: pg.ClientBase, organisation: string): NotificationRecords {
  return {
    ...letterSources(client, organisation),
    toChange: async (id) => {
      // The incident's row before the notification's: the same order everywhere keeps writers from deadlock.
      await client.query(
        `SELECT 1 FROM incident WHERE organisation = $1
           AND id = (SELECT incident FROM notification WHERE organisation = $1 AND id = $2) FOR UPDATE`,
        [organisation, id],
      );
      const { rows } = await client.query<{ state: Notification }>(
        "SELECT state FROM notification WHERE organisation = $1 AND id = $2 FOR UPDATE",
        [organisation, id],
      );
      return rows[0]?.state;
    },
    lines: async (incident, places) => {
      const { rows } = await client.query<EntryRow>(
        `SELECT ${ENTRY_COLUMNS} FROM ${ENTRY_TABLES} WHERE e.organisation = $1 AND e.incident = $2
           AND e.incident_seq = ANY($3) AND e.type IN ('log.noted', 'log.corrected')`,
        [organisation, incident, places],
      );
      return new Map(rows.map((row) => [Number(row.incident_seq), labelIn(row)]));
    },
  };
}

/** The label that a line has of its own. */
function labelIn(row: EntryRow): Tlp | undefined {
  const entry = readEntry(row);
  return entry.type === "log.noted" || entry.type === "log.corrected" ? entry.body.tlp : undefined;
}

/** What queries read of notifications, in the connection's running transaction. */
export function notificationReading(client: pg.ClientBase, organisation: string): NotificationReading {
  const states = statesIn(client, organisation);
  return {
    ...letterSources(client, organisation),
    sha256: (text) => createHash("sha256").update(text).digest("hex"),
    of: (incident) =>
      states<Notification>(
        "SELECT state FROM notification WHERE organisation = $1 AND incident = $2 ORDER BY id DESC LIMIT 500",
        incident,
      ),
    waiting: () =>
      states<Notification>(
        `SELECT state FROM notification WHERE organisation = $1 AND waiting
           AND incident NOT IN (SELECT id FROM incident WHERE organisation = $1 AND state ? 'exercise')
         ORDER BY answer_by NULLS LAST, id LIMIT 200`,
      ),
    answeringFor: (values, constituents) => answeringFor(client, organisation, values, constituents),
    constituentsOf: (incident) => constituentsOf(client, organisation, incident),
    released: async (id, contact) => {
      const { rows } = await client.query<{ message: string; subject: string; sha256: string }>(
        `SELECT message, subject, sha256 FROM notification_release
         WHERE organisation = $1 AND notification = $2 AND contact = $3`,
        [organisation, id, contact],
      );
      return rows[0];
    },
  };
}

function statesIn(client: pg.ClientBase, organisation: string) {
  return async <State>(text: string, ...values: unknown[]): Promise<State[]> => {
    const { rows } = await client.query<{ state: State }>(text, [organisation, ...values]);
    return rows.map((row) => row.state);
  };
}

function letterSources(client: pg.ClientBase, organisation: string): LetterSources {
  const states = statesIn(client, organisation);
  return {
    notification: async (id) =>
      (
        await states<Notification>("SELECT state FROM notification WHERE organisation = $1 AND id = $2", id)
      )[0],
    parties: (ids) =>
      states<Contact>("SELECT state FROM contact WHERE organisation = $1 AND id = ANY($2) ORDER BY id", ids),
    letterhead: async () =>
      (await states<Letterhead>("SELECT state FROM letterhead WHERE organisation = $1"))[0],
    organisationName: async () => {
      const { rows } = await client.query<{ name: string }>(
        "SELECT name FROM organisation WHERE organisation = $1",
        [organisation],
      );
      return rows[0]?.name ?? "";
    },
    known: async (incident) => ({
      observables: await confirmedIn(client, organisation, incident),
      scope: await states<ScopeElement>(
        "SELECT state FROM scope_element WHERE organisation = $1 AND incident = $2 ORDER BY id",
        incident,
      ),
      resets: await states<PasswordReset>(
        "SELECT state FROM password_reset WHERE organisation = $1 AND incident = $2 ORDER BY id",
        incident,
      ),
    }),
  };
}

/** Every confirmed observable: one that were left out would bar nothing. */
async function confirmedIn(client: pg.ClientBase, organisation: string, incident: IncidentId) {
  return statesIn(client, organisation)<Observable>(
    "SELECT state FROM observable WHERE organisation = $1 AND incident = $2 AND confirmed ORDER BY id",
    incident,
  );
}

async function constituentsOf(client: pg.ClientBase, organisation: string, incident: IncidentId) {
  const { rows } = await client.query<{ name: string }>(
    `SELECT state ->> 'name' AS name FROM scope_element
     WHERE organisation = $1 AND incident = $2 AND state ->> 'state' IN ('suspected', 'affected')`,
    [organisation, incident],
  );
  const places = await placesOf(
    client,
    organisation,
    rows.map(({ name }) => name),
  );
  return [...new Set([...places.values()].flatMap(({ constituent }) => constituent ?? []))];
}

/** Those who answer for a value, those who stand for a constituent, and our own CSIRT, who always hears. */
async function answeringFor(
  client: pg.ClientBase,
  organisation: string,
  values: readonly ObservableValue[],
  constituents: readonly string[],
): Promise<readonly Answers[]> {
  const asked = values.flatMap((each) => {
    const name = nameIn(each);
    return name === undefined ? [] : [{ name, said: each.value, address: addressIn(name) }];
  });
  const { rows } = await client.query<{ state: Contact; said: string[] }>({
    name: "answering-for",
    text: `WITH asked AS (
        SELECT * FROM unnest($2::text[], $3::text[], $4::inet[]) AS asked (name, said, address)
      ), answers AS (
        SELECT contact.id, asked.said FROM contact JOIN asked ON
          EXISTS (SELECT FROM unnest(contact.ranges) AS held WHERE asked.address <<= held)
          OR EXISTS (SELECT FROM unnest(contact.answers_for) AS held
            WHERE held = asked.name OR asked.name LIKE '%.' || held)
        WHERE contact.organisation = $1 AND contact.active
        UNION
        SELECT contact.id, named.said FROM contact JOIN unnest($5::text[], $6::text[]) AS named (folded, said)
          ON lower(contact.state ->> 'organisation') = named.folded
        WHERE contact.organisation = $1 AND contact.active AND 'constituent' = ANY(contact.roles)
      )
      SELECT contact.state, coalesce(array_agg(answers.said ORDER BY answers.said)
        FILTER (WHERE answers.said IS NOT NULL), '{}') AS said
      FROM contact LEFT JOIN answers USING (id)
      WHERE contact.organisation = $1 AND contact.active AND (answers.id IS NOT NULL OR 'own_csirt' = ANY(contact.roles))
      GROUP BY contact.id, contact.state, contact.escalation, contact.folded
      ORDER BY count(answers.said) DESC, contact.folded, contact.id LIMIT 500`,
    values: [
      organisation,
      asked.map(({ name }) => name),
      asked.map(({ said }) => said),
      asked.map(({ address }) => address),
      constituents.map((name) => name.toLowerCase()),
      constituents,
    ],
  });
  return rows.map(({ state, said }) => ({ contact: state, of: said }));
}

/** The host, domain or address that somebody may answer for; `undefined` for a value that names none. */
function nameIn({ kind, value }: ObservableValue): string | undefined {
  switch (kind) {
    case "ipv4":
    case "ipv6":
    case "domain":
      return foldName(value);
    case "email":
      return foldName(value.slice(value.lastIndexOf("@") + 1));
    case "url":
      return URL.canParse(value) ? foldName(new URL(value).hostname) : undefined;
    default:
      return undefined;
  }
}

function addressIn(name: string): string | null {
  return isAddress(name) ? plainAddress(name) : null;
}
