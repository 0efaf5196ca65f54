import { ENTRIES } from "@jumpkit/core";
import { describe, expect, it } from "vitest";
import { HEARD_WITH } from "./hearing.ts";

/** Nouns that change what people or policies are about, or that only ever speak of an incident. */
const TOLD_AS_ANOTHER = new Set([
  "organisation",
  "person",
  "authority",
  "log",
  "evidence",
  "handover",
  "observable",
  "scope",
  "grant",
  "advice",
  "briefing",
  "recovery",
  "gate",
  "checklist",
  "isolation",
  "watch",
  "compromise",
  "restorepoint",
  "reset",
  "notification",
]);

describe("what the live stream tells", () => {
  it("names for every kind of thing who may hear of it", () => {
    const nouns = new Set(Object.keys(ENTRIES).map((type) => type.split(".")[0] ?? ""));

    expect([...nouns].filter((noun) => !(noun in HEARD_WITH) && !TOLD_AS_ANOTHER.has(noun))).toEqual([]);
  });
});
