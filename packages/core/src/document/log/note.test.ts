import { describe, expect, it } from "vitest";
import type { IncidentId } from "../../kernel/id.ts";
import { correct, note } from "./note.ts";

const INCIDENT = "inc_00000000000000000000000000" as IncidentId;
const STAMP = { at: "2026-11-22T10:41:00Z", zone: "UTC", precision: "minute", said: "" } as const;
const SAID = { text: "called the ISP", kind: "call", mentions: [], assets: [], whyLate: "" } as const;
const DAY = 24 * 60 * 60_000;

const written = (lag: number, whyLate = "") =>
  note(INCIDENT, STAMP, lag, { ...SAID, mentions: [], assets: [], whyLate });

describe("a line of the handling log", () => {
  it("is taken as it is said", () => {
    expect(written(5000)).toMatchObject({ ok: true, value: { type: "log.noted", incident: INCIDENT } });
  });

  it("has to say why it is written more than a day late", () => {
    expect(written(DAY + 1)).toEqual({ ok: false, refusal: { code: "log.needs_reason", field: "whyLate" } });
    expect(written(DAY + 1, "was asleep").ok).toBe(true);
  });

  it("cannot lie ahead of the clock, but for a clock that is a little off", () => {
    expect(written(-11 * 60_000)).toMatchObject({ refusal: { code: "log.in_future" } });
    expect(written(-9 * 60_000).ok).toBe(true);
  });

  it("can be corrected when a person wrote it, and only then", () => {
    const said = { corrects: 3, text: "did not call", reason: "" };

    expect(correct(INCIDENT, STAMP, "log.noted", said).ok).toBe(true);
    expect(correct(INCIDENT, STAMP, "incident.declared", said)).toMatchObject({
      refusal: { code: "log.not_a_line" },
    });
    expect(correct(INCIDENT, STAMP, undefined, said)).toMatchObject({
      refusal: { code: "log.no_such_line" },
    });
  });
});
