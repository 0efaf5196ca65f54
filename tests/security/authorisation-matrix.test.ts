import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { OPERATIONS, type OperationName, QUERIES, type QueryName } from "../../packages/app/src/index.ts";
import {
  type ActionId,
  DEFAULT_POLICY,
  type EvidenceId,
  type GrantId,
  type IncidentId,
  type PersonId,
  type RecoveryId,
  ROLES,
  type Role,
} from "../../packages/core/src/index.ts";
import { newOrganisationLink } from "../../packages/jumpkit/src/organisation.ts";
import type { Browserless } from "../support/browserless.ts";
import { liveThrough, type Story } from "../support/incident-story.ts";
import { Listener } from "../support/listener.ts";
import { startHouse, type TestHouse } from "../support/running.ts";
import { operationSamples, querySamples, type Things } from "../support/samples.ts";
import { aSign, insertSigns } from "../support/signs.ts";

/** Refusals that say "not you"; anything else means that the request got past the door. */
const NOT_YOU = new Set([
  "authority.forbidden",
  "authority.needs_approval",
  "thing.not_found",
  "policy.none_in_force",
]);

/** Own tests cover them: they would change who may do what, or need a thing of the caller's own. */
const APART: ReadonlySet<string> = new Set<OperationName>([
  "policy.adopt",
  "approval.request",
  "approval.approve",
  "approval.refuse",
  "approval.withdraw",
  "approval.hear",
  "breakglass.review",
  "authority.end",
  "shift.offer",
  "shift.understand",
  "shift.ask",
  "shift.reply",
  "shift.take_over",
  "shift.withdraw",
  "token.revoke",
  "passkey.add",
  "passkey.remove",
  "identity.link",
  "identity.unlink",
  "session.revoke",
]);
/** What names our things elsewhere than in its path. */
const NAMES_OURS: ReadonlySet<OperationName> = new Set([
  "handover.offer",
  "sign.decide",
  "authority.delegate",
  "shift.offer",
]);

/** Words that only the first organisation knows. None may reach anybody of the second. */
const CANARIES = ["www3", "Ada Okafor", "Safe 1", "They do not see", "Harbour", "Access log"];

describe("who may call what", () => {
  let house: TestHouse;
  let story: Story;
  let things: Things;
  const colleagues = new Map<Role, Browserless>();
  const strangers = new Map<Role, Browserless>();

  beforeAll(async () => {
    house = await startHouse();
    story = await liveThrough(house);
    const sign = aSign({ title: "Harbour scanner at www3" });
    await insertSigns(house.database.pool, [sign]);
    things = { ...story.things, sign: sign.id };
    for (const role of ROLES) colleagues.set(role, await story.ada.addColleague(`a-${role}`, [role]));
    const settings = { dataFolder: house.dataFolder, databaseUrl: house.database.databaseUrl } as const;
    const secret = await newOrganisationLink(
      { ...settings, host: "127.0.0.1", port: 0, log: "silent" },
      () => {},
    );
    const founder = house.visitor();
    await founder.setUp(secret, { organisation: "Other CSIRT", signInName: "eve", name: "Eve Other" });
    const { shipped } = await founder.ask("policy.show", {});
    await founder.do("policy.adopt", { seen: 0, document: shipped });
    for (const role of ROLES) strangers.set(role, await founder.addColleague(`b-${role}`, [role]));
  });
  afterAll(async () => house?.close());

  it("answers nobody who is not signed in, on any route but those before sign-in", async () => {
    const visitor = house.visitor();
    const samples = { ...operationSamples(things), ...querySamples(things) };
    const statuses = new Map<string, number>();
    for (const operation of OPERATIONS) {
      statuses.set(operation.name, (await visitor.try(operation.name, samples[operation.name])).status);
    }
    for (const query of QUERIES) {
      statuses.set(query.name, await statusOf(visitor, query.name));
    }
    statuses.set(
      "upload",
      (await visitor.send("PUT", `/v1/upload/${things.incident}?name=x`, upload)).status,
    );
    statuses.set("manifest", (await visitor.send("PUT", manifestPath(), upload)).status);
    statuses.set("intake", (await visitor.send("PUT", `/v1/intake/${things.source}`, { body: "{}" })).status);
    statuses.set(
      "download",
      (await visitor.send("GET", "/v1/download/tkt_00000000000000000000000000")).status,
    );
    statuses.set("live", (await visitor.send("GET", "/v1/live")).status);

    expect([...statuses].filter(([, status]) => status !== 401)).toEqual([]);
  });

  it("takes a mail that names a message of another organisation for one that names none", async () => {
    const { ref } = await story.ada.ask("notification.show", { notification: things.notification });
    const handler = strangers.get("handler");
    const mail = `From: x@y.example\r\nSubject: ${ref}\r\n\r\nhello`;
    const forged = await handler?.dropReply(mail);
    const onOurPage = await handler?.dropReply(`${mail} again`, things.notification);

    expect(forged?.body.notification).toBeNull();
    expect(onOurPage?.body.code).toBe("thing.not_found");
  });

  for (const role of ROLES) {
    it(`shows ${role}s of another organisation nothing of ours, whatever ids they send`, async () => {
      const stranger = strangers.get(role) as Browserless;
      const wrong: string[] = [];
      for (const operation of OPERATIONS) {
        const answer = await stranger.try(operation.name, operationSamples(things)[operation.name]);
        const namesOurs = operation.thing !== undefined || NAMES_OURS.has(operation.name);
        if (namesOurs && answer.status !== 404) wrong.push(`${operation.name} answers ${answer.status}`);
        if (leaks(answer.body)) wrong.push(`${operation.name} leaks`);
      }
      for (const query of QUERIES) {
        const answer = await get(stranger, query.name);
        if (query.path.includes("{") && answer.status !== 404)
          wrong.push(`${query.name} answers ${answer.status}`);
        if (leaks(answer.body)) wrong.push(`${query.name} leaks`);
      }
      const sent = await stranger.send("PUT", `/v1/upload/${things.incident}?name=x`, upload);
      if (sent.status !== 404) wrong.push(`upload answers ${sent.status}`);
      const manifest = await stranger.send("PUT", manifestPath(), upload);
      if (manifest.status !== 404) wrong.push(`manifest answers ${manifest.status}`);
      const signs = await stranger.send("PUT", `/v1/intake/${things.source}`, { body: "{}" });
      if (signs.status !== 404) wrong.push(`intake answers ${signs.status}`);

      expect(wrong).toEqual([]);
    });

    it(`lets ${role}s do exactly what the policy gives them`, async () => {
      const colleague = colleagues.get(role) as Browserless;
      const wrong: string[] = [];
      for (const operation of OPERATIONS) {
        if (APART.has(operation.name) || operation.name.startsWith("person.")) continue;
        const answer = await colleague.try(operation.name, operationSamples(things)[operation.name]);
        const through = !NOT_YOU.has(answer.body.code);
        const own = operation.action === "own" && operation.name !== "advice.give" && sees(role, operation);
        const due =
          own || (operation.action !== "own" && may(role, operation.action) && sees(role, operation));
        if (through !== due) wrong.push(`${operation.name} ${through ? "got through" : answer.body.code}`);
      }
      for (const query of QUERIES) {
        const answer = await get(colleague, query.name);
        if (query.name === "approval.show") continue;
        const due = query.action === "own" || may(role, query.action);
        if ((answer.status === 200) !== due) wrong.push(`${query.name} answers ${answer.status}`);
      }

      expect(wrong).toEqual([]);
    });
  }

  describe("a member of a coordinating team that was let into one incident", () => {
    let guest: Browserless & { readonly id: PersonId };
    let grant: GrantId;
    let hidden: { readonly incident: IncidentId; readonly item: EvidenceId; readonly host: RecoveryId };

    beforeAll(async () => {
      guest = await story.ada.addColleague("guest", []);
      const members = [guest.id];
      const { team } = await story.ada.do("team.add", { name: "National", kind: "coordinating", members });
      const { incident } = await story.bo.do("incident.open", { what: "A hidden reef", ongoing: "yes" });
      const what = { what: "A reef chart", kind: "device", foundAt: "desk", place: "safe" } as const;
      const { item } = await story.bo.do("evidence.collect", { incident, ...what });
      const hosts = [{ name: "reef7" }];
      const taken = await story.bo.do("recovery.take_over", { incident, hosts, reason: "it leaks" });
      hidden = { incident, item, host: taken.hosts[0] as RecoveryId };
      const before = await get(guest, "incident.show");
      expect(before.status).toBe(404);
      ({ grant } = await story.ada.do("grant.give", { incident: things.incident, team }));
    });

    it("reads that incident and advises on it, and gets through no other door", async () => {
      const wrong: string[] = [];
      for (const operation of OPERATIONS) {
        if (APART.has(operation.name) || operation.name.startsWith("person.")) continue;
        const answer = await guest.try(operation.name, operationSamples(things)[operation.name]);
        const through = !NOT_YOU.has(answer.body.code);
        const due = operation.action === "own" && !("visibleBy" in operation);
        if (through !== due) wrong.push(`${operation.name} ${answer.status}`);
      }
      for (const query of QUERIES) {
        if (query.name === "approval.show") continue;
        const { status } = await get(guest, query.name);
        const due = query.action === "own" || "shared" in query;
        if ((status === 200) !== due) wrong.push(`${query.name} answers ${status}`);
      }
      const sent = await guest.send("PUT", `/v1/upload/${things.incident}?name=x`, upload);
      if (sent.status !== 404) wrong.push(`upload answers ${sent.status}`);

      expect(wrong).toEqual([]);
      const { items } = await story.bo.ask("log.entries", { incident: things.incident });
      expect(items.filter((entry) => entry.type === "advice.given")).toMatchObject([
        { actor: { id: guest.id }, body: { team: "National" } },
      ]);
      expect(items.filter((entry) => entry.type === "log.noted" && entry.actor?.id === guest.id)).toEqual([]);
    });

    it("finds every other incident as if there were none: by id, in lists, in counts and live", async () => {
      const nowhere = {
        incident: "inc_00000000000000000000000000" as IncidentId,
        item: "evd_00000000000000000000000000" as EvidenceId,
        host: "rec_00000000000000000000000000" as RecoveryId,
      };
      for (const query of QUERIES.filter((each) => "shared" in each && each.path.includes("{"))) {
        const kept = await get(guest, query.name, { ...things, ...hidden });
        expect(kept, query.name).toEqual(await get(guest, query.name, { ...things, ...nowhere }));
        expect(kept.status, query.name).toBe(404);
      }
      const advice = await guest.try("advice.give", { incident: hidden.incident, text: "x" });
      const none = await guest.try("advice.give", { incident: nowhere.incident, text: "x" });
      expect(advice.body).toEqual(none.body);

      const incidents = await guest.ask("incident.list", {});
      const searched = await guest.ask("incident.list", { text: "reef" });
      const evidence = await guest.ask("evidence.list", {});
      expect(incidents.items.map((each) => each.id)).toEqual([things.incident]);
      expect([searched.items, incidents.next]).toEqual([[], null]);
      expect([...new Set(evidence.items.map((each) => each.incident))]).toEqual([things.incident]);
      expect((await guest.ask("now.show", {})).openIncidents).toBe(1);
      expect((await guest.ask("person.list", {})).items.map((each) => each.id)).toEqual([guest.id]);

      const live = await Listener.open(guest);
      await story.bo.do("log.note", { incident: hidden.incident, text: "not for guests" });
      await story.bo.do("log.note", { incident: things.incident, text: "for guests too" });
      await live.until(() => live.heardOf(things.incident));
      expect(live.heardOf(hidden.incident)).toBe(false);
      live.close();
    });

    it("sees nothing any more from the moment that the grant ends", async () => {
      const refused = await story.bo.try("grant.end", { grant });
      await story.ada.do("grant.end", { grant, reason: "it is over" });

      expect(refused.status).toBe(403);
      expect((await get(guest, "incident.show")).status).toBe(404);
      expect((await get(guest, "incident.list")).status).toBe(403);
      expect((await guest.try("advice.give", { incident: things.incident, text: "x" })).status).toBe(404);
      expect((await guest.ask("now.show", {})).openIncidents).toBeNull();
    });
  });

  it("answers for a thing that may not be seen and for one that does not exist in the same words", async () => {
    const administrator = colleagues.get("administrator") as Browserless;
    const nowhere = "inc_00000000000000000000000000";
    for (const query of ["incident.show", "log.entries", "evidence.of_incident"] as const) {
      const hidden = await get(administrator, query);
      const missing = await get(administrator, query, { ...things, incident: nowhere as never });
      expect(missing).toEqual(hidden);
    }
    const hidden = await administrator.try("log.note", { incident: things.incident, text: "x" });
    const missing = await administrator.try("log.note", { incident: nowhere as never, text: "x" });
    expect(missing.body).toEqual(hidden.body);
  });

  it("lets neither side change the other's things even with all rights at home", async () => {
    const eve = house.visitor();
    await eve.signIn("eve");
    const answer = await eve.try("person.assign", { person: things.person, seen: 0, roles: ["observer"] });

    expect(answer.status).toBe(404);
    const people = await story.ada.ask("person.list", {});
    expect(people.items.find((person) => person.id === things.person)?.roles).toEqual([
      "handler",
      "custodian",
    ]);
  });

  it("keeps denied attempts at weighty things on record, one a minute however often they are tried", async () => {
    const observer = colleagues.get("observer") as Browserless;
    for (let attempt = 0; attempt < 5; attempt++) {
      await observer.try("incident.export", { incident: things.incident, recipient: "me", purpose: "mine" });
    }

    const { rows } = await house.database.pool.query(
      `SELECT count(*)::int AS count FROM denial d JOIN person p ON p.organisation = d.organisation AND p.id = d.person
       WHERE p.sign_in_name = 'a-observer' AND d.action = 'incident.export'`,
    );
    expect(rows[0].count).toBeGreaterThanOrEqual(1);
    expect(rows[0].count).toBeLessThanOrEqual(2);
  });

  const manifestPath = () => `/v1/mastercopy/${things.copy}/manifest?name=x`;
  const upload = { body: "x", headers: { "content-type": "application/octet-stream" } };

  async function get(person: Browserless, name: QueryName, about: Things = things) {
    const query = QUERIES.find((each) => each.name === name);
    if (query === undefined) throw new Error(name);
    const input = querySamples(about)[name] as Record<string, string>;
    const path = query.path.replaceAll(/\{(\w+)\}/g, (_, field: string) => input[field] ?? "");
    const { status, body } = await person.send("GET", path);
    return { status, body };
  }

  async function statusOf(person: Browserless, name: QueryName): Promise<number> {
    return (await get(person, name)).status;
  }
});

function leaks(body: unknown): boolean {
  const text = JSON.stringify(body);
  return CANARIES.some((canary) => text.includes(canary));
}

function may(role: Role, action: ActionId): boolean {
  return DEFAULT_POLICY.rows.find((row) => row.action === action)?.grants[role].effect === "permitted";
}

function sees(
  role: Role,
  { visibleBy = [] }: { readonly visibleBy?: ActionId | readonly ActionId[]; readonly name: OperationName },
): boolean {
  return [visibleBy].flat().every((action) => may(role, action));
}
