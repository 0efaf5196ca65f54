import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Incident } from "../../detect/incident/incident.ts";
import { defang } from "../../detect/observable/defang.ts";
import { idFrom } from "../../kernel/id.ts";
import { exceeds, TLP_LABELS, type Tlp } from "../../kernel/tlp.ts";
import { nothingSpent } from "../cost/cost.ts";
import { nothingReviewed } from "../review/review.ts";
import { type FollowupSources, followupParts, seenIn, type ToldEntry } from "./followup.ts";
import { redacted } from "./part.ts";
import { withoutSavings } from "./saved.ts";
import { DEFAULT_FOLLOWUP, FollowupTemplate } from "./template.ts";

const ID = idFrom("inc", 1, new Uint8Array(10));
const anEntry = (incidentSeq: number, type: string, body: ToldEntry["body"]): ToldEntry => ({
  ...{ type, incidentSeq, body, zone: "Europe/Berlin" },
  ...{ happenedAt: "2026-11-22T11:41:07+01:00", recordedAt: "2026-11-22T12:00:00.000Z" },
  actor: { name: "Bo Ito", title: "Handler" },
});
const sources = (tlp: Tlp, entries: readonly ToldEntry[]): FollowupSources => ({
  incident: {
    ...{ id: ID, code: "JK-2026-0001", title: "Canary title", description: "Canary words", status: "closed" },
    ...{ tlp, vector: "web", origin: "outside", ongoing: "no", reportedBy: "Dana", lead: null },
    ...{ reportedAt: "2026-11-22T10:00:00.000Z", declaredAt: "2026-11-22T10:01:00.000Z", closedAt: null },
    ...{ rating: null, firstRating: null, changedSeq: 1, entryCount: 2, lastEntryAt: "2026-11-22T12:00:00Z" },
  } as unknown as Incident,
  ...{ leadName: "Bo Ito", entries, items: [], isolations: [], hosts: [], plan: undefined, observables: [] },
  ...{ notifications: [], ledger: nothingSpent(ID), review: nothingReviewed(ID), improvements: [] },
});
const textOf = (from: FollowupSources, marking: Tlp) =>
  JSON.stringify(
    DEFAULT_FOLLOWUP.sections.map(
      ({ section }) => redacted(followupParts(section, from), marking, seenIn(from)).parts,
    ),
  );

const labels = fc.constantFrom(...TLP_LABELS);
const octet = fc.integer({ min: 1, max: 254 });
const address = fc.tuple(octet, octet, octet).map(([a, b, c]) => `203.${a}.${b}.${c}`);
const observable = fc.record({ value: address, tlp: labels, before: fc.constantFrom("", "seen at ", "[") });

describe("a follow-up report", () => {
  it("tells the log with its times, zones and people", () => {
    const text = textOf(
      sources("TLP:AMBER", [anEntry(1, "log.noted", { text: "Called the ISP" })]),
      "TLP:AMBER",
    );
    expect(text).toContain("2026-11-22 10:41:07Z\\n11:41 Europe/Berlin\\nrecorded 2026-11-22 12:00:00Z");
    expect(text).toContain("Bo Ito, Handler");
    expect(text).toContain("Called the ISP");
  });

  it("holds nothing of an incident whose label is above its marking", () => {
    const from = sources("TLP:AMBER", [anEntry(1, "log.noted", { text: "Canary note" })]);
    const green = textOf(from, "TLP:GREEN");
    expect(green).not.toMatch(/Canary|Dana|Bo Ito/);
    expect(green).toContain("TLP:AMBER is above TLP:GREEN");
    expect(textOf(from, "TLP:RED")).toMatch(/Canary note/);
  });

  it("holds nowhere what was seen under a label above its marking, however it is written", () => {
    fc.assert(
      fc.property(fc.array(observable, { maxLength: 6 }), labels, labels, (seen, marking, tlp) => {
        const entries = seen.flatMap(({ value, tlp: own, before }, at) => [
          anEntry(2 * at + 1, "observable.promoted", { kind: "ipv4", value, tlp: own, role: "attacker" }),
          anEntry(2 * at + 2, "log.noted", {
            text: `${before}${defang({ kind: "ipv4", value })}, ${value}.`,
          }),
        ]);
        const text = textOf(sources(tlp, entries), marking);
        const strictest = (value: string) =>
          seen.filter((each) => each.value === value).some((each) => exceeds(each.tlp, marking));
        for (const { value } of seen) {
          if (strictest(value) || exceeds(tlp, marking)) {
            expect(text).not.toContain(value);
            expect(text).not.toContain(defang({ kind: "ipv4", value }));
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  it("keeps what later entries say of something stricter under its label", () => {
    const told = { notification: "ntf_1", ref: "N-1", subject: "Canary subject" };
    const from = sources("TLP:GREEN", [
      anEntry(1, "notification.drafted", { ...told, marking: "TLP:RED" }),
      anEntry(2, "notification.dropped", { ...told, reason: "Canary reason" }),
    ]);
    expect(textOf(from, "TLP:AMBER")).not.toContain("Canary reason");
    expect(textOf(from, "TLP:RED")).toContain("Canary reason");
  });

  it("keeps a line under its own label, never a milder one than what it repeats or than its correction", () => {
    const own = fc.option(labels, { nil: undefined });
    const line = fc.record({ own, repeats: fc.boolean(), correction: fc.option(own, { nil: null }) });
    fc.assert(
      fc.property(labels, labels, address, labels, line, (tlp, marking, value, seenAs, said) => {
        const text = said.repeats ? `Canary beside ${value}` : "Canary";
        const entries = [
          anEntry(1, "observable.promoted", { kind: "ipv4", value, tlp: seenAs }),
          anEntry(2, "log.noted", { text, ...(said.own && { tlp: said.own }) }),
          ...(said.correction === null
            ? []
            : [
                anEntry(3, "log.corrected", {
                  corrects: 2,
                  text: "x",
                  ...(said.correction && { tlp: said.correction }),
                }),
              ]),
        ];
        const shown = textOf(sources(tlp, entries), marking);
        const least = [
          said.own ?? tlp,
          ...(said.repeats && said.own !== undefined ? [seenAs] : []),
          ...(said.correction === null ? [] : [said.correction ?? tlp]),
        ];
        expect(shown.includes("Canary beside") || shown.includes('"Canary"')).toBe(
          !least.some((label) => exceeds(label, marking)),
        );
        if (exceeds(seenAs, marking)) expect(shown).not.toContain(value);
      }),
      { numRuns: 150 },
    );
  });

  it("is the same however often it was saved", () => {
    const entries = [1, 2, 3].map((number) => anEntry(number, "log.noted", { text: `Line ${number}` }));
    const saved = anEntry(9, "followup.saved", { marking: "TLP:RED", sha256: "0", sizeBytes: 1 });
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 3 }), { maxLength: 5 }), (places) => {
        const withSavings = places.reduce((all: ToldEntry[], at) => all.toSpliced(at, 0, saved), entries);
        expect(withoutSavings(withSavings)).toEqual(entries);
      }),
      { numRuns: 30 },
    );
  });

  it("is arranged by plain values in which no section stands twice", () => {
    const [first] = DEFAULT_FOLLOWUP.sections;
    expect(FollowupTemplate.safeParse(DEFAULT_FOLLOWUP).success).toBe(true);
    expect(FollowupTemplate.safeParse({ title: "x", sections: [first, first] }).success).toBe(false);
    expect(
      FollowupTemplate.safeParse({ title: "x", sections: [{ section: "eval", title: "x" }] }).success,
    ).toBe(false);
  });
});
