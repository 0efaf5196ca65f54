import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonicalJson } from "../../kernel/canonical.ts";
import { idFrom, type PersonId } from "../../kernel/id.ts";
import { type Instant, instantAt } from "../../kernel/time.ts";
import { ROLES, type Role } from "../people/person.ts";
import {
  type Approval,
  approve,
  projectApproval,
  refuseApproval,
  spendApproval,
  standingOf,
  withdrawApproval,
} from "./approval.ts";
import { consentFacts, groupOf } from "./consent.ts";

const HAPPENED = { at: "2026-11-22T10:00:00Z", zone: "UTC", precision: "second", said: "" } as const;
const APPROVAL = idFrom("apr", 1, new Uint8Array(10));
const person = (number: number): PersonId => idFrom("psn", number, new Uint8Array(10));
const [ASKER, ANA, BO, EVE] = [person(1), person(2), person(3), person(4)];
const at = (minute: number): Instant => instantAt(minute * 60_000);
const SHA = "a".repeat(64);

const entry = (type: string, body: object, minute: number) =>
  ({ type, incident: null, recordedAt: at(minute), actor: { name: "Somebody" }, body }) as never;

function asked(persons = 1): Approval {
  const body = {
    approval: APPROVAL,
    asker: ASKER,
    sha256: SHA,
    approvers: ["manager", "lead"],
    persons,
    expiresAt: at(60),
  };
  const approval = projectApproval(undefined, entry("approval.requested", body, 0));
  if (approval === undefined) throw new Error("Nothing was asked");
  return approval;
}

type Step =
  | { readonly what: "approve" | "refuse"; readonly who: PersonId; readonly roles: readonly Role[] }
  | { readonly what: "withdraw"; readonly who: PersonId }
  | { readonly what: "spend"; readonly who: PersonId; readonly sha256: string };

function decided(before: Approval, step: Step, now: Instant) {
  const said = { happened: HAPPENED, condition: "", via: "page", reason: "no" } as const;
  if (step.what === "withdraw") return withdrawApproval(before, now, step.who, said);
  if (step.what === "spend") return spendApproval(before, now, step.who, step.sha256, HAPPENED);
  const who = { id: step.who, name: "x", roles: step.roles };
  return step.what === "approve" ? approve(before, now, who, said) : refuseApproval(before, now, who, said);
}

/** One step at a minute: the request afterwards, and whether the step was accepted. */
function after(before: Approval, step: Step, minute: number): { approval: Approval; done: boolean } {
  const now = at(minute);
  const outcome = decided(before, step, now);
  if (!outcome.ok) return { approval: before, done: false };
  const { type, body } = outcome.value;
  return { approval: projectApproval(before, entry(type, body, minute)) ?? before, done: true };
}

const anyone = fc.constantFrom(ASKER, ANA, BO, EVE);
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    what: fc.constantFrom("approve" as const, "refuse" as const),
    who: anyone,
    roles: fc.uniqueArray(fc.constantFrom(...ROLES)),
  }),
  fc.record({ what: fc.constant("withdraw" as const), who: anyone }),
  fc.record({
    what: fc.constant("spend" as const),
    who: anyone,
    sha256: fc.constantFrom(SHA, SHA, "b".repeat(64)),
  }),
);

describe("consent to one act", () => {
  it("is spent at most once, by whoever asked, for what was asked, in time, and on enough different people", () => {
    const walk = fc.array(fc.tuple(step, fc.integer({ min: 0, max: 9 })), { maxLength: 25 });
    fc.assert(
      fc.property(fc.constantFrom(1, 2), walk, (persons, steps) => {
        let approval = asked(persons);
        let minute = 0;
        let spent = 0;
        for (const [each, wait] of steps) {
          minute += wait;
          const before = approval;
          const next = after(before, each, minute);
          approval = next.approval;
          if (!next.done || each.what !== "spend") continue;
          spent += 1;
          expect([each.who, each.sha256, minute < 60]).toEqual([ASKER, SHA, true]);
          const consenting = new Set(before.consents.map((consent) => consent.person));
          expect(consenting.size).toBeGreaterThanOrEqual(persons);
          expect(consenting.has(ASKER)).toBe(false);
        }
        expect(spent).toBeLessThanOrEqual(1);
      }),
      { numRuns: 300 },
    );
  });

  it("is given by somebody else than who asked, in a role that was asked for, once each", () => {
    const managed = after(asked(2), { what: "approve", who: ANA, roles: ["manager"] }, 1);
    const say = (who: PersonId, roles: Role[], minute = 2) =>
      approve(
        managed.approval,
        at(minute),
        { id: who, name: "x", roles },
        { happened: HAPPENED, condition: "", via: "page" },
      );

    expect(managed.approval.status).toBe("requested");
    expect(say(ASKER, ["manager"])).toMatchObject({ refusal: { code: "approval.own" } });
    expect(say(BO, ["handler"])).toMatchObject({ refusal: { code: "approval.not_for_you" } });
    expect(say(ANA, ["manager"])).toMatchObject({ refusal: { code: "approval.given_already" } });
    expect(say(BO, ["lead"]).ok).toBe(true);
    expect(say(BO, ["lead"], 60)).toMatchObject({ refusal: { code: "approval.ended", status: "expired" } });
    expect(standingOf(asked(), at(60))).toBe("expired");
  });

  it("is nothing when the record no longer shows what it was for", () => {
    expect(
      projectApproval(undefined, entry("approval.requested", { approval: APPROVAL }, 0)),
    ).toBeUndefined();
    const blind = { ...asked(), sha256: "", status: "approved" as const };
    expect(spendApproval(blind, at(1), ASKER, "", HAPPENED)).toMatchObject({
      refusal: { code: "approval.other_request" },
    });
  });

  it("counts people and not roles: one person with every role is one", () => {
    expect(consentFacts([ROLES])).toEqual({ approvedBy: [...ROLES], approvedByTwo: [] });
    expect(consentFacts([["manager"], ["lead"]]).approvedByTwo).toContain(groupOf(["lead", "manager"]));
    expect(consentFacts([["manager"], ["lead"]]).approvedByTwo).not.toContain("manager");
    const held = fc.array(fc.uniqueArray(fc.constantFrom(...ROLES)), { maxLength: 4 });
    fc.assert(
      fc.property(held, fc.uniqueArray(fc.constantFrom(...ROLES), { minLength: 1 }), (consents, group) => {
        const count = consents.filter((roles) => roles.some((role) => group.includes(role))).length;
        expect(consentFacts(consents).approvedByTwo.includes(groupOf(group))).toBe(count >= 2);
      }),
    );
  });

  it("is bound to one text of the act, whatever order its parameters came in", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
        const turned = Object.fromEntries(Object.entries(value).reverse());
        expect(canonicalJson(turned)).toBe(canonicalJson(value));
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
    expect(canonicalJson({ b: [undefined, 1], a: undefined })).toBe('{"b":[null,1]}');
  });
});
