import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { SignId } from "../../packages/core/src/index.ts";
import { examineProjections } from "../../packages/store/src/doctor/replay.ts";
import type { Browserless } from "../support/browserless.ts";
import { liveThrough, type Story } from "../support/incident-story.ts";
import { startHouse, type TestHouse } from "../support/running.ts";
import { aSign, insertSigns } from "../support/signs.ts";

describe("signs in the queue", () => {
  let house: TestHouse;
  let story: Story;
  let bo: Browserless;
  let day = 0;

  /** A sign that has just come in, the newest of all. */
  async function comesIn(about: Parameters<typeof aSign>[0] = {}) {
    const lastAt = new Date(Date.UTC(2026, 10, 1) + ++day * 60_000).toISOString();
    const sign = aSign({ lastAt, ...about });
    await insertSigns(house.database.pool, [sign]);
    return sign;
  }

  const looked = (sign: SignId, seen = 0) => ({ sign, seen, seenCount: 214 });
  const waiting = async (): Promise<readonly SignId[]> =>
    (await bo.ask("triage.queue", { limit: 500 })).items.map(({ id }) => id);

  beforeAll(async () => {
    house = await startHouse();
    story = await liveThrough(house);
    bo = story.bo;
    // What came in while the story was lived through is no part of this walk.
    await house.database.pool.query("DELETE FROM sign");
  });
  afterAll(async () => house?.close());

  const queue = (after: string) => bo.ask("triage.queue", { limit: 2, after });

  it("wait, the one seen last first, page by page", async () => {
    const signs = [await comesIn(), await comesIn(), await comesIn()];

    const seen: string[] = [];
    for (let after: string | null = ""; after !== null; ) {
      const page: Awaited<ReturnType<typeof queue>> = await queue(after);
      seen.push(...page.items.map(({ id }) => id));
      expect(page.items.length).toBeLessThanOrEqual(2);
      after = page.next;
    }

    const ours = new Set<string>(signs.map(({ id }) => id));
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen.filter((id) => ours.has(id))).toEqual(signs.map(({ id }) => id).reverse());
  });

  it("become an incident in reported, whose log begins with the report and the sign", async () => {
    const { id } = await comesIn();
    const rating = {
      functionalImpact: "high",
      informationImpact: ["none"],
      recoverability: "regular",
    } as const;
    await bo.do("sign.rate", { sign: id, seen: 0, ...rating, informationImpact: ["none"] });

    const { incident, changedSeq } = await bo.do("sign.accept", looked(id, 1));

    const shown = await bo.ask("incident.show", { incident: incident ?? "" });
    const { items } = await bo.ask("log.entries", { incident: incident ?? "" });
    expect(shown).toMatchObject({ status: "reported", priority: "critical", vector: "web" });
    expect(shown.title).toBe("203.0.113.9 asked www3 for /x.php 214 times");
    expect(items.map(({ type }) => type)).toEqual([
      "incident.reported",
      "sign.accepted",
      "incident.assessed",
    ]);
    expect(changedSeq).toBe(2);
    expect(await waiting()).not.toContain(id);
    expect(
      (await bo.ask("triage.of_incident", { incident: incident ?? "" })).items.map((each) => each.id),
    ).toEqual([id]);
  });

  it("are linked to an open incident, the best match first and with its reason", async () => {
    const { incident } = await bo.do("incident.report", {
      what: "The ISP names 198.51.100.77 as a scanner",
      ongoing: "unknown",
    });
    const { id } = await comesIn({
      entity: "db1",
      rule: { id: "777", name: "another" },
      addresses: [{ value: "198.51.100.77", role: "offender", port: 22 }],
    });

    const told = await bo.ask("triage.sign", { sign: id });
    await bo.do("sign.merge", { ...looked(id), into: incident, because: told.candidates[0]?.because ?? "" });

    expect(told.candidates[0]).toMatchObject({ incident, because: "shares 198.51.100.77" });
    expect(told.seenBefore[0]).toMatchObject({
      thing: incident,
      value: { kind: "ipv4", value: "198.51.100.77" },
    });
    const { items } = await bo.ask("log.entries", { incident });
    expect(items.at(-1)).toMatchObject({ type: "sign.merged", body: { because: "shares 198.51.100.77" } });
    expect((await bo.ask("incident.show", { incident })).title).toBe(
      "The ISP names 198.51.100.77 as a scanner",
    );
  });

  it("are dismissed with a reason that is learnt for the next of the same rule", async () => {
    const rule = { id: "4711", name: "Nightly scan" };
    const { id } = await comesIn({ rule });
    await bo.do("sign.dismiss", { ...looked(id), reason: "our own scanner", note: "every night at two" });
    const next = await comesIn({ rule });

    const told = await bo.ask("triage.sign", { sign: next.id });

    expect(told.reasons).toEqual([{ reason: "our own scanner", count: 1 }]);
    expect(told.whyNothing[0]).toMatchObject({
      sign: id,
      reason: "our own scanner",
      note: "every night at two",
      by: "Bo Lindqvist",
      sameEntity: true,
    });
    const dismissed = await bo.ask("triage.queue", { status: "dismissed" });
    expect(dismissed.items.map((each) => each.id)).toContain(id);
  });

  it("say how much they grew after somebody looked", async () => {
    const { id } = await comesIn();
    await bo.do("sign.dismiss", { ...looked(id), reason: "noise" });

    await house.database.pool.query(
      "UPDATE sign SET count = 220, state = jsonb_set(state, '{count}', '220') WHERE id = $1",
      [id],
    );

    expect((await bo.ask("triage.sign", { sign: id })).decision?.grownBy).toBe(6);
  });

  it("come back from a snooze by themselves", async () => {
    const { id } = await comesIn();
    const soon = new Date(Date.now() + 1200).toISOString();
    await bo.do("sign.snooze", { ...looked(id), until: { at: soon, zone: "Europe/Berlin" } });
    const during = await waiting();
    const state = await bo.ask("triage.state", {});
    await new Promise((resolve) => setTimeout(resolve, 1300));

    expect(during).not.toContain(id);
    expect(state.nextWakeAt).toBe(soon);
    expect(await waiting()).toContain(id);
    expect((await bo.ask("triage.sign", { sign: id })).status).toBe("waiting");
  });

  it("are taken back by a reversing entry, and an incident that nobody has touched goes with them", async () => {
    const { id } = await comesIn();
    const { incident } = await bo.do("sign.accept", looked(id));

    await bo.do("sign.return", { sign: id, seen: 1 });

    const { items } = await bo.ask("log.entries", { incident: incident ?? "" });
    expect(items.map(({ type }) => type)).toEqual([
      "incident.reported",
      "sign.accepted",
      "sign.returned",
      "incident.dismissed",
    ]);
    expect(items.at(-1)?.body).toMatchObject({ reason: "taken back", cut: [] });
    expect(await waiting()).toContain(id);
  });

  it("stay with their incident when something else happened there, and it says what", async () => {
    const { id } = await comesIn();
    const { incident } = await bo.do("sign.accept", looked(id));
    await bo.do("log.note", { incident: incident ?? "", text: "called the owner" });

    const answer = await bo.try("sign.return", { sign: id, seen: 1 });

    expect(answer.status).toBe(409);
    expect(answer.body).toMatchObject({
      code: "sign.incident_moved_on",
      details: { why: "its log has an entry log.noted" },
    });
  });

  it("are never taken by two people unknowingly: the second is told who did what", async () => {
    const { id } = await comesIn();
    const cy = await story.ada.addColleague(`cy${day}`, ["handler"]);

    const answers = await Promise.all(
      [bo, cy, bo, cy].map((person, at) =>
        at % 2 === 0
          ? person.try("sign.accept", looked(id))
          : person.try("sign.dismiss", { ...looked(id), reason: "x" }),
      ),
    );

    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    for (const { status, body } of answers.filter((each) => each.status !== 200)) {
      expect([status, body.code]).toEqual([409, "sign.stale"]);
      expect(String(body.details["by"])).toMatch(/Lindqvist/);
      expect(["accepted", "dismissed"]).toContain(body.details["status"]);
    }
  });

  it("are decided on together in one go, and those that somebody took meanwhile are named", async () => {
    const signs = [await comesIn(), await comesIn(), await comesIn()];
    const [taken] = signs;
    await story.ada.do("sign.dismiss", { ...looked(taken?.id as SignId), reason: "hers" });

    const outcome = await bo.do("sign.decide", {
      signs: signs.map(({ id }) => looked(id)),
      decision: { verb: "accept" },
    });
    const undone = await bo.do("sign.decide", {
      signs: outcome.decided.map(({ sign, changedSeq }) => ({ sign, seen: changedSeq, seenCount: 0 })),
      decision: { verb: "return" },
    });

    expect(outcome.decided).toHaveLength(2);
    expect(outcome.refused).toEqual([
      expect.objectContaining({ sign: taken?.id, code: "sign.stale", status: "dismissed", by: "Ada Okafor" }),
    ]);
    expect(undone.decided).toHaveLength(2);
    expect((await bo.ask("incident.show", { incident: outcome.incident ?? "" })).status).toBe("dismissed");
  });

  it("are found by all the words that are looked for, and by what they are about", async () => {
    const { id } = await comesIn({ title: "Odd log-in to payroll from Tromsø 100%_sure", kind: "precursor" });

    const found = async (input: Parameters<typeof bo.ask<"triage.queue">>[1]) =>
      (await bo.ask("triage.queue", input)).items.map((each) => each.id);

    expect(await found({ text: "PAYROLL tromsø" })).toEqual([id]);
    expect(await found({ text: "100%_sure" })).toEqual([id]);
    expect(await found({ text: "payroll nowhere" })).toEqual([]);
    expect(await found({ kind: "precursor" })).toEqual([id]);
  });

  it("that were none leave by a walk through what was cut off: each thing is named, and connected or kept cut", async () => {
    const { id } = await comesIn();
    const { incident } = await bo.do("sign.accept", looked(id));
    const named = { incident: incident ?? "", reason: "our own scanner" };
    const lead = story.ada;

    const silent = await lead.try("incident.dismiss", {
      ...named,
      cut: [{ what: "www3", now: "kept", reason: " " }],
    });
    await lead.do("incident.dismiss", {
      ...named,
      cut: [
        { what: "www3 from the Internet", now: "restored" },
        { what: "port 23 at the border", now: "kept", reason: "nobody needs it" },
      ],
    });

    expect([silent.status, silent.body.code]).toEqual([400, "request.malformed"]);
    const { items } = await bo.ask("log.entries", { incident: incident ?? "" });
    expect(items.at(-1)).toMatchObject({
      type: "incident.dismissed",
      body: {
        cut: [
          { what: "www3 from the Internet", now: "restored", reason: "" },
          { what: "port 23 at the border", now: "kept", reason: "nobody needs it" },
        ],
      },
    });
  });

  it("name values that are confirmed from a line, apart from those only seen, and told where else", async () => {
    const { incident } = await bo.do("incident.report", { what: "Odd mail", ongoing: "unknown" });
    await bo.do("log.note", { incident, text: "the page hxxp://evil-bank[.]example/login was asked" });
    const { id } = await comesIn({ fields: { "url.original": "http://evil-bank.example/login" } });
    const before = await bo.ask("observable.of_incident", { incident });

    await bo.do("observable.promote", {
      incident,
      value: "http://evil-bank.example/login",
      role: "offender",
      entry: 2,
      offset: 9,
    });
    const after = await bo.ask("observable.of_incident", { incident });
    await bo.do("observable.withdraw", {
      incident,
      value: "hxxp://evil-bank[.]example/login",
      reason: "a test page",
    });
    const withdrawn = await bo.ask("observable.of_incident", { incident });

    expect(before.confirmed).toEqual([]);
    expect(before.raw.map(({ value }) => value).sort()).toEqual([
      "evil-bank.example",
      "http://evil-bank.example/login",
    ]);
    expect(after.confirmed[0]).toMatchObject({
      kind: "url",
      role: "offender",
      tlp: "TLP:AMBER",
      pap: "PAP:AMBER",
      entry: 2,
      seenIn: [{ thing: id, kind: "sign" }],
    });
    expect(after.raw.map(({ value }) => value)).toEqual(["evil-bank.example"]);
    expect(withdrawn.confirmed).toEqual([]);
  });

  it("stand as their decisions say, and a mark that was changed behind their back is found", async () => {
    const problems = async () => {
      const client = await house.database.pool.connect();
      try {
        await client.query("BEGIN ISOLATION LEVEL REPEATABLE READ");
        const { rows } = await client.query<{ organisation: string }>(
          "SELECT organisation FROM organisation",
        );
        return await examineProjections(
          client,
          rows.map(({ organisation }) => organisation),
        );
      } finally {
        await client.query("ROLLBACK");
        client.release();
      }
    };
    const sound = await problems();
    await house.database.pool.query(
      "UPDATE sign SET waiting = true WHERE id = (SELECT sign FROM sign_triage WHERE status = 'dismissed' LIMIT 1)",
    );
    const touched = await problems();

    expect(sound).toEqual([]);
    expect(touched.map(({ problem }) => problem)).toEqual(["stands in the queue, though it was decided on"]);
  });
});
