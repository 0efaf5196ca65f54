import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { codeAt, stepAt } from "../../packages/store/src/prepare/people/totp.ts";
import { type Browserless, PASSPHRASE } from "../support/browserless.ts";
import { startHouse, type TestHouse } from "../support/running.ts";

interface SessionBody {
  readonly code?: string;
  readonly signedIn?: boolean;
  readonly second?: { readonly step: string; readonly ways: readonly string[] } | null;
}

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/** The bytes of a secret as an authenticator reads it. */
function fromBase32(text: string): Buffer {
  const bits = [...text].map((char) => ALPHABET.indexOf(char).toString(2).padStart(5, "0")).join("");
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
}

/** Makes every wait that runs now outlast what the test does next. */
async function waitLonger(house: TestHouse): Promise<void> {
  await house.database.pool.query(
    "UPDATE attempt SET wait_until = now() + interval '10 minutes' WHERE failed_count > 5 AND wait_until > last_at",
  );
}

describe("signing in with a second factor", () => {
  let house: TestHouse;
  let ada: Browserless;

  beforeAll(async () => {
    house = await startHouse();
    ada = house.visitor();
    await ada.setUp(house.setUpSecret);
    const { shipped } = await ada.ask("policy.show", {});
    await ada.do("policy.adopt", { seen: 0, document: shipped });
  });
  afterAll(async () => house?.close());

  const post = async (who: Browserless, path: string, body: unknown = {}) => {
    const answer = await who.send("POST", path, { body });
    return { ...answer, body: answer.body as SessionBody & Record<string, unknown> };
  };

  const passphrase = (who: Browserless, signInName: string, given: string = PASSPHRASE) =>
    post(who, "/v1/session", { signInName, passphrase: given });

  /** A colleague whose authenticator is set up, and the code that it shows. */
  async function withAuthenticator(signInName: string) {
    const person = await ada.addColleague(signInName, ["handler"]);
    const begun = await post(person, "/v1/factor/begin");
    const secret = fromBase32(String(begun.body["secret"]));
    const code = (apart = 0) => codeAt(secret, stepAt(Date.now()) + apart);
    const checked = await post(person, "/v1/factor/check", { code: code() });
    expect([begun.status, checked.status]).toEqual([200, 200]);
    const { recoveryCodes } = await person.do("factor.set", {});
    /** Lets every code be used again, as if half minutes had passed. */
    const later = () =>
      house.database.pool.query("UPDATE second_factor SET last_step = 0 WHERE person = $1", [person.id]);
    await later();
    return { person, secret, code, later, recoveryCodes: recoveryCodes ?? [] };
  }

  it("takes the passphrase and then a code, and neither alone", async () => {
    const { code } = await withAuthenticator("bo");
    const visitor = house.visitor();

    const first = await passphrase(visitor, "bo");
    expect(first.body).toMatchObject({ signedIn: false, second: { ways: ["code", "recovery"] } });
    expect((await visitor.send("GET", "/v1/person")).status).toBe(401);
    const wrong = await post(visitor, "/v1/session/code", { step: first.body.second?.step, code: "000000" });
    const right = await post(visitor, "/v1/session/code", { step: first.body.second?.step, code: code() });

    expect(wrong.body.code).toBe("session.wrong_code");
    expect(right.body).toMatchObject({ signedIn: true, person: { name: "Bo Lindqvist" } });
    expect((await visitor.send("GET", "/v1/person")).status).toBe(200);
  });

  it("is taken by a phone without script too, and leads back to what was asked", async () => {
    const { code } = await withAuthenticator("phone");
    const address = `${house.url}/approve/apr_00000000000000000000000000`;
    const send = (path: string, fields: Record<string, string>, headers: Record<string, string> = {}) =>
      fetch(`${address}/${path}`, {
        method: "POST",
        redirect: "manual",
        headers: { "content-type": "application/x-www-form-urlencoded", ...headers },
        body: new URLSearchParams(fields).toString(),
      });
    const right = { signInName: "phone", passphrase: PASSPHRASE };
    const told = async (answer: Response) => (await answer.text()).replaceAll(/nonce="[^"]*"/g, "");

    const asked = await fetch(`${address}?again`);
    expect([asked.status, (await asked.text()).includes("<script")]).toEqual([401, false]);
    const wrong = await send("enter", { ...right, passphrase: "seven candles" });
    const nobody = await send("enter", { ...right, signInName: "phonx" });
    expect([wrong.status, nobody.status]).toEqual([401, 401]);
    expect((await told(wrong)).replace('value="phone"', 'value="phonx"')).toBe(await told(nobody));
    expect((await send("enter", right, { origin: "https://evil.example" })).status).toBe(403);

    const second = await send("enter", right);
    const step = /name="step" value="([^"]*)"/.exec(await second.text())?.[1] ?? "";
    expect([second.status, second.headers.get("set-cookie")]).toEqual([200, null]);
    expect((await send("code", { step, code: "000000" })).status).toBe(401);
    const inside = await send("code", { step, code: code() });
    expect([inside.status, inside.headers.get("location")]).toEqual([303, new URL(address).pathname]);
    const cookie = inside.headers.get("set-cookie")?.split(";", 1)[0] ?? "";
    expect((await fetch(`${house.url}/v1/person`, { headers: { cookie } })).status).toBe(200);
    expect((await fetch(address, { headers: { cookie } })).status).toBe(404);

    const tries = await Promise.all(
      Array.from({ length: 7 }, () => send("enter", { signInName: "phonz", passphrase: "guess" })),
    );
    expect(tries.map(({ status }) => status)).toContain(429);
  });

  it("refuses a code that was used, whoever overheard it", async () => {
    const { code } = await withAuthenticator("cy");
    const shown = code();
    const enter = async () => {
      const visitor = house.visitor();
      const { body } = await passphrase(visitor, "cy");
      return (await post(visitor, "/v1/session/code", { step: body.second?.step, code: shown })).status;
    };

    expect([await enter(), await enter()]).toEqual([200, 401]);
  });

  it("takes each recovery code once", async () => {
    const { recoveryCodes, person } = await withAuthenticator("dee");
    expect(recoveryCodes).toHaveLength(10);
    const enter = async (code: string) => {
      const visitor = house.visitor();
      const { body } = await passphrase(visitor, "dee");
      return (await post(visitor, "/v1/session/code", { step: body.second?.step, code })).status;
    };
    const [one = "", two = ""] = recoveryCodes;

    expect([await enter(one), await enter(one), await enter(two.toUpperCase())]).toEqual([200, 401, 200]);
    expect((await person.ask("factor.show", {})).codes?.codesLeftCount).toBe(8);
  });

  it("keeps no secret and no recovery code that could be read from the database", async () => {
    const { secret, recoveryCodes, person } = await withAuthenticator("eli");
    for (const table of ["second_factor", "recovery_code", "kept_reply", "log_disclosure"]) {
      const { rows } = await house.database.pool.query(`SELECT * FROM ${table}`);
      const text = JSON.stringify(rows);
      for (const told of [secret.toString("base64"), secret.toString("hex"), recoveryCodes[0] ?? "?"]) {
        expect(text).not.toContain(told);
      }
    }
    const { rows } = await house.database.pool.query<{ type: string }>(
      "SELECT type FROM log_entry WHERE type LIKE 'person.second%'",
    );
    expect(rows.length).toBeGreaterThan(0);
    expect(person.id).toMatch(/^psn_/);
  });

  it("slows guessing of codes down, also across sign-ins and restarts of the server", async () => {
    const { code } = await withAuthenticator("fay");
    const statuses: number[] = [];
    for (let guess = 0; guess < 8; guess++) {
      const visitor = house.visitor();
      const { body } = await passphrase(visitor, "fay");
      const answer = await post(visitor, "/v1/session/code", { step: body.second?.step, code: "111111" });
      statuses.push(answer.status);
    }
    expect(statuses.slice(0, 6)).toEqual([401, 401, 401, 401, 401, 401]);
    expect(statuses.at(-1)).toBe(429);

    await waitLonger(house);
    await house.restart();
    const visitor = house.visitor();
    const { body } = await passphrase(visitor, "fay");
    const right = await post(visitor, "/v1/session/code", { step: body.second?.step, code: code() });
    expect(right.status).toBe(429);
    expect(Number(right.headers.get("retry-after"))).toBeGreaterThan(0);
  });

  it("is not set before a code was checked, nor from a desk that was left unlocked", async () => {
    const gus = await ada.addColleague("gus", ["handler"]);
    const unchecked = await gus.try("factor.set", {});
    await post(gus, "/v1/factor/begin");
    const wrong = await post(gus, "/v1/factor/check", { code: "000000" });
    const still = await gus.try("factor.set", {});
    await house.database.pool.query(
      "UPDATE session SET proved_at = now() - interval '11 minutes' WHERE person = $1",
      [gus.id],
    );
    const stale = await post(gus, "/v1/factor/begin");

    expect([unchecked.body.code, wrong.body.code, still.body.code, stale.body.code]).toEqual([
      "factor.not_checked",
      "session.wrong_code",
      "factor.not_checked",
      "session.proof_needed",
    ]);
  });

  it("can be removed with a fresh proof, which a code gives too", async () => {
    const { person, code } = await withAuthenticator("hal");
    await house.database.pool.query(
      "UPDATE session SET proved_at = now() - interval '11 minutes' WHERE person = $1",
      [person.id],
    );
    const stale = await person.try("factor.remove", {});
    const proved = await post(person, "/v1/session/proof", { code: code() });
    const removed = await person.try("factor.remove", {});
    const entered = await passphrase(house.visitor(), "hal");

    expect(stale.body.code).toBe("session.proof_needed");
    expect([proved.status, removed.status]).toEqual([200, 200]);
    expect(entered.body).toMatchObject({ signedIn: true, second: null });
  });

  it("begins anew with an invitation, for somebody who lost phone and codes", async () => {
    const { person } = await withAuthenticator("ida");
    const { invitation } = await ada.do("person.invite", { person: person.id });
    const visitor = house.visitor();
    await post(visitor, "/v1/welcome", { token: invitation?.split("#")[1], passphrase: PASSPHRASE });

    const entered = await passphrase(house.visitor(), "ida");

    expect(entered.body).toMatchObject({ signedIn: true, second: null });
  });
});

describe("guessing at sign-in", () => {
  let house: TestHouse;
  let ada: Browserless;

  beforeAll(async () => {
    house = await startHouse({ trustedProxies: ["127.0.0.1"] });
    ada = house.visitor();
    await ada.setUp(house.setUpSecret);
  });
  afterAll(async () => house?.close());

  const attempt = (from: string, signInName: string, passphrase: string) =>
    house.visitor().send("POST", "/v1/session", {
      headers: { "x-forwarded-for": from },
      body: { signInName, passphrase },
    });

  it("gets the same answers for names that exist and names that do not, also when it has to wait", async () => {
    for (const [known, unknown] of [["ada", "nobody"]] as const) {
      const answers = { [known]: [] as unknown[], [unknown]: [] as unknown[] };
      for (const name of [known, unknown]) {
        for (let guess = 0; guess < 8; guess++) {
          const { status, body } = await attempt(`192.0.2.${name.length}`, name, "a wrong guess");
          answers[name]?.push([status, (body as { code: string }).code]);
        }
      }
      expect(answers[known]).toEqual(answers[unknown]);
      expect(answers[known]?.at(-1)).toEqual([429, "request.too_many"]);
    }
  });

  it("keeps waiting after a restart", async () => {
    await waitLonger(house);
    await house.restart();

    expect((await attempt("192.0.2.3", "ada", PASSPHRASE)).status).toBe(429);
  });

  it("locks nobody out for long: a crowd of guessers does not keep the owner from the usual place", async () => {
    expect((await attempt("203.0.113.5", "ada", PASSPHRASE)).status).toBe(200);
    await house.database.pool.query(
      `UPDATE attempt SET failed_count = 5000, wait_until = now() + interval '20 seconds'
       WHERE failed_count > 0`,
    );
    let crowded = 0;
    for (let guess = 0; guess < 60 && crowded !== 429; guess++) {
      crowded = (await attempt(`198.51.100.${guess}`, "ada", "guess")).status;
    }

    const owner = await attempt("203.0.113.5", "ada", PASSPHRASE);

    expect([crowded, owner.status]).toEqual([429, 200]);
  });
});

describe("sessions", () => {
  let house: TestHouse;
  let ada: Browserless;

  beforeAll(async () => {
    house = await startHouse();
    ada = house.visitor();
    await ada.setUp(house.setUpSecret);
    const { shipped } = await ada.ask("policy.show", {});
    await ada.do("policy.adopt", { seen: 0, document: shipped });
  });
  afterAll(async () => house?.close());

  it("are listed for their person, who ends the one on the lost laptop", async () => {
    const laptop = house.visitor();
    await laptop.signIn("ada");
    const { items } = await ada.ask("session.list", {});
    expect(items.map((session) => session.current).sort()).toEqual([false, true]);
    const lost = items.find((session) => !session.current);

    await ada.do("session.revoke", { session: lost?.id ?? ("" as never) });

    expect((await laptop.send("GET", "/v1/person")).status).toBe(401);
    expect((await ada.send("GET", "/v1/person")).status).toBe(200);
  });

  it("of one person are no other's to see or end", async () => {
    const bo = await ada.addColleague("bo", ["handler"]);
    const { items } = await ada.ask("session.list", {});

    const answer = await bo.try("session.revoke", { session: items[0]?.id ?? ("" as never) });

    expect(answer.status).toBe(404);
    expect((await bo.ask("session.list", {})).items).toHaveLength(1);
  });

  it("and tokens of somebody else are ended by who manages people, on record and with a reason", async () => {
    const cy = await ada.addColleague("cy", ["handler"]);
    const { secret } = await cy.do("token.make", { name: "gate", scopes: ["own"] });

    await ada.do("person.sign_out", { person: cy.id, reason: "their bag was stolen" });

    const withToken = { headers: { authorization: `Bearer ${secret}` } };
    expect((await cy.send("GET", "/v1/person")).status).toBe(401);
    expect((await house.visitor().send("GET", "/v1/person", withToken)).status).toBe(401);
    const { rows } = await house.database.pool.query(
      "SELECT 1 FROM log_entry WHERE type = 'person.access_ended'",
    );
    expect(rows).toHaveLength(1);
  });
});
