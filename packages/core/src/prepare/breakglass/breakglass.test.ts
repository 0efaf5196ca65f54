import { describe, expect, it } from "vitest";
import { idFrom } from "../../kernel/id.ts";
import { instantAt } from "../../kernel/time.ts";
import { type BreakGlass, breakGlass, isBroken, projectBreakGlass, reviewBreakGlass } from "./breakglass.ts";

const HAPPENED = { at: "1970-01-01T00:00:00Z", zone: "UTC", precision: "second", said: "" } as const;
const NOW = instantAt(0);
const [INCIDENT, GLASS] = [idFrom("inc", 1, new Uint8Array(10)), idFrom("bkg", 1, new Uint8Array(10))];
const [BO, ADA] = [idFrom("psn", 1, new Uint8Array(10)), idFrom("psn", 2, new Uint8Array(10))];
const SAID = {
  action: "segment.isolate",
  title: "Cut off",
  reason: "it spreads and nobody answers",
  minutes: 60,
};
const MAY = { anyway: false, byBreaking: true, clause: "With consent." };

const broken = (may = MAY, open?: BreakGlass) =>
  breakGlass(INCIDENT, GLASS, { happened: HAPPENED, now: NOW }, { id: BO, name: "Bo" }, may, open, SAID);

function glass(): BreakGlass {
  const outcome = broken();
  const entry = outcome.ok && { ...outcome.value, recordedAt: NOW, actor: { name: "Bo" } };
  const after = entry ? projectBreakGlass(undefined, entry as never) : undefined;
  if (after === undefined) throw new Error("The glass was not broken");
  return after;
}

describe("breaking the glass", () => {
  it("is for what needs consent and the policy marks, once at a time, and lasts as long as was said", () => {
    expect(broken({ ...MAY, byBreaking: false })).toMatchObject({
      refusal: { code: "breakglass.not_possible" },
    });
    expect(broken({ ...MAY, anyway: true })).toMatchObject({ refusal: { code: "breakglass.not_needed" } });
    expect(broken(MAY, glass())).toMatchObject({ refusal: { code: "breakglass.open_already" } });
    expect([isBroken(glass(), instantAt(3_599_999)), isBroken(glass(), instantAt(3_600_000))]).toEqual([
      true,
      false,
    ]);
  });

  it("is reviewed once, by somebody else", () => {
    const said = { verdict: "justified", text: "It was." } as const;
    const review = { by: "Ada", at: NOW, ...said };

    expect(reviewBreakGlass(glass(), HAPPENED, BO, said)).toMatchObject({
      refusal: { code: "breakglass.own" },
    });
    expect(reviewBreakGlass(glass(), HAPPENED, ADA, said).ok).toBe(true);
    expect(reviewBreakGlass({ ...glass(), review }, HAPPENED, ADA, said)).toMatchObject({
      refusal: { code: "breakglass.reviewed_already" },
    });
  });

  it("lets nobody act when the record no longer shows for whom or until when", () => {
    const entry = {
      type: "breakglass.opened",
      incident: INCIDENT,
      recordedAt: NOW,
      body: { breakglass: GLASS },
    };
    expect(projectBreakGlass(undefined, entry as never)).toBeUndefined();
    const endless = { ...entry, body: { ...entry.body, person: BO } };
    const shown = projectBreakGlass(undefined, endless as never);
    expect(shown && isBroken(shown, NOW)).toBe(false);
  });
});
