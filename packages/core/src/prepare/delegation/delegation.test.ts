import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { idFrom } from "../../kernel/id.ts";
import { instantAt, stampNow } from "../../kernel/time.ts";
import { ROLES, type Role } from "../people/person.ts";
import {
  borrowedRoles,
  DELEGATION_MAX_MS,
  type Delegation,
  delegate,
  endDelegation,
  type Lender,
  projectDelegation,
  rolesBeside,
} from "./delegation.ts";

const at = (minutes: number) => instantAt(1_790_000_000_000 + minutes * 60_000);
const psn = (n: number) => idFrom("psn", 0, new Uint8Array(10).fill(n));
const dlg = (n: number) => idFrom("dlg", 0, new Uint8Array(10).fill(n));
const somebody = (n: number, roles: readonly Role[], status: Lender["status"] = "active") =>
  ({ id: psn(n), name: `Person ${n}`, roles, status }) as const;
const moment = (minutes: number) => ({ happened: stampNow(at(minutes), "UTC"), now: at(minutes) });
const forAnHour = { role: "manager", fromAt: null, untilAt: at(60), reason: "At sea until noon" } as const;

const ada = somebody(1, ["manager", "lead"]);
const bo = somebody(2, ["handler"]);

const aDelegation = fc
  .record({
    id: fc.integer({ min: 0, max: 255 }).map(dlg),
    lender: fc.integer({ min: 1, max: 4 }).map(psn),
    borrower: fc.integer({ min: 1, max: 4 }).map(psn),
    role: fc.constantFrom(...ROLES),
    from: fc.integer({ min: 0, max: 50 }),
    lasts: fc.integer({ min: 1, max: 50 }),
  })
  .map(
    ({ from, lasts, ...rest }): Delegation => ({
      ...rest,
      lenderName: "",
      borrowerName: "",
      reason: "",
      by: "",
      ended: null,
      fromAt: at(from),
      untilAt: at(from + lasts),
    }),
  );
const roles = fc.subarray([...ROLES]);
const holders = fc.array(
  fc.record({ roles, status: fc.constantFrom<Lender["status"]>("active", "inactive") }),
  { minLength: 5, maxLength: 5 },
);

describe("a delegation", () => {
  it("lends a role that was given to the lender, from now until it is over", () => {
    const lent = delegate(dlg(1), moment(0), ada, bo, [], forAnHour);

    expect(lent.ok && lent.value.body).toMatchObject({ role: "manager", fromAt: at(0), untilAt: at(60) });
  });

  it.each([
    ["authority.to_oneself", () => delegate(dlg(1), moment(0), ada, ada, [], forAnHour)],
    ["authority.not_held", () => delegate(dlg(1), moment(0), bo, somebody(3, []), [], forAnHour)],
    [
      "authority.not_held",
      () => delegate(dlg(1), moment(0), somebody(1, ["manager"], "inactive"), bo, [], forAnHour),
    ],
    [
      "authority.held_already",
      () => delegate(dlg(1), moment(0), ada, somebody(3, ["manager"]), [], forAnHour),
    ],
    ["authority.wrong_times", () => delegate(dlg(1), moment(60), ada, bo, [], forAnHour)],
    [
      "authority.wrong_times",
      () =>
        delegate(dlg(1), moment(0), ada, bo, [], {
          ...forAnHour,
          untilAt: at(DELEGATION_MAX_MS / 60_000 + 1),
        }),
    ],
  ])("is refused as %s", (code, attempt) => {
    expect(attempt()).toMatchObject({ ok: false, refusal: { code } });
  });

  it("is not given twice for the same time, and ends once", () => {
    const lent = delegate(dlg(1), moment(0), ada, bo, [], forAnHour);
    if (!lent.ok) throw new Error("was refused");
    const entry = { ...lent.value, v: 1, seq: 1, recordedAt: at(0), actor: undefined, authority: undefined };
    const standing = projectDelegation(
      undefined,
      entry as unknown as Parameters<typeof projectDelegation>[1],
    );
    if (standing === undefined) throw new Error("was not projected");
    const ended = { ...standing, untilAt: at(5), ended: { by: "Ada", at: at(5), reason: "Back" } };

    expect(delegate(dlg(2), moment(5), ada, bo, [standing], forAnHour)).toMatchObject({
      refusal: { code: "authority.lent_already" },
    });
    expect(endDelegation(standing, moment(5), "Back").ok).toBe(true);
    expect(endDelegation(ended, moment(6), "Back")).toMatchObject({ refusal: { code: "authority.over" } });
  });

  it("never lends more than its lender holds at that moment, and nothing that the lender borrowed", () => {
    fc.assert(
      fc.property(
        fc.array(aDelegation, { maxLength: 8 }),
        holders,
        fc.integer({ min: 0, max: 110 }),
        (all, people, t) => {
          const of = (person: string) => people[[1, 2, 3, 4].findIndex((n) => psn(n) === person)];
          for (const borrower of [1, 2, 3, 4].map(psn)) {
            const toThem = all.filter((each) => each.borrower === borrower);
            for (const got of borrowedRoles(of(borrower)?.roles ?? [], toThem, of, at(t))) {
              expect(of(got.lender)?.status).toBe("active");
              expect(of(got.lender)?.roles).toContain(got.role);
              expect(of(borrower)?.roles).not.toContain(got.role);
            }
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it("lets nobody answer through a deputy: what they lend counts for nothing beside them", () => {
    const borrowed = [
      { delegation: dlg(1), role: "manager", lender: psn(1), lenderName: "Ada", untilAt: at(60) },
      { delegation: dlg(2), role: "lead", lender: psn(1), lenderName: "Ada", untilAt: at(60) },
      { delegation: dlg(3), role: "lead", lender: psn(3), lenderName: "Cy", untilAt: at(60) },
    ] as const;
    const deputy = { roles: ["manager", "lead", "handler"], borrowed } as const;

    expect(rolesBeside(deputy, psn(1))).toEqual(["lead", "handler"]);
    expect(rolesBeside(deputy, psn(9))).toEqual(["manager", "lead", "handler"]);
  });
});
