import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Instant } from "../../packages/core/src/index.ts";
import { liveThrough, type Story } from "../support/incident-story.ts";
import { startHouse, type TestHouse } from "../support/running.ts";

describe("an incident as it stood", () => {
  let house: TestHouse;
  let story: Story;

  beforeAll(async () => {
    house = await startHouse();
    story = await liveThrough(house);
  });
  afterAll(async () => house?.close());

  it("stands at the end of its log as its pages say, and differs in nothing", async () => {
    const { bo, incident } = story;
    const stood = await bo.ask("incident.at", { incident });
    const shown = await bo.ask("incident.show", { incident });
    const { items } = await bo.ask("evidence.of_incident", { incident });
    const scope = await bo.ask("scope.of_incident", { incident });
    expect(stood.differences).toEqual([]);
    expect(stood.entry?.incidentSeq).toBe(shown.entryCount);
    expect(stood.picture?.facts).toMatchObject({
      ...{ title: shown.title, status: shown.status, priority: shown.priority, tlp: shown.tlp },
      because: shown.rating?.because,
    });
    expect(stood.picture?.rows.evidence).toMatchObject(
      items.map(({ id, state, custodian, place }) => ({
        id,
        facts: { State: state, Custodian: custodian.name, Place: place },
      })),
    );
    expect(stood.picture?.rows.scope.map(({ id }) => id)).toEqual(scope.items.map(({ id }) => id));
  });

  it("knows after an entry what was recorded up to it, and nothing of what came later", async () => {
    const { bo, incident } = story;
    const first = await bo.ask("incident.at", { incident, incidentSeq: 1 });
    expect(first.picture?.facts).toMatchObject({ status: "reported", priority: "unrated", lead: "" });
    expect(first.picture?.rows.evidence).toEqual([]);
    expect(first.differences[0]).toMatchObject({ group: "incident", how: "changed" });
    expect(first.differences[0]?.changes).toContainEqual({
      ...{ what: "Status", before: "reported", after: "declared" },
    });
    expect(first.differences.slice(1).every(({ how }) => how === "new")).toBe(true);
    expect(first.differences.map(({ group }) => group)).toContain("evidence");
  });

  it("goes by when something was recorded, and is empty before the first entry", async () => {
    const { bo, incident } = story;
    const { items } = await bo.ask("log.entries", { incident });
    const third = items[2];
    const at = third?.recordedAt as Instant;
    const stood = await bo.ask("incident.at", { incident, at });
    expect(stood.entry?.recordedAt).toBe(at);
    const before = await bo.ask("incident.at", { incident, at: "2020-01-01T00:00:00.000Z" as Instant });
    expect(before).toMatchObject({ entry: null, picture: null, differences: [] });
  });
});
