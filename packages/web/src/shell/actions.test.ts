import { describe, expect, it } from "vitest";
import { type Action, findActions } from "./actions.ts";

const verb = (title: string, also?: string): Action => ({
  id: title,
  title,
  group: "Act",
  ...(also ? { also } : {}),
});

const VERBS = [
  verb("Who is on call?"),
  verb("Isolate a host", "contain cut off"),
  verb("Declare an incident"),
];

const titles = (query: string): string[] => findActions(VERBS, query).map(({ title }) => title);

describe("the command palette", () => {
  it("shows every verb before anything is typed", () => {
    expect(titles("  ")).toHaveLength(3);
  });

  it("never finds a verb by letters picked from several words", () => {
    expect(titles("iso")).toEqual(["Isolate a host"]);
  });

  it("finds a verb by another word for it", () => {
    expect(titles("cut off")).toEqual(["Isolate a host"]);
  });

  it("asks for every word typed", () => {
    expect(titles("isolate incident")).toEqual([]);
  });

  it("puts a match at the start of a title first", () => {
    const verbs = [verb("Go to incidents"), verb("Incidents of today")];

    expect(findActions(verbs, "inc").map(({ title }) => title)).toEqual([
      "Incidents of today",
      "Go to incidents",
    ]);
  });
});
