import { describe, expect, it } from "vitest";
import { idFrom } from "../../kernel/id.ts";
import { changeScope, narrowScope, projectScope, type ScopeElement, widenScope } from "./scope.ts";

const INCIDENT = idFrom("inc", 1, new Uint8Array(10));
const ELEMENT = idFrom("scp", 1, new Uint8Array(10));
const HAPPENED = { at: "2026-11-22T10:00:00Z", zone: "UTC", precision: "second", said: "" } as const;
const WWW3 = { kind: "host", name: "www3", asset: null, state: "suspected", reason: "it scans" } as const;

const told = (before: ScopeElement | undefined, fact: object): ScopeElement => {
  const after = projectScope(before, {
    ...fact,
    happenedAt: HAPPENED.at,
    actor: { name: "Bo" },
  } as never);
  if (after === undefined) throw new Error("Nothing was projected");
  return after;
};
const widened = () => {
  const outcome = widenScope(INCIDENT, ELEMENT, HAPPENED, [], WWW3);
  if (!outcome.ok) throw new Error(outcome.refusal.code);
  return told(undefined, outcome.value);
};

describe("the scope of an incident", () => {
  it("takes nothing in twice, whatever its case, until it was ruled out", () => {
    const there = widened();
    const shouting = { ...WWW3, name: "WWW3" };

    expect(widenScope(INCIDENT, ELEMENT, HAPPENED, [there], shouting)).toMatchObject({
      refusal: { code: "scope.already_in" },
    });
    const out = { ...there, state: "ruled_out" as const };
    expect(widenScope(INCIDENT, ELEMENT, HAPPENED, [out], shouting).ok).toBe(true);
  });

  it("keeps every state that something was in, with who found it and why", () => {
    const affected = changeScope(widened(), HAPPENED, "affected", "a shell is on it");
    const after = affected.ok ? told(widened(), affected.value) : widened();
    const out = narrowScope(after, HAPPENED, "it was another host");
    const end = out.ok ? told(after, out.value) : after;

    expect(end.history.map((step) => [step.state, step.by])).toEqual([
      ["suspected", "Bo"],
      ["affected", "Bo"],
      ["ruled_out", "Bo"],
    ]);
    expect(changeScope(end, HAPPENED, "cleared", "x")).toMatchObject({
      refusal: { code: "scope.ruled_out" },
    });
    expect(narrowScope(end, HAPPENED, "x").ok).toBe(false);
  });

  it("records no change that is none", () => {
    expect(changeScope(widened(), HAPPENED, "suspected", "still")).toMatchObject({
      refusal: { code: "scope.unchanged" },
    });
  });
});
