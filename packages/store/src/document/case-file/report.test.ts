import { makeDisclosure } from "@jumpkit/tlog";
import { describe, expect, it } from "vitest";
import { type ReportEntry, readReportEntry, renderReport } from "./index.ts";

const AT = "2026-11-22T10:15:30.123+01:00";
const RX = "2026-11-22T09:15:30.130Z";
const ANA = { id: "psn_1", name: "Ana Weiss", title: "Handler", phone: "+41 44 000 00 00" };
const BO = { id: "psn_2", name: "Bo Chen", title: "Examiner", phone: "+41 44 000 00 01" };

let count = 0;

function anEntry(type: string, fields: Record<string, unknown>): ReportEntry {
  count += 1;
  const shared = { actor: ANA, zone: "Europe/Zurich" };
  return {
    type,
    incidentSeq: count,
    at: AT,
    rx: RX,
    fields: new Map(Object.entries({ ...shared, ...fields })),
  };
}

function render(...entries: ReportEntry[]): string {
  return renderReport({ code: "JK-2026-0042", organisation: "Example", now: RX, entries });
}

describe("the case report", () => {
  it("starts with what the incident is now", () => {
    const report = render(
      anEntry("incident.reported", { title: "Odd logins", tlp: "TLP:AMBER", vector: "web" }),
      anEntry("incident.described", { title: "Stolen passwords", tlp: "TLP:RED" }),
      anEntry("incident.assessed", {
        priority: "high",
        informationImpact: ["privacy_breach", "integrity_loss"],
      }),
    );

    expect(report).toContain("Case report JK-2026-0042\n========================\n");
    expect(report).toMatch(/^Title: +Stolen passwords$/m);
    expect(report).toMatch(/^Marking: +TLP:RED$/m);
    expect(report).toMatch(/^Information impact: +privacy_breach, integrity_loss$/m);
    expect(report).not.toContain("Closed:");
  });

  it("has one line for each entry, with both times, zone, who and what", () => {
    const entry = anEntry("log.noted", { text: "Called the ISP\nand waited", kind: "call", mentions: [] });

    expect(render(entry)).toContain(
      `\n${entry.incidentSeq}. ${AT} Europe/Zurich (recorded ${RX})  log.noted  ` +
        "Ana Weiss, Handler, +41 44 000 00 00: Called the ISP ¶ and waited; kind: call\n",
    );
  });

  it("shows what identifies an item and its whole chain of custody", () => {
    const report = render(
      anEntry("evidence.collected", {
        item: "evd_1",
        number: 1,
        what: "Laptop disk image",
        kind: "disk_image",
        foundAt: "Room 12",
        serialNumber: "S-1",
        hostname: "",
        macAddresses: ["00:1b:44:11:3a:b7"],
        place: "Locker 3",
        content: { sha256: "ab".repeat(32), sizeBytes: 12, name: "disk.raw" },
      }),
      anEntry("handover.offered", { item: "evd_1", to: BO, purpose: "Examination", place: "Desk" }),
      anEntry("handover.accepted", {
        item: "evd_1",
        actor: BO,
        from: ANA,
        condition: "intact",
        place: "Lab",
      }),
      anEntry("handover.offered", { item: "evd_2", to: ANA, purpose: "another item" }),
    );
    const evidence = report.slice(report.indexOf("\nEvidence\n"));

    expect(evidence).toContain("Item 1: Laptop disk image\n  Kind: disk_image\n  Found at: Room 12\n");
    expect(evidence).toContain("  Serial number: S-1\n");
    expect(evidence).toContain("  MAC addresses: 00:1b:44:11:3a:b7\n");
    expect(evidence).not.toContain("Host name");
    expect(evidence).toContain(`  File: disk.raw\n  Size: 12 bytes\n  SHA-256: ${"ab".repeat(32)}\n`);
    expect(evidence).toContain(
      "handover.offered  by Ana Weiss, Handler, +41 44 000 00 00; to Bo Chen, Examiner",
    );
    expect(evidence).toContain("handover.accepted  by Bo Chen, Examiner, +41 44 000 00 01; from Ana Weiss");
    expect(evidence).toContain("condition intact");
    expect(evidence).not.toContain("another item");
  });

  it("says what was withheld instead of leaving it out", () => {
    const bare = { type: "evidence.collected", incidentSeq: 1, at: AT, rx: RX, fields: new Map() };
    const report = render(bare);

    expect(report).toContain("evidence.collected  (withheld): (withheld)");
    expect(report).toContain("Item (withheld): (withheld)");
    expect(report).toContain("Content: (withheld)");
  });

  it("prints entries of a type it does not know with all their fields", () => {
    expect(render(anEntry("weather.changed", { sky: { cover: 3 }, wet: true, nothing: null }))).toContain(
      ": sky: cover 3; wet: true\n",
    );
  });

  it("shows control and direction characters instead of obeying them", () => {
    const report = render(anEntry("log.noted", { text: "a\u001b[2Jb\u202egpj.exe" }));

    expect(report).toContain("a\\u{1b}[2Jb\\u{202e}gpj.exe");
  });

  it("reads an entry from the parts that the case file carries", () => {
    const leaf = Buffer.from(JSON.stringify({ v: 1, type: "log.noted", at: AT, rx: RX, incidentSeq: 7 }));
    const disclosures = [makeDisclosure({ salt: "s", name: "text", value: "hello" })];

    expect(readReportEntry(leaf, disclosures)).toEqual({
      type: "log.noted",
      incidentSeq: 7,
      at: AT,
      rx: RX,
      fields: new Map([["text", "hello"]]),
    });
  });
});
