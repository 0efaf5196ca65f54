import * as z from "zod";
import { line, prose } from "../../kernel/text.ts";

/** How an inject reaches the players. */
export const INJECT_WAYS = ["person", "phone", "mail", "sign", "report", "press"] as const;
export const InjectWay = z.enum(INJECT_WAYS);
export type InjectWay = z.infer<typeof InjectWay>;

/** The longest an exercise lasts, on its own clock. */
export const EXERCISE_MINUTES_MAX = 1440;

/** Something that the players are told while the exercise runs. */
export const Inject = z.strictObject({
  minute: z.int().min(0).max(EXERCISE_MINUTES_MAX).describe("When, in minutes on the exercise's clock"),
  way: InjectWay.default("person"),
  text: line(2000),
  raw: prose(4000).default("").describe("The sign itself, such as lines of a log, as the players see it"),
  expected: prose(2000).default("").describe("What is expected of the players; they never see it"),
});
export type Inject = z.infer<typeof Inject>;
