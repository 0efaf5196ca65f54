import { createHmac } from "node:crypto";
import type { Provider, ProviderAnswer } from "@jumpkit/app";
import { isThisMachine } from "@jumpkit/core";
import * as openid from "openid-client";

/** What an operator says of the provider. */
export interface ProviderSettings {
  /** Its address, https, or http on this machine itself. */
  readonly issuer: string;
  readonly clientId: string;
  /** `undefined` for a client without a secret, which PKCE alone protects. */
  readonly clientSecret?: string | undefined;
  /** What the button says. */
  readonly name: string;
}

/** The page to which the provider sends the browser back. */
const REDIRECT_PATH = "/sign-in/oidc";

/** How long what the provider says about itself is believed. */
const METADATA_MS = 60 * 60_000;

/** How long one request to the provider may take. */
const TIMEOUT_SECONDS = 10;

/** Metadata, keys and tokens are small; a provider that sends more is not listened to. */
const ANSWER_BYTES = 1024 * 1024;

/** The provider did not answer, or with something that is no answer. */
class ProviderAway extends Error {
  override readonly name = "ProviderAway";
}

/**
 * An OpenID provider, asked by the authorisation code flow with PKCE, state and nonce.
 *
 * State, nonce and verifier come from the visit's secret, which the browser alone has: a code that was got by one
 * browser is worth nothing in another, and the database holds nothing to sign in with. The ID token's signature is
 * verified although it came over TLS.
 *
 * @source OpenID Connect Core 1.0 §3.1, RFC 7636 §4, RFC 9207 §2.4, RFC 9700 §2.1
 */
export class OpenIdProvider implements Provider {
  readonly name: string;
  readonly #settings: ProviderSettings;
  readonly #say: (sentence: string) => void;
  #known: { readonly config: openid.Configuration; readonly untilMs: number } | undefined;

  constructor(settings: ProviderSettings, say: (sentence: string) => void) {
    this.name = settings.name;
    this.#settings = settings;
    this.#say = say;
  }

  async addressFor(secret: string, origin: string): Promise<string | undefined> {
    try {
      const address = openid.buildAuthorizationUrl(await this.#config(), {
        redirect_uri: `${origin}${REDIRECT_PATH}`,
        scope: "openid",
        state: derived(secret, "state"),
        nonce: derived(secret, "nonce"),
        code_challenge: await openid.calculatePKCECodeChallenge(derived(secret, "verifier")),
        code_challenge_method: "S256",
      });
      return address.href;
    } catch (error) {
      this.#tell(error);
      return undefined;
    }
  }

  async accountOf(secret: string, origin: string, answer: string): Promise<ProviderAnswer> {
    try {
      const config = await this.#config();
      const cameTo = new URL(REDIRECT_PATH, origin);
      cameTo.search = answer;
      const tokens = await openid.authorizationCodeGrant(config, cameTo, {
        expectedState: derived(secret, "state"),
        expectedNonce: derived(secret, "nonce"),
        pkceCodeVerifier: derived(secret, "verifier"),
        idTokenExpected: true,
      });
      const claims = tokens.claims();
      if (claims === undefined || claims.sub.length > 255) return { kind: "rejected" };
      return { kind: "account", account: { issuer: claims.iss, subject: claims.sub } };
    } catch (error) {
      if (!isAway(error)) return { kind: "rejected" };
      this.#tell(error);
      return { kind: "away" };
    }
  }

  /** What the provider says about itself: asked for when it is needed, not at start, and kept for an hour. */
  async #config(): Promise<openid.Configuration> {
    if (this.#known !== undefined && this.#known.untilMs > Date.now()) return this.#known.config;
    const { issuer, clientId, clientSecret } = this.#settings;
    const isPlain = issuer.startsWith("http:");
    const config = await openid.discovery(new URL(issuer), clientId, undefined, authOf(clientSecret), {
      timeout: TIMEOUT_SECONDS,
      [openid.customFetch]: (url, options) => this.#fetch(url, options),
      execute: [...(isPlain ? [openid.allowInsecureRequests] : []), openid.enableNonRepudiationChecks],
    });
    const {
      authorization_endpoint: authorize,
      token_endpoint: token,
      jwks_uri: keys,
    } = config.serverMetadata();
    for (const endpoint of [authorize, token, keys]) {
      if (endpoint === undefined || !this.#mayAsk(endpoint)) {
        throw new ProviderAway(`its metadata names ${endpoint ?? "not every endpoint"}, which is not used`);
      }
    }
    this.#known = { config, untilMs: Date.now() + METADATA_MS };
    return config;
  }

  /** Whether an endpoint may be used: over TLS, or on this machine when the provider itself is here over HTTP. */
  #mayAsk(address: string): boolean {
    if (!URL.canParse(address)) return false;
    const { protocol, hostname } = new URL(address);
    if (protocol === "https:") return true;
    return protocol === "http:" && this.#settings.issuer.startsWith("http:") && isThisMachine(hostname);
  }

  async #fetch(url: string, options: openid.CustomFetchOptions): Promise<Response> {
    if (!this.#mayAsk(url)) throw new ProviderAway(`${url} is not asked`);
    try {
      const response = await fetch(url, { ...options, redirect: "manual" } as RequestInit);
      const body = await bodyOf(response);
      if (response.status >= 500) throw new ProviderAway(`${url} answers ${response.status}`);
      const { status, headers } = response;
      return new Response(status === 204 || status === 304 ? null : body, { status, headers });
    } catch (cause) {
      if (cause instanceof ProviderAway) throw cause;
      throw new ProviderAway(`${url} does not answer`, { cause });
    }
  }

  #tell(error: unknown): void {
    const why = error instanceof Error ? error.message : String(error);
    this.#say(`The provider ${this.#settings.issuer} cannot be used: ${why}.`);
  }
}

/** A value that only the holder of the visit's secret can make. 43 characters, as a verifier needs. */
function derived(secret: string, purpose: "state" | "nonce" | "verifier"): string {
  return createHmac("sha256", Buffer.from(secret, "hex")).update(purpose).digest("base64url");
}

/** The secret in the header, as providers have to understand it, unless this one takes it in the body only. */
function authOf(secret: string | undefined): openid.ClientAuth {
  if (secret === undefined) return openid.None();
  const [inHeader, inBody] = [openid.ClientSecretBasic(secret), openid.ClientSecretPost(secret)];
  return (as, client, body, headers) => {
    const ways = as.token_endpoint_auth_methods_supported ?? ["client_secret_basic"];
    return (ways.includes("client_secret_basic") ? inHeader : inBody)(as, client, body, headers);
  };
}

async function bodyOf(response: Response): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    size += chunk.length;
    if (size > ANSWER_BYTES) throw new ProviderAway(`${response.url} sends too much`);
    chunks.push(chunk);
  }
  return new Uint8Array(Buffer.concat(chunks));
}

/** Whether this came from a provider that is away, however deep the library wrapped it. */
function isAway(error: unknown): boolean {
  for (let each: unknown = error; each instanceof Error; each = each.cause) {
    if (each instanceof ProviderAway || (each as { code?: unknown }).code === "OAUTH_TIMEOUT") return true;
  }
  return false;
}
