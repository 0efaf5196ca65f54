import { describe, expect, it } from "vitest";
import type { Incident } from "../../detect/incident/incident.ts";
import { idFrom } from "../../kernel/id.ts";
import type { Instant, Stamp } from "../../kernel/time.ts";
import { withdrawIsolation } from "../isolation/isolate.ts";
import { ISOLATION_STATES, type Isolation } from "../isolation/isolation.ts";
import type { RunOutcome } from "../isolation/run.ts";
import { askRun, endRun } from "./run.ts";

const NOW = "2026-11-22T10:00:00.000Z" as Instant;
const STAMP: Stamp = { at: NOW, zone: "UTC", precision: "second", said: "" };
const bytes = new Uint8Array(10);
const run = idFrom("run", 1, bytes);
const INCIDENT = { id: idFrom("inc", 1, bytes), status: "reported" } as Incident;
const OFFER = { name: "edr", says: "Isolates", kind: "command", for: ["host"], needsAddress: false } as const;
const APPROVED = {
  id: idFrom("iso", 1, bytes),
  incident: INCIDENT.id,
  target: { kind: "host", name: "www3", asset: null, segment: null, addresses: [] },
  state: "approved",
  history: [],
} as unknown as Isolation;
const after = (outcome: RunOutcome | null, state: Isolation["state"] = "approved"): Isolation => ({
  ...APPROVED,
  state,
  runs: [{ run, connector: "edr", askedAt: NOW, by: "Bo", outcome, endedAt: null, text: "" }],
});
const ask = (isolation: Isolation, looked = "") => askRun(INCIDENT, isolation, OFFER, STAMP, { run, looked });
const codeOf = (outcome: { ok: boolean; refusal?: { code: string } }) => outcome.refusal?.code;

describe("a connector let loose on an isolation", () => {
  it("runs from no state but the one that carries authority", () => {
    const states = ISOLATION_STATES.filter((state) => ask({ ...APPROVED, state }).ok);
    expect(states).toEqual(["approved"]);
  });

  it("runs one at a time, and after an unknown outcome only once somebody looked at the device", () => {
    expect(codeOf(ask(after(null)))).toBe("connector.running");
    expect(codeOf(ask(after("unknown")))).toBe("connector.outcome_unknown");
    expect(ask(after("unknown"), "the port is up").ok).toBe(true);
    expect(ask(after("failed")).ok).toBe(true);
    expect(codeOf(askRun(INCIDENT, APPROVED, undefined, STAMP, { run, looked: "" }))).toBe(
      "connector.not_set_up",
    );
    expect(codeOf(withdrawIsolation(after(null), STAMP, "no"))).toBe("isolation.being_run");
  });

  it("cuts off only when it did it and nobody took the authority back meanwhile; its outcome is final once known", () => {
    const types = (isolation: Isolation, outcome: RunOutcome) => {
      const ended = endRun(isolation, STAMP, NOW, { run, outcome, text: "" });
      return ended.ok ? ended.value.map(({ type }) => type) : ended.refusal.code;
    };

    expect(types(after(null), "done")).toEqual(["isolation.run_ended", "isolation.done"]);
    expect(types(after(null, "withdrawn"), "done")).toEqual(["isolation.run_ended"]);
    for (const outcome of ["failed", "unknown", "not_run"] as const)
      expect(types(after(null), outcome)).toEqual(["isolation.run_ended"]);
    expect(types(after("unknown"), "done")).toEqual(["isolation.run_ended", "isolation.done"]);
    expect(types(after("failed"), "done")).toBe("connector.run_over");
    expect(types(APPROVED, "done")).toBe("connector.run_over");
  });
});
