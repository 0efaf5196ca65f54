import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough, Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { OPERATIONS, QUERIES } from "../../packages/app/src/index.ts";
import { DEFAULT_POLICY, TOKEN_SCOPES, type TokenScope } from "../../packages/core/src/index.ts";
import { callCommand } from "../../packages/jumpkit/src/http/call.ts";
import { type Browserless, PASSPHRASE } from "../support/browserless.ts";
import { liveThrough, type Story } from "../support/incident-story.ts";
import { startHouse, type TestHouse } from "../support/running.ts";
import { operationSamples, querySamples, type Things } from "../support/samples.ts";

/** Answers that say "not with this token", or that the thing does not exist for it. */
const NOT_THIS_TOKEN = new Set(["token.out_of_scope", "token.not_for_this", "thing.not_found"]);

describe("tokens", () => {
  let house: TestHouse;
  let story: Story;
  let things: Things;
  let tokenCount = 0;

  beforeAll(async () => {
    house = await startHouse();
    story = await liveThrough(house);
    things = story.things;
  });
  afterAll(async () => house?.close());

  /** A program that has a fresh token of this person. */
  async function programOf(person: Browserless, scopes: readonly TokenScope[]) {
    tokenCount += 1;
    const { token, secret } = await person.do("token.make", {
      name: `program ${tokenCount}`,
      scopes: [...scopes],
    });
    return Object.assign(withToken(secret ?? ""), { token, secret: secret ?? "" });
  }

  function withToken(secret: string): Browserless {
    return Object.assign(house.visitor(), { authorization: `Bearer ${secret}` });
  }

  it("carry out what they were made for, under their owner's name and with their own", async () => {
    const program = await programOf(story.bo, ["log.write", "incident.read"]);

    const { recorded } = await program.do("log.note", {
      incident: story.incident,
      text: "the sensor says so",
    });

    const { items } = await story.ada.ask("log.entries", { incident: story.incident });
    const entry = items.find((each) => each.incidentSeq === recorded[0]?.incidentSeq);
    expect(entry?.actor?.name).toBe("Bo Lindqvist");
    const { rows } = await house.database.pool.query<{ disclosures: string[] }>(
      "SELECT disclosures FROM log_disclosure WHERE seq = $1",
      [recorded[0]?.seq],
    );
    const told = rows[0]?.disclosures.map((each) => Buffer.from(each, "base64url").toString()).join();
    expect(told).toContain(`"through":"program ${tokenCount}"`);
  });

  it("of a narrow scope do nothing else, on any route there is", async () => {
    for (const scope of ["log.verify", "incident.report", "own"] as const) {
      const program = await programOf(story.ada, [scope]);
      const wrong: string[] = [];
      for (const operation of OPERATIONS) {
        const answer = await program.try(operation.name, operationSamples(things)[operation.name]);
        const through = !NOT_THIS_TOKEN.has(answer.body.code);
        const due = operation.action === scope && scope !== "own";
        if (through !== due) wrong.push(`${operation.name}: ${answer.body.code}`);
      }
      for (const query of QUERIES) {
        // Nobody has asked for the consent of the samples.
        if (query.name === "approval.show") continue;
        const input = querySamples(things)[query.name] as Record<string, string>;
        const path = query.path.replaceAll(/\{(\w+)\}/g, (_, field: string) => input[field] ?? "");
        const { status } = await program.send("GET", path);
        const due = query.action === scope && !("inPerson" in query);
        if ((status === 200) !== due) wrong.push(`${query.name} answers ${status}`);
      }
      const upload = await program.send("PUT", `/v1/upload/${things.incident}?name=x`, {
        body: "x",
        headers: { "content-type": "application/octet-stream" },
      });
      if (upload.status !== 404) wrong.push(`upload answers ${upload.status}`);
      if ((await program.send("GET", "/v1/live")).status !== 401) wrong.push("live");
      expect({ scope, wrong }).toEqual({ scope, wrong: [] });
    }
  });

  it("of every scope still do no more than their owner may do now", async () => {
    const cy = await story.ada.addColleague("cy", ["lead"]);
    const program = await programOf(cy, TOKEN_SCOPES);
    expect((await program.try("incident.report", { what: "odd", ongoing: "unknown" })).status).toBe(200);
    const { items } = await story.ada.ask("person.list", {});
    const seen = items.find((each) => each.id === cy.id)?.changedSeq ?? 0;
    await story.ada.do("person.assign", { person: cy.id, seen, roles: ["observer"] });

    const observer = new Set(
      DEFAULT_POLICY.rows
        .filter((row) => row.grants.observer.effect === "permitted")
        .map((row) => row.action),
    );
    for (const operation of OPERATIONS) {
      const answer = await program.try(operation.name, operationSamples(things)[operation.name]);
      const may = operation.action !== "own" && observer.has(operation.action);
      const refused = ["authority.forbidden", "authority.needs_approval", ...NOT_THIS_TOKEN];
      expect([operation.name, refused.includes(answer.body.code)]).toEqual([operation.name, !may]);
    }
  });

  it("never change how their owner signs in, nor who has access", async () => {
    const program = await programOf(story.ada, TOKEN_SCOPES);

    const made = await program.try("token.make", { name: "offspring", scopes: ["own"] });
    const profile = await program.try("profile.change", { seen: 0, title: "x", phone: "1", zone: "UTC" });
    const added = await program.try("person.add", operationSamples(things)["person.add"]);
    const policy = await program.try("policy.adopt", { seen: 1, document: DEFAULT_POLICY });
    const listed = await program.send("GET", "/v1/token");
    const proof = await program.send("POST", "/v1/session/proof", { body: { passphrase: PASSPHRASE } });

    expect(
      [made, profile, added, policy, listed, proof].map(({ body }) => (body as { code: string }).code),
    ).toEqual([
      "token.not_for_this",
      "token.not_for_this",
      "token.out_of_scope",
      "token.out_of_scope",
      "token.not_for_this",
      "session.missing",
    ]);
  });

  it("end when they are revoked, when they expire, and when their owner's access ends", async () => {
    const dee = await story.ada.addColleague("dee", ["handler"]);
    const [revoked, expired, orphaned] = [
      await programOf(dee, ["own"]),
      await programOf(dee, ["own"]),
      await programOf(dee, ["own"]),
    ];
    const works = async (program: Browserless) => (await program.send("GET", "/v1/person")).status;
    expect(await Promise.all([revoked, expired, orphaned].map(works))).toEqual([200, 200, 200]);

    await dee.do("token.revoke", { token: revoked.token });
    await house.database.pool.query("UPDATE access_token SET expires_at = now() WHERE id = $1", [
      expired.token,
    ]);
    expect(await Promise.all([revoked, expired, orphaned].map(works))).toEqual([401, 401, 200]);

    await story.ada.do("person.deactivate", { person: dee.id });
    expect(await works(orphaned)).toBe(401);
    await story.ada.do("person.reactivate", { person: dee.id });
    expect(await works(orphaned)).toBe(401);
  });

  it("are no way to anybody else's tokens", async () => {
    const program = await programOf(story.bo, ["own"]);

    const answer = await story.ada.try("token.revoke", { token: program.token });

    expect(answer.status).toBe(404);
    const { items } = await story.ada.ask("token.list", {});
    expect(items.some((token) => token.id === program.token)).toBe(false);
  });

  it("are judged by themselves: a wrong one is not helped by a session beside it", async () => {
    for (const authorization of [
      "Bearer jk_0",
      `Bearer jk_${"0".repeat(64)}`,
      "Basic YWRhOnNlY3JldA==",
      "",
    ]) {
      const answer = await story.ada.send("GET", "/v1/person", { headers: { authorization } });
      expect([authorization, answer.status]).toEqual([authorization, 401]);
    }
  });

  it("are shown once and kept as a digest alone, also when the request is repeated", async () => {
    const key = "a-key-of-the-test";
    const input = { name: "told once", scopes: ["own" as const] };
    const first = await story.bo.try("token.make", input, key);
    const again = await story.bo.try("token.make", input, key);

    expect(first.body.secret).toMatch(/^jk_[0-9a-f]{64}$/);
    expect(again.body).toEqual({ ...first.body, secret: null });
    const secret = first.body.secret?.slice(3) ?? "";
    for (const table of ["access_token", "kept_reply", "log_disclosure"]) {
      const { rows } = await house.database.pool.query(`SELECT * FROM ${table}`);
      expect(JSON.stringify(rows)).not.toContain(secret);
    }
  });

  it("do not get the answer that their owner got for the same key", async () => {
    const key = "one-key-for-two";
    const program = await programOf(story.bo, ["log.write", "incident.read"]);
    await story.bo.do("log.note", { incident: story.incident, text: "mine" }, key);

    const answer = await program.try("log.note", { incident: story.incident, text: "mine" }, key);

    expect(answer.body.code).toBe("request.key_reused");
  });

  it("are made only with a fresh proof of who one is", async () => {
    const eve = await story.ada.addColleague("eve", ["handler"]);
    await house.database.pool.query(
      "UPDATE session SET proved_at = now() - interval '11 minutes' WHERE person = $1",
      [eve.id],
    );
    const stale = await eve.try("token.make", { name: "late", scopes: ["own"] });
    const wrong = await eve.send("POST", "/v1/session/proof", { body: { passphrase: "not hers" } });
    const proved = await eve.send("POST", "/v1/session/proof", { body: { passphrase: PASSPHRASE } });
    const fresh = await eve.try("token.make", { name: "late", scopes: ["own"] });

    expect(stale.body.code).toBe("session.proof_needed");
    expect([stale.status, wrong.status, proved.status, fresh.status]).toEqual([403, 401, 200, 200]);
  });

  describe("from the command line", () => {
    let folder: string;
    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), "jumpkit-call-"));
    });
    afterAll(async () => rm(folder, { recursive: true, force: true }));

    async function run(name: string, words: readonly string[], environment: NodeJS.ProcessEnv, stdin = "") {
      const stdout = new PassThrough();
      const said: string[] = [];
      const code = await callCommand(name, words, {
        environment: { JUMPKIT_URL: house.url, ...environment },
        stdin: Readable.from([stdin]),
        stdout,
        say: (sentence) => said.push(sentence),
      });
      stdout.end();
      return { code, out: await text(stdout), said: said.join("\n") };
    }

    it("report an incident, write to its log and read it back", async () => {
      const { secret } = await programOf(story.bo, ["incident.report", "incident.read", "log.write"]);
      const token = { JUMPKIT_TOKEN: secret };

      const reported = await run(
        "incident.report",
        ["--what", "An odd log-in", "--ongoing=yes", "--json"],
        token,
      );
      const { incident } = JSON.parse(reported.out) as { incident: string };
      const noted = await run("log.note", [incident, "--text", "Called the owner"], token);
      const piped = await run(
        "log.note",
        ["--input", "-"],
        token,
        JSON.stringify({ incident, text: "Piped" }),
      );
      const shown = await run("log.entries", [incident], token);

      expect([reported.code, noted.code, piped.code, shown.code]).toEqual([0, 0, 0, 0]);
      expect(shown.out).toMatch(/text: Called the owner[\s\S]*text: Piped/);
    });

    it("end with a code that tells what to do, and a sentence", async () => {
      const { secret } = await programOf(story.bo, ["log.write", "incident.read"]);
      const token = { JUMPKIT_TOKEN: secret };
      const nowhere = "inc_00000000000000000000000000";

      const codes = {
        unknown: await run("incident.repot", [], token),
        badOption: await run("log.note", ["--nonsense", "1"], token),
        noThing: await run("log.note", ["--text", "x"], token),
        noToken: await run("log.note", [nowhere, "--text", "x"], {}),
        refused: await run("log.note", [nowhere, "--text", "x"], token),
        scope: await run("incident.report", ["--what", "x", "--ongoing", "yes"], token),
        spent: await run("log.note", [nowhere, "--text", "x"], { JUMPKIT_TOKEN: `jk_${"0".repeat(64)}` }),
        gone: await run("log.note", [nowhere, "--text", "x"], {
          ...token,
          JUMPKIT_URL: "http://127.0.0.1:9",
        }),
        clear: await run("log.note", [nowhere, "--text", "x"], { ...token, JUMPKIT_URL: "http://192.0.2.1" }),
      };

      expect(Object.fromEntries(Object.entries(codes).map(([name, { code }]) => [name, code]))).toEqual({
        unknown: 2,
        badOption: 2,
        noThing: 2,
        noToken: 2,
        refused: 3,
        scope: 4,
        spent: 4,
        gone: 5,
        clear: 2,
      });
      expect(codes.unknown.said).toContain("incident.report");
      expect(codes.scope.said).toContain("scope: incident.report");
      expect(codes.clear.said).toContain("in clear");
    });

    it("read the token from a file that only its owner can read", async () => {
      const { secret } = await programOf(story.bo, ["own"]);
      const file = join(folder, "token");
      await writeFile(file, `${secret}\n`, { mode: 0o600 });

      const closed = await run("person.list", ["--token-file", file], {});
      await chmod(file, 0o644);
      const open = await run("person.list", ["--token-file", file], {});

      expect([closed.code, open.code]).toEqual([0, 2]);
      expect(open.said).toContain("chmod 600");
    });

    it("tell what an operation takes", async () => {
      const help = await run("evidence.collect", ["--help"], {});

      expect(help.code).toBe(0);
      expect(help.out).toContain("Usage: jumpkit evidence collect <incident> [fields]");
      expect(help.out).toMatch(/--found-at\s+\(needed\)/);
    });
  });
});
