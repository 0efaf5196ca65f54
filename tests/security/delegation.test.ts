import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  DEFAULT_POLICY,
  type Instant,
  instantAt,
  type PersonId,
  type Role,
} from "../../packages/core/src/index.ts";
import type { Browserless } from "../support/browserless.ts";
import { Listener } from "../support/listener.ts";
import { startHouse, type TestHouse } from "../support/running.ts";

type Colleague = Browserless & { readonly id: PersonId };

/** The shipped policy, in which a lead hands out case files with a manager's consent. */
const POLICY = {
  ...DEFAULT_POLICY,
  rows: DEFAULT_POLICY.rows.map((row) =>
    row.action === "incident.export"
      ? { ...row, grants: { ...row.grants, lead: { effect: "approval" as const, by: ["manager" as const] } } }
      : row,
  ),
};

describe("roles lent for a time", () => {
  let house: TestHouse;
  let ada: Browserless;
  let mia: Colleague;
  let max: Colleague;
  let lea: Colleague;
  let han: Colleague;

  const inMinutes = (minutes: number): Instant => instantAt(Date.now() + minutes * 60_000);
  const lend = (who: Browserless, from: PersonId, to: PersonId, role: Role) =>
    who.try("authority.delegate", { from, to, role, untilAt: inMinutes(60), reason: "At sea" });
  const lent = async (who: Browserless, from: PersonId, to: PersonId, role: Role) =>
    (await who.do("authority.delegate", { from, to, role, untilAt: inMinutes(60), reason: "At sea" }))
      .delegation;
  const code = async (answer: Promise<{ readonly body: unknown }>) =>
    ((await answer).body as { readonly code?: string }).code;
  const mayRead = async (who: Browserless) =>
    (await who.ask("now.show", {})).may.find(({ action }) => action === "policy.manage")?.effect;

  beforeAll(async () => {
    house = await startHouse();
    ada = house.visitor();
    await ada.setUp(house.setUpSecret);
    await ada.do("policy.adopt", { seen: 0, document: POLICY });
    mia = await ada.addColleague("mia", ["manager"]);
    max = await ada.addColleague("max", ["manager"]);
    lea = await ada.addColleague("lea", ["lead"]);
    han = await ada.addColleague("han", ["handler"]);
  });
  afterAll(async () => house?.close());

  it("let the deputy do what the lender may, wherever they sign in, until it ends", async () => {
    expect(await mayRead(han)).toBe("forbidden");
    const live = await Listener.open(han);
    const delegation = await lent(mia, mia.id, han.id, "manager");
    await live.until(() => live.heard.some((event) => event.data.topic === "people"));
    live.close();

    expect(await mayRead(han)).toBe("permitted");
    expect((await han.ask("now.show", {})).person).toMatchObject({
      roles: ["handler"],
      borrowed: [{ delegation, role: "manager", lender: mia.id, lenderName: "Mia Lindqvist" }],
    });
    expect((await lea.ask("authority.list", {})).items).toMatchObject([
      { id: delegation, running: true, endable: true },
    ]);
    expect((await lea.ask("person.list", {})).items.find(({ id }) => id === han.id)?.borrowed).toHaveLength(
      1,
    );

    await han.do("authority.end", { delegation, reason: "Mia is back" });
    expect(await mayRead(han)).toBe("forbidden");
    expect(await code(mia.try("authority.end", { delegation, reason: "again" }))).toBe("authority.over");
    expect((await lea.ask("authority.list", {})).items).toEqual([]);
  });

  it("are never more than the lender holds at that moment, and are not lent on", async () => {
    expect(await code(lend(lea, mia.id, lea.id, "manager"))).toBe("authority.forbidden");
    expect(await code(lend(han, han.id, lea.id, "handler"))).toBe("authority.forbidden");
    expect(await code(lend(mia, mia.id, max.id, "lead"))).toBe("authority.not_held");
    const delegation = await lent(ada, mia.id, lea.id, "manager");
    expect(await code(lend(lea, lea.id, han.id, "manager"))).toBe("authority.not_held");
    expect(await mayRead(lea)).toBe("permitted");

    const person = async () => (await ada.ask("person.list", {})).items.find(({ id }) => id === mia.id);
    const seen = async () => (await person())?.changedSeq ?? 0;
    await ada.do("person.assign", { person: mia.id, seen: await seen(), roles: ["observer"] });
    expect(await mayRead(lea)).toBe("forbidden");
    await ada.do("person.assign", { person: mia.id, seen: await seen(), roles: ["manager"] });
    expect(await mayRead(lea)).toBe("permitted");
    await ada.do("person.deactivate", { person: mia.id });
    expect(await mayRead(lea)).toBe("forbidden");
    await ada.do("person.reactivate", { person: mia.id });
    expect(await mayRead(lea)).toBe("permitted");
    // The time runs out by itself.
    await house.database.pool.query("UPDATE delegation SET until_at = now() WHERE id = $1", [delegation]);
    expect(await mayRead(lea)).toBe("forbidden");
    await ada.do("authority.end", { delegation, reason: "It is over on record too" });
  });

  it("answer for others, never for whoever lent them", async () => {
    const { incident } = await lea.do("incident.open", { what: "A worm in the lab", ongoing: "yes" });
    const wanted = { incident, recipient: "The insurer", purpose: "a claim" };
    const ask = async (who: Browserless) =>
      (
        await who.do("approval.request", {
          operation: "incident.export",
          parameters: wanted,
          reason: "They wait for it",
          minutes: 60,
        })
      ).approval;
    // Han stands in for Lea as lead, and for Max as manager.
    await lent(ada, lea.id, han.id, "lead");
    const fromMax = await lent(max, max.id, han.id, "manager");
    const approval = await ask(lea);
    await han.do("approval.approve", { approval });
    await max.do("authority.end", { delegation: fromMax, reason: "Back" });
    // Whoever consented was a manager then and is none now.
    expect(await code(lea.try("incident.export", wanted, undefined, approval))).toBe(
      "authority.needs_approval",
    );

    const { revision } = await max.ask("policy.compare", {});
    const said = { seen: revision, document: { ...POLICY, title: "Next" }, note: "x", effectiveAt: null };
    const { recorded: _, ...drafted } = await max.do("policy.draft", said);
    await lent(max, max.id, lea.id, "manager");
    expect(await code(lea.try("policy.consent", drafted))).toBe("policy.own_draft");
    expect((await lea.ask("policy.compare", {})).draft?.note).toBe("x");
  });

  it("hear what a new version changes for them, until they have read it", async () => {
    const { revision } = await max.ask("policy.compare", {});
    const rows = POLICY.rows.map((row) => {
      if (row.action === "log.write") {
        return { ...row, grants: { ...row.grants, handler: { effect: "forbidden" as const } } };
      }
      if (row.action !== "incident.export") return row;
      return { ...row, grants: { ...row.grants, lead: { effect: "permitted" as const } } };
    });
    const { recorded: _, ...drafted } = await max.do("policy.draft", {
      seen: revision,
      document: { ...POLICY, rows },
      note: "trust",
    });
    const compared = await ada.ask("policy.compare", {});
    const cells = compared.table.find(({ action }) => action === "incident.export")?.cells;
    expect(cells?.lead.effect).toBe("permitted");
    expect(compared.table.find(({ action }) => action === "evidence.destroy")?.cells.manager.effect).toBe(
      "forbidden",
    );
    // Han wrote no line, and asked for no case file: what Lea was refused is told with what she held then.
    expect(compared.wouldHaveChanged).toMatchObject([
      { action: "incident.export", role: "lead", was: "denied", wouldBe: "permitted" },
    ]);
    const olga = await ada.addColleague("olga", ["observer"]);
    const { version } = await ada.do("policy.consent", drafted);

    const news = async (who: Browserless) => (await who.ask("now.show", {})).policy;
    const forbidden = "Handlers may no longer write the handling log, not even with consent.";
    const permitted = "Leads no longer need consent to hand out a case file.";
    // Han stands in for Lea still, so both concern him.
    expect((await news(han))?.changes.sort()).toEqual([forbidden, permitted]);
    expect((await news(lea))?.changes).toContain(permitted);
    expect(await news(olga)).toMatchObject({ version, acknowledged: false, since: version - 1, changes: [] });
    await han.do("policy.acknowledge", { version });
    expect(await news(han)).toEqual({ version, acknowledged: true, since: null, changes: [] });
    const [latest] = (await han.ask("policy.versions", {})).items;
    expect(latest).toMatchObject({ version, writtenBy: "Max Lindqvist", adoptedBy: "Ada Okafor" });
    expect(latest?.acknowledgedBy.map(({ person }) => person)).toEqual([han.id]);
  });
});
