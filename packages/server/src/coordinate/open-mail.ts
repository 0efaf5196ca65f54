import { type ClosedMail, closedIn, readMail } from "@jumpkit/app";
import {
  MAIL_TEXT_MAX,
  type MailEnvelope,
  type MailOddity,
  type MailRead,
  type NotOpened,
  tamed,
  turnsText,
} from "@jumpkit/core";
import type { Pgp } from "./openpgp.ts";
import { checkClear, checkDetached, type KnownKey, type Signed } from "./pgp-open.ts";

/** What opening a mail is made of. */
export interface OpenMailParts {
  /** The server whose word on a sender counts; `undefined` while the operator named none. */
  readonly trustedHost: string | undefined;
  readonly pgp: Pick<Pgp, "open">;
  /** The keys that a mail may be signed with, by who it says it is from and what it answers. */
  readonly keysOf: (mail: MailRead) => Promise<readonly KnownKey[]>;
}

/**
 * A mail as it is read, opened where it is encrypted to the organisation, with whose signature it bears.
 *
 * Its headers stay those of the outside: of what was encrypted, words, attachments and the subject count.
 *
 * @param head   the beginning of it
 * @param whole  whether that is all of it: what is cut off cannot be opened
 */
export async function openedMail(head: Uint8Array, whole: boolean, parts: OpenMailParts): Promise<MailRead> {
  const outer = await readMail(head, whole, parts.trustedHost);
  const closed = await closedIn(head);
  if (closed === undefined) return outer;
  if (closed.way === "smime") return { ...outer, envelope: { ...CLOSED, way: "smime", notOpened: "smime" } };
  if (!whole) return { ...outer, envelope: envelopeOf(closed, { notOpened: "too_large" }) };
  const known = await parts.keysOf(outer);
  if (closed.way === "signed") return signedMail(outer, closed, known);
  if (closed.way === "clear_signed") return clearMail(outer, closed, known);
  const opened = await parts.pgp.open(closed.armour, known);
  if ("notOpened" in opened) return { ...outer, envelope: envelopeOf(closed, opened) };
  const envelope = envelopeOf(closed, opened.signed);
  const { inline, more } = closed;
  if (inline) return { ...outer, ...worded(outer, new TextDecoder().decode(opened.data), more), envelope };
  return entityMail(outer, opened.data, { envelope, more }, known);
}

const CLOSED: MailEnvelope = {
  ...{ way: "pgp_mime", encrypted: true, notOpened: null, signature: "none", keyOf: null, keyId: "" },
};

function envelopeOf(
  closed: Exclude<ClosedMail, { way: "smime" }>,
  said: Signed | { readonly notOpened: NotOpened },
): MailEnvelope {
  const encrypted = closed.way === "encrypted";
  const inline = closed.way === "clear_signed" || (closed.way === "encrypted" && closed.inline);
  const way = inline ? ("pgp_inline" as const) : ("pgp_mime" as const);
  return { ...CLOSED, ...{ way, encrypted }, ...said };
}

/** What was encrypted as a whole mail of its own; it may be signed within, as some programs do. */
async function entityMail(
  outer: MailRead,
  data: Uint8Array,
  { envelope, more }: { readonly envelope: MailEnvelope; readonly more: boolean },
  known: readonly KnownKey[],
): Promise<MailRead> {
  const inner = await readMail(data, true, undefined);
  const within = envelope.signature === "none" ? await closedIn(data) : undefined;
  const signed =
    within?.way === "signed" ? await checkDetached(within.signed, within.signature, known) : undefined;
  const read = within?.way === "signed" ? await readMail(within.signed, true, undefined) : inner;
  const { text, attached } = read;
  const subject = inner.subject === "" ? outer.subject : inner.subject;
  const oddities = together(outer, [
    ...inner.oddities,
    ...read.oddities,
    ...(more ? (["cut"] as const) : []),
  ]);
  return { ...outer, subject, text, attached, oddities, envelope: { ...envelope, ...signed } };
}

async function signedMail(
  outer: MailRead,
  closed: Extract<ClosedMail, { way: "signed" }>,
  known: readonly KnownKey[],
): Promise<MailRead> {
  const signed = await checkDetached(closed.signed, closed.signature, known);
  // What stands beside the signed part is nobody's word: it is not shown.
  const { text, attached, oddities } = await readMail(closed.signed, true, undefined);
  return {
    ...outer,
    text,
    attached,
    oddities: together(outer, oddities),
    envelope: envelopeOf(closed, signed),
  };
}

async function clearMail(
  outer: MailRead,
  closed: Extract<ClosedMail, { way: "clear_signed" }>,
  known: readonly KnownKey[],
): Promise<MailRead> {
  const read = await checkClear(closed.armour, known);
  if (read === undefined) {
    const broken = { signature: "broken", keyOf: null, keyId: "" } as const;
    return { ...outer, envelope: envelopeOf(closed, broken) };
  }
  return { ...outer, ...worded(outer, read.text, closed.more), envelope: envelopeOf(closed, read.signed) };
}

/** Opened words in place of their armour; what stood around it was said by nobody, and is only told of. */
function worded(outer: MailRead, words: string, more: boolean): Pick<MailRead, "text" | "oddities"> {
  const odd: readonly (MailOddity | false)[] = [
    (more || words.length > MAIL_TEXT_MAX) && "cut",
    turnsText(words) && "turned_text",
  ];
  return {
    text: tamed(words, MAIL_TEXT_MAX),
    oddities: together(
      outer,
      odd.filter((each) => each !== false),
    ),
  };
}

function together({ oddities }: MailRead, more: readonly MailOddity[]): MailOddity[] {
  // A part read by itself is no whole mail: that it has no headers is nothing odd.
  return [...new Set([...oddities, ...more.filter((each) => each !== "unreadable")])];
}
