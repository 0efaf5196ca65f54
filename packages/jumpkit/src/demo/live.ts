import type { Instant } from "@jumpkit/core";
import type { Ground } from "./ground.ts";
import { type Cast, idOf } from "./people.ts";

/** One incident that goes on: declared, with a hypothesis, a host that is to be cut off, and a watch. */
export async function playLive({ bo, dana }: Cast, { lab7 }: Ground, now: number) {
  const { incident } = await dana.do("incident.open", {
    what: "Phishing mail with a fake pay slip\nFour people in accounting opened it.",
    ...{ ongoing: "yes", vector: "email", lead: idOf(bo) },
  });
  const { changedSeq } = await bo.ask("incident.show", { incident });
  await bo.do("incident.assess", {
    ...{ incident, seen: changedSeq, functionalImpact: "low", functionalImpactLikely: "medium" },
    ...{ informationImpact: ["none"], recoverability: "regular", reason: "No password was typed in so far." },
  });
  await dana.do("log.note", { incident, text: "The link leads to 203.0.113.77, pay-slip.example" });
  await dana.do("log.note", { incident, text: "lab-7 asked for it at 09:14", kind: "finding" });
  await bo.do("scope.widen", {
    ...{ incident, kind: "host", name: "lab-7.harbour.example", asset: lab7 },
    ...{ state: "suspected", reason: "It asked for the link" },
  });
  await bo.do("isolation.request", {
    ...{ incident, kind: "host", name: "lab-7.harbour.example", asset: lab7, why: "It asked for the link" },
    alternative: { considered: "none_will_do" },
    undo: "Open port 3 of sw-7 again",
    reviewAt: new Date(now + 4 * 3_600_000).toISOString() as Instant,
  });
  await bo.do("briefing.write", {
    ...{ incident, hypothesis: "A campaign, not aimed at us", nextStep: "Ask the four what they typed in" },
  });
  return incident;
}
