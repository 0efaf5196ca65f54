import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { AssetId, IncidentId, Instant, PersonId } from "../../packages/core/src/index.ts";
import type { Browserless } from "../support/browserless.ts";
import { startHouse, type TestHouse } from "../support/running.ts";

const HOUR = 3_600_000;
const inHours = (hours: number) => new Date(Date.now() + hours * HOUR).toISOString() as Instant;

describe("containing an incident that nobody has confirmed", () => {
  let house: TestHouse;
  let ada: Browserless;
  let bo: Browserless & { readonly id: PersonId };
  let laptop: AssetId;
  let payroll: AssetId;
  let incident: IncidentId;

  beforeAll(async () => {
    house = await startHouse();
    ada = house.visitor();
    await ada.setUp(house.setUpSecret);
    const { shipped } = await ada.ask("policy.show", {});
    await ada.do("policy.adopt", { seen: 0, document: shipped });
    bo = await ada.addColleague("bo", ["handler"]);
    ({ asset: laptop } = await bo.do("asset.add", { name: "laptop7", addresses: ["192.0.2.7"] }));
    ({ asset: payroll } = await bo.do("asset.add", {
      name: "payroll",
      production: true,
      dependents: "everybody's pay",
      owner: { text: "Dana", person: null, contact: null },
    }));
    ({ incident } = await bo.do("incident.report", { what: "laptop7 scans", ongoing: "yes" }));
  });
  afterAll(async () => house?.close());

  const request = (name: string, more: object = {}) => ({
    incident,
    kind: "host" as const,
    name,
    why: "it scans its neighbours",
    alternative: { considered: "none_will_do" as const },
    undo: "open the port again",
    reviewAt: inHours(4),
    ...more,
  });

  it("lets a handler cut a workstation off at once: asked, authorised, done, verified, lifted, each on the record", async () => {
    const asked = await bo.do("isolation.request", request("192.0.2.7"));
    const { isolation } = asked;
    const tooSoon = await bo.try("isolation.record", { isolation });
    const allowed = await bo.do("isolation.authorise", { isolation });
    const again = await bo.try("isolation.authorise", { isolation });
    await bo.do("isolation.record", { isolation, note: "port 7 is shut" });
    await bo.do("isolation.verify", { isolation, how: "no ping from its neighbour" });

    expect(asked.needs).toBe("host.isolate");
    expect(tooSoon.body).toMatchObject({ code: "isolation.wrong_state", details: { state: "requested" } });
    expect(again.body.code).toBe("isolation.wrong_state");
    expect(allowed.recorded).toHaveLength(1);
    const { items } = await bo.ask("isolation.of_incident", { incident });
    expect(items).toMatchObject([
      {
        target: { name: "laptop7", asset: laptop },
        state: "verified",
        care: "in_time",
        needs: "host.isolate",
      },
    ]);
    const { items: entries } = await bo.ask("log.entries", { incident });
    const approval = entries.find((entry) => entry.type === "isolation.approved");
    expect(approval?.authority?.rule).toContain("host.isolate");

    await bo.do("isolation.lift", { isolation, reason: "it was a scanner of ours" });
    expect((await bo.ask("isolation.standing", {})).items).toEqual([]);
  });

  it("asks for a manager's consent where others depend on it, however the host is named", async () => {
    const known = await bo.ask("isolation.prospect", { kind: "host", name: "PAYROLL" });
    const unknown = await bo.ask("isolation.prospect", { kind: "host", name: "nobody-knows" });
    const { isolation, needs } = await bo.do("isolation.request", request("payroll", { asset: payroll }));
    const twice = await bo.try("isolation.request", request("Payroll"));
    const byHandler = await bo.try("isolation.authorise", { isolation });
    const { approval } = await bo.do("approval.request", {
      operation: "isolation.authorise",
      parameters: { isolation },
      reason: "it spreads",
    });
    const asked = (await ada.ask("approval.list", {})).items.find(({ id }) => id === approval);
    await ada.do("approval.approve", { approval, condition: "after the pay run" });
    const withConsent = await bo.try("isolation.authorise", { isolation }, undefined, approval);

    expect(known).toMatchObject({ known: true, needs: "host.isolate_production" });
    expect(known.consequences).toContain("Stands still without it: everybody's pay.");
    expect(unknown).toMatchObject({ known: false, needs: "host.isolate_production" });
    expect(needs).toBe("host.isolate_production");
    expect(twice.body.code).toBe("isolation.already");
    expect(byHandler.body.code).toBe("authority.needs_approval");
    expect(asked?.thing).toContain("payroll");
    expect(asked?.consequence).toContain("everybody's pay");
    expect(withConsent.status).toBe(200);
  });

  it("lets one of many authorise once, however many try at the same moment", async () => {
    const { isolation } = await bo.do("isolation.request", request("svc", { kind: "account" }));
    const tries = await Promise.all(
      Array.from({ length: 8 }, () => bo.try("isolation.authorise", { isolation })),
    );

    expect(tries.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(tries.filter(({ body }) => body.code === "isolation.wrong_state")).toHaveLength(7);
    await bo.do("isolation.withdraw", { isolation, reason: "the account was never used" });
  });

  it("keeps critical work going on a hot spare that was registered for it, and back", async () => {
    const { spare } = await bo.do("spare.register", {
      name: "payroll-spare",
      standsInFor: [payroll],
      kept: "pay runs",
      lost: "reports",
      howToSwitch: "point the alias at it",
    });
    const offered = await bo.ask("isolation.prospect", { kind: "host", name: "payroll" });
    const wrong = await bo.try("spare.switch_over", { spare, incident, asset: laptop });
    const connected = await bo.try("spare.switch_over", { spare, incident, asset: payroll });
    await bo.do("spare.switch_over", { spare, incident, asset: payroll, notCut: "the pay run still writes" });
    const used = await bo.ask("spare.list", { asset: payroll });
    await bo.do("spare.switch_back", { spare });

    expect(offered.spares).toMatchObject([{ name: "payroll-spare", kept: "pay runs" }]);
    expect(wrong.body.code).toBe("spare.not_for_this");
    expect(connected.body.code).toBe("spare.host_not_cut");
    expect(used.items).toMatchObject([{ inUse: { incident, host: "payroll" } }]);
    expect((await bo.ask("spare.list", {})).items).toMatchObject([{ inUse: null }]);
  });

  it("watches every open incident by a plan, and takes down who looked", async () => {
    const before = await bo.ask("watch.of_incident", { incident });
    await bo.do("watch.plan", { incident, what: "the proxy log", everyMinutes: 60, who: bo.id });
    await bo.do("watch.check_in", { incident, found: "something", text: "it tries again" });
    const silent = await bo.try("watch.check_in", { incident, found: "something" });
    const after = await bo.ask("watch.of_incident", { incident });

    expect(before).toMatchObject({ plannedAt: null, everyMinutes: 240, missedCount: 0 });
    expect(silent.body.code).toBe("request.malformed");
    expect(after).toMatchObject({ whoName: "Bo Lindqvist", checkIns: [{ found: "something" }] });
    expect((await bo.ask("watch.list", {})).items).toMatchObject([{ incident, everyMinutes: 60 }]);
  });

  it("tells which backups are late, and takes runs that the backup program reports with a token", async () => {
    const { backup } = await bo.do("backup.register", {
      name: "pay",
      place: "vault",
      everyHours: 24,
      assets: [payroll],
    });
    const { secret } = await bo.do("token.make", { name: "backup", scopes: ["backup.manage", "asset.read"] });
    const cron = house.visitor();
    cron.authorization = `Bearer ${secret}`;
    for (const hours of [200, 50]) {
      const happened = { at: inHours(-hours), zone: "UTC" };
      await cron.do("backup.report", { backup, outcome: "succeeded", happened });
    }
    await bo.do("backup.report", { backup, outcome: "failed", note: "no space" });
    await bo.do("backup.try", { backup, result: "restored", proof: "mounted it and counted the rows" });

    const [shown] = (await bo.ask("backup.list", {})).items;
    expect(shown).toMatchObject({ runOverdue: true, trialOverdue: false, lastRun: { outcome: "failed" } });
    expect(shown?.points).toHaveLength(2);
  });

  it("restores from before the compromise, or from inside it only what was scanned clean and for a reason", async () => {
    const [shown] = (await bo.ask("backup.list", {})).items;
    const [late, early] = shown?.points.map(({ takenAt }) => takenAt as Instant) ?? [];
    if (shown === undefined || late === undefined || early === undefined) throw new Error("no points");
    const backup = shown.id;
    const choose = (takenAt: Instant, reason = "") =>
      bo.try("restorepoint.choose", { incident, host: "payroll", asset: payroll, backup, takenAt, reason });

    const unknown = await choose(early);
    await bo.do("compromise.date", { incident, earliestAt: inHours(-100), reason: "the first odd log-in" });
    const before = await choose(early);
    const inside = await choose(late, "the rows of this week");
    await bo.do("backup.check_point", { backup, takenAt: late, scanned: "clean", compared: "not_compared" });
    const scanned = await choose(late, "the rows of this week");

    expect(unknown.body.code).toBe("restorepoint.needs_reason");
    expect(before.body).toMatchObject({ standing: "before" });
    expect(inside.body.code).toBe("restorepoint.not_scanned");
    expect(scanned.body).toMatchObject({ standing: "inside" });
    const restoring = await bo.ask("restorepoint.of_incident", { incident });
    expect(restoring).toMatchObject({ from: "said", chosen: [{ host: "payroll", standing: "inside" }] });
  });

  it("keeps a list of new passwords and nowhere the passwords themselves, not even those that it judged", async () => {
    const candidate = "correct horse payroll 2026";
    const { reset } = await bo.do("reset.plan", {
      incident,
      account: "root",
      host: "payroll",
      kind: "administrator",
    });
    const twice = await bo.try("reset.plan", { incident, account: "ROOT", host: "Payroll" });
    const body = JSON.stringify({ passphrase: candidate, about: ["root", "payroll"] });
    const judged = await bo.send("POST", "/v1/passphrase", {
      body,
      headers: { "content-type": "application/json" },
    });
    await bo.do("reset.record", { reset, told: "by phone", sessionsEnded: true });

    expect(twice.body.code).toBe("reset.already_listed");
    expect(judged.body).toHaveProperty("enough");
    expect((await bo.ask("reset.of_incident", { incident })).items).toMatchObject([
      { account: "root", state: "done", done: { told: "by phone", sessionsEnded: true } },
    ]);
    expect(await rowsHolding(house, candidate)).toEqual([]);
  });

  it("dismisses the incident only when everything that was cut is lifted or kept for a reason", async () => {
    const { items } = await bo.ask("isolation.of_incident", { incident });
    const standing = items.filter((each) => each.state === "approved");
    const [isolation] = standing.map(({ id }) => id);
    if (isolation === undefined) throw new Error("The payroll host waits for nobody");
    await bo.do("isolation.record", { isolation });
    const dismiss = (cut: object) =>
      ada.try("incident.dismiss", { incident, reason: "a drill", cut } as never);
    const what = { what: "payroll", isolation };

    const unanswered = await dismiss([{ ...what, now: "restored" }]);
    const answered = await dismiss([{ ...what, now: "kept", reason: "it is patched tonight" }]);

    expect(unanswered.body).toMatchObject({ code: "incident.still_open" });
    expect(answered.status).toBe(200);
    expect((await bo.ask("isolation.standing", {})).items).toMatchObject([{ id: isolation, state: "done" }]);
    await bo.do("isolation.lift", { isolation, reason: "patched" });
    expect((await bo.ask("isolation.standing", {})).items).toEqual([]);
  });

  it("lets an affected host back only through its gates, and closes no incident while something is cut off", async () => {
    const opened = await bo.do("incident.open", { what: "another", ongoing: "no", lead: bo.id });
    const asked = request("laptop7", { incident: opened.incident });
    const { isolation } = await bo.do("isolation.request", asked);
    await bo.do("isolation.authorise", { isolation });
    await bo.do("isolation.record", { isolation });
    const hosts = [{ name: "laptop7", asset: laptop }];
    await bo.do("recovery.take_over", { incident: opened.incident, hosts, reason: "a shell is on it" });
    const around = await bo.try("isolation.lift", { isolation, reason: "it looks fine" });

    const { body } = await ada.try("incident.close", { incident: opened.incident, summary: "done" });

    expect(around.body.code).toBe("isolation.through_gates");
    expect(body).toMatchObject({ code: "incident.still_open" });
    const { open } = await bo.ask("incident.show", { incident: opened.incident });
    expect(open.map(({ kind }) => kind)).toContain("isolation");
  });
});

/** The tables of which a row, read as text, holds these words. */
async function rowsHolding(house: TestHouse, words: string): Promise<readonly string[]> {
  const { pool } = house.database;
  const { rows } = await pool.query<{ table: string }>(
    `SELECT format('%I.%I', table_schema, table_name) AS table FROM information_schema.tables
     WHERE table_type = 'BASE TABLE' AND table_schema NOT IN ('pg_catalog', 'information_schema')`,
  );
  const found: string[] = [];
  for (const { table } of rows) {
    const { rowCount } = await pool.query(`SELECT 1 FROM ${table} t WHERE t::text LIKE $1 LIMIT 1`, [
      `%${words}%`,
    ]);
    if (rowCount !== 0) found.push(table);
  }
  return found;
}
