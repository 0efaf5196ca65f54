import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Entry } from "../../document/log/entry.ts";
import type { IncidentId } from "../../kernel/id.ts";
import type { Incident } from "../incident/incident.ts";
import {
  type OBSERVABLE_ENTRIES,
  type Observable,
  projectObservable,
  promoteObservable,
  withdrawObservable,
} from "./confirm.ts";
import { observablesCsv } from "./csv.ts";

const INCIDENT = { id: "inc_00000000000000000000000000" as IncidentId, status: "declared" } as Incident;
const STAMP = { at: "2026-11-22T10:41:00Z", zone: "UTC", precision: "second", said: "" } as const;
const SAID = {
  role: "offender",
  tlp: "TLP:AMBER",
  pap: "PAP:AMBER",
  entry: 4,
  offset: 12,
  note: "",
} as const;

function after(
  before: Observable | undefined,
  outcome: ReturnType<typeof promoteObservable>,
): Observable | undefined {
  if (!outcome.ok) return before;
  return projectObservable(before, {
    ...outcome.value,
    recordedAt: "2026-11-22T10:41:00.000Z",
  } as unknown as Entry<typeof OBSERVABLE_ENTRIES>);
}

describe("a value confirmed as part of an incident", () => {
  it("is kept in its one form, however it was typed", () => {
    const outcome = promoteObservable(INCIDENT, undefined, STAMP, "hxxp://Evil[.]example/a", SAID);

    expect(after(undefined, outcome)).toMatchObject({
      kind: "url",
      value: "http://evil.example/a",
      confirmed: true,
      entry: 4,
      offset: 12,
    });
  });

  it("is confirmed once, changed when something else is said of it, and withdrawn with a reason", () => {
    const first = after(undefined, promoteObservable(INCIDENT, undefined, STAMP, "203.0.113.9", SAID));
    const again = promoteObservable(INCIDENT, first, STAMP, "203.0.113.9", SAID);
    const changed = after(
      first,
      promoteObservable(INCIDENT, first, STAMP, "203.0.113.9", { ...SAID, role: "victim" }),
    );
    const withdrawn = after(
      changed,
      withdrawObservable(INCIDENT, changed, STAMP, "203.0.113.9", "it is ours"),
    );

    expect(again).toMatchObject({ ok: false, refusal: { code: "observable.already_confirmed" } });
    expect(changed?.role).toBe("victim");
    expect(withdrawn).toMatchObject({ confirmed: false, reason: "it is ours" });
    expect(withdrawObservable(INCIDENT, withdrawn, STAMP, "203.0.113.9", "twice")).toMatchObject({
      ok: false,
      refusal: { code: "observable.not_confirmed" },
    });
  });

  it("is none where the text is no such value, and none in an incident that is closed", () => {
    expect(promoteObservable(INCIDENT, undefined, STAMP, "the printer", SAID)).toMatchObject({
      ok: false,
      refusal: { code: "observable.not_recognised" },
    });
    const closed = { ...INCIDENT, status: "closed" } as Incident;
    expect(promoteObservable(closed, undefined, STAMP, "203.0.113.9", SAID)).toMatchObject({
      ok: false,
      refusal: { code: "incident.wrong_status" },
    });
  });

  it("leaves as a table in which no cell is a formula, and defanged where that is wanted", () => {
    const observable = { kind: "ipv4", value: "203.0.113.9", by: "Ana", at: "", ...SAID } as const;
    fc.assert(
      fc.property(fc.string(), (note) => {
        const [, row = ""] = observablesCsv([{ ...observable, note }], { defanged: true }).split("\r\n");
        expect(row.startsWith("ipv4,203[.]0[.]113[.]9,offender,TLP:AMBER,PAP:AMBER,")).toBe(true);
        expect(row.slice(row.indexOf("Ana,") + 4).replace(/^"/, "")).not.toMatch(/^[=+\-@\t]/);
      }),
    );
    expect(observablesCsv([observable], { defanged: false })).toContain("ipv4,203.0.113.9,");
  });
});
