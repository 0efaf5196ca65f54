import { pausedSince } from "@jumpkit/core";
import { Tag } from "../../ui/tag.tsx";
import type { Exercise, ExerciseRow } from "./exercise-queries.ts";

type Role = Exercise["people"][number]["role"];
type Way = Exercise["injects"][number]["way"];

/** The parts in an exercise, and what each does. */
export const PARTS: ReadonlyArray<{ readonly value: Role; readonly label: string }> = [
  { value: "facilitator", label: "Facilitator: directs it" },
  { value: "controller", label: "Controller: plays the world outside" },
  { value: "evaluator", label: "Evaluator: watches and notes" },
  { value: "player", label: "Player: handles the incident" },
];

/** How an inject reaches the players. */
export const WAYS: ReadonlyArray<{ readonly value: Way; readonly label: string }> = [
  { value: "person", label: "In person" },
  { value: "phone", label: "By phone" },
  { value: "mail", label: "By mail" },
  { value: "sign", label: "As a sign" },
  { value: "report", label: "As a report" },
  { value: "press", label: "By the press" },
];

export const wayText = (way: Way): string => WAYS.find(({ value }) => value === way)?.label ?? way;

/** How far an objective was reached. */
export const VERDICTS = [
  { value: "met", label: "Met" },
  { value: "partly", label: "Partly" },
  { value: "not", label: "Not met" },
] as const;

/** How an exercise stands. */
export function StateOfExercise({
  of: { state, endedAt, pauses },
}: {
  readonly of: Pick<ExerciseRow, "state" | "endedAt" | "pauses">;
}) {
  if (pausedSince({ endedAt, pauses }) !== null) {
    return (
      <Tag tone="warn" shape="half">
        paused
      </Tag>
    );
  }
  if (state === "running") {
    return (
      <Tag tone="warn" shape="diamond">
        running
      </Tag>
    );
  }
  if (state === "ended") {
    return (
      <Tag tone="warn" shape="ring">
        hot wash is next
      </Tag>
    );
  }
  return state === "closed" ? (
    <Tag tone="ok" shape="check">
      closed
    </Tag>
  ) : (
    <Tag>{state}</Tag>
  );
}

/** Minutes on the exercise's clock as `1:05`. */
export function clockText(minute: number): string {
  return `${Math.floor(minute / 60)}:${String(minute % 60).padStart(2, "0")}`;
}

/** How many objectives were met, in words. */
export function scoreText(score: NonNullable<ExerciseRow["score"]>): string {
  return `${score.met} of ${score.of} objectives met${score.partly > 0 ? `, ${score.partly} partly` : ""}`;
}
