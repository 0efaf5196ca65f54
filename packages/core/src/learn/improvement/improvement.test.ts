import { describe, expect, it } from "vitest";
import type { Incident } from "../../detect/incident/incident.ts";
import { idFrom } from "../../kernel/id.ts";
import {
  dropImprovement,
  finishImprovement,
  type Improvement,
  isLate,
  moveImprovement,
  projectImprovement,
  proposeImprovement,
} from "./improvement.ts";

const STAMP = { at: "2026-11-22T10:00:00Z", zone: "UTC", precision: "second", said: "" } as const;
const ID = idFrom("imp", 1, new Uint8Array(10));
const OWNED = { owner: idFrom("psn", 1, new Uint8Array(10)), ownerName: "Bo", dueOn: "2026-12-01" };
const SAID = { improvement: ID, what: "Test restores", target: "playbook", amends: "Web", ...OWNED } as const;
const incident = (status: string) =>
  ({ id: idFrom("inc", 1, new Uint8Array(10)), status }) as unknown as Incident;
const told = (before: Improvement | undefined, outcome: { readonly value?: object }): Improvement =>
  projectImprovement(before, { ...outcome.value, recordedAt: STAMP.at } as never) as Improvement;
const proposed = () =>
  told(undefined, proposeImprovement(incident("closed"), STAMP, "2026-11-22", SAID) as never);

describe("an improvement", () => {
  it("has one owner and a day, also after the incident was closed, and not of what was no incident", () => {
    expect(proposed()).toMatchObject({ state: "open", ownerName: "Bo", dueOn: "2026-12-01" });
    expect(proposeImprovement(incident("dismissed"), STAMP, "2026-11-22", SAID)).toMatchObject({
      refusal: { code: "improvement.not_an_incident" },
    });
    expect(proposeImprovement(incident("closed"), STAMP, "2026-12-02", SAID)).toMatchObject({
      refusal: { code: "improvement.past_due", today: "2026-12-02" },
    });
  });

  it("is late from the day after it was due, until it is done or dropped", () => {
    expect(isLate(proposed(), "2026-12-01")).toBe(false);
    expect(isLate(proposed(), "2026-12-02")).toBe(true);
    const done = told(proposed(), finishImprovement(proposed(), STAMP, "tried on www3") as never);
    expect(done).toMatchObject({ state: "done", outcome: "tried on www3" });
    expect(isLate(done, "2026-12-02")).toBe(false);
  });

  it("moves to another day with a reason while it is open, and ends once", () => {
    const moved = { ...OWNED, dueOn: "2027-01-10", reason: "parts are late" };
    const later = told(proposed(), moveImprovement(proposed(), STAMP, "2026-12-02", moved) as never);
    expect(later.dueOn).toBe("2027-01-10");
    expect(moveImprovement(later, STAMP, "2027-02-01", moved)).toMatchObject({
      refusal: { code: "improvement.past_due" },
    });
    const dropped = told(later, dropImprovement(later, STAMP, "the host is gone") as never);
    expect(dropped).toMatchObject({ state: "dropped", outcome: "the host is gone" });
    const ended = { refusal: { code: "improvement.ended", state: "dropped" } };
    expect(finishImprovement(dropped, STAMP, "x")).toMatchObject(ended);
    expect(dropImprovement(dropped, STAMP, "x")).toMatchObject(ended);
    expect(moveImprovement(dropped, STAMP, "2026-12-01", moved)).toMatchObject(ended);
  });

  it("still stands where its words were withheld", () => {
    const entry = {
      type: "improvement.proposed",
      incident: incident("closed").id,
      body: { improvement: ID },
    };
    expect(projectImprovement(undefined, entry as never)).toMatchObject({ what: "(withheld)", dueOn: null });
  });
});
