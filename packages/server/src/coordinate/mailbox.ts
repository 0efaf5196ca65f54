import { Readable } from "node:stream";
import {
  type MailboxPlace,
  type MailboxPlaces,
  type Receipts,
  receiveFromMailbox,
  type Viewer,
} from "@jumpkit/app";
import { MAILBOX, type OrganisationId } from "@jumpkit/core";
import type { ImapFlow } from "imapflow";
import { type SteadyWork, startSteadyWork } from "../steady-work.ts";
import type { Inbox } from "./mail-settings.ts";
import { REPLY_MAX_BYTES, type TakeMailParts, takeMail } from "./take-mail.ts";

const SILENCE_MAX_MS = 60_000;
/** So many mails are taken in one after another before the mailbox rests: nobody can flood the record faster. */
const MAILS_AT_ONCE = 30;
/** When a mailbox is looked into for the first time, what is older than this stays unread. */
const FIRST_LOOK_MS = 14 * 24 * 60 * 60_000;

/** What looking into the mailbox is made of. */
export interface MailboxParts extends TakeMailParts {
  readonly inbox: Inbox;
  readonly places: MailboxPlaces;
  readonly receipts: Pick<Receipts, "onlyOrganisation">;
  readonly log: (sentence: string) => void;
}

/**
 * Looks into the mailbox again and again and takes in what came, each mail once.
 *
 * The mailbox itself is left as it is: nothing in it is marked, moved or removed. A mail that is too large stays
 * there, and the server's log says so.
 */
export function startMailbox(parts: MailboxParts): SteadyWork {
  return startSteadyWork({
    name: "The mailbox rests",
    everyMs: parts.inbox.everySeconds * 1000,
    log: parts.log,
    step: async () => {
      const organisation = await organisationOf(parts);
      if (organisation !== undefined) await lookInto(parts, organisation);
      return false;
    },
  });
}

async function organisationOf({ inbox, receipts }: MailboxParts): Promise<OrganisationId | undefined> {
  return inbox.organisation ?? (await receipts.onlyOrganisation());
}

async function lookInto(parts: MailboxParts, organisation: OrganisationId): Promise<void> {
  const { inbox, places, world } = parts;
  const client = await openedTo(inbox);
  try {
    const mailbox = `${inbox.user}@${inbox.host}/${inbox.folder}`;
    const { uidValidity, uidNext } = await client.mailboxOpen(inbox.folder, { readOnly: true });
    const validity = String(uidValidity);
    const place = await places.at(organisation, mailbox);
    const last = place?.validity === validity ? place.uid : 0;
    if (uidNext !== undefined && uidNext <= last + 1) return;
    const since = new Date(Date.parse(world.clock.now()) - FIRST_LOOK_MS);
    const query = { uid: `${last + 1}:*`, ...(last === 0 ? { since } : {}) };
    const found = (await client.search(query, { uid: true })) || [];
    // A range that ends in * names the last mail too, however low its number.
    const fresh = found.filter((uid) => uid > last).toSorted((a, b) => a - b);
    for (const uid of fresh.slice(0, MAILS_AT_ONCE)) {
      await takeOne(parts, organisation, client, uid);
      await places.moveTo(organisation, mailbox, { validity, uid } satisfies MailboxPlace);
    }
  } finally {
    client.close();
  }
}

async function openedTo(inbox: Inbox): Promise<ImapFlow> {
  // Loaded when a mailbox is looked into: most servers have none.
  const { ImapFlow } = await import("imapflow");
  const client = new ImapFlow({
    host: inbox.host,
    port: inbox.port,
    secure: inbox.security === "tls",
    ...(inbox.security === "tls" ? {} : { doSTARTTLS: inbox.security === "starttls" }),
    auth: { user: inbox.user, pass: inbox.password },
    logger: false,
    disableAutoIdle: true,
    connectionTimeout: SILENCE_MAX_MS,
    greetingTimeout: SILENCE_MAX_MS,
    socketTimeout: SILENCE_MAX_MS,
    maxLiteralSize: REPLY_MAX_BYTES,
  });
  // Every fault also reaches whoever awaits; without a listener it would end the process.
  client.on("error", () => {});
  await client.connect();
  return client;
}

async function takeOne(
  parts: MailboxParts,
  organisation: OrganisationId,
  client: ImapFlow,
  uid: number,
): Promise<void> {
  const stays = (why: string) => parts.log(`Mail ${uid} stays in the mailbox: ${why}`);
  const about = await client.fetchOne(String(uid), { size: true }, { uid: true });
  if (about === false) return;
  if ((about.size ?? 0) > REPLY_MAX_BYTES) return stays("it is larger than a reply may be");
  const mail = await client.fetchOne(String(uid), { source: true }, { uid: true });
  if (mail === false || mail.source === undefined) return;
  const viewer: Viewer = { ...MAILBOX, organisation, zone: "UTC", roles: [] };
  const from = {
    chunks: Readable.from([mail.source]),
    name: `mail-${uid}.eml`,
    way: "mailbox",
    chosen: null,
  } as const;
  const outcome = await takeMail(parts, receiveFromMailbox, viewer, from);
  if (!outcome.ok && outcome.refusal.code !== "reply.known") stays(outcome.refusal.code);
}
