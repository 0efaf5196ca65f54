import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { type RequestOptions as HttpOptions, request as httpRequest } from "node:http";
import { request as httpsRequest, type RequestOptions } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readSettings, type Settings } from "../../packages/jumpkit/src/env.ts";
import { CannotListen, networkOf } from "../../packages/jumpkit/src/network.ts";
import { PASSPHRASE } from "../support/browserless.ts";
import { CERTIFICATE, CERTIFICATE_KEY, FOREIGN_KEY } from "../support/certificate.ts";
import { startHouse, type TestHouse } from "../support/running.ts";

const PUBLIC = "https://jumpkit.example";

interface Told {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: { readonly code?: string };
}

/** Sends a request with headers as they are, `Host` and `Origin` among them. */
function send(url: string, options: HttpOptions & RequestOptions & { body?: unknown } = {}): Promise<Told> {
  const { body, ...rest } = options;
  const text = body === undefined ? undefined : JSON.stringify(body);
  return new Promise((resolve, reject) => {
    const make = url.startsWith("https:") ? httpsRequest : httpRequest;
    const headers = {
      ...(text === undefined ? {} : { "content-type": "application/json" }),
      ...rest.headers,
    };
    const sent = make(url, { ...rest, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("end", () => {
        const told = Buffer.concat(chunks).toString();
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: told.startsWith("{") ? JSON.parse(told) : {},
        });
      });
    });
    sent.on("error", reject);
    sent.end(text);
  });
}

const settings = (environment: NodeJS.ProcessEnv) =>
  readSettings(environment) as Settings | readonly string[];

describe("how a server may be reached", () => {
  it("is plain HTTP on this machine alone, and the refusal names three ways out", () => {
    for (const host of ["0.0.0.0", "::", "192.0.2.7"]) {
      const [sentence] = settings({ JUMPKIT_HOST: host }) as readonly string[];
      expect(sentence).toMatch(/JUMPKIT_TLS_CERT[\s\S]*JUMPKIT_TRUSTED_PROXY[\s\S]*127\.0\.0\.1/);
    }
    for (const host of ["127.0.0.1", "127.8.8.8", "::1", "localhost"]) {
      expect(settings({ JUMPKIT_HOST: host })).toMatchObject({ host });
    }
  });

  it("needs both halves of each way out", () => {
    const open = { JUMPKIT_HOST: "0.0.0.0" };

    for (const half of [
      { JUMPKIT_TLS_CERT: "/c" },
      { JUMPKIT_TLS_KEY: "/k" },
      { JUMPKIT_TRUSTED_PROXY: "192.0.2.1" },
      { PUBLIC_URL: PUBLIC },
      { JUMPKIT_TRUSTED_PROXY: "192.0.2.1", PUBLIC_URL: "http://jumpkit.example" },
    ]) {
      expect([half, Array.isArray(settings({ ...open, ...half }))]).toEqual([half, true]);
    }
    for (const whole of [
      { JUMPKIT_TLS_CERT: "/c", JUMPKIT_TLS_KEY: "/k" },
      { JUMPKIT_TRUSTED_PROXY: "192.0.2.1 10.0.0.0/8,2001:db8::/32", PUBLIC_URL: PUBLIC },
    ]) {
      expect([whole, Array.isArray(settings({ ...open, ...whole }))]).toEqual([whole, false]);
    }
  });

  it("is told in sentences that name the variable", () => {
    for (const [variable, value] of [
      ["JUMPKIT_TRUSTED_PROXY", "my-proxy"],
      ["JUMPKIT_TRUSTED_PROXY", "10.0.0.0/99"],
      ["PUBLIC_URL", "jumpkit.example"],
      ["PUBLIC_URL", "https://example.org/jumpkit"],
      ["PUBLIC_URL", "http://jumpkit.example"],
      ["JUMPKIT_HOST", "jumpkit.example"],
    ]) {
      const said = settings({ [variable as string]: value }) as readonly string[];
      expect(said[0]).toContain(variable);
    }
  });
});

describe("certificate and key", () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "jumpkit-tls-"));
    await writeFile(join(folder, "cert.pem"), CERTIFICATE);
    await writeFile(join(folder, "key.pem"), CERTIFICATE_KEY);
    await writeFile(join(folder, "foreign.pem"), FOREIGN_KEY);
    await writeFile(join(folder, "text.pem"), "no certificate");
  });
  afterAll(async () => rm(folder, { recursive: true, force: true }));

  const files = (cert: string, key: string) => ({
    host: "127.0.0.1",
    port: 0,
    tls: { certFile: join(folder, cert), keyFile: join(folder, key) },
  });

  it("are refused with the file's name when they are missing, no such thing, or not a pair", () => {
    for (const [cert, key, sentence] of [
      ["none.pem", "key.pem", /JUMPKIT_TLS_CERT .*none\.pem cannot be read/],
      ["text.pem", "key.pem", /JUMPKIT_TLS_CERT .*text\.pem holds no certificate/],
      ["cert.pem", "text.pem", /JUMPKIT_TLS_KEY .*text\.pem holds no private key/],
      ["cert.pem", "foreign.pem", /foreign\.pem is not the key of the certificate/],
    ] as const) {
      expect(() => networkOf(files(cert, key), () => {})).toThrow(sentence);
      expect(() => networkOf(files(cert, key), () => {})).toThrow(CannotListen);
    }
  });

  describe("in use", () => {
    let house: TestHouse;
    beforeAll(async () => {
      house = await startHouse(files("cert.pem", "key.pem"));
    });
    afterAll(async () => house?.close());

    const trusting = { ca: CERTIFICATE };

    it("answer over TLS, with a cookie that no other host and no clear line ever sees", async () => {
      expect(house.url).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/);
      const founded = await send(`${house.url}/v1/setup`, {
        ...trusting,
        method: "POST",
        body: {
          token: house.setUpSecret,
          organisation: "Harbour CSIRT",
          signInName: "ada",
          name: "Ada Okafor",
          title: "Head",
          phone: "1",
          zone: "UTC",
          passphrase: PASSPHRASE,
        },
      });

      expect(founded.status).toBe(200);
      expect(founded.headers["strict-transport-security"]).toBe("max-age=31536000");
      const [cookie] = founded.headers["set-cookie"] as string[];
      expect(cookie).toMatch(
        /^__Host-jumpkit_session=[0-9a-f]{64}; Path=\/; HttpOnly; Secure; SameSite=Strict$/,
      );
      const [pair = ""] = (cookie ?? "").split(";");
      const seen = await send(`${house.url}/v1/person`, { ...trusting, headers: { cookie: pair } });
      const renamed = { cookie: pair.replace("__Host-", "") };
      const unseen = await send(`${house.url}/v1/person`, { ...trusting, headers: renamed });
      expect([seen.status, unseen.status]).toEqual([200, 401]);
    });

    it("let the server answer to the certificate's names, and to no other", async () => {
      const ask = (host: string) =>
        send(`${house.url}/v1/session`, {
          ...trusting,
          // The client would refuse the foreign name by itself.
          checkServerIdentity: () => undefined,
          headers: { host },
        });

      expect((await ask("jumpkit.test")).status).toBe(200);
      expect(await ask("evil.example")).toMatchObject({
        status: 421,
        body: { code: "request.unknown_host" },
      });
    });

    it("are read anew on SIGHUP, and kept when what is there does not fit", async () => {
      await writeFile(join(folder, "cert.pem"), "broken");
      process.emit("SIGHUP");
      expect((await send(`${house.url}/v1/session`, trusting)).status).toBe(200);

      await writeFile(join(folder, "cert.pem"), CERTIFICATE);
      process.emit("SIGHUP");
      expect((await send(`${house.url}/v1/session`, trusting)).status).toBe(200);
    });
  });
});

describe("a server on loopback", () => {
  let house: TestHouse;
  beforeAll(async () => {
    house = await startHouse();
  });
  afterAll(async () => house?.close());

  it("answers to names of this machine alone, so that no foreign name can be pointed at it", async () => {
    const { port } = new URL(house.url);
    const statuses = await Promise.all(
      [
        "127.0.0.1",
        `localhost:${port}`,
        `[::1]:${port}`,
        "evil.example",
        `rebound.example:${port}`,
        "192.0.2.7",
        "a b",
      ].map(async (host) => (await send(`${house.url}/v1/session`, { headers: { host } })).status),
    );

    expect(statuses.slice(0, 3)).toEqual([200, 200, 200]);
    expect(statuses.slice(3).every((status) => status === 421 || status === 400)).toBe(true);
  });

  it("believes nobody about whom they speak for", async () => {
    for (let guess = 0; guess < 70; guess++) {
      const headers = { "x-forwarded-for": `198.51.100.${guess}` };
      const body = { token: "0".repeat(64), passphrase: `guess ${guess}` };
      const told = await send(`${house.url}/v1/welcome`, { method: "POST", headers, body });
      if (told.status === 429) return;
    }
    throw new Error("Every guess got through, as if each had come from another address.");
  });
});

describe("a server behind a trusted proxy", () => {
  let house: TestHouse;
  beforeAll(async () => {
    house = await startHouse({ trustedProxies: ["127.0.0.1"], publicUrl: PUBLIC });
  });
  afterAll(async () => house?.close());

  const post = (headers: Record<string, string>, signInName = "nobody") =>
    send(`${address()}/v1/session`, { method: "POST", headers, body: { signInName, passphrase: "x" } });
  /** Where the server listens; its own word for itself is the public address. */
  const address = () => `http://127.0.0.1:${house.port}`;

  it("says the public address, marks the cookie, and asks for TLS from then on", async () => {
    expect(house.url).toBe(PUBLIC);
    const told = await send(`${address()}/v1/session`, { method: "DELETE" });
    expect(told.headers["strict-transport-security"]).toBeDefined();
    expect(told.headers["set-cookie"]?.[0]).toMatch(/^__Host-jumpkit_session=; .*Secure/);
  });

  it("takes changes from pages of the public address alone, whatever name the proxy asks for", async () => {
    const ours = await post({ origin: PUBLIC, host: "backend.internal" });
    const foreign = await post({ origin: "https://backend.internal", host: "backend.internal" });
    const plain = await post({ origin: "http://jumpkit.example", host: "jumpkit.example" });

    expect([ours, foreign, plain].map(({ body }) => body.code)).toEqual([
      "session.wrong_credentials",
      "request.foreign_origin",
      "request.foreign_origin",
    ]);
  });

  it("counts attempts for each client that the proxy names, and not for what the client made up", async () => {
    const attempt = (from: string, guess: number) =>
      send(`${address()}/v1/welcome`, {
        method: "POST",
        headers: { "x-forwarded-for": from },
        body: { token: "0".repeat(64), passphrase: `guess ${guess}` },
      });
    let last = 0;
    for (let guess = 0; guess < 70 && last !== 429; guess++) {
      last = (await attempt(`198.51.100.${guess}, 203.0.113.9`, guess)).status;
    }

    expect(last).toBe(429);
    expect((await attempt("203.0.113.10", 0)).status).not.toBe(429);
  });
});

describe("plain HTTP that others could reach", () => {
  it("is answered to the proxy alone", async () => {
    const house = await startHouse({ host: "0.0.0.0", trustedProxies: ["192.0.2.1"], publicUrl: PUBLIC });
    try {
      const told = await send(`http://127.0.0.1:${house.port}/v1/session`);
      expect(told).toMatchObject({ status: 403, body: { code: "request.around_proxy" } });
    } finally {
      await house.close();
    }
  });
});
