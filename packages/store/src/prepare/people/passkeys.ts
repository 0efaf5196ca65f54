import { randomBytes } from "node:crypto";
import type { RelyingParty, Viewer } from "@jumpkit/app";
import { type Instant, idFrom, instantAt, type PasskeyId, PROOF_MS, unixMsOf } from "@jumpkit/core";
import {
  type AuthenticationResponseJSON,
  type AuthenticatorTransport,
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type RegistrationResponseJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from "@simplewebauthn/server";
import type pg from "pg";
import { runStatement } from "../../database/transaction.ts";

interface KeyRow {
  readonly organisation: string;
  readonly id: PasskeyId;
  readonly person: string;
  readonly credential_id: string;
  readonly public_key: Buffer;
  readonly counter: string;
  readonly transports: AuthenticatorTransport[];
}

const KEY = "organisation, id, person, credential_id, public_key, counter, transports";

/** What a browser needs to make a passkey for this person. @source WebAuthn level 3 §5.4 */
export async function registrationOptions(pool: pg.Pool, viewer: Viewer, at: RelyingParty) {
  const { rows } = await runStatement<KeyRow>(
    pool,
    `SELECT ${KEY} FROM passkey WHERE organisation = $1 AND person = $2`,
    [viewer.organisation, viewer.id],
  );
  return generateRegistrationOptions({
    rpName: "Jumpkit",
    rpID: at.id,
    userName: viewer.name,
    userDisplayName: viewer.name,
    userID: new TextEncoder().encode(viewer.id),
    // Which make of authenticator it is concerns nobody.
    attestationType: "none",
    excludeCredentials: rows.map((row) => ({ id: row.credential_id, transports: row.transports })),
    authenticatorSelection: { residentKey: "preferred", userVerification: "preferred" },
  });
}

/** Keeps a passkey whose making holds, until it is added; `undefined` when it does not hold. */
export async function keepNewPasskey(
  pool: pg.Pool,
  now: Instant,
  viewer: Viewer,
  at: RelyingParty,
  challenge: string,
  response: unknown,
): Promise<PasskeyId | undefined> {
  const made = await verifyRegistrationResponse({
    response: response as RegistrationResponseJSON,
    expectedChallenge: challenge,
    expectedOrigin: at.origin,
    expectedRPID: at.id,
    requireUserVerification: false,
  }).catch(() => undefined);
  if (made?.registrationInfo === undefined || !made.verified) return undefined;
  const { credential } = made.registrationInfo;
  const id = idFrom("pky", unixMsOf(now), randomBytes(10));
  await runStatement(pool, "DELETE FROM passkey WHERE name = '' AND made_at < $1", [
    instantAt(unixMsOf(now) - PROOF_MS),
  ]);
  const { rowCount } = await runStatement(
    pool,
    `INSERT INTO passkey
       (organisation, id, person, credential_id, public_key, counter, transports, made_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (credential_id) DO NOTHING`,
    [
      viewer.organisation,
      id,
      viewer.id,
      credential.id,
      Buffer.from(credential.publicKey),
      credential.counter,
      credential.transports ?? [],
      now,
    ],
  );
  return rowCount === 1 ? id : undefined;
}

/**
 * What a browser needs to sign in with a passkey.
 *
 * @param whose  whose passphrase was right; without it, the passkey is to say who it is
 */
export async function authenticationOptions(
  pool: pg.Pool,
  at: RelyingParty,
  whose: { readonly organisation: string; readonly person: string } | undefined,
) {
  const { rows } =
    whose === undefined
      ? { rows: [] }
      : await runStatement<KeyRow>(
          pool,
          `SELECT ${KEY} FROM passkey WHERE organisation = $1 AND person = $2 AND name <> ''`,
          [whose.organisation, whose.person],
        );
  return generateAuthenticationOptions({
    rpID: at.id,
    allowCredentials: rows.map((row) => ({ id: row.credential_id, transports: row.transports })),
    userVerification: whose === undefined ? "required" : "preferred",
  });
}

/**
 * Whose passkey signed this challenge, or `undefined`.
 *
 * Alone it stands for two factors, so it has to have asked its holder for finger, face or PIN; after a passphrase,
 * having it is enough. Only active people sign in.
 */
export async function ownerOfPasskey(
  pool: pg.Pool,
  now: Instant,
  at: RelyingParty,
  challenge: string,
  response: unknown,
  isAlone: boolean,
): Promise<{ readonly organisation: string; readonly person: string } | undefined> {
  const answer = response as AuthenticationResponseJSON;
  const { rows } = await runStatement<KeyRow>(
    pool,
    `SELECT k.organisation, k.id, k.person, k.credential_id, k.public_key, k.counter, k.transports FROM passkey k
     JOIN person p ON p.organisation = k.organisation AND p.id = k.person AND p.active
     WHERE k.credential_id = $1 AND k.name <> ''`,
    [String(answer?.id ?? "").slice(0, 2000)],
  );
  const key = rows[0];
  if (key === undefined) return undefined;
  const outcome = await verifyAuthenticationResponse({
    response: answer,
    expectedChallenge: challenge,
    expectedOrigin: at.origin,
    expectedRPID: at.id,
    requireUserVerification: isAlone,
    credential: {
      id: key.credential_id,
      publicKey: new Uint8Array(key.public_key),
      counter: Number(key.counter),
      transports: key.transports,
    },
  }).catch(() => undefined);
  if (outcome === undefined || !outcome.verified) return undefined;
  await runStatement(
    pool,
    "UPDATE passkey SET counter = $3, last_used_at = $4 WHERE organisation = $1 AND id = $2",
    [key.organisation, key.id, outcome.authenticationInfo.newCounter, now],
  );
  return { organisation: key.organisation, person: key.person };
}
