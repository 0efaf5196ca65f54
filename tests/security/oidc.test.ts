import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { readSettings } from "../../packages/jumpkit/src/env.ts";
import { codeAt, stepAt } from "../../packages/store/src/prepare/people/totp.ts";
import type { Browserless } from "../support/browserless.ts";
import { type Forgery, TestProvider } from "../support/openid-provider.ts";
import { startHouse, type TestHouse } from "../support/running.ts";

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

function fromBase32(text: string): Buffer {
  const bits = [...text].map((char) => ALPHABET.indexOf(char).toString(2).padStart(5, "0")).join("");
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
}

interface Finished {
  readonly code?: string;
  readonly identity: string | null;
  readonly session: {
    readonly signedIn: boolean;
    readonly person: { readonly name: string } | null;
    readonly second: { readonly step: string; readonly ways: readonly string[] } | null;
  } | null;
}

/** A browser's cookies, as many as it gets. */
class Jar {
  readonly #url: string;
  readonly cookies = new Map<string, string>();
  lastSet: readonly string[] = [];

  constructor(house: TestHouse, whose?: Browserless) {
    this.#url = house.url;
    const [name = "", value = ""] = (whose?.cookie ?? "").split("=");
    if (name !== "") this.cookies.set(name, value);
  }

  async post(path: string, body: unknown = {}, headers: Record<string, string> = {}) {
    const response = await fetch(this.#url + path, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        cookie: [...this.cookies].map((pair) => pair.join("=")).join("; "),
        ...headers,
      },
      body: JSON.stringify(body),
    });
    this.lastSet = response.headers.getSetCookie();
    for (const set of this.lastSet) {
      const [name = "", value = ""] = (set.split(";")[0] ?? "").split("=");
      if (value === "") this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
    return { status: response.status, body: (await response.json()) as Record<string, unknown> & Finished };
  }

  async start(link = false): Promise<string> {
    const { status, body } = await this.post("/v1/oidc/start", { link });
    expect(status).toBe(200);
    return String(body["address"]);
  }

  finish(back: URL) {
    return this.post("/v1/oidc/finish", { answer: back.search });
  }
}

describe("signing in at an OpenID provider", () => {
  let provider: TestProvider;
  let house: TestHouse;
  let ada: Browserless;

  beforeAll(async () => {
    provider = await TestProvider.start();
    const { issuer, clientId, clientSecret } = provider;
    house = await startHouse({ provider: { issuer, clientId, clientSecret, name: "Harbour login" } });
    ada = house.visitor();
    await ada.setUp(house.setUpSecret);
    const { shipped } = await ada.ask("policy.show", {});
    await ada.do("policy.adopt", { seen: 0, document: shipped });
  });
  afterAll(async () => {
    await house?.close();
    await provider?.close();
  });
  beforeEach(async () => {
    provider.broken = "";
    await house.database.pool.query("DELETE FROM attempt");
  });

  /** Links the account of this name at the provider to a person. */
  async function link(person: Browserless, subject: string): Promise<string> {
    const jar = new Jar(house, person);
    const { body } = await jar.finish(provider.visit(await jar.start(true), subject));
    await person.do("identity.link", { identity: body.identity as never });
    return String(body.identity);
  }

  async function signIn(subject: string, forgery: Forgery = {}) {
    const jar = new Jar(house);
    return jar.finish(provider.visit(await jar.start(), subject, forgery));
  }

  const REJECTED = { status: 422, body: { code: "provider.rejected" } };

  it("lets in whoever linked the account themselves, and nobody before that", async () => {
    const bo = await ada.addColleague("bo", ["handler"]);

    const before = await signIn("bo-at-harbour");
    await link(bo, "bo-at-harbour");
    const after = await signIn("bo-at-harbour");

    expect(before).toMatchObject(REJECTED);
    expect(after.body.session).toMatchObject({ signedIn: true, person: { name: "Bo Lindqvist" } });
    const shown = await bo.ask("factor.show", {});
    expect(shown.identities).toMatchObject([{ issuer: provider.issuer, lastUsedAt: expect.any(String) }]);
  });

  it("puts linking and its end on record, without what the account is called", async () => {
    const cy = await ada.addColleague("cy", ["handler"]);
    const identity = await link(cy, "cy-at-harbour");
    await cy.do("identity.unlink", { identity: identity as never });

    const { rows } = await house.database.pool.query<{ type: string; entry: unknown }>(
      "SELECT type, to_jsonb(log_entry) AS entry FROM log_entry WHERE type LIKE 'person.identity%' ORDER BY 1",
    );
    expect(rows.map(({ type }) => type)).toContain("person.identity_unlinked");
    expect(JSON.stringify(rows)).not.toContain("cy-at-harbour");
    expect(await signIn("cy-at-harbour")).toMatchObject(REJECTED);
  });

  it("asks those who have a second factor for it", async () => {
    const di = await ada.addColleague("di", ["handler"]);
    await link(di, "di-at-harbour");
    const begun = await di.send("POST", "/v1/factor/begin", { body: {} });
    const secret = fromBase32((begun.body as { secret: string }).secret);
    const code = () => codeAt(secret, stepAt(Date.now()));
    await di.send("POST", "/v1/factor/check", { body: { code: code() } });
    await di.do("factor.set", {});
    await house.database.pool.query("UPDATE second_factor SET last_step = 0");

    const jar = new Jar(house);
    const first = await jar.finish(provider.visit(await jar.start(), "di-at-harbour"));
    expect(first.body.session).toMatchObject({ signedIn: false, second: { ways: ["code", "recovery"] } });
    expect([...jar.cookies.keys()]).toEqual([]);
    const second = await jar.post("/v1/session/code", {
      step: first.body.session?.second?.step,
      code: code(),
    });

    expect(second.body).toMatchObject({ signedIn: true, person: { name: "Di Lindqvist" } });
  });

  it("binds a visit to the browser by a cookie that no script reads and no other site sends", async () => {
    const jar = new Jar(house);
    const address = new URL(await jar.start());

    expect(jar.lastSet).toEqual([
      expect.stringMatching(/^jumpkit_visit=[0-9a-f]{64}; Max-Age=600; Path=\/; HttpOnly; SameSite=Strict$/),
    ]);
    expect(Object.fromEntries(address.searchParams)).toMatchObject({
      response_type: "code",
      code_challenge_method: "S256",
      redirect_uri: `${house.url}/sign-in/oidc`,
      state: expect.stringMatching(/^[\w-]{43}$/),
      nonce: expect.stringMatching(/^[\w-]{43}$/),
    });
    const { rows } = await house.database.pool.query<{ row: string }>(
      "SELECT provider_visit::text AS row FROM provider_visit",
    );
    for (const secret of [...jar.cookies.values(), address.searchParams.get("state")]) {
      expect(JSON.stringify(rows)).not.toContain(secret);
    }
  });

  describe("refuses, all in the same words,", () => {
    beforeAll(async () => {
      await link(await ada.addColleague("eve", ["handler"]), "eve-at-harbour");
    });

    const seconds = () => Math.floor(Date.now() / 1000);
    it.each<[string, () => Forgery]>([
      ["a token with another nonce", () => ({ claims: { nonce: "n".repeat(43) } })],
      ["a token without a nonce", () => ({ claims: { nonce: undefined } })],
      ["a token of another issuer", () => ({ claims: { iss: "https://login.example" } })],
      ["an answer of another issuer, mixed up", () => ({ iss: "https://login.example" })],
      ["a token for somebody else's server", () => ({ claims: { aud: "another" } })],
      [
        "a token for several, made for another",
        () => ({ claims: { aud: ["jumpkit-test", "another"], azp: "another" } }),
      ],
      ["a token that has expired", () => ({ claims: { iat: seconds() - 900, exp: seconds() - 600 } })],
      ["a token without a signature", () => ({ sign: "none" })],
      ["a token signed with the public key as a password", () => ({ sign: "hs256" })],
      ["a token that a stranger signed", () => ({ sign: "stranger" })],
      ["a token that names nobody", () => ({ claims: { sub: "" } })],
      ["a token whose name is endless", () => ({ claims: { sub: "e".repeat(300) } })],
    ])("%s", async (_, forgery) => {
      expect(await signIn("eve-at-harbour", forgery())).toMatchObject(REJECTED);
    });

    it("an account of nobody, though it claims the address or name of somebody here", async () => {
      const claims = { email: "ada@harbour.example", email_verified: true, preferred_username: "ada" };
      expect(await signIn("a stranger", { claims })).toMatchObject(REJECTED);
    });

    it("somebody who may no longer sign in", async () => {
      const fay = await ada.addColleague("fay", ["handler"]);
      await link(fay, "fay-at-harbour");
      await ada.do("person.deactivate", { person: fay.id });

      expect(await signIn("fay-at-harbour")).toMatchObject(REJECTED);
    });

    it("an account that was linked before an invitation began everything anew", async () => {
      const gil = await ada.addColleague("gil", ["handler"]);
      await link(gil, "gil-at-harbour");
      await ada.do("person.invite", { person: gil.id });

      expect(await signIn("gil-at-harbour")).toMatchObject(REJECTED);
    });

    it("another state", async () => {
      const jar = new Jar(house);
      const back = provider.visit(await jar.start(), "eve-at-harbour");
      back.searchParams.set("state", "s".repeat(43));

      expect(await jar.finish(back)).toMatchObject(REJECTED);
    });

    it("an answer that somebody got in another browser, whether or not a visit is under way in this one", async () => {
      const thief = new Jar(house);
      const bait = provider.visit(await thief.start(), "eve-at-harbour");
      const victim = new Jar(house);

      expect(await victim.finish(bait)).toMatchObject(REJECTED);
      await victim.start();
      expect(await victim.finish(bait)).toMatchObject(REJECTED);
    });

    it("the same answer a second time, also with the same cookie", async () => {
      const jar = new Jar(house);
      const back = provider.visit(await jar.start(), "eve-at-harbour");
      const again = new Jar(house);
      for (const [name, value] of jar.cookies) again.cookies.set(name, value);

      expect((await jar.finish(back)).status).toBe(200);
      expect(await again.finish(back)).toMatchObject(REJECTED);
    });

    it("a code that was used, in a visit of its own", async () => {
      const jar = new Jar(house);
      const back = provider.visit(await jar.start(), "eve-at-harbour");
      await jar.finish(back);
      const address = new URL(await jar.start());
      back.searchParams.set("state", address.searchParams.get("state") ?? "");

      expect(await jar.finish(back)).toMatchObject(REJECTED);
    });

    it("a visit that took too long", async () => {
      const jar = new Jar(house);
      const back = provider.visit(await jar.start(), "eve-at-harbour");
      await house.database.pool.query("UPDATE provider_visit SET expires_at = now() - interval '1 second'");

      expect(await jar.finish(back)).toMatchObject(REJECTED);
    });

    it("somebody who said no at the provider", async () => {
      const jar = new Jar(house);
      const back = provider.visit(await jar.start(), "eve-at-harbour");
      back.searchParams.delete("code");
      back.searchParams.set("error", "access_denied");

      expect(await jar.finish(back)).toMatchObject(REJECTED);
    });
  });

  describe("linking an account", () => {
    it("needs a session and a fresh proof, at the start and at the end", async () => {
      const hal = await ada.addColleague("hal", ["handler"]);
      const jar = new Jar(house, hal);
      const { body } = await jar.finish(provider.visit(await jar.start(true), "hal-at-harbour"));
      await house.database.pool.query("UPDATE session SET proved_at = now() - interval '11 minutes'");

      const stranger = await new Jar(house).post("/v1/oidc/start", { link: true });
      const stale = await jar.post("/v1/oidc/start", { link: true });
      const late = await hal.try("identity.link", { identity: body.identity as never });
      await house.database.pool.query("UPDATE session SET proved_at = now()");

      expect(stranger.body.code).toBe("session.missing");
      expect(stale.body.code).toBe("session.proof_needed");
      expect(late.body.code).toBe("session.proof_needed");
      expect(await signIn("hal-at-harbour")).toMatchObject(REJECTED);
    });

    it("ends with the session that began it", async () => {
      const ida = await ada.addColleague("ida", ["handler"]);
      const jo = await ada.addColleague("jo", ["handler"]);
      const jar = new Jar(house, ida);
      const back = provider.visit(await jar.start(true), "ida-at-harbour");
      const [name = "", value = ""] = jo.cookie.split("=");
      jar.cookies.set(name, value);

      expect(await jar.finish(back)).toMatchObject(REJECTED);
    });

    it("takes no account that signs somebody else in, and nobody else's waiting one", async () => {
      const kim = await ada.addColleague("kim", ["handler"]);
      const lee = await ada.addColleague("lee", ["handler"]);
      await link(kim, "kim-at-harbour");

      const jar = new Jar(house, lee);
      const taken = await jar.finish(provider.visit(await jar.start(true), "kim-at-harbour"));
      const waiting = await jar.finish(provider.visit(await jar.start(true), "lee-at-harbour"));
      const stolen = await kim.try("identity.link", { identity: waiting.body.identity as never });

      expect(taken).toMatchObject(REJECTED);
      expect(stolen.status).toBe(404);
      expect((await signIn("kim-at-harbour")).body.session?.person?.name).toBe("Kim Lindqvist");
    });

    it("has an end, and nobody can end the link of another", async () => {
      const may = await ada.addColleague("may", ["handler"]);
      for (const each of [1, 2, 3, 4, 5]) await link(may, `may-${each}`);
      const jar = new Jar(house, may);
      const { body } = await jar.finish(provider.visit(await jar.start(true), "may-6"));
      const sixth = await may.try("identity.link", { identity: body.identity as never });
      const { identities } = await may.ask("factor.show", {});
      const others = await ada.try("identity.unlink", { identity: identities[0]?.id ?? ("" as never) });

      expect(sixth.body.code).toBe("identity.too_many");
      expect(others.status).toBe(404);
    });

    it("is not for tokens", async () => {
      const { secret } = await ada.do("token.make", { name: "gate", scopes: ["own"] });
      const bearer = { authorization: `Bearer ${secret}` };

      expect((await new Jar(house).post("/v1/oidc/start", { link: true }, bearer)).status).toBe(401);
    });
  });

  it("sends nobody anywhere but to the provider and back, and takes no visit that another site begins", async () => {
    const jar = new Jar(house);
    const astray = await jar.post("/v1/oidc/start", { next: "https://evil.example/" });
    const foreign = await jar.post("/v1/oidc/start", {}, { origin: "https://evil.example" });
    const back = provider.visit(await jar.start(), "nobody");
    const foreignEnd = await jar.post(
      "/v1/oidc/finish",
      { answer: back.search },
      { origin: "https://evil.example" },
    );
    const path = await jar.post("/v1/oidc/finish", { answer: `//evil.example/${back.search}` });

    expect(astray.body.code).toBe("request.malformed");
    expect([foreign.body.code, foreignEnd.body.code]).toEqual([
      "request.foreign_origin",
      "request.foreign_origin",
    ]);
    expect(path).toMatchObject(REJECTED);
  });

  it("makes an address wait that tries again and again", async () => {
    const jar = new Jar(house);
    let status = 0;
    for (let tries = 0; tries < 70 && status !== 429; tries++) {
      status = (await jar.post("/v1/oidc/finish", { answer: "?code=a&state=b" })).status;
    }

    expect(status).toBe(429);
    expect((await jar.post("/v1/oidc/start")).status).toBe(429);
  });

  it("tells in one sentence that the provider is away, and passphrases go on opening", async () => {
    const jar = new Jar(house);
    const back = provider.visit(await jar.start(), "eve-at-harbour");
    provider.broken = "down";
    const inTheMiddle = await jar.finish(back);
    await house.restart();
    const atTheStart = await jar.post("/v1/oidc/start");
    const visitor = house.visitor();
    await visitor.signIn("ada");
    provider.broken = "";

    expect([inTheMiddle.status, inTheMiddle.body.code]).toEqual([503, "provider.away"]);
    expect([atTheStart.status, atTheStart.body.code]).toEqual([503, "provider.away"]);
    expect((await jar.post("/v1/oidc/start")).status).toBe(200);
  });

  it("asks no address that the provider names over plain HTTP elsewhere", async () => {
    await house.restart();
    provider.broken = "metadata";

    expect((await new Jar(house).post("/v1/oidc/start")).body.code).toBe("provider.away");
  });
});

describe("the settings of a provider", () => {
  const given = { JUMPKIT_OIDC_ISSUER: "https://login.example/realm", JUMPKIT_OIDC_CLIENT_ID: "jumpkit" };

  it("name the provider by its host unless they say how", () => {
    expect(readSettings(given)).toMatchObject({ provider: { name: "login.example", clientId: "jumpkit" } });
    expect(readSettings({ ...given, JUMPKIT_OIDC_NAME: "Harbour" })).toMatchObject({
      provider: { name: "Harbour" },
    });
    expect(readSettings({})).toMatchObject({ provider: undefined });
  });

  it.each([
    [{ JUMPKIT_OIDC_CLIENT_ID: "jumpkit" }, "JUMPKIT_OIDC_ISSUER is missing"],
    [{ JUMPKIT_OIDC_ISSUER: "https://login.example" }, "JUMPKIT_OIDC_CLIENT_ID is missing"],
    [{ ...given, JUMPKIT_OIDC_ISSUER: "http://login.example" }, "JUMPKIT_OIDC_ISSUER has to be an address"],
    [{ ...given, JUMPKIT_OIDC_ISSUER: "https://a:b@login.example" }, "JUMPKIT_OIDC_ISSUER has to be"],
    [{ ...given, JUMPKIT_OIDC_ISSUER: "login.example" }, "JUMPKIT_OIDC_ISSUER has to be"],
    [{ ...given, JUMPKIT_TRUSTED_PROXY: "127.0.0.1" }, "PUBLIC_URL is missing"],
  ])("that cannot work are told at start: %o", (environment, sentence) => {
    const told = readSettings(environment) as readonly string[];
    expect(told).toHaveLength(1);
    expect(told[0]).toContain(sentence);
  });
});

describe("a provider that does not answer", () => {
  it("keeps no server from starting, and no client needs a secret", async () => {
    const provider = { issuer: "http://127.0.0.1:9", clientId: "jumpkit", name: "Nobody" };
    const house = await startHouse({ provider });
    try {
      const shown = await house.visitor().send("GET", "/v1/oidc");
      const answer = await new Jar(house).post("/v1/oidc/start");

      expect(shown.body).toEqual({ name: "Nobody" });
      expect(answer.body.code).toBe("provider.away");
    } finally {
      await house.close();
    }
  });
});
