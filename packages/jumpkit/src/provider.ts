import { isThisMachine } from "@jumpkit/core";
import type { ProviderSettings } from "@jumpkit/server";
import * as z from "zod";

/** What the environment says about a provider to sign in with. */
export const ProviderEnvironment = z.object({
  /** The provider's address, as its metadata gives it. */
  JUMPKIT_OIDC_ISSUER: z
    .string()
    .refine(isIssuer, {
      error:
        "has to be an address such as https://login.example, without a query; plain http only on this machine",
    })
    .optional(),
  JUMPKIT_OIDC_CLIENT_ID: z.string().max(300).optional(),
  /** Absent for a client without a secret. */
  JUMPKIT_OIDC_CLIENT_SECRET: z.string().max(2000).optional(),
  /** What the button says. */
  JUMPKIT_OIDC_NAME: z.string().max(60).optional(),
});

/** @source OpenID Connect Discovery 1.0 §3: no query, no fragment. */
function isIssuer(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, search, hash, username, password } = new URL(text);
  if (search !== "" || hash !== "" || username !== "" || password !== "") return false;
  return protocol === "https:" || (protocol === "http:" && isThisMachine(hostname));
}

/**
 * The provider's settings, `undefined` when there is none, or the sentence that says what is missing.
 *
 * @param hasOrigin  whether the server knows the address that people use
 */
export function providerSettings(
  env: z.output<typeof ProviderEnvironment>,
  hasOrigin: boolean,
): ProviderSettings | undefined | string {
  const { JUMPKIT_OIDC_ISSUER: issuer, JUMPKIT_OIDC_CLIENT_ID: clientId } = env;
  const { JUMPKIT_OIDC_CLIENT_SECRET: clientSecret, JUMPKIT_OIDC_NAME: name } = env;
  if (issuer === undefined) {
    return [clientId, clientSecret, name].every((value) => value === undefined)
      ? undefined
      : "JUMPKIT_OIDC_ISSUER is missing: the other variables of the provider mean nothing without it.";
  }
  if (clientId === undefined) {
    return "JUMPKIT_OIDC_CLIENT_ID is missing: the provider gives it to whoever registers this server there.";
  }
  if (!hasOrigin) {
    return "PUBLIC_URL is missing: behind a proxy, the provider has to be told where to send people back to.";
  }
  return { issuer, clientId, clientSecret, name: name ?? new URL(issuer).host };
}
