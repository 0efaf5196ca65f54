import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  INCIDENT_ENTRIES,
  type Incident,
  isPlayed,
  projectIncident,
} from "../../detect/incident/incident.ts";
import { idFrom } from "../../kernel/id.ts";
import { instantAt, unixMsOf } from "../../kernel/time.ts";
import { nothingReviewed, reviewMatters } from "../review/review.ts";
import { playedMinute } from "./clock.ts";
import { type Exercise, ExercisePlan, type ExerciseRole, projectExercise } from "./exercise.ts";
import {
  beginExercise,
  cancelExercise,
  changeExercise,
  closeExercise,
  endExercise,
  fireInject,
  holdHotWash,
  judgeObjective,
  pauseExercise,
  planExercise,
  resumeExercise,
} from "./rules.ts";
import { EXERCISE_QUESTIONS, SCENARIOS } from "./scenario.ts";

const STAMP = { at: "2026-11-22T10:00:00Z", zone: "UTC", precision: "second", said: "" } as const;
const NOW = instantAt(Date.parse("2026-11-22T10:00:00Z"));
const ID = idFrom("exr", 1, new Uint8Array(10));
const INCIDENT = idFrom("inc", 1, new Uint8Array(10));
const person = (number: number) => idFrom("psn", number, new Uint8Array(10));
const ROLES: readonly ExerciseRole[] = ["facilitator", "controller", "evaluator", "player"];
const PEOPLE = ROLES.map((role, at) => ({ person: person(at + 1), name: role, role }));
const WHO = { facilitator: person(1), controller: person(2), evaluator: person(3), player: person(4) };
const PLAN = ExercisePlan.parse({
  ...{ title: "Flood", situation: "It floods.", plannedFor: NOW, minutes: 60, factor: 12 },
  objectives: ["find it", "tell it"],
  injects: [
    { minute: 30, text: "second" },
    { minute: 5, text: "first" },
  ],
});

type Outcome = {
  readonly ok: boolean;
  readonly value?: unknown;
  readonly refusal?: { readonly code: string };
};

function after(before: Exercise | undefined, outcome: Outcome, at = NOW): Exercise {
  const facts = [outcome.value].flat() as { readonly type: string }[];
  return facts.reduce<Exercise | undefined>(
    (state, fact) =>
      fact.type.startsWith("exercise.")
        ? projectExercise(state, { ...fact, recordedAt: at, actor: { name: "Ada" } } as never)
        : state,
    before,
  ) as Exercise;
}

const planned = () => after(undefined, planExercise(ID, STAMP, PLAN, PEOPLE));
const opened = { incident: INCIDENT, code: "EX-JK-2026-0001" };
const running = () =>
  after(planned(), beginExercise(planned(), { id: WHO.facilitator, name: "Fay" }, STAMP, opened));
const ended = () => after(running(), endExercise(running(), WHO.facilitator, STAMP, NOW));
const codeOf = (outcome: Outcome) => outcome.refusal?.code;

describe("an exercise", () => {
  it("has one facilitator at least, and gives nobody two parts", () => {
    const without = PEOPLE.filter(({ role }) => role !== "facilitator");
    const twice = [...PEOPLE, { person: WHO.player, name: "player", role: "controller" as const }];
    expect(codeOf(planExercise(ID, STAMP, PLAN, without))).toBe("exercise.no_facilitator");
    expect(planExercise(ID, STAMP, PLAN, twice)).toMatchObject({
      refusal: { code: "exercise.named_twice", name: "player" },
    });
    expect(planned().injects.map(({ text }) => text)).toEqual(["first", "second"]);
  });

  it("is directed by facilitator and controller alone, judged by evaluators too, and by no player", () => {
    for (const role of ROLES) {
      const directs = role === "facilitator" || role === "controller";
      const by = WHO[role];
      const acts: readonly Outcome[] = [
        changeExercise(planned(), by, STAMP, PLAN, PEOPLE),
        cancelExercise(planned(), by, STAMP, "x"),
        beginExercise(planned(), { id: by, name: "x" }, STAMP, opened),
        fireInject(running(), by, STAMP, NOW, 1),
        endExercise(running(), by, STAMP, NOW),
        closeExercise(ended(), by, STAMP, "a real one broke in"),
      ];
      expect(acts.map(({ ok }) => ok)).toEqual(acts.map(() => directs));
      const judged = judgeObjective(running(), by, STAMP, { objective: 1, verdict: "met", words: "" });
      expect(judged.ok).toBe(role !== "player");
    }
  });

  it("begins with an incident that is played, and that nothing makes real again", () => {
    const begun = beginExercise(planned(), { id: WHO.facilitator, name: "Fay" }, STAMP, opened);
    const [report] = begun.ok ? begun.value : [];
    const incident = projectIncident(undefined, {
      ...report,
      recordedAt: NOW,
      incidentSeq: 1,
    } as never) as Incident;
    expect(incident).toMatchObject({ code: "EX-JK-2026-0001", exercise: ID, status: "reported" });
    fc.assert(
      fc.property(
        fc.array(
          fc.constantFrom(...Object.keys(INCIDENT_ENTRIES).filter((type) => type !== "incident.reported")),
        ),
        fc.dictionary(fc.constantFrom("exercise", "title", "status", "reason"), fc.string()),
        (types, body) => {
          const last = types.reduce<Incident | undefined>(
            (state, type) =>
              projectIncident(state, {
                type,
                body: { ...body, status: "declared" },
                recordedAt: NOW,
              } as never),
            incident,
          );
          expect(last === undefined ? false : isPlayed(last) && last.exercise === ID).toBe(true);
        },
      ),
      { numRuns: 50 },
    );
    const major = { ...incident, rating: { priority: "critical" } } as unknown as Incident;
    expect(reviewMatters(major, nothingReviewed(INCIDENT))).toEqual([]);
  });

  it("has a clock that runs faster than ours, stands before and after, and never goes back", () => {
    fc.assert(
      fc.property(
        fc.nat(86_400_000),
        fc.nat(86_400_000),
        fc.integer({ min: 1, max: 60 }),
        (one, other, factor) => {
          const [sooner, later] = one < other ? [one, other] : [other, one];
          const exercise = { ...running(), factor };
          const at = (ms: number) => playedMinute(exercise, unixMsOf(NOW) + ms);
          expect(at(later)).toBeGreaterThanOrEqual(at(sooner));
          expect(at(60_000)).toBe(factor);
          const stopped = { ...exercise, endedAt: instantAt(unixMsOf(NOW) + sooner) };
          expect(playedMinute(stopped, unixMsOf(NOW) + later)).toBe(at(sooner));
        },
      ),
      { numRuns: 50 },
    );
    expect(playedMinute(planned(), unixMsOf(NOW))).toBe(0);
  });

  it("adds no minute while it is paused, and never runs backwards, whenever it is paused and goes on", () => {
    const gaps = fc.array(fc.integer({ min: 1, max: 3_600_000 }), { minLength: 1, maxLength: 9 });
    fc.assert(
      fc.property(gaps, fc.integer({ min: 1, max: 60 }), (lengths, factor) => {
        let state: Exercise = { ...running(), factor };
        let nowMs = unixMsOf(NOW);
        let playedMs = 0;
        for (const [turn, length] of lengths.entries()) {
          const [before, beganMs] = [playedMinute(state, nowMs), nowMs];
          nowMs += length;
          const paused = turn % 2 === 1;
          if (!paused) playedMs += length;
          expect(playedMinute(state, nowMs)).toBe(Math.floor((playedMs * factor) / 60_000));
          expect(playedMinute(state, nowMs)).toBeGreaterThanOrEqual(before);
          expect(playedMinute(state, beganMs)).toBe(before);
          const at = instantAt(nowMs);
          const by = WHO.controller;
          const turned = paused
            ? resumeExercise(state, by, STAMP, at)
            : pauseExercise(state, by, STAMP, at, "a question");
          expect(turned).toMatchObject({ value: { body: { minute: playedMinute(state, nowMs) } } });
          state = after(state, turned, at);
        }
        const ended = after(
          state,
          endExercise(state, WHO.facilitator, STAMP, instantAt(nowMs)),
          instantAt(nowMs),
        );
        expect(playedMinute(ended, nowMs + 86_400_000)).toBe(playedMinute(state, nowMs));
      }),
      { numRuns: 50 },
    );
  });

  it("is paused by whoever directs it, fires nothing meanwhile, and goes on once", () => {
    const pause = (by: Exercise["people"][number]["person"], of = running()) =>
      pauseExercise(of, by, STAMP, NOW, "a real sign");
    const paused = after(running(), pause(WHO.facilitator));
    expect(codeOf(pause(WHO.player))).toBe("exercise.not_your_part");
    expect(codeOf(pause(WHO.controller, paused))).toBe("exercise.paused");
    expect(codeOf(fireInject(paused, WHO.controller, STAMP, NOW, 1))).toBe("exercise.paused");
    expect(codeOf(resumeExercise(running(), WHO.controller, STAMP, NOW))).toBe("exercise.not_paused");
    expect(after(paused, resumeExercise(paused, WHO.controller, STAMP, NOW)).pauses).toMatchObject([
      { from: NOW, until: NOW, reason: "a real sign" },
    ]);
    expect(codeOf(pause(WHO.facilitator, ended()))).toBe("exercise.wrong_state");
  });

  it("fires each inject once, with the minute it was planned for and the one it was", () => {
    const later = instantAt(unixMsOf(NOW) + 60_000);
    const fired = fireInject(running(), WHO.controller, STAMP, later, 1);
    expect(fired).toMatchObject({
      value: { incident: INCIDENT, body: { plannedMinute: 5, minute: 12, text: "first" } },
    });
    expect(fireInject(after(running(), fired, later), WHO.controller, STAMP, later, 1)).toMatchObject({
      refusal: { code: "exercise.fired_already", minute: 12 },
    });
    expect(codeOf(fireInject(running(), WHO.controller, STAMP, NOW, 3))).toBe("exercise.no_such_part");
    expect(codeOf(fireInject(planned(), WHO.controller, STAMP, NOW, 1))).toBe("exercise.wrong_state");
  });

  it("closes only after its hot wash and with every objective judged, or with the reason why not", () => {
    const by = WHO.facilitator;
    const said = { heldAt: NOW, present: ["Ada"], well: "", badly: "", surprising: "" };
    expect(codeOf(closeExercise(ended(), by, STAMP, " "))).toBe("exercise.no_hot_wash");
    const later = { ...said, heldAt: instantAt(unixMsOf(NOW) + 1) };
    expect(codeOf(holdHotWash(ended(), by, STAMP, NOW, later))).toBe("exercise.in_future");
    const washed = after(ended(), holdHotWash(ended(), by, STAMP, NOW, said));
    const one = after(
      washed,
      judgeObjective(washed, by, STAMP, { objective: 1, verdict: "partly", words: "" }),
    );
    expect(closeExercise(one, by, STAMP, "")).toMatchObject({
      refusal: { code: "exercise.unjudged", objectives: [2] },
    });
    const both = after(one, judgeObjective(one, by, STAMP, { objective: 2, verdict: "met", words: "" }));
    expect(after(both, closeExercise(both, by, STAMP, "")).state).toBe("closed");
  });
});

describe("the library of scenarios", () => {
  it("has the eleven topics of NIST's appendix, each ready to be planned", () => {
    expect(SCENARIOS).toHaveLength(11);
    expect(new Set(SCENARIOS.map(({ key }) => key)).size).toBe(11);
    for (const { key: _, about, variations, ...scenario } of SCENARIOS) {
      expect(ExercisePlan.safeParse({ ...scenario, plannedFor: NOW }).error).toBeUndefined();
      expect(scenario.injects.length).toBeGreaterThanOrEqual(3);
      expect(scenario.injects.every(({ minute }) => minute < scenario.minutes)).toBe(true);
      expect([about, ...variations].every((words) => words.trim() !== "")).toBe(true);
    }
  });

  it("asks in every exercise what NIST asks: 2, 6, 5, 3 and 7 questions", () => {
    expect(Object.values(EXERCISE_QUESTIONS).map((asks) => asks.length)).toEqual([2, 6, 5, 3, 7]);
  });
});
