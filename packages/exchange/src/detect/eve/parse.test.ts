import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { SourceReading } from "@jumpkit/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readEve } from "./parse.ts";

const SENSOR: SourceReading = {
  kind: "suricata_eve",
  zone: "UTC",
  clockOffsetSeconds: 0,
  host: "",
  mapping: null,
};
const LINES = readFileSync(join(import.meta.dirname, "samples/crowdsec-suricata-eve-detect.log"), "utf8")
  .split("\n")
  .filter((line) => line !== "");

describe("Suricata's EVE records", () => {
  it("say of CrowdSec's sample what CrowdSec says of it", () => {
    const events = LINES.map((line) => eventOf(line));

    expect(
      events.map(({ at, rule, fields }) => [at, rule.id, fields["source.ip"], fields["event.severity"]]),
    ).toEqual([
      ["2022-07-12T06:22:33.415Z", "1:2034125", "1.2.3.4", 1],
      ["2022-07-12T11:26:34.407Z", "1:2011716", "2.2.3.4", 2],
      ["2022-07-12T11:26:35.407Z", "1:2011717", "2.2.3.4", 2],
      ["2022-07-12T11:26:36.407Z", "1:2011718", "2.2.3.4", 2],
    ]);
  });

  it("name who is to blame only where the rule says what it protects", () => {
    const [exploit, scan] = LINES.map((line) => eventOf(line));

    expect(exploit?.addresses).toEqual([
      { value: "1.2.3.4", port: 33270, role: "offender" },
      { value: "1.2.3.5", port: 80, role: "victim" },
    ]);
    expect(scan?.addresses.map((each) => each.role)).toEqual(["unknown", "unknown"]);
  });

  it("of scanners are precursors, and of attacks indicators", () => {
    expect(LINES.map((line) => eventOf(line).kind)).toEqual([
      "indicator",
      "precursor",
      "precursor",
      "precursor",
    ]);
  });

  it("keep what has no name of ours, and the time as it was written", () => {
    const [exploit] = LINES.map((line) => eventOf(line));

    expect(exploit?.extra).toMatchObject({ flow_id: 1398609176796675, http: { http_port: 80 } });
    expect(exploit?.extra).not.toHaveProperty("src_ip");
    expect(exploit).toMatchObject({ timeAsWritten: "2022-07-12T06:22:33.415742+0000", zoneAssumed: null });
  });

  it("take the source's clock error out, and assume its zone where none is written", () => {
    const line = JSON.stringify({ ...BASE, timestamp: "2026-07-01T12:00:00" });

    const read = readEve(Buffer.from(line), { ...SENSOR, zone: "Europe/Berlin", clockOffsetSeconds: 30 });

    expect(read).toMatchObject({ event: { at: "2026-07-01T09:59:30.000Z", zoneAssumed: "Europe/Berlin" } });
  });

  it("of mere traffic are skipped, and say what they were", () => {
    expect(readEve(Buffer.from('{"event_type":"flow"}'), SENSOR)).toEqual({
      what: "skipped",
      why: "event_type flow",
    });
  });

  it("that cannot be read say why", () => {
    const reasons = [
      "",
      "[]",
      "{}",
      '{"event_type":"alert"',
      '{"event_type":"alert","event_type":"flow"}',
      '{"event_type":"alert","timestamp":"yesterday"}',
      '{"event_type":"alert","timestamp":"2026-02-30T00:00:00Z","alert":{"signature_id":1}}',
      '{"event_type":"alert","timestamp":"2026-02-03T00:00:00Z"}',
    ].map((line) => readEve(Buffer.from(line), SENSOR));

    for (const read of reasons) expect(read).toMatchObject({ what: "bad", reason: expect.any(String) });
    expect(readEve(Buffer.from([0x7b, 0xff]), SENSOR)).toEqual({ what: "bad", reason: "is not UTF-8" });
  });

  it("never break the reader, whatever is in their fields", () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom(...NAMES), fc.jsonValue()),
        fc.jsonValue(),
        (fields, alert) => {
          const line = JSON.stringify({ ...BASE, ...fields, alert });
          const read = readEve(Buffer.from(line), SENSOR);
          expect(["event", "bad"]).toContain(read.what);
          if (read.what === "event") {
            expect(JSON.stringify(read.event)).not.toMatch(/\\u0000/);
            expect(JSON.stringify(read.event).isWellFormed()).toBe(true);
          }
        },
      ),
    );
  });
});

const BASE = {
  timestamp: "2026-11-22T10:00:00.000000+0000",
  event_type: "alert",
  src_ip: "203.0.113.9",
  dest_ip: "10.0.0.7",
  flow_id: 7,
  alert: { signature_id: 1 },
};
const NAMES = [
  "src_ip",
  "dest_ip",
  "src_port",
  "flow_id",
  "http",
  "host",
  "proto",
  "__proto__",
  "constructor",
];

function eventOf(line: string) {
  const read = readEve(Buffer.from(line), SENSOR);
  if (read.what !== "event") throw new Error(JSON.stringify(read));
  return read.event;
}
