import { createHash, createHmac, createSign, generateKeyPairSync, randomBytes } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** What a token says and how it is signed; tests change what an attacker would. */
export interface Forgery {
  readonly claims?: Record<string, unknown>;
  readonly sign?: "none" | "hs256" | "stranger";
  /** What the redirect names as its issuer. */
  readonly iss?: string;
}

interface Granted {
  readonly query: URLSearchParams;
  readonly subject: string;
  readonly forgery: Forgery;
}

/**
 * An OpenID provider on 127.0.0.1 that speaks the code flow with PKCE, and lies where a test wants it to.
 *
 * It checks verifier, secret, redirect address and that a code is used once, as a real one does.
 */
export class TestProvider {
  readonly clientId = "jumpkit-test";
  readonly clientSecret = "a secret: with % and +";
  issuer = "";
  /** Paths that were asked for, in order. */
  readonly asked: string[] = [];
  /** What the next answers are instead of what they should be. */
  broken: "" | "down" | "metadata" = "";
  readonly #keys = generateKeyPairSync("rsa", { modulusLength: 2048 });
  readonly #stranger = generateKeyPairSync("rsa", { modulusLength: 2048 });
  readonly #codes = new Map<string, Granted>();
  readonly #server = createServer((request, response) => void this.#answer(request, response));

  static async start(): Promise<TestProvider> {
    const provider = new TestProvider();
    provider.#server.listen(0, "127.0.0.1");
    await once(provider.#server, "listening");
    provider.issuer = `http://127.0.0.1:${(provider.#server.address() as AddressInfo).port}`;
    return provider;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, "close");
  }

  /** Signs somebody in at the address that the browser was sent to; gives where the browser is sent back to. */
  visit(address: string, subject: string, forgery: Forgery = {}): URL {
    const { searchParams: query } = new URL(address);
    const code = randomBytes(16).toString("hex");
    this.#codes.set(code, { query, subject, forgery });
    const back = new URL(query.get("redirect_uri") ?? "");
    back.searchParams.set("code", code);
    back.searchParams.set("state", query.get("state") ?? "");
    back.searchParams.set("iss", forgery.iss ?? this.issuer);
    return back;
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, href } = new URL(request.url ?? "/", this.issuer);
    this.asked.push(pathname);
    if (this.broken === "down") return void response.writeHead(503).end("away");
    switch (pathname) {
      case "/.well-known/openid-configuration":
        return json(response, 200, this.#metadata());
      case "/keys": {
        const key = this.#keys.publicKey.export({ format: "jwk" });
        return json(response, 200, { keys: [{ ...key, kid: "one", use: "sig", alg: "RS256" }] });
      }
      case "/token":
        return this.#token(request, response);
      case "/authorize":
        // Whoever comes here in a browser is Grace.
        return void response.writeHead(303, { location: this.visit(href, "grace").href }).end();
      default:
        return json(response, 404, {});
    }
  }

  #metadata(): object {
    const token = this.broken === "metadata" ? "http://192.0.2.1/token" : `${this.issuer}/token`;
    return {
      issuer: this.issuer,
      authorization_endpoint: `${this.issuer}/authorize`,
      token_endpoint: token,
      jwks_uri: `${this.issuer}/keys`,
      response_types_supported: ["code"],
      subject_types_supported: ["public"],
      id_token_signing_alg_values_supported: ["RS256", "HS256", "none"],
      authorization_response_iss_parameter_supported: true,
    };
  }

  async #token(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let text = "";
    for await (const chunk of request) text += String(chunk);
    const body = new URLSearchParams(text);
    const granted = this.#codes.get(body.get("code") ?? "");
    this.#codes.delete(body.get("code") ?? "");
    const given = Buffer.from((request.headers.authorization ?? "").slice(6), "base64").toString();
    const known = given.split(":").map((part) => decodeURIComponent(part.replaceAll("+", " ")));
    if (known.join("\n") !== `${this.clientId}\n${this.clientSecret}`) {
      return json(response, 401, { error: "invalid_client" });
    }
    const challenge = createHash("sha256")
      .update(body.get("code_verifier") ?? "")
      .digest("base64url");
    const fits =
      granted?.query.get("code_challenge") === challenge &&
      granted.query.get("code_challenge_method") === "S256" &&
      granted.query.get("redirect_uri") === body.get("redirect_uri");
    if (granted === undefined || !fits) return json(response, 400, { error: "invalid_grant" });
    return json(response, 200, {
      access_token: randomBytes(16).toString("hex"),
      token_type: "Bearer",
      expires_in: 60,
      id_token: this.#idToken(granted),
    });
  }

  #idToken({ query, subject, forgery }: Granted): string {
    const now = Math.floor(Date.now() / 1000);
    const claims = {
      iss: this.issuer,
      sub: subject,
      aud: this.clientId,
      nonce: query.get("nonce"),
      iat: now,
      exp: now + 300,
      ...forgery.claims,
    };
    const alg = { none: "none", hs256: "HS256", stranger: "RS256", right: "RS256" }[forgery.sign ?? "right"];
    const signed = [{ alg, kid: "one", typ: "JWT" }, claims]
      .map((part) => Buffer.from(JSON.stringify(part)).toString("base64url"))
      .join(".");
    if (forgery.sign === "none") return `${signed}.`;
    if (forgery.sign === "hs256") {
      const publicKey = this.#keys.publicKey.export({ type: "spki", format: "pem" });
      return `${signed}.${createHmac("sha256", publicKey).update(signed).digest("base64url")}`;
    }
    const { privateKey } = forgery.sign === "stranger" ? this.#stranger : this.#keys;
    return `${signed}.${createSign("sha256").update(signed).sign(privateKey, "base64url")}`;
  }
}

function json(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}
