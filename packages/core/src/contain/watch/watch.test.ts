import { describe, expect, it } from "vitest";
import type { Incident } from "../../detect/incident/incident.ts";
import { idFrom } from "../../kernel/id.ts";
import type { Instant } from "../../kernel/time.ts";
import { checkIn, DEFAULT_EVERY_MINUTES, defaultWatch, projectWatch, type Watch, watchDue } from "./watch.ts";

const ID = idFrom("inc", 1, new Uint8Array(10));
const INCIDENT = {
  id: ID,
  status: "declared",
  reportedAt: "2026-11-22T07:00:00.000Z",
  declaredAt: "2026-11-22T08:00:00.000Z",
} as Incident;
const at = (text: string) => `2026-11-22T${text}:00.000Z` as Instant;

const told = (before: Watch | undefined, type: string, when: string, body: object): Watch =>
  projectWatch(before, {
    type,
    incident: ID,
    happenedAt: at(when),
    recordedAt: at(when),
    actor: { name: "Bo" },
    body,
  } as never) as Watch;

describe("the watch over an open incident", () => {
  it("has a plan from the first moment, and says how many times nobody looked", () => {
    const watch = defaultWatch(ID);

    expect(watch.everyMinutes).toBe(DEFAULT_EVERY_MINUTES);
    expect(watchDue(INCIDENT, watch, at("11:59"))).toEqual({ dueAt: at("12:00"), missedCount: 0 });
    expect(watchDue(INCIDENT, watch, at("12:00"))?.missedCount).toBe(1);
    expect(watchDue(INCIDENT, watch, at("20:30"))?.missedCount).toBe(3);
  });

  it("starts anew with each look and with each new plan", () => {
    const looked = told(undefined, "watch.checked_in", "11:30", { found: "nothing", text: "" });
    const planned = told(looked, "watch.planned", "12:00", {
      what: "the proxy",
      everyMinutes: 60,
      who: null,
      whoName: "",
    });

    expect(watchDue(INCIDENT, looked, at("12:00"))).toEqual({ dueAt: at("15:30"), missedCount: 0 });
    expect(watchDue(INCIDENT, planned, at("13:30"))).toEqual({ dueAt: at("13:00"), missedCount: 1 });
    expect(planned.checkIns).toMatchObject([{ by: "Bo", found: "nothing" }]);
  });

  it("ends with the incident", () => {
    const over = { ...INCIDENT, status: "closed" } as Incident;
    const stamp = { at: at("12:00"), zone: "UTC", precision: "second", said: "" } as const;

    expect(watchDue(over, defaultWatch(ID), at("20:00"))).toBeUndefined();
    expect(checkIn(over, stamp, { found: "nothing", text: "" })).toMatchObject({
      refusal: { code: "incident.wrong_status" },
    });
  });
});
