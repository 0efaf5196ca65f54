import { describe, expect, it } from "vitest";
import { idFrom } from "../../kernel/id.ts";
import { type Instant, instantAt } from "../../kernel/time.ts";
import { DEFAULT_POLICY } from "./default-policy.ts";
import { consentToDraft, draftPolicy, type PolicyDraft, projectDraft } from "./draft.ts";

const HAPPENED = { at: "1970-01-01T00:00:00Z", zone: "UTC", precision: "second", said: "" } as const;
const [ADA, MIA] = [1, 2].map((at) => ({ id: idFrom("psn", at, new Uint8Array(10)), name: `P${at}` }));
const SAID = { document: DEFAULT_POLICY, digest: "d", note: "more careful", effectiveAt: null };

function draft(effectiveAt: Instant | null = null): PolicyDraft {
  const outcome = ADA && draftPolicy(undefined, HAPPENED, ADA, 1, 0, { ...SAID, effectiveAt });
  const entry = outcome?.ok ? { ...outcome.value, recordedAt: instantAt(0) } : undefined;
  const after = entry && projectDraft(undefined, entry as never);
  if (after === undefined) throw new Error("There is no draft");
  return after;
}

const consent = (of: PolicyDraft, by = MIA, latest = 1, seen: { revision: number; digest: string } = of) =>
  consentToDraft(of, HAPPENED, instantAt(5), by ?? { id: "" as never, name: "" }, latest, seen);

describe("the next version of the policy", () => {
  it("takes two managers: whoever wrote it last, and another who read exactly that text", () => {
    expect(consent(draft(), ADA)).toMatchObject({ refusal: { code: "policy.own_draft" } });
    expect(consent(draft(), MIA, 1, { revision: 2, digest: "d" })).toMatchObject({
      refusal: { code: "policy.draft_stale" },
    });
    expect(consent(draft(), MIA, 2)).toMatchObject({ refusal: { code: "policy.stale" } });
    expect(consent({ ...draft(), status: "discarded" })).toMatchObject({
      refusal: { code: "policy.no_draft" },
    });
    const outcome = consent(draft());
    expect(outcome.ok && outcome.value.map((fact) => fact.type)).toEqual([
      "policy.consented",
      "policy.adopted",
    ]);
  });

  it("comes into force when it says, and at once when that moment has passed", () => {
    const bodies = [draft(instantAt(9)), draft(instantAt(3))].map((each) => {
      const outcome = consent(each);
      return outcome.ok ? outcome.value[1]?.body : undefined;
    });
    expect(bodies).toMatchObject([{ effectiveAt: instantAt(9) }, { effectiveAt: null }]);
  });
});
