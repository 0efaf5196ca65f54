import { OPERATIONS } from "@jumpkit/app";
import { describe, expect, it } from "vitest";
import * as z from "zod";
import { fieldsOf, inputFrom, Misunderstood, optionOf } from "./words.ts";

const FIELDS = fieldsOf(
  z.strictObject({
    incident: z.string(),
    foundAt: z.string().optional(),
    count: z.int().optional(),
    urgent: z.boolean().optional(),
    kinds: z.array(z.enum(["a", "b"])).optional(),
    happened: z.strictObject({ at: z.string() }).optional(),
  }),
);
const read = (...words: string[]) => inputFrom(words, FIELDS, ["incident"]);

describe("the words of a command", () => {
  it("give each field its own type", () => {
    const input = read(
      "inc_1",
      "--found-at",
      "the desk",
      "--count=3",
      "--urgent",
      "--kinds",
      "a",
      "--kinds=b",
    );

    expect(input).toEqual({
      incident: "inc_1",
      foundAt: "the desk",
      count: 3,
      urgent: true,
      kinds: ["a", "b"],
    });
  });

  it("take text as it is, even when it looks like an option or a number", () => {
    expect(read("--found-at=--not-an-option", "--incident", "42")).toEqual({
      foundAt: "--not-an-option",
      incident: "42",
    });
  });

  it("take what has parts as JSON", () => {
    expect(read("--happened", '{"at":"x"}', "--kinds", '["b"]')).toEqual({
      happened: { at: "x" },
      kinds: ["b"],
    });
  });

  it("name the word that is not understood", () => {
    for (const words of [
      ["--nonsense", "1"],
      ["inc_1", "and", "more"],
      ["--count", "three"],
      ["--count"],
      ["--urgent=maybe"],
      ["--happened", "{"],
      ["--count", "1", "--count", "2"],
    ]) {
      expect(() => read(...words)).toThrow(Misunderstood);
    }
  });

  it("can say every field of every operation", () => {
    for (const operation of OPERATIONS) {
      const names = fieldsOf(operation.input).map(({ name }) => optionOf(name));
      expect(new Set(names).size).toBe(Object.keys(operation.input.shape).length);
    }
  });
});
