import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Browserless } from "../support/browserless.ts";
import { startHouse, type TestHouse } from "../support/running.ts";

/** One walk through the product, each step going on where the one before ended. */
describe("from a first report to a case file", () => {
  let house: TestHouse;
  let ada: Browserless;
  let bo: Browserless & { id: string };
  let incident: string;
  let item: string;

  beforeAll(async () => {
    house = await startHouse();
    ada = house.visitor();
  });
  afterAll(async () => house?.close());

  it("is founded once, with the set-up link, by its first person", async () => {
    await ada.setUp(house.setUpSecret);

    const again = await house
      .visitor()
      .setUp(house.setUpSecret)
      .catch((error: Error) => error.message);

    expect(again).toContain("session.token_spent");
    expect((await ada.ask("now.show", {})).organisation).toBe("Harbour CSIRT");
  });

  it("gives nobody authority before a policy is adopted", async () => {
    const refused = await ada.try("incident.report", {
      what: "A web server asks for odd pages",
      ongoing: "yes",
    });

    expect(refused.status).toBe(403);
    expect(refused.body.code).toBe("policy.none_in_force");
  });

  it("adopts the policy that ships and acknowledges it", async () => {
    const { shipped } = await ada.ask("policy.show", {});

    await ada.do("policy.adopt", { seen: 0, document: shipped });
    await ada.do("policy.acknowledge", { version: 1 });

    const { policy } = await ada.ask("now.show", {});
    expect(policy).toEqual({ version: 1, acknowledged: true });
  });

  it("adds a colleague by a one-time invitation", async () => {
    bo = await ada.addColleague("bo", ["handler", "custodian"], { zone: "America/New_York" });

    const people = await bo.ask("person.list", {});
    expect(people.items.map((person) => person.name)).toEqual(["Ada Okafor", "Bo Lindqvist"]);
  });

  it("reports with two fields, declares and rates the incident", async () => {
    const reported = await bo.do("incident.report", {
      what: "www3 scans 203.0.113.9\nsince the morning",
      ongoing: "yes",
    });
    incident = reported.incident;
    await bo.do("incident.declare", { incident, lead: bo.id });
    const before = await bo.ask("incident.show", { incident });

    await bo.do("incident.assess", {
      incident,
      seen: before.changedSeq,
      functionalImpact: "low",
      functionalImpactLikely: "high",
      informationImpact: ["privacy_breach"],
      recoverability: "supplemented",
    });

    const after = await bo.ask("incident.show", { incident });
    expect(after).toMatchObject({ code: reported.code, title: "www3 scans 203.0.113.9", status: "declared" });
    expect(after.priority).toBe("critical");
    expect(after.rating?.because).toContain("business impact is high");
  });

  it("keeps a handling log with two times, and corrects a line by a new entry", async () => {
    const line = await bo.do("log.note", {
      incident,
      text: "10:41 called J. Ortiz (ISP): they see no scan !call",
      kind: "call",
      happened: {
        at: "2026-11-22T05:41:00-05:00",
        zone: "America/New_York",
        precision: "minute",
        said: "10:41",
      },
      whyLate: "written up from paper",
    });
    const corrects = line.recorded[0]?.incidentSeq ?? 0;
    await bo.do("log.correct", {
      incident,
      corrects,
      text: "10:41 called J. Ortiz (ISP): they do see the scan",
    });

    const { items } = await ada.ask("log.entries", { incident });
    expect(items.map((entry) => entry.type)).toEqual([
      "incident.reported",
      "incident.declared",
      "incident.assessed",
      "log.noted",
      "log.corrected",
    ]);
    expect(items[3]).toMatchObject({ happenedAt: "2026-11-22T05:41:00-05:00", zone: "America/New_York" });
    expect(items[4]?.body).toMatchObject({ corrects });
  });
});
