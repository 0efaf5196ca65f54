import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Instant } from "../../kernel/time.ts";
import {
  Account,
  addMessage,
  attachmentOf,
  FORM_QUOTA,
  MESSAGES_MAX,
  OUTSIDE_REPORTER,
  projectReport,
  type Report,
  ReportClaim,
  type ReportFact,
  type ReportId,
  signOf,
  whyFormFull,
} from "./report.ts";

const REPORT = "rpt_00000000000000000000000001" as ReportId;
const SIGN = "sgn_00000000000000000000000001" as Report["sign"];
const NOW = "2026-11-22T10:41:07.000Z" as Instant;
const HAPPENED = { at: NOW, zone: "UTC", precision: "second", said: "" } as const;

function entryOf(fact: ReportFact, seq: number): Parameters<typeof projectReport>[1] {
  const place = { v: 1, seq, incidentSeq: null, happenedAt: NOW, zone: "UTC", recordedAt: NOW };
  return { ...fact, ...place, actor: OUTSIDE_REPORTER, authority: undefined } as never;
}

function aReport(about: { readonly what?: string; readonly messages?: number } = {}): Report {
  const account = Account.parse({ what: about.what ?? "www3 is slow" });
  const attachments = [{ sha256: "a".repeat(64), sizeBytes: 3, name: "x" }];
  const body = { report: REPORT, number: "JK-R-2026-0001", sign: SIGN, channel: "form" as const };
  let report = projectReport(
    undefined,
    entryOf(
      {
        type: "report.received",
        incident: null,
        happened: HAPPENED,
        body: { ...body, ...account, attachments },
      },
      1,
    ),
  );
  for (let seq = 2; seq <= (about.messages ?? 1); seq++) {
    const said = { from: "reporter" as const, text: `${seq}`, attachments: [] };
    const added = report && addMessage(report, null, HAPPENED, said);
    if (added?.ok) report = projectReport(report, entryOf(added.value, seq));
  }
  if (report === undefined) throw new Error("The report did not begin");
  return report;
}

describe("a report by a person", () => {
  it("is a precursor when it tells of what may come, and an indicator otherwise", () => {
    const kinds = ReportClaim.options.map((claim) => {
      const account = Account.parse({ claim, what: "x" });
      return [claim, signOf(SIGN, REPORT, "JK-R-2026-0001", account, NOW).kind];
    });

    expect(Object.fromEntries(kinds)).toEqual({
      something_wrong: "indicator",
      attack_from_us: "indicator",
      threat: "precursor",
      weakness: "precursor",
      loss: "indicator",
    });
  });

  it("always has a title of one line that any page can show, and keeps the whole text beside it", () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 1000, unit: "grapheme" }), (what) => {
        const parsed = Account.safeParse({ what });
        fc.pre(parsed.success);
        const sign = signOf(SIGN, REPORT, "JK-R-2026-0001", parsed.data as Account, NOW);
        expect(sign.title.length).toBeLessThanOrEqual(200);
        expect(sign.title).not.toContain("\n");
        expect(sign.title.isWellFormed()).toBe(true);
        expect(sign.fields["message"]).toBe(what);
      }),
    );
  });

  it("waits until the team wrote last, and again when its reporter adds to it", () => {
    const report = aReport();
    const answer = addMessage(report, null, HAPPENED, { from: "team", text: "Thank you" });

    const answered = answer.ok ? projectReport(report, entryOf(answer.value, 2)) : undefined;

    expect(report.waits).toBe(true);
    expect(answered?.waits).toBe(false);
    expect(answered?.messages.map((message) => message.from)).toEqual(["reporter", "team"]);
  });

  it("takes no more messages than a thread may hold", () => {
    const report = aReport({ messages: MESSAGES_MAX });

    const refused = addMessage(report, null, HAPPENED, { from: "team", text: "one more" });

    expect(report.messages).toHaveLength(MESSAGES_MAX);
    expect(refused).toEqual({ ok: false, refusal: { code: "report.too_long", messages: MESSAGES_MAX } });
  });

  it("gives out only what was attached to it", () => {
    const report = aReport();

    expect(attachmentOf(report, "a".repeat(64))?.name).toBe("x");
    expect(attachmentOf(report, "b".repeat(64))).toBeUndefined();
  });

  it("is turned away when the form has taken all it can", () => {
    expect(
      whyFormFull({ messagesLastHour: FORM_QUOTA.messagesLastHour - 1, bytesLastDay: 0 }),
    ).toBeUndefined();
    expect(whyFormFull({ ...FORM_QUOTA, bytesLastDay: 0 })).toEqual({ code: "report.form_full" });
    expect(whyFormFull({ ...FORM_QUOTA, messagesLastHour: 0 })).toEqual({ code: "report.form_full" });
  });
});
