import { existsSync } from "node:fs";
import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type {
  ContactId,
  ExerciseId,
  IncidentId,
  Instant,
  IsolationId,
  PersonId,
} from "../../packages/core/src/index.ts";
import { examineProjections } from "../../packages/store/src/doctor/replay.ts";
import type { Browserless } from "../support/browserless.ts";
import { mailServer } from "../support/mail-server.ts";
import { pdfText } from "../support/pdf-text.ts";
import { startHouse, type TestHouse } from "../support/running.ts";
import { ADVISORY, exercisePlan, LETTERHEAD } from "../support/samples.ts";

const inHours = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString() as Instant;

describe("an exercise", () => {
  let folder: string;
  let house: TestHouse;
  let mail: Awaited<ReturnType<typeof mailServer>>;
  let ada: Browserless & { readonly id: PersonId };
  let bo: Browserless & { readonly id: PersonId };
  let exercise: ExerciseId;
  let played: IncidentId;
  let real: IncidentId;
  let site: ContactId;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "jumpkit-exercise-"));
    const program = join(folder, "cut");
    await writeFile(program, '#!/bin/sh\ntouch "$(dirname "$0")/ran"\n');
    await chmod(program, 0o755);
    const connectorsFile = join(folder, "connectors.json");
    const connectors = [{ name: "shut", kind: "command", says: "Shuts the port", for: ["host"], program }];
    await writeFile(connectorsFile, JSON.stringify({ programs: [program], connectors }), { mode: 0o600 });
    mail = await mailServer();
    house = await startHouse({ connectorsFile });
    const first = house.visitor();
    await first.setUp(house.setUpSecret);
    const settings = { host: "127.0.0.1", port: mail.port, security: "none" };
    await writeFile(join(house.dataFolder, "mail.json"), JSON.stringify(settings), { mode: 0o600 });
    await house.restart();
    ada = Object.assign(first, { id: (await first.ask("now.show", {})).person.id });
    const { shipped } = await ada.ask("policy.show", {});
    await ada.do("policy.adopt", { seen: 0, document: shipped });
    await ada.do("letterhead.set", LETTERHEAD);
    bo = await ada.addColleague("bo", ["handler", "lead"]);
    const who = { name: "Jane Roe", roles: ["address_owner" as const], email: "abuse@site.example" };
    site = (await bo.do("contact.add", who)).contact;
    ({ incident: real } = await bo.do("incident.open", { what: "www3 is scanned", ongoing: "yes" }));
  });
  afterAll(async () => {
    await house?.close();
    await mail?.close();
    await rm(folder, { recursive: true, force: true });
  });

  /** Releases a mail of an incident and waits until it is known what became of it. */
  async function mailed(incident: IncidentId): Promise<string> {
    const { notification } = await bo.do("notification.draft", {
      ...{ incident, subject: "Scans from your network", marking: "TLP:GREEN" },
      ...{ recipients: [{ contact: site, channel: "mail" }], facts: [], found: "Your host scans ours." },
    });
    const of = { notification, recipient: site };
    const { sha256 } = await ada.ask("notification.preview", of);
    await ada.do("notification.release", { ...of, sha256 });
    for (;;) {
      const [told] = (await bo.ask("notification.show", { notification })).recipients;
      if (told?.state !== "released") return (await bo.ask("notification.released", of)).message;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  it("is planned with its parts, and hides from players what is still to come", async () => {
    const plan = exercisePlan(ada.id);
    const alone = await ada.try("exercise.plan", { ...plan, people: [{ person: bo.id, role: "player" }] });
    const people = [...plan.people, { person: bo.id, role: "player" as const }];
    ({ exercise } = await ada.do("exercise.plan", { ...plan, people }));
    const early = await bo.try("incident.report", { what: "x", ongoing: "yes", exercise });
    const notBo = await bo.try("exercise.begin", { exercise });
    const begun = await ada.do("exercise.begin", { exercise });
    played = begun.incident;

    expect(alone.body.code).toBe("exercise.no_facilitator");
    expect(early.body.code).toBe("exercise.wrong_state");
    expect(notBo.body.code).toBe("exercise.not_your_part");
    expect(begun.code).toMatch(/^EX-JK-\d{4}-0001$/);
    const seen = await bo.ask("exercise.show", { exercise });
    expect(seen).toMatchObject({ injects: [], injectsInAll: 2, questions: [], part: "player" });
    expect((await ada.ask("exercise.show", { exercise })).injects.map(({ minute }) => minute)).toEqual([
      0, 20,
    ]);
    expect((await bo.ask("incident.show", { incident: played })).exercise).toBe(exercise);
  });

  it("tells its injects in the handling log, with the minute they were planned for and the one it was", async () => {
    await ada.do("exercise.inject", { exercise, inject: 1 });
    const twice = await ada.try("exercise.inject", { exercise, inject: 1 });
    const notBo = await bo.try("exercise.pause", { exercise, reason: "x" });
    await ada.do("exercise.pause", { exercise, reason: "a real sign came in" });
    const meanwhile = await ada.try("exercise.inject", { exercise, inject: 2 });
    const { pauses } = await bo.ask("exercise.show", { exercise });
    await ada.do("exercise.resume", { exercise });
    const { items } = await bo.ask("log.entries", { incident: played });

    expect([twice, notBo, meanwhile].map(({ body }) => body.code)).toEqual([
      "exercise.fired_already",
      "exercise.not_your_part",
      "exercise.paused",
    ]);
    expect(pauses).toMatchObject([{ until: null, by: "Ada Okafor", reason: "a real sign came in" }]);
    expect(items.map(({ type }) => type)).toEqual([
      "incident.reported",
      "exercise.begun",
      "exercise.injected",
      "exercise.paused",
      "exercise.resumed",
    ]);
    expect(items.at(-3)?.body).toMatchObject({ plannedMinute: 0, minute: expect.any(Number), way: "sign" });
    const { injects } = await bo.ask("exercise.show", { exercise });
    expect(injects).toMatchObject([{ text: "A flood on port 53", fired: { by: "Ada Okafor" } }]);
    expect(JSON.stringify(injects)).not.toContain("call sheet");
  });

  it("sends nobody anything, whatever is released and whatever stands in the outbox", async () => {
    const message = await mailed(played);
    const { pool } = house.database;
    // Somebody with the database in hand, or a restored copy of it: a row that waits to be sent.
    await pool.query(
      `INSERT INTO outbox (organisation, message_id, sender, mail, queued_at)
       SELECT organisation, '<row@x.example>',
         jsonb_build_object('id', $2::text, 'name', 'Ada', 'title', '', 'phone', '', 'organisation', organisation,
           'zone', 'UTC', 'roles', '[]'::jsonb),
         jsonb_build_object('notification', id, 'recipient', $3::text, 'messageId', '<row@x.example>',
           'from', 'cert@harbour.example', 'team', 'x', 'address', 'abuse@site.example', 'message', 'x',
           'pgpKey', ''), now() - interval '1 hour'
       FROM notification WHERE incident = $1`,
      [played, ada.id, site],
    );
    await pool.query("UPDATE incident SET state = state - 'exercise' WHERE id = $1", [played]);
    let expected = 0;
    await fc.assert(
      fc.asyncProperty(fc.boolean(), async (isReal) => {
        await mailed(isReal ? real : played);
        if (isReal) expected += 1;
        expect(mail.taken).toHaveLength(expected);
      }),
      { numRuns: 3, examples: [[false], [true]] },
    );
    await pool.query(
      "UPDATE incident SET state = state || jsonb_build_object('exercise', $2::text) WHERE id = $1",
      [played, exercise],
    );

    expect(mail.taken.every(({ bytes }) => !bytes.includes("EXERCISE"))).toBe(true);
    expect(message).toContain("Subject: EXERCISE [TLP:GREEN]");
    expect(message).toContain("nothing in this message has happened");
    const { messages } = await ada.ask("exercise.outbox", { exercise });
    expect(messages[0]).toMatchObject({ address: "abuse@site.example", channel: "mail", outcome: "kept" });
  });

  it("lets no connector loose: it counts as done, and nothing was run", async () => {
    const cut = async (incident: IncidentId, name: string) => {
      await bo.do("asset.add", { name });
      const { isolation } = await bo.do("isolation.request", {
        ...{ incident, kind: "host", name, why: "it scans", undo: "open it", reviewAt: inHours(1) },
        alternative: { considered: "none_will_do" },
      });
      await bo.do("isolation.authorise", { isolation });
      await bo.do("connector.run", { isolation, connector: "shut" });
      return runOf(incident, isolation);
    };
    const done = await cut(played, "lab-7");
    const ran = existsSync(join(folder, "ran"));
    await cut(real, "lab-8");

    expect(done).toMatchObject({
      state: "done",
      outcome: "done",
      text: expect.stringContaining("not let loose"),
    });
    expect(ran).toBe(false);
    expect(existsSync(join(folder, "ran"))).toBe(true);
    const { runs } = await ada.ask("exercise.outbox", { exercise });
    expect(runs).toMatchObject([{ target: "lab-7", connector: "shut" }]);
    const { items } = await bo.ask("isolation.standing", {});
    expect(items.map(({ incident }) => incident)).toEqual([real]);
  });

  async function runOf(incident: IncidentId, isolation: IsolationId) {
    for (;;) {
      const { items } = await bo.ask("isolation.of_incident", { incident });
      const found = items.find(({ id }) => id === isolation);
      const run = found?.runs.at(-1);
      if (found !== undefined && run?.outcome) return { state: found.state, ...run };
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  it("counts nowhere: not in lists, numbers, measures or what waits", async () => {
    const more = await bo.do("incident.open", { what: "Second front", ongoing: "yes", exercise });
    const next = await bo.do("incident.open", { what: "A real one", ongoing: "no" });

    expect(more.code).toMatch(/^EX-JK-\d{4}-0002$/);
    expect(next.code).toMatch(/^JK-\d{4}-0002$/);
    const codes = (await ada.ask("incident.list", {})).items.map(({ code }) => code);
    expect(codes.filter((code) => code.startsWith("EX-"))).toEqual([]);
    expect((await ada.ask("incident.list", { played: "yes" })).items).toHaveLength(2);
    expect((await ada.ask("metrics.show", {})).count).toBe(2);
    expect((await ada.ask("now.show", {})).openIncidents).toBe(2);
    expect((await ada.ask("watch.list", {})).items.map(({ incident }) => incident)).not.toContain(played);
    expect((await ada.ask("notification.waiting", {})).items.map(({ incident }) => incident)).not.toContain(
      played,
    );
  });

  it("says EXERCISE on every page of every paper, and what is real says nothing of it", async () => {
    const paper = async (incident: IncidentId) => {
      const { item } = await bo.do("evidence.collect", {
        ...{ incident, what: "A disk", kind: "device" as const, foundAt: "desk", place: "safe" },
      });
      const files = [`evidence/${item}/custody.pdf`, `incident/${incident}/followup.pdf`];
      const pdfs = await Promise.all(files.map((file) => bo.download(`/v1/${file}`)));
      return pdfs.flatMap(({ bytes }) => pdfText(bytes).split("\f"));
    };

    const [ofPlay, ofReal] = [await paper(played), await paper(real)];
    expect(ofPlay.length).toBeGreaterThan(2);
    expect(
      ofPlay.filter((page) => !/^EXERCISE {2}Nothing in this document has happened/mu.test(page)),
    ).toEqual([]);
    expect(ofReal.filter((page) => page.includes("EXERCISE"))).toEqual([]);
  });

  it("bars nobody in earnest, and its replies are told from real ones", async () => {
    await bo.do("observable.promote", { incident: played, value: "abuse@site.example", role: "offender" });
    const groups = [{ role: "address_owner" as const }];
    const { advisory } = await bo.do("advisory.draft", { ...ADVISORY, groups });
    const { to } = await ada.ask("advisory.preview", { advisory });
    const [told] = (await bo.ask("notification.of_incident", { incident: played })).items;
    await bo.dropReply("From: a@site.example\r\nSubject: Re\r\n\r\nok", told?.id);
    const { items } = await bo.ask("reply.waiting", {});
    const candidates = (await bo.ask("reply.candidates", {})).items;

    expect(candidates.length).toBeGreaterThan(0);
    expect(candidates.filter((each) => each.played !== (each.incident === played))).toEqual([]);
    expect(to.map(({ contact }) => contact)).toEqual([site]);
    expect(items).toMatchObject([{ incident: played, played: true }]);
  });

  it("closes after its hot wash, with every objective judged, and hands its follow-ups on", async () => {
    await ada.do("exercise.end", { exercise });
    const unwashed = await ada.try("exercise.close", { exercise });
    const said = { present: ["Ada", "Bo"], badly: "nobody knew the provider's number" };
    await ada.do("exercise.wash_up", { exercise, heldAt: inHours(-1), ...said });
    const unjudged = await ada.try("exercise.close", { exercise });
    await ada.do("exercise.judge", { exercise, objective: 1, verdict: "met" });
    await ada.do("exercise.judge", { exercise, objective: 2, verdict: "not", words: "no number" });
    await ada.do("exercise.close", { exercise });
    const late = await bo.try("incident.report", { what: "x", ongoing: "yes", exercise });
    const dueOn = inHours(24 * 30).slice(0, 10);
    const what = "Put the provider on the call sheet";
    await bo.do("improvement.propose", { incident: played, what, target: "contact", owner: bo.id, dueOn });

    expect(unwashed.body.code).toBe("exercise.no_hot_wash");
    expect(unjudged.body.details).toMatchObject({ objectives: [1, 2] });
    expect(late.body.code).toBe("exercise.wrong_state");
    const seen = await bo.ask("exercise.show", { exercise });
    expect(seen).toMatchObject({ state: "closed", score: { met: 1, partly: 0, not: 1, of: 2 } });
    expect(seen.injects).toHaveLength(2);
    const { items } = await ada.ask("improvement.list", { state: "open" });
    expect(items).toMatchObject([{ what, code: expect.stringMatching(/^EX-/) }]);
  });

  it("stands in the record as it was, after a restart too", async () => {
    await house.restart();
    const client = await house.database.pool.connect();
    try {
      await client.query("BEGIN");
      const { rows } = await client.query<{ organisation: string }>("SELECT organisation FROM organisation");
      const organisations = rows.map(({ organisation }) => organisation);
      expect(await examineProjections(client, organisations)).toEqual([]);
    } finally {
      await client.query("ROLLBACK");
      client.release();
    }
  });
});
