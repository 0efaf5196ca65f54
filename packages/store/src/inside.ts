import type { Effect, Inside, JsonObject } from "@jumpkit/app";
import type { ConnectorOffer, Instant } from "@jumpkit/core";
import type pg from "pg";
import { applyConnectorEffect } from "./contain/connector-queue.ts";
import { applyMailEffect } from "./coordinate/outbox.ts";
import { storePart } from "./detect/intake/store-part.ts";
import { sendAgain } from "./detect/intake/unread.ts";
import { useForm } from "./detect/report/form-load.ts";
import { openSign } from "./detect/report/open-sign.ts";
import { appendFacts } from "./document/log/append.ts";
import { applyCardEffect } from "./prepare/approval/cards.ts";
import { applyCredentialEffect, forgetFactors } from "./prepare/people/credentials.ts";
import { applyTokenEffect, endAccess } from "./prepare/people/tokens.ts";
import { authorityInForce, type CedarEngine } from "./prepare/policy/authority.ts";
import { recordsIn } from "./records.ts";

/** The ports of one operation, bound to its running transaction. */
export async function insideOf(
  client: pg.ClientBase,
  organisation: string,
  {
    engine,
    now,
    offers,
  }: {
    readonly engine: CedarEngine;
    readonly now: Instant;
    readonly offers: readonly ConnectorOffer[];
  },
): Promise<Inside> {
  return {
    records: recordsIn(client, organisation, now, offers),
    authority: await authorityInForce(engine, client, organisation, now),
    trying: async (work) => {
      await client.query("SAVEPOINT trying");
      try {
        return await work();
      } finally {
        await client.query("ROLLBACK TO SAVEPOINT trying; RELEASE SAVEPOINT trying");
      }
    },
    log: {
      append: (facts, actor, authority) =>
        appendFacts(client, organisation, facts, { now, actor, authority }),
    },
    apply: async (effects) => {
      for (const effect of effects) await apply(client, organisation, effect, now);
    },
    claimKey: (person, key, digest) => claimKey(client, organisation, { person, key, digest, now }),
    keepReply: async (person, key, reply) => {
      await client.query({
        name: "keep-reply",
        text: "UPDATE kept_reply SET reply = $4 WHERE organisation = $1 AND person = $2 AND key = $3",
        values: [organisation, person, key, JSON.stringify(reply)],
      });
    },
  };
}

async function claimKey(
  client: pg.ClientBase,
  organisation: string,
  claim: { readonly person: string; readonly key: string; readonly digest: string; readonly now: Instant },
): Promise<"new" | "reused" | { reply: JsonObject }> {
  const { rowCount } = await client.query({
    name: "claim-key",
    text: `INSERT INTO kept_reply (organisation, person, key, request_digest, claimed_at) VALUES ($1, $2, $3, $4, $5)
      ON CONFLICT DO NOTHING`,
    values: [organisation, claim.person, claim.key, claim.digest, claim.now],
  });
  if (rowCount === 1) return "new";
  const { rows } = await client.query<{ request_digest: string; reply: JsonObject | null }>(
    "SELECT request_digest, reply FROM kept_reply WHERE organisation = $1 AND person = $2 AND key = $3",
    [organisation, claim.person, claim.key],
  );
  const kept = rows[0];
  return kept?.request_digest === claim.digest && kept.reply !== null ? { reply: kept.reply } : "reused";
}

async function apply(
  client: pg.ClientBase,
  organisation: string,
  effect: Effect,
  now: Instant,
): Promise<void> {
  switch (effect.kind) {
    case "token_made":
    case "token_revoked":
      return applyTokenEffect(client, organisation, effect);
    case "part_stored":
      return storePart(client, organisation, effect);
    case "unread_again":
      return sendAgain(client, organisation, effect);
    case "second_factor_set":
    case "second_factor_removed":
    case "passkey_added":
    case "passkey_removed":
    case "identity_linked":
    case "identity_unlinked":
    case "session_ended":
      return applyCredentialEffect(client, organisation, effect);
    case "card_printed":
    case "card_code_used":
    case "card_failed":
      return applyCardEffect(client, organisation, effect);
    case "run_queued":
    case "run_over":
      return applyConnectorEffect(client, organisation, effect);
    case "mail_queued":
    case "mail_settled":
      return applyMailEffect(client, organisation, effect, now);
    case "invitation":
      // A new invitation ends the earlier ones, the passphrase it replaces, and every other way in.
      await forgetFactors(client, organisation, effect.person);
      await client.query("DELETE FROM invitation WHERE organisation = $1 AND person = $2", [
        organisation,
        effect.person,
      ]);
      await client.query("DELETE FROM credential WHERE organisation = $1 AND person = $2", [
        organisation,
        effect.person,
      ]);
      await client.query(
        "INSERT INTO invitation (organisation, secret_sha256, person, expires_at) VALUES ($1, $2, $3, $4)",
        [organisation, effect.secretSha256, effect.person, effect.expiresAt],
      );
      return;
    case "sessions_ended":
      await endAccess(client, organisation, effect.person, now);
      return;
    case "upload_claimed":
      await client.query("UPDATE upload SET item = $3 WHERE organisation = $1 AND id = $2", [
        organisation,
        effect.upload,
        effect.by,
      ]);
      return;
    case "sign_opened":
      return openSign(client, organisation, effect.sign);
    case "receipt":
      await client.query(
        "INSERT INTO report_receipt (organisation, secret_sha256, report) VALUES ($1, $2, $3)",
        [organisation, effect.secretSha256, effect.report],
      );
      return;
    case "form_used":
      return useForm(client, organisation, effect.bytes);
    case "ticket":
      await client.query(
        "INSERT INTO ticket (organisation, id, person, grants, expires_at) VALUES ($1, $2, $3, $4, $5)",
        [organisation, effect.ticket, effect.person, JSON.stringify(effect.grants), effect.expiresAt],
      );
      return;
  }
}
