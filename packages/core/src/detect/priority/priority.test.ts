import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type Assessment,
  FunctionalImpact,
  INFORMATION_IMPACTS,
  InformationImpact,
  Recoverability,
  ratePriority,
} from "./priority.ts";

const STEPS = ["low", "medium", "high", "critical"];
const functional = fc.constantFrom(...FunctionalImpact.options);
const information = fc
  .subarray([...INFORMATION_IMPACTS.slice(1)], { minLength: 0 })
  .map((kinds) => (kinds.length === 0 ? ["none" as const] : kinds));
const assessments: fc.Arbitrary<Assessment> = fc.record({
  functionalImpact: functional,
  functionalImpactLikely: functional,
  informationImpact: information,
  recoverability: fc.constantFrom(...Recoverability.options),
});
const rank = (assessment: Assessment): number => STEPS.indexOf(ratePriority(assessment).priority);

describe("priority", () => {
  it("never falls when functional impact rises", () => {
    const order = FunctionalImpact.options;
    fc.assert(
      fc.property(assessments, functional, (assessment, other) => {
        fc.pre(order.indexOf(other) > order.indexOf(assessment.functionalImpact));
        expect(rank({ ...assessment, functionalImpact: other })).toBeGreaterThanOrEqual(rank(assessment));
      }),
    );
  });

  it("weighs what threatens as much as what is", () => {
    fc.assert(
      fc.property(assessments, (assessment) => {
        const { functionalImpact, functionalImpactLikely } = assessment;
        const turned = {
          ...assessment,
          functionalImpact: functionalImpactLikely,
          functionalImpactLikely: functionalImpact,
        };
        expect(rank(turned)).toBe(rank(assessment));
      }),
    );
  });

  it("is low for no impact at all, however hard recovery is", () => {
    for (const recoverability of Recoverability.options) {
      const nothing = {
        functionalImpact: "none",
        functionalImpactLikely: "none",
        informationImpact: ["none"],
        recoverability,
      } as const;
      expect(ratePriority({ ...nothing, informationImpact: ["none"] }).priority).toBe("low");
    }
  });

  it("goes up a step when recovery needs outside help, and says so", () => {
    const rated = ratePriority({
      functionalImpact: "medium",
      functionalImpactLikely: "medium",
      informationImpact: ["none"],
      recoverability: "extended",
    });

    expect(rated).toEqual({
      priority: "critical",
      because: "business impact is medium; recovery needs outside help and cannot be predicted",
    });
  });

  it("takes kinds of information impact together, but none beside none", () => {
    expect(InformationImpact.safeParse(["privacy_breach", "integrity_loss"]).success).toBe(true);
    expect(InformationImpact.safeParse(["none", "integrity_loss"]).success).toBe(false);
    expect(InformationImpact.safeParse(["integrity_loss", "integrity_loss"]).success).toBe(false);
  });
});
