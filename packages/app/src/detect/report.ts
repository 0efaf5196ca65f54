import {
  Account,
  ATTACHMENTS_MAX,
  type Attachment,
  accept,
  addMessage,
  attachmentOf,
  prose,
  type ReportFact,
  ReportId,
  refuse,
  Sha256,
  signOf,
  stampNow,
  UploadId,
  whyFormFull,
} from "@jumpkit/core";
import * as z from "zod";
import { type Act, operation } from "../operation.ts";
import type { Effect, Records, Upload } from "../ports.ts";
import { TicketOutput, ticketFor } from "../ticket.ts";

const Received = z.object({ report: ReportId, number: z.string() });
const Uploads = z.array(UploadId).max(ATTACHMENTS_MAX).default([]);
const Text = prose(20_000).refine((text) => text.trim() !== "", { error: "is empty; write the message" });

/** How long a follow-up code is: 96 bits, short enough to be read out on the telephone. */
const CODE_DIGITS = 24;

export const enterReport = operation({
  name: "report.enter",
  phase: "detect",
  summary: "Write down a report for a caller",
  action: "incident.report",
  input: Account,
  output: Received.extend({
    code: z
      .string()
      .nullable()
      .describe("What the caller follows up with: told once, null in a repeated answer"),
  }),
  load: async (_input, records, act) => begin(act.newId("rpt"), records, act),
  decide: (begun, account, act) => {
    const code = act.newSecret().secret.slice(0, CODE_DIGITS);
    const { facts, effects, output } = received(begun, account, act, { channel: "desk", uploads: [] });
    const receipt: Effect = { kind: "receipt", report: begun.report, secretSha256: act.sha256(code) };
    return accept({
      facts,
      effects: [...effects, receipt],
      output: { ...output, code: null },
      toldOnce: { code },
    });
  },
});

/** What the form without an account sends: the page chose the report's id, so that files could come first. */
export const receiveReport = operation({
  name: "report.receive",
  phase: "detect",
  summary: "Take a report from somebody without an account",
  action: "own",
  input: z.strictObject({
    ...Account.shape,
    report: ReportId,
    receiptSha256: Sha256,
    uploads: Uploads,
  }),
  output: Received,
  load: async (input, records, act) => {
    if ((await records.report(input.report)) !== undefined) return undefined;
    const uploads = await uploadsOf(input.report, input.uploads, records);
    const load = await records.formLoad();
    return uploads && { begun: await begin(input.report, records, act), uploads, load };
  },
  decide: ({ begun, uploads, load }, input, act) => {
    const full = whyFormFull(load);
    if (full !== undefined) return refuse(full);
    const { report: _r, receiptSha256, uploads: _u, ...account } = input;
    const { facts, effects, output } = received(begun, account, act, { channel: "form", uploads });
    return accept({
      facts,
      effects: [
        ...effects,
        { kind: "receipt", report: begun.report, secretSha256: receiptSha256 },
        used(uploads),
      ],
      output,
    });
  },
});

export const continueReport = operation({
  name: "report.continue",
  phase: "detect",
  summary: "Add to a report with its follow-up code",
  action: "own",
  input: z.strictObject({ report: ReportId, text: Text, uploads: Uploads }),
  output: Received,
  load: async (input, records) => {
    const found = await thread(input.report, records);
    const uploads = await uploadsOf(input.report, input.uploads, records);
    return found && uploads && { ...found, uploads, load: await records.formLoad() };
  },
  decide: ({ report, incident, uploads, load }, { text }, act) => {
    const full = whyFormFull(load);
    if (full !== undefined) return refuse(full);
    const said = { from: "reporter" as const, text, attachments: uploads.map(attachment) };
    const added = addMessage(report, incident, stampNow(act.now, act.by.zone), said);
    if (!added.ok) return added;
    return accept({
      facts: [added.value],
      effects: [...claimed(uploads, report.id), used(uploads)],
      output: { report: report.id, number: report.number },
    });
  },
});

const onReport = { phase: "detect", thing: "report", visibleBy: "sign.read" } as const;

export const answerReport = operation({
  name: "report.answer",
  ...onReport,
  summary: "Write to the reporter, who reads it with the follow-up code",
  action: "sign.triage",
  input: z.strictObject({ report: ReportId, text: Text }),
  output: Received,
  load: (input, records) => thread(input.report, records),
  decide: ({ report, incident }, { text }, act) => {
    const added = addMessage(report, incident, stampNow(act.now, act.by.zone), { from: "team", text });
    if (!added.ok) return added;
    return accept({ facts: [added.value], output: { report: report.id, number: report.number } });
  },
});

export const readAttachment = operation({
  name: "report.read",
  ...onReport,
  summary: "Read what was attached to a report",
  action: "evidence.read",
  input: z.strictObject({ report: ReportId, sha256: Sha256 }),
  output: z.object({ report: ReportId, ...TicketOutput }),
  load: (input, records) => thread(input.report, records),
  decide: ({ report, incident }, { sha256 }, act) => {
    const found = attachmentOf(report, sha256);
    if (found === undefined) return refuse({ code: "report.no_such_attachment" });
    const { effect, output } = ticketFor(act, { what: "attachment", report: report.id, ...found });
    const fact: ReportFact = {
      type: "report.attachment_read",
      incident,
      happened: stampNow(act.now, act.by.zone),
      body: { report: report.id, attachment: found },
    };
    return accept({ facts: [fact], effects: [effect], output: { report: report.id, ...output } });
  },
});

type Begun = Awaited<ReturnType<typeof begin>>;

async function begin(report: ReportId, records: Records, act: Act) {
  const year = Number(act.now.slice(0, 4));
  const number = String(await records.nextReportNumber(year)).padStart(4, "0");
  return { report, sign: act.newId("sgn"), number: `${await records.codePrefix()}-R-${year}-${number}` };
}

function received(
  { report, sign, number }: Begun,
  account: Account,
  act: Act,
  how: { readonly channel: "form" | "desk"; readonly uploads: readonly Upload[] },
) {
  const attachments = how.uploads.map(attachment);
  const fact: ReportFact = {
    type: "report.received",
    incident: null,
    happened: stampNow(act.now, act.by.zone),
    body: { report, number, sign, channel: how.channel, ...account, attachments },
  };
  const opened: Effect = { kind: "sign_opened", sign: signOf(sign, report, number, account, act.now) };
  return { facts: [fact], effects: [opened, ...claimed(how.uploads, report)], output: { report, number } };
}

function attachment({ sha256, sizeBytes, name }: Upload): Attachment {
  return { sha256, sizeBytes, name };
}

function claimed(uploads: readonly Upload[], report: ReportId): Effect[] {
  return uploads.map((upload) => ({ kind: "upload_claimed", upload: upload.id, by: report }));
}

function used(uploads: readonly Upload[]): Effect {
  return { kind: "form_used", bytes: uploads.reduce((sum, upload) => sum + upload.sizeBytes, 0) };
}

/** The report with the incident its sign became part of; `undefined` when there is no such report. */
async function thread(id: ReportId, records: Records) {
  const report = await records.report(id);
  return report && { report, incident: await records.incidentOfSign(report.sign) };
}

/** The uploads, all of them there and unclaimed, or `undefined`. */
async function uploadsOf(
  report: ReportId,
  ids: readonly UploadId[],
  records: Records,
): Promise<Upload[] | undefined> {
  const found: Upload[] = [];
  for (const id of new Set(ids)) {
    const upload = await records.upload(id, report);
    if (upload === undefined) return undefined;
    found.push(upload);
  }
  return found;
}
