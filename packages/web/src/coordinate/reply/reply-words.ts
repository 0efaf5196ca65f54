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
    ...mail.oddities.map((each) => ODD[each]),
  ];
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
