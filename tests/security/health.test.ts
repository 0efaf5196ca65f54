import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { liveThrough, type Story } from "../support/incident-story.ts";
import { startHouse, type TestHouse } from "../support/running.ts";

const TOKEN = "a secret for the figures";

describe("what a server tells about itself", () => {
  let house: TestHouse;
  let story: Story;

  beforeAll(async () => {
    house = await startHouse({
      metricsToken: TOKEN,
      metricsFrom: ["192.0.2.0/24"],
      trustedProxies: ["127.0.0.1"],
    });
    story = await liveThrough(house);
  });
  afterAll(async () => house?.close());

  const ask = (path: string, headers: Record<string, string> = {}) =>
    house.visitor().send("GET", path, { headers });

  it("is that it lives, and that its database answers", async () => {
    expect((await ask("/healthz")).body).toEqual({ alive: true });
    expect((await ask("/readyz")).body).toEqual({ ready: true });
  });

  it("are figures by route and refusal, without a word about incidents or people", async () => {
    await house.visitor().send("GET", "/v1/person");
    const { status, body } = await ask("/metrics");

    const text = String(body);
    expect(status).toBe(200);
    expect(text).toContain('jumpkit_http_answer_seconds_count{method="POST",route="/v1/log/:incident/note"');
    expect(text).toMatch(/jumpkit_refused_total\{code="session.missing"\} [1-9]/);
    for (const secret of [story.incident, story.item, story.bo.id, "www3", "Lindqvist", "ada"]) {
      expect(text).not.toContain(secret);
    }
  });

  it("are for this machine, for whom the operator named, and for nobody else", async () => {
    const statuses = {
      here: (await ask("/metrics")).status,
      named: (await ask("/metrics", { "x-forwarded-for": "192.0.2.9" })).status,
      others: (await ask("/metrics", { "x-forwarded-for": "198.51.100.9" })).status,
      withToken: (
        await ask("/metrics", { "x-forwarded-for": "198.51.100.9", authorization: `Bearer ${TOKEN}` })
      ).status,
      wrongToken: (await ask("/metrics", { authorization: "Bearer guessed" })).status,
    };

    expect(statuses).toEqual({ here: 200, named: 200, others: 404, withToken: 200, wrongToken: 404 });
  });
});
