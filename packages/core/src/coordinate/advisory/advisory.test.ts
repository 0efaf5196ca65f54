import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ContactId, PersonId } from "../../kernel/id.ts";
import type { Instant } from "../../kernel/time.ts";
import { exceeds } from "../../kernel/tlp.ts";
import { CONTACT_ROLES, type Contact, ContactDetails } from "../../prepare/contact/contact.ts";
import { clearanceOf } from "../notification/sharing.ts";
import {
  type Advisory,
  AdvisoryDraft,
  type AdvisoryEntry,
  type AdvisoryFact,
  type AdvisoryId,
  AdvisoryMarking,
  isUntold,
  projectAdvisory,
  stateOfAdvisory,
} from "./advisory.ts";
import { advisoryMail, advisoryText, audienceOf, sayingOf } from "./paper.ts";
import {
  approveAdvisory,
  changeAdvisory,
  draftAdvisory,
  isAboutTheSame,
  mayResend,
  resendAdvisory,
  sendAdvisory,
  settleAdvisoryMail,
  tellAdvised,
} from "./rules.ts";

const ID = "adv_00000000000000000000000001" as AdvisoryId;
const ADA = "psn_00000000000000000000000002" as PersonId;
const BO = "psn_00000000000000000000000003" as PersonId;
const AT = "2026-11-23T04:00:00.000Z";
const HAPPENED = { at: AT, zone: "UTC", precision: "second", said: "" } as const;
const HEAD = {
  team: "Harbour CERT",
  email: "cert@harbour.example",
  phone: "+49 40 1",
  hours: "always",
  url: "",
};
const NOTHING_BAD = { observables: [], scope: [], resets: [] };
const DRAFT = AdvisoryDraft.parse({
  title: "Mail servers run what they are sent",
  severity: "critical",
  marking: "TLP:GREEN",
  weaknesses: ["CVE-2026-12345"],
  text: "It is used already.",
  groups: [{ role: "constituent" }],
});

function contactOf(at: number, said: object): Contact {
  const id = `ctc_${String(at).padStart(26, "0")}` as ContactId;
  const details = ContactDetails.parse({ name: `c${at}`, email: `c${at}@x.example`, ...said });
  return { ...details, id, status: "active", changedSeq: 1, verified: null };
}

/** The advisory after these facts, each written by its person. */
function after(...facts: readonly (readonly [AdvisoryFact, PersonId])[]): Advisory {
  const entries = facts.map(([fact, id], at) => ({
    ...{ ...fact, v: 1, seq: at + 1, incidentSeq: null, happenedAt: AT, zone: "UTC", recordedAt: AT },
    actor: { id, name: id === ADA ? "Ada" : "Bo", title: "", phone: "" },
  }));
  const advisory = entries.reduce<Advisory | undefined>(
    (before, entry) => projectAdvisory(before, entry as unknown as AdvisoryEntry),
    undefined,
  );
  if (advisory === undefined) throw new Error("There is no advisory");
  return advisory;
}

function factOf<Fact>(outcome: { readonly ok: boolean } & { readonly value?: Fact }): Fact {
  if (outcome.value === undefined) throw new Error("It was refused");
  return outcome.value;
}

const drafted = [draftAdvisory(ID, HAPPENED, DRAFT), ADA] as const;
const approval = (of: Advisory, by: PersonId) =>
  approveAdvisory(of, by, HAPPENED, { seen: "s", sha256: "s", same: undefined });
const sending = (of: Advisory) =>
  sendAdvisory(of, HAPPENED, {
    ...{ seen: "m", sha256: "m", saying: "s", message: "words", same: undefined },
    advised: [
      { contact: contactOf(1, {}).id, name: "c1", address: "c1@x.example", messageId: "<1>", sha256: "1" },
    ],
  });

describe("an advisory", () => {
  it("goes to nobody above their clearance, to no barred address, and to no address twice", () => {
    const contact = fc.record({
      roles: fc.subarray([...CONTACT_ROLES]),
      mayReceive: fc.constantFrom(null, "TLP:CLEAR", "TLP:GREEN", "TLP:AMBER+STRICT"),
      email: fc.constantFrom("", "a@x.example", "b@x.example", "eve@evil.example"),
    });
    const evil = { kind: "domain", value: "evil.example", role: "offender", confirmed: true } as const;
    fc.assert(
      fc.property(
        fc.array(contact, { maxLength: 20 }),
        fc.constantFrom(...AdvisoryMarking.options),
        (said, marking) => {
          const groups = [{ role: "constituent", organisation: "" }] as const;
          const contacts = said.map((each, at) => contactOf(at, each));
          const known = { ...NOTHING_BAD, observables: [evil] };
          const { to, not } = audienceOf(
            { sent: [], next: { groups: [...groups], marking } },
            contacts,
            known,
          );

          expect(new Set(to.map(({ email }) => email)).size).toBe(to.length);
          for (const each of to) {
            expect(exceeds(marking, clearanceOf(each))).toBe(false);
            expect(each.roles).toContain("constituent");
            expect(each.roles).not.toContain("media");
            expect(each.email).not.toContain("evil");
          }
          for (const { contact: left } of not) expect(to).not.toContain(left);
        },
      ),
      { numRuns: 100 },
    );
  });

  it("is approved by somebody else than its writer, and again when its words change", () => {
    const draft = after(drafted);
    const approved = [factOf(approval(draft, BO)), BO] as const;
    const changed = [factOf(changeAdvisory(after(drafted, approved), HAPPENED, DRAFT)), ADA] as const;

    expect(approval(draft, ADA)).toMatchObject({ refusal: { code: "advisory.own_draft" } });
    expect(stateOfAdvisory(after(drafted, approved))).toBe("approved");
    expect(sending(after(drafted, approved, changed))).toMatchObject({
      refusal: { code: "advisory.not_approved" },
    });
  });

  it("is replaced and taken back by versions of its own, each naming the one before", () => {
    const approved = (of: Advisory) => [factOf(approval(of, BO)), BO] as const;
    const first = [drafted, approved(after(drafted))] as const;
    const sent = [...first, [factOf(sending(after(...first))), ADA] as const] as const;
    const back = factOf(
      changeAdvisory(after(...sent), HAPPENED, { ...DRAFT, text: "It was an error." }, true),
    );
    const withdrawn = after(...sent, [back, ADA]);

    expect(withdrawn.next).toMatchObject({ version: 2, kind: "withdrawal", approved: null });
    expect(withdrawn.next && advisoryText(withdrawn, withdrawn.next, HEAD)).toContain(
      "This takes back version 1 of 2026-11-23 04:00:00 UTC.",
    );
    expect(
      audienceOf({ sent: withdrawn.sent, next: { ...DRAFT, groups: [] } }, [contactOf(1, {})], NOTHING_BAD)
        .not,
    ).toMatchObject([{ because: "not_cleared" }]);
    expect(changeAdvisory(after(drafted), HAPPENED, DRAFT, true)).toMatchObject({
      refusal: { code: "advisory.not_sent" },
    });
  });

  it("is mailed again only where a mail did not leave, or with a reason where nobody knows", () => {
    const first = [drafted, [factOf(approval(after(drafted), BO)), BO] as const] as const;
    const to = contactOf(1, {});
    const step = fc.record({
      act: fc.constantFrom("settle" as const, "resend" as const),
      outcome: fc.constantFrom("accepted" as const, "failed" as const, "unknown" as const),
      reason: fc.constantFrom("", "they called: nothing came"),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
        const facts: (readonly [AdvisoryFact, PersonId])[] = [
          ...first,
          [factOf(sending(after(...first))), ADA],
        ];
        let leaving = 1;
        let mayLeave = 1;
        for (const { act, outcome, reason } of steps) {
          const now = after(...facts);
          const [mail] = now.sent.flatMap(({ advised }) => advised);
          if (mail === undefined) throw new Error("It was sent to nobody");
          const which = { version: 1, recipient: to.id, messageId: mail.messageId };
          if (act === "settle") {
            const settled = settleAdvisoryMail(now, which, HAPPENED, { outcome, detail: "", wireSha256: "" });
            if (settled.ok) facts.push([settled.value, ADA]);
            if (settled.ok && outcome === "failed") mayLeave += 1;
            continue;
          }
          if (!mayResend(now, to.id, { version: 1, notWritable: undefined, reason }).ok) continue;
          if (mail.outcome === "unknown") {
            expect(reason).not.toBe("");
            mayLeave += 1;
          }
          const { contact, name, address } = mail;
          const next = { contact, name, address, messageId: `<${leaving + 1}>`, sha256: "2", reason };
          facts.push([resendAdvisory(now, 1, HAPPENED, next), ADA]);
          leaving += 1;
          expect(leaving).toBeLessThanOrEqual(mayLeave);
        }
      }),
      { numRuns: 100 },
    );
  });

  it("is mailed again under an id of its own, on the one before, and to nobody who is barred by now", () => {
    const first = [drafted, [factOf(approval(after(drafted), BO)), BO] as const] as const;
    const sent = after(...first, [factOf(sending(after(...first))), ADA]);
    const version = { ...DRAFT, version: 1, kind: "new", composedAt: AT as Instant } as const;
    const mail = advisoryMail(sent, version, { letterhead: HEAD, text: "words", to: contactOf(1, {}) });
    const which = { version: 1, recipient: contactOf(1, {}).id, messageId: "<1>" };
    const failed = factOf(
      settleAdvisoryMail(sent, which, HAPPENED, { outcome: "failed", detail: "", wireSha256: "" }),
    );
    const barred = mayResend(
      after(...first, [factOf(sending(after(...first))), ADA], [failed, ADA]),
      contactOf(1, {}).id,
      { version: 1, notWritable: "intruder", reason: "" },
    );

    expect(mail.messageId).toMatch(/\.v1\.2@harbour\.example>$/u);
    expect(mail.message).toContain("In-Reply-To: <1>");
    expect(barred).toMatchObject({ refusal: { code: "advisory.not_writable", because: "intruder" } });
    const told = tellAdvised(sent, which, HAPPENED, "by phone");
    expect(told).toMatchObject({ refusal: { code: "advisory.on_its_way" } });
    expect(settleAdvisoryMail(sent, { ...which, messageId: "<0>" }, HAPPENED, failed.body as never).ok).toBe(
      false,
    );
  });

  it("waits for nobody who was told in another way, until the next version", () => {
    const first = [drafted, [factOf(approval(after(drafted), BO)), BO] as const] as const;
    const sent = [...first, [factOf(sending(after(...first))), ADA] as const] as const;
    const { id: recipient } = contactOf(1, {});
    const lost = { outcome: "unknown", detail: "", wireSha256: "" } as const;
    const settled = settleAdvisoryMail(
      after(...sent),
      { version: 1, recipient, messageId: "<1>" },
      HAPPENED,
      lost,
    );
    const unknown = [...sent, [factOf(settled), ADA] as const] as const;
    const said = tellAdvised(after(...unknown), { version: 1, recipient }, HAPPENED, "by phone");
    const told = after(...unknown, [factOf(said), ADA]);

    expect(after(...unknown).sent[0]?.advised.map(isUntold)).toEqual([true]);
    expect(told.sent[0]?.advised.map(isUntold)).toEqual([false]);
    expect(told.sent[0]?.advised[0]).toMatchObject({ outcome: "unknown", told: "by phone" });
    expect(tellAdvised(told, { version: 1, recipient }, HAPPENED, "again")).toMatchObject({
      refusal: { code: "advisory.told_already" },
    });
    expect(tellAdvised(told, { version: 2, recipient }, HAPPENED, "again")).toMatchObject({
      refusal: { code: "advisory.replaced" },
    });
  });

  it("says the same as another whoever it goes to, and is about the same when one weakness is in both", () => {
    const elsewhere = { ...DRAFT, groups: [{ role: "isp", organisation: "" }] } as const;
    const other = { title: "Something else", weaknesses: ["CVE-2026-12345", "CVE-2026-1111"] };

    expect(sayingOf({ ...elsewhere, groups: [...elsewhere.groups] }, "new")).toBe(sayingOf(DRAFT, "new"));
    expect(sayingOf({ ...DRAFT, text: "Not yet." }, "new")).not.toBe(sayingOf(DRAFT, "new"));
    expect([isAboutTheSame(DRAFT, other), isAboutTheSame(DRAFT, { ...other, weaknesses: [] })]).toEqual([
      true,
      false,
    ]);
  });
});
