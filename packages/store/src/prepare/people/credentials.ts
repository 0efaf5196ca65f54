import type { AccountReading, AccountRecords, CredentialEffect } from "@jumpkit/app";
import {
  type Instant,
  instantAt,
  type Passkey,
  type PasskeyId,
  type PersonId,
  PROOF_MS,
  type SecondFactor,
  type Session,
  type SessionId,
  unixMsOf,
} from "@jumpkit/core";
import type pg from "pg";
import { applyIdentityEffect, identityReading, identityRecords } from "./identities.ts";

/** What rules ask about second factors, passkeys and sessions. */
export function credentialRecords(
  client: pg.ClientBase,
  organisation: string,
  now: Instant,
): Omit<AccountRecords, "liveTokens" | "liveToken"> {
  return {
    ...identityRecords(client, organisation, now),
    secondFactor: (person) => secondFactor(client, organisation, person),
    newFactorChecked: async (person) => {
      const { rowCount } = await client.query(
        `SELECT 1 FROM second_factor
         WHERE organisation = $1 AND person = $2 AND is_new AND checked_at > $3 FOR UPDATE`,
        [organisation, person, before(now)],
      );
      return rowCount !== 0;
    },
    passkeys: (person) => passkeys(client, organisation, person),
    newPasskey: async (id, person) => {
      const { rows } = await client.query<PasskeyRow>(
        `SELECT ${PASSKEY} FROM passkey
         WHERE organisation = $1 AND id = $2 AND person = $3 AND name = '' AND made_at > $4 FOR UPDATE`,
        [organisation, id, person, before(now)],
      );
      return rows.map(passkeyOf)[0];
    },
    session: async (id, person) => {
      const all = await sessions(client, organisation, person, now);
      return all.find((session) => session.id === id);
    },
  };
}

/** What pages show of second factors, passkeys and sessions. */
export function credentialReading(
  client: pg.ClientBase,
  organisation: string,
  now: Instant,
): Omit<AccountReading, "tokensOf"> {
  return {
    ...identityReading(client, organisation),
    secondFactorOf: (person) => secondFactor(client, organisation, person),
    passkeysOf: (person) => passkeys(client, organisation, person),
    sessionsOf: (person) => sessions(client, organisation, person, now),
  };
}

/** Changes how a person signs in. */
export async function applyCredentialEffect(
  client: pg.ClientBase,
  organisation: string,
  effect: CredentialEffect,
): Promise<void> {
  switch (effect.kind) {
    case "second_factor_set":
      await removeFactor(client, organisation, effect.person, false);
      await client.query(
        `UPDATE second_factor SET is_new = false, set_at = $3
         WHERE organisation = $1 AND person = $2 AND is_new`,
        [organisation, effect.person, effect.at],
      );
      await client.query(
        "INSERT INTO recovery_code (organisation, person, code_sha256) SELECT $1, $2, unnest($3::text[])",
        [organisation, effect.person, effect.recoverySha256],
      );
      return;
    case "second_factor_removed":
      return removeFactor(client, organisation, effect.person, false);
    case "passkey_added":
      await client.query("UPDATE passkey SET name = $3 WHERE organisation = $1 AND id = $2", [
        organisation,
        effect.passkey,
        effect.name,
      ]);
      return;
    case "passkey_removed":
      await client.query("DELETE FROM passkey WHERE organisation = $1 AND id = $2", [
        organisation,
        effect.passkey,
      ]);
      return;
    case "identity_linked":
    case "identity_unlinked":
      return applyIdentityEffect(client, organisation, effect);
    case "session_ended":
      await client.query("DELETE FROM session WHERE organisation = $1 AND id = $2", [
        organisation,
        effect.session,
      ]);
      return;
  }
}

/** Takes away everything by which a person proves who they are beside the passphrase: they begin anew. */
export async function forgetFactors(
  client: pg.ClientBase,
  organisation: string,
  person: string,
): Promise<void> {
  await removeFactor(client, organisation, person, true);
  await removeFactor(client, organisation, person, false);
  await client.query("DELETE FROM passkey WHERE organisation = $1 AND person = $2", [organisation, person]);
  await client.query("DELETE FROM identity WHERE organisation = $1 AND person = $2", [organisation, person]);
}

async function removeFactor(
  client: pg.ClientBase,
  organisation: string,
  person: string,
  isNew: boolean,
): Promise<void> {
  await client.query("DELETE FROM second_factor WHERE organisation = $1 AND person = $2 AND is_new = $3", [
    organisation,
    person,
    isNew,
  ]);
  await client.query("DELETE FROM recovery_code WHERE organisation = $1 AND person = $2", [
    organisation,
    person,
  ]);
}

/** What was begun or checked earlier than this counts no more. */
function before(now: Instant): Instant {
  return instantAt(unixMsOf(now) - PROOF_MS);
}

async function secondFactor(
  client: pg.ClientBase,
  organisation: string,
  person: PersonId,
): Promise<SecondFactor | undefined> {
  const { rows } = await client.query<{ set_at: Date; codes: string }>(
    `SELECT set_at, (SELECT count(*) FROM recovery_code r WHERE r.organisation = $1 AND r.person = $2) AS codes
     FROM second_factor WHERE organisation = $1 AND person = $2 AND NOT is_new`,
    [organisation, person],
  );
  return rows.map((row) => ({
    setAt: instantAt(row.set_at.getTime()),
    codesLeftCount: Number(row.codes),
  }))[0];
}

const PASSKEY = "id, person, name, made_at, last_used_at";

interface PasskeyRow {
  readonly id: PasskeyId;
  readonly person: PersonId;
  readonly name: string;
  readonly made_at: Date;
  readonly last_used_at: Date | null;
}

function passkeyOf(row: PasskeyRow): Passkey {
  return {
    id: row.id,
    person: row.person,
    name: row.name,
    madeAt: instantAt(row.made_at.getTime()),
    lastUsedAt: row.last_used_at && instantAt(row.last_used_at.getTime()),
  };
}

async function passkeys(client: pg.ClientBase, organisation: string, person: PersonId): Promise<Passkey[]> {
  const { rows } = await client.query<PasskeyRow>(
    `SELECT ${PASSKEY} FROM passkey WHERE organisation = $1 AND person = $2 AND name <> '' ORDER BY made_at, id`,
    [organisation, person],
  );
  return rows.map(passkeyOf);
}

async function sessions(
  client: pg.ClientBase,
  organisation: string,
  person: PersonId,
  now: Instant,
): Promise<Session[]> {
  const { rows } = await client.query<{
    id: SessionId;
    created_at: Date;
    seen_at: Date;
    agent: string;
    address: string;
  }>(
    `SELECT id, created_at, seen_at, agent, address FROM session
     WHERE organisation = $1 AND person = $2 AND expires_at > $3 ORDER BY seen_at DESC, id LIMIT 200`,
    [organisation, person, now],
  );
  return rows.map((row) => ({
    id: row.id,
    beganAt: instantAt(row.created_at.getTime()),
    seenAt: instantAt(row.seen_at.getTime()),
    agent: row.agent,
    address: row.address,
  }));
}
