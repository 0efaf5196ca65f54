import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { execute, OPERATIONS, type Operation, type Viewer } from "../../packages/app/src/index.ts";
import {
  type ActionId,
  type ApprovalId,
  DEFAULT_POLICY,
  type Grant,
  type IncidentId,
  type Instant,
  instantAt,
  type PersonId,
  type PolicyDocument,
} from "../../packages/core/src/index.ts";
import { openPool } from "../../packages/store/src/database/connection.ts";
import { Accounts, CedarEngine, PostgresWorld } from "../../packages/store/src/index.ts";
import type { Browserless } from "../support/browserless.ts";
import { Listener } from "../support/listener.ts";
import { startHouse, type TestHouse } from "../support/running.ts";

type Colleague = Browserless & { readonly id: PersonId };

/** The shipped policy, with what it grants leads about handing out case files changed. */
function withLeads(grant: Grant): PolicyDocument {
  return {
    ...DEFAULT_POLICY,
    rows: DEFAULT_POLICY.rows.map((row) =>
      row.action === "incident.export"
        ? { ...row, breakGlass: true as const, grants: { ...row.grants, lead: grant } }
        : row,
    ),
  };
}

describe("consent that the policy asks for", () => {
  let house: TestHouse;
  let ada: Browserless;
  let lea: Colleague;
  let mia: Colleague;
  let max: Colleague;
  let olga: Colleague;
  let incident: IncidentId;

  const putInForce = async (document: PolicyDocument, effectiveAt: Instant | null = null) => {
    const { revision } = await ada.ask("policy.compare", {});
    const { recorded: _, ...drafted } = await ada.do("policy.draft", {
      seen: revision,
      document,
      effectiveAt,
    });
    expect((await ada.try("policy.consent", drafted)).body.code).toBe("policy.own_draft");
    return max.do("policy.consent", drafted);
  };
  const adopt = (grant: Grant) => putInForce(withLeads(grant));
  const parameters = (purpose: string) => ({ incident, recipient: "The insurer", purpose });
  const ask = async (who: Browserless, purpose: string, minutes = 60): Promise<ApprovalId> => {
    const operation = "incident.export";
    const wanted = { operation, parameters: parameters(purpose), reason: "They wait for it", minutes };
    return (await who.do("approval.request", wanted)).approval;
  };
  const spend = (who: Browserless, purpose: string, approval: ApprovalId, key?: string) =>
    who.try("incident.export", parameters(purpose), key, approval);

  beforeAll(async () => {
    house = await startHouse();
    ada = house.visitor();
    await ada.setUp(house.setUpSecret);
    await ada.do("policy.adopt", { seen: 0, document: withLeads({ effect: "approval", by: ["manager"] }) });
    lea = await ada.addColleague("lea", ["lead"]);
    mia = await ada.addColleague("mia", ["manager"]);
    max = await ada.addColleague("max", ["manager"]);
    olga = await ada.addColleague("olga", ["administrator"]);
    ({ incident } = await lea.do("incident.open", { what: "A worm in the lab", ongoing: "yes" }));
  });
  afterAll(async () => house?.close());

  it("is asked for, given by somebody else, and spent once with the act, which says by which rule", async () => {
    const refused = await lea.try("incident.export", parameters("a claim"));
    expect(refused.body).toMatchObject({
      code: "authority.needs_approval",
      details: { approvers: ["manager"] },
    });
    const live = await Listener.open(mia);
    const approval = await ask(lea, "a claim");
    await live.until(() => live.heard.some((event) => event.data.topic === "approval"));
    live.close();

    expect((await ada.ask("approval.list", { which: "to_decide" })).items).toMatchObject([
      { id: approval, thing: expect.stringContaining("A worm in the lab"), decidable: true },
    ]);
    expect((await lea.try("approval.approve", { approval })).body.code).toBe("approval.own");
    expect((await spend(lea, "a claim", approval)).body.code).toBe("approval.waiting");
    await mia.do("approval.approve", { approval, condition: "without the log-in names" });
    expect((await spend(lea, "another claim", approval)).body.code).toBe("approval.other_request");
    expect((await spend(mia, "a claim", approval)).status).toBe(404);
    const key = randomUUID();
    const done = await spend(lea, "a claim", approval, key);
    expect(done.status).toBe(200);
    expect((await spend(lea, "a claim", approval, key)).body).toMatchObject({ recorded: done.body.recorded });
    expect((await spend(lea, "a claim", approval)).body.details).toEqual({ status: "used" });

    const { items } = await lea.ask("log.entries", { incident });
    const told = items.map((entry) => entry.type).slice(-4);
    expect(told).toEqual(["approval.requested", "approval.approved", "incident.exported", "approval.used"]);
    expect(items.at(-1)?.authority?.rule).toBe("incident.export/lead/approved");
  });

  it("is not asked for what is malformed, invisible, permitted or forbidden, and not twice", async () => {
    const code = async (who: Browserless, operation: string, input: object) =>
      (await who.try("approval.request", { operation, parameters: input as never, reason: "x" })).body.code;

    expect(await code(lea, "incident.export", { incident })).toBe("request.malformed");
    expect(await code(lea, "no.such", {})).toBe("request.malformed");
    expect(await code(lea, "token.make", { name: "x", scopes: [] })).toBe("request.malformed");
    expect(await code(olga, "incident.export", parameters("x"))).toBe("thing.not_found");
    expect(await code(mia, "incident.export", parameters("x"))).toBe("approval.not_needed");
    expect(
      await code(mia, "evidence.collect", {
        incident,
        what: "x",
        kind: "device",
        foundAt: "x",
        place: "x",
      }),
    ).toBe("authority.forbidden");
    const approval = await ask(lea, "twice");
    expect(await code(lea, "incident.export", parameters("twice"))).toBe("approval.already_asked");
    expect((await olga.send("GET", `/v1/approval/${approval}`)).status).toBe(404);
    expect((await olga.try("approval.approve", { approval })).status).toBe(404);
    await mia.do("approval.refuse", { approval, reason: "not to them" });
    expect((await spend(lea, "twice", approval)).body.details).toEqual({ status: "refused" });
    const taken = await ask(lea, "twice");
    await lea.do("approval.withdraw", { approval: taken });
    expect((await mia.try("approval.approve", { approval: taken })).body.code).toBe("approval.ended");
    const number = async () => (await lea.do("incident.report", { what: "x", ongoing: "no" })).code;
    const [before] = [await number()];
    await adoptReport();
    expect(Number((await number()).slice(-4)) - Number(before.slice(-4))).toBe(1);
  });

  it("counts whoever consented only while they hold the role that counted", async () => {
    const approval = await ask(lea, "roles");
    await mia.do("approval.approve", { approval });
    const assign = async (roles: ("manager" | "observer")[]) => {
      const { items } = await ada.ask("person.list", {});
      const seen = items.find((person) => person.id === mia.id)?.changedSeq ?? 0;
      await ada.do("person.assign", { person: mia.id, seen, roles });
    };
    await assign(["observer"]);

    expect((await spend(lea, "roles", approval)).body.code).toBe("authority.needs_approval");
    await assign(["manager"]);
    expect((await spend(lea, "roles", approval)).status).toBe(200);
  });

  it("takes two different people where the policy says two", async () => {
    await adopt({ effect: "approval", by: ["manager"], persons: 2 });
    const approval = await ask(lea, "two");
    await mia.do("approval.approve", { approval });

    expect((await mia.try("approval.approve", { approval })).body.code).toBe("approval.given_already");
    expect((await spend(lea, "two", approval)).body).toMatchObject({
      code: "approval.waiting",
      details: { persons: 2, given: 1 },
    });
    await max.do("approval.approve", { approval });
    expect((await spend(lea, "two", approval)).status).toBe(200);
    await adopt({ effect: "approval", by: ["manager"] });
  });

  it("is heard over the telephone with a code of the card, once, and not by guessing", async () => {
    const approval = await ask(lea, "by voice");
    const hear = (number: number, code: string) =>
      lea.try("approval.hear", { approval, approver: mia.id, number, code });
    expect((await hear(1, "000000")).body.code).toBe("card.none");
    const codes = (await mia.do("card.print", {})).codes ?? [];
    expect(new Set(codes.map((code) => /^\d{6}$/.test(code)))).toEqual(new Set([true]));
    const wrong = codes[1] === "000000" ? "000001" : "000000";
    for (let tries = 4; tries >= 0; tries--) {
      expect((await hear(2, wrong)).body).toMatchObject({ heard: false, triesLeft: tries });
    }
    expect((await hear(2, codes[1] ?? "")).body.code).toBe("card.blocked");
    const fresh = (await mia.do("card.print", {})).codes ?? [];
    expect((await hear(1, fresh[0] ?? "")).body).toMatchObject({ heard: true });
    expect((await spend(lea, "by voice", approval)).status).toBe(200);
    const again = await ask(lea, "by voice again");
    const reused = { approval: again, approver: mia.id, number: 1, code: fresh[0] ?? "" };
    expect((await lea.try("approval.hear", reused)).body).toMatchObject({ heard: false });
    // Whoever guesses on waits, with every approver alike.
    const guesses: unknown[] = [];
    for (let tries = 0; tries < 11; tries++) {
      const guess = { approval: again, approver: max.id, number: 1, code: "123456" };
      guesses.push((await lea.try("approval.hear", guess)).body.code);
    }
    expect([guesses[0], guesses.at(-1)]).toEqual(["card.none", "request.too_many"]);
    expect((await lea.try("approval.hear", reused)).body.code).toBe("request.too_many");
    await lea.do("approval.withdraw", { approval: again });
    const { items } = await lea.ask("log.entries", { incident });
    expect(items.filter((entry) => entry.type === "card.misread")).toHaveLength(6);
    const { rows } = await house.database.pool.query("SELECT digest FROM approval_card_code");
    expect(rows.every(({ digest }) => digest.startsWith("$argon2id$"))).toBe(true);
  });

  it("is given on a page without script, by a form that only one's own session can send", async () => {
    const approval = await ask(lea, "<b>on the phone</b>");
    const address = `/approve/${approval}`;
    const seen = String((await mia.send("GET", address)).body);
    const field = (name: string) => new RegExp(`name="${name}" value="([^"]*)"`).exec(seen)?.[1] ?? "";
    const form = { key: field("key"), guard: field("guard") };
    const send = (who: Browserless, fields: Record<string, string>, headers: Record<string, string> = {}) =>
      who.send("POST", address, {
        body: new URLSearchParams(fields).toString(),
        headers: { "content-type": "application/x-www-form-urlencoded", ...headers },
      });

    expect(seen).toContain("&lt;b&gt;on the phone&lt;/b&gt;");
    expect(seen).not.toContain("<script");
    expect((await house.visitor().send("GET", address)).status).toBe(401);
    expect((await olga.send("GET", address)).status).toBe(404);
    expect((await send(mia, { ...form, answer: "approve" }, { origin: "https://evil.example" })).status).toBe(
      403,
    );
    expect((await send(max, { ...form, answer: "approve" })).status).toBe(403);
    expect((await send(mia, { ...form, answer: "condition", words: " " })).status).toBe(400);
    expect((await spend(lea, "<b>on the phone</b>", approval)).body.code).toBe("approval.waiting");
    const answered = await send(mia, { ...form, answer: "condition", words: "today" });
    expect([answered.status, String(answered.body).includes("on condition: today")]).toEqual([200, true]);
    expect((await send(mia, { ...form, answer: "refuse", words: "no" })).status).toBe(409);
    expect((await spend(lea, "<b>on the phone</b>", approval)).status).toBe(200);
  });

  it("can be done without where the policy says so: loudly, for a time, in one incident, until it is reviewed", async () => {
    const reason = "It is on the way out, and no manager answers the telephone";
    const open = (who: Browserless, action: ActionId, why = reason) =>
      who.try("breakglass.open", { incident, action, reason: why });
    const exported = (about: IncidentId) =>
      lea.try("incident.export", { ...parameters("broken glass"), incident: about });
    const other = await lea.do("incident.open", { what: "Another worm", ongoing: "yes" });
    const refused = await exported(incident);
    expect(refused.body.details).toMatchObject({ breakable: true, incident });
    expect((await open(lea, "incident.export", "too short")).body.code).toBe("request.malformed");
    for (const action of ["intruder.contact", "evidence.destroy", "policy.manage"] as const) {
      expect((await open(lea, action)).body.code).toBe("breakglass.not_possible");
    }
    expect((await open(max, "incident.export")).body.code).toBe("breakglass.not_needed");
    expect((await open(olga, "incident.export")).status).toBe(404);

    const { breakglass } = (await open(lea, "incident.export")).body;
    const { rows } = await house.database.pool.query(
      "SELECT h.size = c.size AS published FROM log_head h JOIN log_checkpoint c USING (organisation)",
    );
    expect(rows).toEqual([{ published: true }]);
    expect((await open(lea, "incident.export")).body.code).toBe("breakglass.open_already");
    expect((await exported(other.incident)).body.code).toBe("authority.needs_approval");
    const { secret } = await lea.do("token.make", {
      name: "a script",
      scopes: ["incident.read", "incident.export"],
    });
    const program = house.visitor();
    program.authorization = `Bearer ${secret}`;
    expect((await program.try("incident.export", parameters("x"))).body.code).toBe(
      "authority.needs_approval",
    );
    expect((await open(program, "incident.export")).body.code).toBe("token.not_for_this");
    expect((await exported(incident)).status).toBe(200);
    const { items } = await lea.ask("log.entries", { incident });
    expect(items.at(-1)).toMatchObject({
      type: "breakglass.used",
      authority: { rule: "incident.export/lead/broken-glass" },
    });

    expect((await mia.ask("breakglass.list", {})).items).toMatchObject([{ id: breakglass, mine: false }]);
    expect((await olga.ask("breakglass.list", {})).items).toEqual([]);
    const closing = await lea.try("incident.close", { incident, summary: "x" });
    expect(JSON.stringify(closing.body.details)).toContain("broke the glass");
    const review = { breakglass, verdict: "justified", text: "It was on its way out" } as const;
    expect((await lea.try("breakglass.review", review)).status).toBe(403);
    await mia.do("breakglass.review", review);
    expect(JSON.stringify((await lea.ask("incident.show", { incident })).open)).not.toContain("glass");
    await house.database.pool.query("UPDATE break_glass SET expires_at = now() - interval '1 second'");
    expect((await exported(incident)).body.code).toBe("authority.needs_approval");
  });

  it("follows a policy that two managers replaced, from the moment that it names", async () => {
    const tomorrow = instantAt(Date.now() + 24 * 60 * 60_000);
    const open = withLeads({ effect: "permitted" });
    expect((await ada.try("policy.adopt", { seen: 0, document: open })).body.code).toBe("policy.needs_two");
    const before = await ada.ask("policy.show", {});
    const { revision } = await ada.ask("policy.compare", {});
    const { recorded: _, ...drafted } = await ada.do("policy.draft", {
      seen: revision,
      document: open,
      note: "trust",
      effectiveAt: tomorrow,
    });
    const compared = await max.ask("policy.compare", {});
    expect(compared.changes.map((change) => change.words)).toEqual([
      "Leads no longer need consent to hand out a case file.",
    ]);
    expect(compared.wouldHaveChanged).toContainEqual(
      expect.objectContaining({
        action: "incident.export",
        role: "lead",
        was: "denied",
        wouldBe: "permitted",
      }),
    );
    expect((await lea.try("policy.consent", drafted)).status).toBe(403);
    const { version } = await max.do("policy.consent", drafted);

    expect((await ada.ask("policy.show", {})).inForce?.version).toBe(before.inForce?.version);
    expect((await lea.try("incident.export", parameters("early"))).body.code).toBe(
      "authority.needs_approval",
    );
    const then = { action: "incident.export", role: "lead" } as const;
    expect(await lea.ask("policy.evaluate", { ...then, at: tomorrow })).toMatchObject({
      version,
      effect: "permitted",
    });
    expect(await lea.ask("policy.evaluate", { ...then, at: instantAt(Date.now()) })).toMatchObject({
      effect: "approval",
    });
    expect(await lea.ask("policy.evaluate", { ...then, at: instantAt(0) })).toMatchObject({
      version: null,
      effect: "forbidden",
    });
    await adopt({ effect: "approval", by: ["manager"] });
  });

  it("is spent by one of a thousand who try at once, and by no other", async () => {
    const approval = await ask(lea, "a race");
    await mia.do("approval.approve", { approval });
    const pool = openPool(house.database.databaseUrl, 4);
    const publisher = { publish: () => Promise.reject(new Error("nobody asks")) };
    const world = new PostgresWorld({ pool, engine: new CedarEngine(), publisher: publisher as never });
    const viewer = (await new Accounts(pool, () => world.clock.now()).viewer(
      lea.cookie.split("=")[1] ?? "",
    )) as Viewer;
    const operation = OPERATIONS.find((each) => each.name === "incident.export") as unknown as Operation;
    const input = parameters("a race");

    const outcomes = await Promise.all(
      Array.from({ length: 1000 }, () =>
        execute(world, operation, { viewer, key: randomUUID(), input, approval }),
      ),
    );
    await pool.end();

    const codes = outcomes.map((outcome) => (outcome.ok ? "done" : outcome.refusal.code)).sort();
    expect(codes).toEqual([...Array(999).fill("approval.ended"), "done"]);
    const { items } = await lea.ask("log.entries", { incident });
    expect(items.filter((entry) => JSON.stringify(entry.body).includes("a race"))).toHaveLength(2);
  });

  /** Reporting needs consent for a moment: asking for it must not use up an incident's number. */
  async function adoptReport(): Promise<void> {
    const rows = DEFAULT_POLICY.rows.map((row) =>
      row.action === "incident.report"
        ? {
            ...row,
            grants: { ...row.grants, lead: { effect: "approval" as const, by: ["manager" as const] } },
          }
        : row,
    );
    await putInForce({ ...DEFAULT_POLICY, rows });
    const parameters = { what: "x", ongoing: "no" };
    await lea.do("approval.request", { operation: "incident.report", parameters, reason: "x" });
    await adopt({ effect: "approval", by: ["manager"] });
  }
});
