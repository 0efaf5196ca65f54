import { parseInstant } from "@jumpkit/core";
import type { OperationInput } from "../../api/contract.ts";
import { personIdOf } from "../../api/ids.ts";
import { instantIn } from "../../prepare/duty/wall-clock.ts";
import type { Exercise, Scenario } from "./exercise-queries.ts";

/** A plan while it is written: lists as lines, the date as a wall clock shows it. */
export interface PlanDraft {
  readonly title: string;
  readonly situation: string;
  readonly vector: Exercise["vector"];
  readonly objectives: string;
  readonly questions: string;
  readonly plannedFor: string;
  readonly minutes: string;
  readonly factor: string;
  readonly injects: readonly InjectDraft[];
  readonly people: readonly PartDraft[];
}

export interface InjectDraft {
  readonly minute: string;
  readonly way: Exercise["injects"][number]["way"];
  readonly text: string;
  readonly raw: string;
  readonly expected: string;
}

export interface PartDraft {
  readonly person: string;
  readonly role: Exercise["people"][number]["role"];
}

export const NO_INJECT: InjectDraft = { minute: "0", way: "person", text: "", raw: "", expected: "" };

const EMPTY = {
  title: "",
  situation: "",
  vector: "unknown",
  objectives: "",
  questions: "",
  plannedFor: "",
  minutes: "90",
  factor: "1",
} as const;

/** An empty plan with oneself as facilitator, or one that a scenario fills. */
export function draftFrom(scenario: Scenario | undefined, me: string): PlanDraft {
  const people = [{ person: me, role: "facilitator" }] as const;
  if (scenario === undefined) return { ...EMPTY, injects: [NO_INJECT], people };
  const { title, situation, vector, minutes, injects, objectives, questions } = scenario;
  return {
    ...EMPTY,
    ...{ title, situation, vector, people },
    minutes: String(minutes),
    objectives: objectives.join("\n"),
    questions: questions.join("\n"),
    injects: injects.map(injectDraft),
  };
}

/** The plan of an exercise, to be written anew. */
export function draftOf(exercise: Exercise): PlanDraft {
  const { title, situation, vector, minutes, factor, injects, objectives, questions, people } = exercise;
  return {
    ...{ title, situation, vector, people },
    plannedFor: "",
    minutes: String(minutes),
    factor: String(factor),
    objectives: objectives.join("\n"),
    questions: questions.join("\n"),
    injects: injects.map(injectDraft),
  };
}

function injectDraft({ minute, way = "person", text, raw = "", expected = "" }: Scenario["injects"][number]) {
  return { minute: String(minute), way, text, raw, expected };
}

/** What is sent to the server, or `undefined` while something is missing. */
export function planFrom(draft: PlanDraft, zone: string): OperationInput<"exercise.plan"> | undefined {
  const plannedFor = parseInstant(instantIn(draft.plannedFor, zone) ?? "");
  const objectives = linesOf(draft.objectives);
  const injects = draft.injects
    .filter(({ text }) => text.trim() !== "")
    .map((each) => ({ ...each, minute: Number(each.minute) }));
  const people = draft.people
    .filter(({ person }) => person !== "")
    .map(({ person, role }) => ({ person: personIdOf(person), role }));
  const missing =
    draft.title.trim() === "" ||
    draft.situation.trim() === "" ||
    objectives.length === 0 ||
    injects.length === 0;
  if (plannedFor === undefined || missing || people.length === 0) return undefined;
  return {
    ...{ title: draft.title, situation: draft.situation, vector: draft.vector },
    ...{ objectives, injects, people, plannedFor, questions: linesOf(draft.questions) },
    minutes: Number(draft.minutes),
    factor: Number(draft.factor),
  };
}

function linesOf(text: string): string[] {
  return text
    .split("\n")
    .map((each) => each.trim())
    .filter((each) => each !== "");
}
