import { type Instant, SCENARIOS } from "@jumpkit/core";
import { type Cast, idOf } from "./people.ts";

/** One exercise that runs, with its first injects fired, a note on an objective, and one that is still to come. */
export async function playExercise({ ada, bo, cy, dana }: Cast, now: number) {
  const people = [
    { person: idOf(ada), role: "facilitator" as const },
    { person: idOf(dana), role: "evaluator" as const },
    { person: idOf(bo), role: "player" as const },
    { person: idOf(cy), role: "player" as const },
  ];
  const plan = async (topic: string, days: number) => {
    const scenario = SCENARIOS.find(({ key }) => key === topic);
    if (scenario === undefined) throw new Error(`The library has no ${topic}`);
    const { key: _, about: __, variations: ___, ...whole } = scenario;
    const plannedFor = new Date(now + days * 86_400_000).toISOString() as Instant;
    return ada.do("exercise.plan", { ...whole, plannedFor, factor: 1, people });
  };
  await plan("payroll", 30);
  const { exercise } = await plan("dns-flood", 0);
  const { incident } = await ada.do("exercise.begin", { exercise });
  await ada.do("exercise.inject", { exercise, inject: 1 });
  await bo.do("incident.declare", { incident, lead: idOf(bo) });
  await cy.do("log.note", { incident, text: "Asked the service desk for the callers' networks and times" });
  await ada.do("exercise.inject", { exercise, inject: 2 });
  await dana.do("exercise.judge", {
    ...{ exercise, objective: 1, verdict: "met", words: "Both readings were on the table within minutes." },
  });
  return incident;
}
