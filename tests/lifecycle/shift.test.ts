import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { instantAt } from "../../packages/core/src/index.ts";
import type { Browserless } from "../support/browserless.ts";
import { Listener } from "../support/listener.ts";
import { startHouse, type TestHouse } from "../support/running.ts";

describe("a change of shift", () => {
  let house: TestHouse;
  let ada: Browserless;
  let bo: Awaited<ReturnType<Browserless["addColleague"]>>;
  let rex: Awaited<ReturnType<Browserless["addColleague"]>>;

  const code = async (answer: Promise<{ readonly body: unknown }>) =>
    ((await answer).body as { readonly code?: string }).code;

  beforeAll(async () => {
    house = await startHouse();
    ada = house.visitor();
    await ada.setUp(house.setUpSecret);
    await ada.do("policy.adopt", { seen: 0, document: (await ada.ask("policy.show", {})).shipped });
    bo = await ada.addColleague("bo", ["handler"]);
    rex = await ada.addColleague("rex", ["administrator"]);
  });
  afterAll(() => house?.close());

  it("goes from a briefing by way of a question to the lead and the duty of who comes", async () => {
    const me = (await ada.ask("now.show", {})).person.id;
    const { incident } = await ada.do("incident.open", { what: "www3 scans", ongoing: "unknown", lead: me });
    const until = instantAt(Date.now() + 8 * 3_600_000);
    const from = instantAt(Date.now() - 60_000);
    await ada.do("duty.assign", { person: me, duty: "lead", from, until, dutyZone: "UTC" });

    expect(await code(ada.try("shift.offer", { to: bo.id }))).toBe("shift.not_briefed");
    await ada.do("briefing.write", { incident, hypothesis: "A scanner", nextStep: "Read the proxy's log" });
    const live = await Listener.open(bo);
    const { shift } = await ada.do("shift.offer", { to: bo.id, note: "The mail filter is slow" });
    await live.until(() => live.heard.some((event) => event.data.topic === "shift"));
    live.close();
    expect((await bo.ask("shift.waiting", {})).items).toMatchObject([
      { id: shift, to: bo.id, state: "offered" },
    ]);
    expect((await bo.ask("shift.show", {})).cards).toMatchObject([
      { incident, fresh: true, briefing: { hypothesis: "A scanner" }, latest: [{}, {}] },
    ]);

    expect(await code(bo.try("shift.take_over", { shift }))).toBe("shift.not_understood");
    await bo.do("shift.ask", { shift, incident, question: "Who has the disk?" });
    expect(await code(bo.try("shift.reply", { shift, incident, reply: "I" }))).toBe("shift.not_yours");
    await ada.do("shift.reply", { shift, incident, reply: "Nobody yet" });
    await bo.do("shift.understand", { shift, incident });
    expect(await code(rex.try("shift.take_over", { shift }))).toBe("thing.not_found");
    await bo.do("shift.take_over", { shift });

    expect((await bo.ask("incident.show", { incident })).lead).toBe(bo.id);
    expect((await bo.ask("duty.list", {})).items).toMatchObject([
      { person: me, current: false },
      { person: bo.id, current: true, override: true, until },
    ]);
    expect(await code(bo.try("shift.take_over", { shift }))).toBe("shift.not_open");
    expect((await ada.ask("shift.show", {})).last).toMatchObject({ id: shift, toName: expect.any(String) });
  });

  it("is offered by one person once, however many tries come at the same time", async () => {
    const me = (await ada.ask("now.show", {})).person.id;
    const tries = await Promise.all(Array.from({ length: 8 }, () => code(bo.try("shift.offer", { to: me }))));

    expect(tries.filter((each) => each === undefined)).toHaveLength(1);
    expect(new Set(tries)).toEqual(new Set([undefined, "shift.offered_already"]));
    const [offer] = (await ada.ask("shift.waiting", {})).items;
    if (offer === undefined) throw new Error("nothing waits");
    await ada.do("shift.withdraw", { shift: offer.id, reason: "Ill" });
    expect((await ada.ask("shift.waiting", {})).items).toEqual([]);
  });
});
