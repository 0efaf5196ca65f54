import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { asTestAdmin } from "../support/database.ts";
import { liveThrough, type Story } from "../support/incident-story.ts";
import { Listener } from "../support/listener.ts";
import { startHouse, type TestHouse } from "../support/running.ts";
import { aSign, insertSigns } from "../support/signs.ts";

describe("several people at one incident", () => {
  let house: TestHouse;
  let story: Story;

  beforeAll(async () => {
    house = await startHouse();
    story = await liveThrough(house);
  });
  afterAll(async () => house?.close());

  it("see each other's lines at once", async () => {
    const ada = await Listener.open(story.ada);

    await story.bo.do("log.note", { incident: story.incident, text: "a line that Ada should see" });
    await ada.until(() => ada.heardOf(story.incident));

    const { items } = await story.ada.ask("log.entries", { incident: story.incident });
    expect(items.at(-1)?.body["text"]).toBe("a line that Ada should see");
    ada.close();
  });

  it("hear nothing of incidents they may not see, and ids that betray nothing", async () => {
    const administrator = await Listener.open(await story.ada.addColleague("root", ["administrator"]));
    const ada = await Listener.open(story.ada);

    await story.bo.do("log.note", { incident: story.incident, text: "not for administrators" });
    await ada.until(() => ada.heardOf(story.incident));
    await story.ada.addColleague("cy", ["observer"]);
    await administrator.until(() => administrator.heard.some((event) => event.data.topic === "people"));

    expect(administrator.heardOf(story.incident)).toBe(false);
    const told = [...administrator.heard, ...ada.heard].filter(({ name }) => name !== "presence");
    const ids = told.map((event) => event.id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.every((id) => /^[0-9a-f-]{36}$/.test(id))).toBe(true);
    administrator.close();
    ada.close();
  });

  it("are cut off when their access ends", async () => {
    const dee = await story.ada.addColleague("dee", ["handler"]);
    const listener = await Listener.open(dee);
    await story.ada.do("person.deactivate", { person: dee.id, reason: "left the team" });

    const answer = await dee.send("GET", "/v1/now");
    await story.bo.do("log.note", { incident: story.incident, text: "after Dee left" });
    await new Promise((resolve) => setTimeout(resolve, 300));

    expect(answer.status).toBe(401);
    expect(listener.heardOf(story.incident)).toBe(false);
    listener.close();
  });

  it("are told to try again while the database is away, and lose nothing that was acknowledged", async () => {
    const name = new URL(house.database.databaseUrl).pathname.slice(1);
    const acknowledged: string[] = [];
    const refusals = new Set<string>();
    const writing = (async () => {
      for (let line = 0; line < 60; line++) {
        const text = `line ${line} in bad weather`;
        const answer = await story.bo.try("log.note", { incident: story.incident, text });
        if (answer.status === 200) acknowledged.push(text);
        else refusals.add(`${answer.status} ${answer.body.code}`);
      }
    })();
    for (let cut = 0; cut < 5; cut++) {
      await new Promise((resolve) => setTimeout(resolve, 60));
      await asTestAdmin(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1 AND pid <> pg_backend_pid()",
        [name],
      );
    }
    await writing;

    const { items } = await story.ada.ask("log.entries", { incident: story.incident, limit: 1000 });
    const texts = items.map((entry) => entry.body["text"]);
    expect(acknowledged.filter((text) => !texts.includes(text))).toEqual([]);
    expect([...refusals].filter((refusal) => refusal !== "503 database.unavailable")).toEqual([]);
    expect(acknowledged.length).toBeGreaterThan(20);
  });

  it("are told to look at everything again after news was missed", async () => {
    const ada = await Listener.open(story.ada);
    const name = new URL(house.database.databaseUrl).pathname.slice(1);
    await asTestAdmin(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1 AND application_name = 'jumpkit changes'",
      [name],
    );

    await ada.until(() => ada.heard.filter((event) => event.name === "resync").length >= 2);
    const before = ada.heard.length;
    await story.bo.do("log.note", { incident: story.incident, text: "after the cut" });
    // Where the way to the database came back after the line was saved, the word that it is back covers the line.
    await ada.until(
      () => ada.heardOf(story.incident) || ada.heard.slice(before).some(({ name }) => name === "resync"),
    );
    ada.close();
  });

  it("hear what they missed in a short cut, and no more than that", async () => {
    const ada = await Listener.open(story.ada);
    await story.bo.do("log.note", { incident: story.incident, text: "before the cut" });
    await ada.until(() => ada.heardOf(story.incident));
    const before = ada.heard.length;

    ada.cut();
    await story.bo.do("log.note", { incident: story.incident, text: "during the cut" });
    await ada.until(() => ada.heard.slice(before).some(({ data }) => data.id === story.incident));

    expect(ada.heard.slice(before).map(({ name }) => name)).not.toContain("resync");
    expect(ada.heard.slice(before).map(({ name }) => name)).toContain("resumed");
    ada.close();
  });

  it("see who looks at a sign or an incident, if they may see it themselves, until that person leaves", async () => {
    const sign = aSign();
    await insertSigns(house.database.pool, [sign]);
    const ada = await Listener.open(story.ada);
    const root = await Listener.open(await story.ada.addColleague("root2", ["administrator"]));
    const look = (thing: string | null) =>
      story.bo.send("POST", "/v1/presence", { body: { thing, tab: "tab-of-bo" } });
    const seenAt = (thing: string) =>
      ada.heard.findLast(({ data }) => data.thing === thing)?.data.people?.map(({ name }) => name);

    for (const thing of [sign.id, story.incident]) {
      expect((await look(thing)).status).toBe(204);
      await ada.until(() => seenAt(thing)?.[0] === "Bo Lindqvist");
    }
    await ada.until(() => seenAt(sign.id)?.length === 0);
    await look(null);
    await ada.until(() => seenAt(story.incident)?.length === 0);

    expect(root.heard.filter(({ name }) => name === "presence")).toEqual([]);
    expect((await look("inc_00000000000000000000000000")).status).toBe(404);
    expect((await look("evd_00000000000000000000000000")).status).toBe(404);
    ada.close();
    root.close();
  });

  it("hear at once that somebody took a sign from the queue; who may not see signs hears nothing", async () => {
    const sign = aSign();
    await insertSigns(house.database.pool, [sign]);
    const ada = await Listener.open(story.ada);
    const root = await Listener.open(await story.ada.addColleague("root3", ["administrator"]));

    await story.bo.do("sign.dismiss", { sign: sign.id, seen: 0, seenCount: 1, reason: "noise" });
    await ada.until(() => ada.heardOf(sign.id));
    await story.ada.addColleague("cy2", ["observer"]);
    await root.until(() => root.heard.some(({ data }) => data.topic === "people"));

    expect(root.heard.some(({ data }) => data.topic === "sign")).toBe(false);
    ada.close();
    root.close();
  });
});
