import type { ReplyRow } from "./reply-queries.ts";

const ODD: Readonly<Record<ReplyRow["mail"]["oddities"][number], string>> = {
  unreadable: "It is no mail that could be read. Its bytes are kept.",
  cut: "It is longer than what is shown. Its bytes are kept whole.",
  several_senders: "It names more than one sender: what it says of itself cannot be relied on.",
  turned_text:
    "It held characters that turn the direction of text, often to disguise a name. They are shown as �.",
  automatic: "A machine wrote it: it says nothing of what people there do.",
};

/** What somebody should know before they believe a reply, the gravest first. */
export function warningsOf({
  stranger,
  barred,
  twin,
  mail,
  matchedBy,
  notification,
  advisory,
  recipient,
}: ReplyRow): readonly string[] {
  return [
    ...(barred === "intruder" ? ["It comes from an address of the intruder. Do not answer it."] : []),
    ...(barred === "compromised" ? ["The intruder may use this mailbox. Ask its owner by voice."] : []),
    ...(stranger
      ? ["It comes from another address than was written to. Call the party before you believe it."]
      : []),
    ...((notification ?? advisory) !== null && recipient === null
      ? ["It comes from no address that was written to: say whose answer it is."]
      : []),
    ...(matchedBy === "subject" ? ["Only the reference in its subject says what it answers."] : []),
    ...(twin ? ["Another mail bears the same Message-ID: one of the two is forged, or sent twice."] : []),
    ...(mail.envelope?.signature === "broken"
      ? ["Its signature does not hold: it was changed on the way, or forged."]
      : []),
    ...(mail.envelope?.notOpened ? [NOT_OPENED[mail.envelope.notOpened]] : []),
    ...mail.oddities.map((each) => ODD[each]),
  ];
}

const NOT_OPENED: Readonly<Record<NonNullable<Envelope["notOpened"]>, string>> = {
  no_key: "It is encrypted, and no OpenPGP key here can be used: download it and read it where its key is.",
  other_key: "It is encrypted to another key than ours: download it and read it where its key is.",
  damaged: "It is encrypted and could not be opened: it is damaged, or made to do harm.",
  too_large: "It is encrypted and too large to be opened here: download it and read it where its key is.",
  smime: "It is closed by S/MIME, which is not opened here: download it and read it where its key is.",
};

/** Whose signature a reply bears, and whether it was opened with our key; nothing for a mail that was open. */
export function envelopeTags({ mail: { envelope }, recipient }: ReplyRow): readonly EnvelopeTag[] {
  if (envelope === undefined) return [];
  const { encrypted, notOpened, signature, keyOf, keyId } = envelope;
  const opened: EnvelopeTag = { tone: "plain", words: "encrypted, opened with our key" };
  if (notOpened !== null) return [{ tone: "plain", words: "not opened" }];
  return [
    ...(encrypted ? [opened] : []),
    signature === "known" ? knownTag(keyOf, recipient) : signatureTag(signature, keyId),
  ];
}

export interface EnvelopeTag {
  readonly tone: "ok" | "warn" | "critical" | "plain";
  readonly words: string;
}

type Envelope = NonNullable<ReplyRow["mail"]["envelope"]>;

function knownTag(keyOf: string | null, recipient: string | null): EnvelopeTag {
  if (recipient === null) return { tone: "plain", words: "signed by a key of the directory" };
  return keyOf === recipient
    ? { tone: "ok", words: "signed by the key we know for them" }
    : { tone: "warn", words: "signed by the key of another contact" };
}

function signatureTag(signature: Exclude<Envelope["signature"], "known">, keyId: string): EnvelopeTag {
  switch (signature) {
    case "other":
      return { tone: "warn", words: `signed by a key we do not know: ${keyId}` };
    case "broken":
      return { tone: "critical", words: "its signature does not hold" };
    case "none":
      return { tone: "plain", words: "not signed" };
  }
}

/** What is known of whether the sender is who it says: the words of the server that the operator trusts. */
export function verdictText(verdict: ReplyRow["mail"]["verdict"]): string {
  if (verdict === null) return "Sender not checked";
  const { host, domain, ...checks } = verdict;
  const said = Object.entries(checks).flatMap(([method, result]) =>
    result === null
      ? []
      : [`${method.toUpperCase()} ${result}${method === "dkim" && domain ? ` for ${domain}` : ""}`],
  );
  return `${said.length === 0 ? "No check of the sender" : said.join(", ")}, says ${host}`;
}

/** What we found ourselves of who signed it on the way; nothing where we checked nothing. */
export function dkimTags({ dkim, fromAddress }: ReplyRow["mail"]): readonly EnvelopeTag[] {
  if (dkim === undefined) return [];
  if (dkim.length === 0) return [{ tone: "plain", words: "no DKIM signature, checked here" }];
  const from = fromAddress.slice(fromAddress.lastIndexOf("@") + 1).toLowerCase();
  return dkim.map(({ domain, result }) => {
    const theirs = from === domain || from.endsWith(`.${domain}`);
    const words = `DKIM ${result} for ${domain || "no name"}, checked here`;
    if (result === "pass") return { tone: theirs ? "ok" : "plain", words };
    return { tone: result === "fail" ? "critical" : "plain", words };
  });
}

/** Whether a check speaks for the sender, against it, or not at all. */
export function verdictTone(verdict: ReplyRow["mail"]["verdict"]): "ok" | "critical" | "plain" {
  if (verdict === null) return "plain";
  const { spf, dkim, dmarc } = verdict;
  if (dmarc === "pass") return "ok";
  return [spf, dkim, dmarc].some((each) => each === "fail" || each === "permerror") ? "critical" : "plain";
}

/** Who sent it, as it says itself: the address always stands beside the name. */
export function senderText({ fromName, fromAddress }: ReplyRow["mail"]): string {
  if (fromAddress === "") return fromName === "" ? "Nobody named" : `“${fromName}”, no address`;
  return fromName === "" ? fromAddress : `“${fromName}” <${fromAddress}>`;
}
