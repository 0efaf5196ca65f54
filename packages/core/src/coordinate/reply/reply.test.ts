import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ContactId, NotificationId } from "../../kernel/id.ts";
import { type Notification, referenceOf } from "../notification/notification.ts";
import { MAIL_TEXT_MAX, tamed, tamedLine, turnsText, UNREADABLE_MAIL } from "./mail.ts";
import { suggestedState } from "./reply.ts";
import { matchOf, referenceIn } from "./rules.ts";

describe("what a reply says of itself", () => {
  it("names its notification wherever and however the reference stands in the subject", () => {
    const letters = fc.string({
      unit: fc.constantFrom(..."0123456789abcdefghjkmnpqrstvwxyz"),
      minLength: 12,
      maxLength: 12,
    });
    fc.assert(
      fc.property(letters, fc.constantFrom("RE: AW: ", "Fwd: [", ""), fc.boolean(), (tail, before, small) => {
        const ref = referenceOf(`ntf_00000000000000${tail}` as NotificationId);
        const subject = `${before}Scans [${small ? ref.toLowerCase() : ref}]`;

        expect(referenceIn(subject)).toBe(ref);
      }),
      { numRuns: 50 },
    );
    expect(referenceIn("RE: [TLP:GREEN] Mail servers [a-0000-abcd-0000]")).toBe("A-0000-ABCD-0000");
    expect(referenceIn("Scans [XN-0000-0000-00000]")).toBe("");
  });

  it("steers no screen once it is on the record, and is never longer than it may be", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 200 }), (text) => {
        for (const kept of [tamed(text, 50), tamedLine(text, 50)]) {
          expect(kept.length).toBeLessThanOrEqual(50);
          expect(kept.isWellFormed()).toBe(true);
          expect(kept).not.toMatch(/[^\P{Cc}\n\t]/u);
          expect(turnsText(kept)).toBe(false);
        }
      }),
      { numRuns: 40 },
    );
    expect(tamed("x".repeat(MAIL_TEXT_MAX + 1), MAIL_TEXT_MAX)).toHaveLength(MAIL_TEXT_MAX);
  });

  it("is of whoever was told and signed it, where no address says so", () => {
    const jane = "ctc_00000000000000000000000001" as ContactId;
    const told = [{ contact: jane, name: "Jane", released: { channel: "letter", address: "Site" } }];
    const named = { message: undefined, subject: { notification: { told } as unknown as Notification } };
    const senderOf = (signature: "known" | "broken") => {
      const seal = { way: "pgp_mime", encrypted: true, notOpened: null, keyOf: jane, keyId: "1" } as const;
      const mail = { fromAddress: "jane@home.example", envelope: { ...seal, signature } };
      return matchOf(mail, { ...named, chosen: undefined })?.contact;
    };

    expect([senderOf("known"), senderOf("broken")]).toEqual([jane, null]);
  });

  it("suggests nothing where a machine answered", () => {
    const of = (...oddities: readonly "automatic"[]) => ({
      mail: { ...UNREADABLE_MAIL, oddities: [...oddities] },
    });

    expect([suggestedState(of()), suggestedState(of("automatic"))]).toEqual(["answered", null]);
  });
});
