import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { EvidenceId, IncidentId, Instant, PersonId } from "../../packages/core/src/index.ts";
import { ReviewQuestion } from "../../packages/core/src/index.ts";
import type { Browserless } from "../support/browserless.ts";
import { pdfText } from "../support/pdf-text.ts";
import { startHouse, type TestHouse } from "../support/running.ts";

const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString() as Instant;

const SEEN = "203.0.113.77";
const ARRANGED = {
  title: "Report",
  sections: [
    { section: "summary" as const, title: "In short" },
    { section: "cost" as const, title: "What it cost" },
  ],
};
const EXACT = { low: "100", likely: "100", high: "100" };
const RATE = { rate: "Handler", perHour: "87.50", currency: "EUR" };

describe("learning from a major incident", () => {
  let house: TestHouse;
  let ada: Browserless;
  let bo: Browserless & { readonly id: PersonId };
  let incident: IncidentId;
  let item: EvidenceId;

  beforeAll(async () => {
    house = await startHouse();
    ada = house.visitor();
    await ada.setUp(house.setUpSecret);
    const { shipped } = await ada.ask("policy.show", {});
    await ada.do("policy.adopt", { seen: 0, document: shipped });
    bo = await ada.addColleague("bo", ["handler"]);
    ({ incident } = await bo.do("incident.open", { what: "www3 is down", ongoing: "yes", lead: bo.id }));
    const { changedSeq } = await bo.ask("incident.show", { incident });
    await bo.do("incident.assess", {
      ...{ incident, seen: changedSeq, functionalImpact: "high", functionalImpactLikely: "high" },
      ...{ informationImpact: ["integrity_loss"], recoverability: "extended" },
    });
    await bo.do("observable.promote", { incident, value: SEEN, tlp: "TLP:RED", note: "canary words" });
    await bo.do("log.note", { incident, text: `They scan from ${SEEN}` });
    await bo.do("log.note", { incident, text: "Told the ISP by phone", tlp: "TLP:GREEN" });
    await bo.do("log.note", { incident, text: `Mild words beside ${SEEN}`, tlp: "TLP:GREEN" });
    const disk = { what: "Disk of www3", kind: "device", foundAt: "Rack 4", place: "Safe 2" } as const;
    ({ item } = await bo.do("evidence.collect", { incident, ...disk }));
  });
  afterAll(async () => house?.close());

  it("does not close it before its lessons were reviewed, and lets anybody who took part bring some", async () => {
    const early = await ada.try("incident.close", { incident, summary: "done" });
    await bo.do("review.plan", { incident, moderator: bo.id, meetsAt: inDays(-1), place: "Room 4" });
    const { items: owed } = await ada.ask("review.due", {});
    await bo.do("review.give_input", { incident, question: "sooner", text: "that www3 was old" });
    const untold = await bo.try("review.hold", { incident, heldAt: inDays(-1), present: ["Ada"] });
    for (const question of ReviewQuestion.options) {
      await bo.do("review.answer", { incident, question, text: "nothing" });
    }
    await bo.do("review.answer", { incident, question: "sooner", text: "how old www3 was" });
    await bo.do("review.hold", { incident, heldAt: inDays(-1), present: ["Ada", "Bo"], agreed: "as said" });
    await ada.do("incident.close", { incident, summary: "done" });

    expect(early.body.code).toBe("incident.still_open");
    expect(JSON.stringify(early.body.details)).toContain("lessons have not been reviewed");
    expect(owed).toMatchObject([{ incident, late: true }]);
    expect(untold.body.code).toBe("review.unanswered");
    const review = await ada.ask("review.of_incident", { incident });
    expect(review).toMatchObject({
      major: true,
      inputs: [{ question: "sooner", text: "that www3 was old" }],
      held: { present: ["Ada", "Bo"] },
    });
    expect(review.answers.find(({ question }) => question === "sooner")?.text).toBe("how old www3 was");
    expect((await ada.ask("review.due", {})).items).toEqual([]);
  });

  it("follows improvements up until they are done, also after closing", async () => {
    const dueOn = inDays(30).slice(0, 10);
    const said = { incident, what: "Try restores", target: "playbook" as const, owner: bo.id, dueOn };
    const { improvement } = await bo.do("improvement.propose", said);
    const past = await bo.try("improvement.propose", { ...said, dueOn: "2020-01-01" });
    await bo.do("improvement.move", { improvement, owner: bo.id, dueOn, reason: "parts are late" });
    const { items: open } = await ada.ask("improvement.list", { state: "open" });
    await bo.do("improvement.finish", { improvement, how: "tried www3" });
    const twice = await bo.try("improvement.drop", { improvement, reason: "x" });

    expect(past.body.code).toBe("improvement.past_due");
    expect(open).toMatchObject([{ id: improvement, ownerName: expect.any(String), dueOn, late: false }]);
    expect(twice.body.code).toBe("improvement.ended");
    const { items } = await ada.ask("improvement.of_incident", { incident });
    expect(items).toMatchObject([{ state: "done", outcome: "tried www3" }]);
  });

  it("keeps what it cost exactly, suggests hours from the log, and adds up what was not taken back", async () => {
    const day = inDays(0).slice(0, 10);
    const early = await bo.try("cost.add", { incident, kind: "people", what: "Bo", day, sum: EXACT });
    const notTheirs = await bo.try("rate.set", { ...RATE, from: day });
    await ada.do("rate.set", { ...RATE, from: "2026-01-01" });
    await bo.do("cost.choose_currency", { incident, currency: "EUR" });
    const { people } = await bo.ask("cost.hours", { incident });
    const minutes = { low: 60, likely: 90, high: 120 };
    const hours = { incident, kind: "people", what: "Handler", day, person: bo.id, rate: "Handler" } as const;
    const { cost } = await bo.do("cost.add", { ...hours, minutes });
    await bo.do("cost.add", {
      ...{ incident, kind: "equipment", what: "Disk", day, sum: EXACT, priced: "USD" },
      exchange: { rate: "0.9", source: "ECB" },
    });
    const before = await ada.ask("cost.of_incident", { incident });
    await bo.do("cost.reverse", { incident, cost, reason: "counted twice" });
    const again = await bo.try("cost.reverse", { incident, cost, reason: "counted twice" });

    expect([early.body.code, notTheirs.status]).toEqual(["cost.no_currency", 403]);
    expect(people.find(({ person }) => person === bo.id)?.minutes).toBeGreaterThanOrEqual(5);
    expect(before.total).toMatchObject({ low: "177.50", likely: "221.25", high: "265.00", count: 2 });
    expect(again.body.code).toBe("cost.reversed");
    const after = await ada.ask("cost.of_incident", { incident });
    expect(after.items[0]).toMatchObject({ cost, reversed: { reason: "counted twice" } });
    expect(after.byKind).toMatchObject([{ kind: "equipment", likely: "90.00" }]);
    const totals = await ada.ask("cost.totals", {});
    expect(totals.byIncident).toMatchObject([{ key: incident, currency: "EUR", likely: "90.00" }]);
    expect((await ada.ask("cost.totals", { to: "2020-01-01" })).all).toEqual([]);
    expect((await ada.ask("rate.list", {})).items).toMatchObject([RATE]);
  });

  it("reports it on paper, the same bytes each time, and nothing above the marking", async () => {
    const address = `/v1/incident/${incident}/followup.pdf`;
    const amber = await bo.download(address);
    const again = await bo.download(address);
    const digest = amber.headers.get("repr-digest")?.replace(/^sha-256=:|:$/g, "") ?? "";
    const sha256 = Buffer.from(digest, "base64").toString("hex");
    await bo.do("followup.save", { incident, marking: "TLP:AMBER", sha256, sizeBytes: amber.bytes.length });
    const afterSaving = await bo.download(address);
    const red = JSON.stringify(await bo.ask("followup.of_incident", { incident, marking: "TLP:RED" }));
    const green = pdfText((await bo.download(`${address}?marking=TLP%3AGREEN`)).bytes);
    const text = pdfText(amber.bytes);

    expect([amber.status, amber.headers.get("content-type")]).toEqual([200, "application/pdf"]);
    expect(Buffer.compare(amber.bytes, again.bytes)).toBe(0);
    expect(Buffer.compare(amber.bytes, afterSaving.bytes)).toBe(0);
    expect(createHash("sha256").update(amber.bytes).digest("hex")).toBe(sha256);
    for (const words of ["Chronology", "90.00 EUR", "how old www3 was", "tried www3"])
      expect(text).toContain(words);
    expect(text).toContain("They scan from [struck]");
    expect(text).not.toMatch(/203\.0\.113\.77|203\.0\.113\[\.\]77|canary words/);
    expect(red).toContain(`They scan from ${SEEN}`);
    expect(green).toContain("Told the ISP by phone");
    expect(green).not.toMatch(/Mild words|www3|EUR|They scan|Rack|Nothing is open/);
    expect((await bo.download(`${address}?marking=RED`)).status).toBe(400);
    expect((await bo.download("/v1/incident/inc_00000000000000000000000000/followup.pdf")).status).toBe(404);
    const notTheirs = await bo.try("followup.arrange", ARRANGED);
    const { sections: two } = ARRANGED;
    const doubled = await ada.try("followup.arrange", { ...ARRANGED, sections: [...two, ...two] });
    await ada.do("followup.arrange", ARRANGED);
    const { sections } = await bo.ask("followup.of_incident", { incident });
    expect([notTheirs.status, doubled.status]).toEqual([403, 400]);
    expect(sections.map(({ title }) => title)).toEqual(["In short", "What it cost"]);
  });

  it("puts the custody form of an item on paper", async () => {
    const { status, bytes } = await bo.download(`/v1/evidence/${item}/custody.pdf`);
    expect(status).toBe(200);
    expect(pdfText(bytes)).toMatch(/Disk of www3[\s\S]*Safe 2[\s\S]*Given by/);
  });

  it("measures it by its record", async () => {
    const metrics = await ada.ask("metrics.show", {});
    expect(metrics).toMatchObject({ count: 1, byPriority: [{ key: "critical", count: 1 }] });
    expect(metrics.stages.at(-1)).toMatchObject({ stage: "close", count: 1 });
    expect(metrics.csv.split("\r\n")).toHaveLength(3);
    const { people } = await bo.ask("cost.hours", { incident });
    const suggested = people.reduce((sum, { minutes }) => sum + minutes, 0);
    expect(metrics.hours).toMatchObject({ logMinutes: suggested, bookedMinutes: 0 });
    expect(metrics.incidents).toMatchObject([
      {
        ...{ harm: "harmed", recurrenceOf: null, cost: { currency: "EUR", likely: "90.00" } },
        ...{ lessons: { held: true, improvements: { done: 1 } }, timeToTriage: expect.any(Number) },
      },
    ]);
    expect((await ada.ask("metrics.show", { to: "2020-01-01" })).count).toBe(0);
  });

  it("collects of incidents what the organisation chose, and nothing else", async () => {
    const { collected, csv } = await ada.ask("metrics.show", {});
    const notTheirs = await bo.try("metrics.choose", { measures: ["close"] });
    const twice = await ada.try("metrics.choose", { measures: ["close", "close"] });
    await ada.do("metrics.choose", { measures: ["close", "vector"] });
    const few = await ada.ask("metrics.show", {});
    await ada.do("metrics.choose", { measures: collected });

    expect([notTheirs.status, twice.status]).toEqual([403, 400]);
    expect(few.collected).toEqual(["vector", "close"]);
    expect(Object.keys(few.incidents[0]?.minutes ?? {})).toEqual(["close"]);
    expect([few.hours, few.lessons, few.byPriority]).toEqual([undefined, undefined, undefined]);
    expect(few.csv).not.toContain("minutes booked");
    expect((await ada.ask("metrics.show", {})).csv).toBe(csv);
  });

  it("is what the log says it was", async () => {
    const { items } = await ada.ask("log.entries", { incident });
    expect(items.map(({ type }) => type)).toEqual(
      expect.arrayContaining([
        "review.planned",
        "review.held",
        "improvement.proposed",
        "improvement.done",
        "followup.saved",
      ]),
    );
  });
});
