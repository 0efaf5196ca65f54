import { Account, Attachment, IncidentId, type Report, ReportChannel, ReportId, SignId } from "@jumpkit/core";
import * as z from "zod";
import { Paging, pageOf } from "../list.ts";
import { query } from "../query.ts";

const { claim, symptoms, systems, noticed, ongoing, name, contact, affiliation } = Account.shape;

const Message = z.object({
  seq: z.int(),
  from: z.enum(["reporter", "team"]),
  by: z.string(),
  at: z.string(),
  text: z.string(),
  attachments: z.array(Attachment),
});

const ReportView = z
  .object({
    id: ReportId,
    number: z.string(),
    sign: SignId,
    incident: IncidentId.nullable().describe("The incident that the report's sign became part of"),
    channel: ReportChannel,
    receivedAt: z.string(),
    waits: z.boolean().describe("whether the reporter wrote last"),
    what: z.string(),
    ...{ claim, symptoms, systems, noticed, ongoing, name, contact, affiliation },
    messages: z.array(Message),
  })
  .meta({ id: "Report" });

/** A report with the incident that its sign became part of. */
export type ReportWithIncident = Report & { readonly incident: IncidentId | null };

export const listReports = query({
  name: "report.list",
  phase: "detect",
  summary: "Reports by people, newest first",
  action: "sign.read",
  path: "/v1/report",
  input: z.strictObject({
    waiting: z.enum(["", "yes"]).default("").describe("yes: only those whose reporter wrote last"),
    ...Paging,
  }),
  output: pageOf(ReportView).extend({ waiting: z.int().describe("how many reporters wrote last") }),
  run: async (input, reading) => {
    const page = await reading.reports({ ...input, waiting: input.waiting === "yes" });
    return { items: page.items.map(view), next: page.next, waiting: await reading.reportsWaiting() };
  },
});

export const showReport = query({
  name: "report.show",
  phase: "detect",
  summary: "One report with its thread",
  action: "sign.read",
  path: "/v1/report/{report}",
  input: z.strictObject({ report: ReportId }),
  output: ReportView,
  run: async (input, reading) => {
    const report = await reading.report(input.report);
    return report && view(report);
  },
});

function view(report: ReportWithIncident): z.input<typeof ReportView> {
  return {
    ...report,
    messages: report.messages.map((message) => ({ ...message, attachments: [...message.attachments] })),
  };
}
