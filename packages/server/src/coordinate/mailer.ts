import {
  execute,
  type Operation,
  type Outbox,
  type PostedMail,
  settleAdvisory,
  settleQueuedMail,
  type World,
} from "@jumpkit/app";
import { type Instant, instantAt } from "@jumpkit/core";
import { type SteadyWork, startSteadyWork } from "../steady-work.ts";
import type { MailServer } from "./mail-settings.ts";
import type { Pgp } from "./openpgp.ts";
import { sendMail, shortened, type Tried } from "./send-mail.ts";

const LOOK_EVERY_MS = 1000;
const LOOK_FOR_LOST_EVERY_MS = 60_000;
/** Longer than a mail may take, so that nobody calls lost what another server still sends. */
const LOST_AFTER_MS = 10 * 60_000;

/** What the mailer is made of. */
export interface MailerParts {
  readonly world: World;
  readonly outbox: Outbox;
  /** How the mail server is reached; `undefined` while the operator named none. */
  readonly server: MailServer | undefined;
  readonly pgpOf: (organisation: string) => Pgp;
  readonly log: (sentence: string) => void;
}

/**
 * Sends what was released, each mail at most once, and writes down what became of it.
 *
 * A mail is claimed before its first byte leaves. One that was claimed and never settled is told as unknown: it
 * is for people to decide whether it is released again.
 */
export function startMailer(parts: MailerParts): SteadyWork {
  let lookedForLost = 0;
  return startSteadyWork({
    name: "Mail rests",
    everyMs: LOOK_EVERY_MS,
    log: parts.log,
    step: async () => {
      const nowMs = Date.parse(parts.world.clock.now());
      if (nowMs - lookedForLost > LOOK_FOR_LOST_EVERY_MS) {
        lookedForLost = nowMs;
        await settleLost(parts, instantAt(nowMs - LOST_AFTER_MS));
      }
      const posted = await parts.outbox.claim();
      if (posted !== undefined) await settle(parts, posted, await tryOnce(parts, posted));
      return posted !== undefined;
    },
  });
}

async function tryOnce({ server, pgpOf }: MailerParts, { sender, mail, played }: PostedMail): Promise<Tried> {
  if (played) {
    const detail = "What is played in an exercise or a demonstration stays in the house";
    return { outcome: "kept", detail, wireSha256: "" };
  }
  if (server === undefined) {
    return {
      outcome: "failed",
      detail: "No mail server is set up here: save it and send it otherwise",
      wireSha256: "",
    };
  }
  let wire: string;
  try {
    wire = await pgpOf(sender.organisation).protect(
      mail.message,
      { name: mail.team, email: mail.from },
      mail.pgpKey,
    );
  } catch (fault) {
    // It never leaves in clear because a key does not work.
    const words = fault instanceof Error ? fault.message : String(fault);
    return { outcome: "failed", detail: shortened(`OpenPGP: ${words}`), wireSha256: "" };
  }
  return await sendMail(server, mail, wire);
}

async function settleLost(parts: MailerParts, before: Instant): Promise<void> {
  for (const posted of await parts.outbox.lost(before)) {
    const detail = "The server stopped while it was being sent; whether it left, nobody knows";
    await settle(parts, posted, { outcome: "unknown", detail, wireSha256: "" });
  }
}

async function settle({ world }: MailerParts, { sender, mail }: PostedMail, tried: Tried): Promise<void> {
  const { about, recipient, messageId } = mail;
  const operation: Operation = "advisory" in about ? settleAdvisory : settleQueuedMail;
  const input = { ...about, recipient, messageId, ...tried };
  await execute(world, operation, { viewer: sender, key: `mail ${messageId}`, input });
}
