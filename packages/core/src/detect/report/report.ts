import * as z from "zod";
import type { Actor, Entry, Fact } from "../../document/log/entry.ts";
import { type Id, type IncidentId, idSchema, type PersonId } from "../../kernel/id.ts";
import { accept, type Result, refuse } from "../../kernel/result.ts";
import { line, prose } from "../../kernel/text.ts";
import type { Stamp } from "../../kernel/time.ts";
import { Ongoing } from "../incident/incident.ts";
import { type Sign, SignId, type SignKind } from "../sign/sign.ts";

export type ReportId = Id<"rpt">;
export const ReportId = idSchema("rpt");

/**
 * What a person who reports says it is.
 *
 * @source NIST SP 800-61r2 §3.2.3: people inside and outside are a source of signs; §3.2.2: a threat from a
 *         group is a precursor; CERT/CC: another site may say that yours attacks it
 */
export const ReportClaim = z.enum(["something_wrong", "attack_from_us", "threat", "weakness", "loss"]);
export type ReportClaim = z.infer<typeof ReportClaim>;

/**
 * What somebody without any training can see.
 *
 * @source CERT/CC: document the symptoms; NIST SP 800-61r2 §3.2.2 and table 3-2 for examples of indicators
 */
export const SYMPTOMS = [
  "files_changed",
  "unknown_account",
  "slow_or_crashing",
  "mail_not_sent_by_me",
  "ransom_note",
  "warning_of_protection",
  "web_page_altered",
  "unusual_traffic",
  "password_given_away",
  "device_missing",
  "other",
] as const;
export const Symptom = z.enum(SYMPTOMS);
export type Symptom = z.infer<typeof Symptom>;

/** How it reached us: by the form that needs no account, or written down by the help desk for a caller. */
export const ReportChannel = z.enum(["form", "desk"]);
export type ReportChannel = z.infer<typeof ReportChannel>;

/** A file that came with a report: what it is known by, and what its sender called it. */
export const Attachment = z.object({
  sha256: z.string(),
  sizeBytes: z.int(),
  name: z.string(),
});
export type Attachment = z.infer<typeof Attachment>;

/** How many files one message of a report may carry. */
export const ATTACHMENTS_MAX = 5;

const ReportText = prose(20_000).refine((text) => text.trim() !== "", {
  error: "is empty; say what you noticed",
});

/** What a reporter tells. Everything but the text may stay open; who tells it may stay unnamed. */
export const Account = z.strictObject({
  claim: ReportClaim.default("something_wrong"),
  what: ReportText,
  symptoms: z
    .array(Symptom)
    .max(SYMPTOMS.length)
    .refine((all) => new Set(all).size === all.length, { error: "names the same symptom twice" })
    .default([]),
  systems: z
    .union([line(300), z.literal("")])
    .default("")
    .describe("Which systems or addresses it is about"),
  noticed: prose(200).default("").describe("When it was noticed, in the reporter's words, with the zone"),
  ongoing: Ongoing.default("unknown"),
  name: prose(200).default(""),
  contact: prose(300).default("").describe("Telephone or mail address; never verified, so never written to"),
  affiliation: prose(200).default("").describe("The organisation that the reporter belongs to"),
});
export type Account = z.infer<typeof Account>;

export const REPORT_ENTRIES = {
  "report.received": z.object({
    report: ReportId,
    number: z.string(),
    sign: SignId,
    channel: ReportChannel,
    ...Account.shape,
    attachments: z.array(Attachment),
  }),
  "report.continued": z.object({ report: ReportId, text: ReportText, attachments: z.array(Attachment) }),
  "report.answered": z.object({ report: ReportId, text: ReportText }),
  "report.attachment_read": z.object({ report: ReportId, attachment: Attachment }),
};
export type ReportEntries = typeof REPORT_ENTRIES;
export type ReportFact = Fact<ReportEntries>;

/** One message of the thread between a reporter and the team. */
export interface ReportMessage {
  readonly seq: number;
  readonly from: "reporter" | "team";
  /** Who wrote it for the team; the empty text for the reporter. */
  readonly by: string;
  readonly at: string;
  readonly text: string;
  readonly attachments: readonly Attachment[];
}

/** A report with its thread, oldest message first. */
export interface Report extends Required<Account> {
  readonly id: ReportId;
  readonly number: string;
  readonly sign: SignId;
  readonly channel: ReportChannel;
  readonly receivedAt: string;
  readonly messages: readonly ReportMessage[];
  /** Whether the reporter wrote last and nobody has answered. */
  readonly waits: boolean;
  readonly changedSeq: number;
}

/** The report after one more entry; `undefined` in, for the entry that brings it. */
export function projectReport(before: Report | undefined, entry: Entry<ReportEntries>): Report | undefined {
  if (entry.type === "report.received") return begin(entry);
  if (before === undefined || entry.type === "report.attachment_read") return before;
  const answered = entry.type === "report.answered";
  const message: ReportMessage = {
    seq: entry.seq,
    from: answered ? "team" : "reporter",
    by: answered ? (entry.actor?.name ?? "(withheld)") : "",
    at: entry.recordedAt,
    text: entry.body.text ?? "(withheld)",
    attachments: entry.type === "report.continued" ? (entry.body.attachments ?? []) : [],
  };
  return { ...before, messages: [...before.messages, message], waits: !answered, changedSeq: entry.seq };
}

function begin(
  entry: Extract<Entry<ReportEntries>, { readonly type: "report.received" }>,
): Report | undefined {
  const { body } = entry;
  if (body.report === undefined || body.sign === undefined) return undefined;
  const text = body.what ?? "(withheld)";
  return {
    id: body.report,
    number: body.number ?? "(withheld)",
    sign: body.sign,
    channel: body.channel ?? "form",
    receivedAt: entry.recordedAt,
    claim: body.claim ?? "something_wrong",
    what: text,
    symptoms: body.symptoms ?? [],
    systems: body.systems ?? "",
    noticed: body.noticed ?? "",
    ongoing: body.ongoing ?? "unknown",
    name: body.name ?? "",
    contact: body.contact ?? "",
    affiliation: body.affiliation ?? "",
    messages: [
      {
        seq: entry.seq,
        from: "reporter",
        by: "",
        at: entry.recordedAt,
        text,
        attachments: body.attachments ?? [],
      },
    ],
    waits: true,
    changedSeq: entry.seq,
  };
}

/** The one who acts when somebody without an account reports: nobody the record could name. */
export const OUTSIDE_REPORTER: Actor = {
  id: "psn_00000000000000000000000000" as PersonId,
  name: "Reporter without an account",
  title: "",
  phone: "",
};

/** What each claim is called among handlers. */
export const CLAIM_NAMES: Readonly<Record<ReportClaim, string>> = {
  something_wrong: "Somebody noticed something wrong",
  attack_from_us: "Somebody says we attack them",
  threat: "A threat was made",
  weakness: "A weakness was pointed out",
  loss: "Something was lost or stolen",
};

/**
 * The sign that a report is, for the queue where it is decided on.
 *
 * A threat and a weakness say that something may come (precursor); everything else that it may have happened.
 *
 * @source NIST SP 800-61r2 §3.2.2
 */
export function signOf(sign: SignId, report: ReportId, number: string, account: Account, at: string): Sign {
  const kind: SignKind =
    account.claim === "threat" || account.claim === "weakness" ? "precursor" : "indicator";
  return {
    id: sign,
    source: null,
    kind,
    rule: { id: `report.${account.claim}`, name: CLAIM_NAMES[account.claim] },
    title: firstLine(account.what),
    entity: account.systems,
    severity: "",
    firstAt: at,
    lastAt: at,
    count: 1,
    repeats: 0,
    addresses: [],
    fields: { message: account.what, "report.id": report, "report.number": number },
    extra: {},
    timeAsWritten: account.noticed,
    zoneAssumed: null,
  };
}

function firstLine(text: string): string {
  const line = text.trim().split("\n", 1)[0]?.trim() ?? "";
  return line.length <= 200 ? line : `${line.slice(0, 199).toWellFormed()}…`;
}

/** What the form without an account has taken lately, in the whole organisation. */
export interface FormLoad {
  readonly messagesLastHour: number;
  readonly bytesLastDay: number;
}

/** What the form takes from everybody together: more is a flood, and the telephone still works. */
export const FORM_QUOTA: FormLoad = { messagesLastHour: 120, bytesLastDay: 2 * 2 ** 30 };

export type ReportRefusal =
  | { readonly code: "report.form_full" }
  | { readonly code: "report.too_long"; readonly messages: number }
  | { readonly code: "report.no_such_attachment" };

/** Nothing, or the refusal that says the form has taken all it can for now. */
export function whyFormFull(load: FormLoad): ReportRefusal | undefined {
  const full =
    load.messagesLastHour >= FORM_QUOTA.messagesLastHour || load.bytesLastDay >= FORM_QUOTA.bytesLastDay;
  return full ? { code: "report.form_full" } : undefined;
}

/** How many messages a thread holds; who has more to say is called. */
export const MESSAGES_MAX = 100;

/**
 * The entry of one more message in a report's thread.
 *
 * @param incident  the incident that the report's sign became part of, whose log it then stands in too
 * @returns         the fact, or `report.too_long`
 */
export function addMessage(
  report: Report,
  incident: IncidentId | null,
  happened: Stamp,
  said:
    | { readonly from: "team"; readonly text: string }
    | { readonly from: "reporter"; readonly text: string; readonly attachments: Attachment[] },
): Result<ReportFact, ReportRefusal> {
  const { length } = report.messages;
  if (length >= MESSAGES_MAX) return refuse({ code: "report.too_long", messages: length });
  const about = { incident, happened };
  if (said.from === "team") {
    return accept({ type: "report.answered", ...about, body: { report: report.id, text: said.text } });
  }
  const { text, attachments } = said;
  return accept({ type: "report.continued", ...about, body: { report: report.id, text, attachments } });
}

/** The attachment of a report with this digest, or `undefined`. */
export function attachmentOf(report: Report, sha256: string): Attachment | undefined {
  return report.messages
    .flatMap((message) => message.attachments)
    .find((attachment) => attachment.sha256 === sha256);
}
