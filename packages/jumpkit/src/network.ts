import { createPrivateKey, X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { isIP } from "node:net";
import { isLoopback, type Network } from "@jumpkit/server";
import * as z from "zod";

/** An address or a range in CIDR form. */
function isRange(text: string): boolean {
  const [address = "", bits, ...more] = text.split("/");
  const version = isIP(address);
  if (version === 0 || more.length > 0) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (version === 6 ? 128 : 32));
}

/** Addresses and ranges, separated by commas or blanks. */
const Ranges = z
  .string()
  .transform((text) => text.split(/[\s,]+/).filter((part) => part !== ""))
  .refine((parts) => parts.every(isRange), {
    error: "takes addresses and ranges such as 192.0.2.7, 10.0.0.0/8",
  });

/** What the environment says about the network. */
export const NetworkEnvironment = z.object({
  JUMPKIT_HOST: z
    .string()
    .default("127.0.0.1")
    .refine((host) => host === "localhost" || isIP(host) !== 0, {
      error: "has to be an IP address or localhost",
    }),
  JUMPKIT_PORT: z.coerce.number().int().min(0).max(65_535).default(8484),
  /** Certificate chain and private key, both in PEM. */
  JUMPKIT_TLS_CERT: z.string().optional(),
  JUMPKIT_TLS_KEY: z.string().optional(),
  /** The proxies in front of us. */
  JUMPKIT_TRUSTED_PROXY: Ranges.default([]),
  /** The address that people use. */
  PUBLIC_URL: z
    .string()
    .refine((text) => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol), {
      error: "has to be an address such as https://jumpkit.example",
    })
    .refine((text) => !URL.canParse(text) || new URL(text).pathname === "/", {
      error: "has to be an address without a path: Jumpkit needs a host name of its own",
    })
    .optional(),
  /** Who may read the metrics beside this machine itself: addresses, or whoever has the token. */
  JUMPKIT_METRICS_FROM: Ranges.default([]),
  JUMPKIT_METRICS_TOKEN: z.string().min(16).max(200).optional(),
});

/** The network part of the settings. */
export interface NetworkSettings {
  readonly host: string;
  readonly port: number;
  readonly tls?: { readonly certFile: string; readonly keyFile: string } | undefined;
  readonly trustedProxies?: readonly string[];
  readonly publicUrl?: string | undefined;
  readonly metricsFrom?: readonly string[];
  readonly metricsToken?: string | undefined;
}

/** The network settings, or the sentence that says why this server must not listen like that. */
export function networkSettings(env: z.output<typeof NetworkEnvironment>): NetworkSettings | string {
  const { JUMPKIT_TLS_CERT: certFile, JUMPKIT_TLS_KEY: keyFile, JUMPKIT_HOST: host } = env;
  if ((certFile === undefined) !== (keyFile === undefined)) {
    return "JUMPKIT_TLS_CERT and JUMPKIT_TLS_KEY belong together: set both, or neither.";
  }
  const tls = certFile === undefined || keyFile === undefined ? undefined : { certFile, keyFile };
  const publicUrl = env.PUBLIC_URL === undefined ? undefined : new URL(env.PUBLIC_URL).origin;
  const settings = {
    host,
    port: env.JUMPKIT_PORT,
    tls,
    trustedProxies: env.JUMPKIT_TRUSTED_PROXY,
    publicUrl,
    metricsFrom: env.JUMPKIT_METRICS_FROM,
    metricsToken: env.JUMPKIT_METRICS_TOKEN,
  };
  if (publicUrl?.startsWith("http://") && !isOwnAddress(new URL(publicUrl).hostname)) {
    return `PUBLIC_URL ${publicUrl} is plain HTTP: whoever is on the way could read and take over sessions. Make it https://.`;
  }
  return whyNotPublic(settings) ?? settings;
}

/** Plain HTTP stays on this machine: anywhere else, sessions could be read on the way. */
function whyNotPublic({ host, tls, trustedProxies = [], publicUrl }: NetworkSettings): string | undefined {
  const guarded = trustedProxies.length > 0 && publicUrl?.startsWith("https://") === true;
  if (isOwnAddress(host) || tls !== undefined || guarded) return undefined;
  return (
    `JUMPKIT_HOST ${host} can be reached from other machines, and plain HTTP would let anybody on the way read ` +
    "sessions and evidence. Three ways out: give the server a certificate (JUMPKIT_TLS_CERT and JUMPKIT_TLS_KEY); " +
    "name the proxy that has one (JUMPKIT_TRUSTED_PROXY together with PUBLIC_URL=https://…); or leave JUMPKIT_HOST " +
    "at 127.0.0.1 and reach it through a proxy or tunnel on this machine."
  );
}

function isOwnAddress(host: string): boolean {
  return host === "localhost" || isLoopback(host.replace(/^\[|\]$/g, ""));
}

/** The server cannot listen as it is told to; the message says what to mend. */
export class CannotListen extends Error {
  override readonly name = "CannotListen";
  readonly code = "network.unusable";
}

/** Certificate chain and private key, both in PEM. */
export interface Tls {
  readonly cert: string;
  readonly key: string;
}

/**
 * What the settings mean for the server, with certificate and key read.
 *
 * @param tls  certificate and key when they were read already
 * @throws CannotListen  a file cannot be read, is not what it should be, or the two do not belong together
 */
export function networkOf(
  settings: NetworkSettings,
  say: (sentence: string) => void,
  tls: Tls | undefined = settings.tls && readTls(settings.tls, say),
): Network {
  const { host, trustedProxies = [], publicUrl } = settings;
  const certificate = tls && new X509Certificate(tls.cert);
  const publicHost = publicUrl === undefined ? undefined : new URL(publicUrl).hostname;
  return {
    tls,
    publicOrigin: publicUrl,
    trustedProxies,
    proxiesOnly: tls === undefined && !isOwnAddress(host),
    answersTo: (name) =>
      isOwnAddress(name) ||
      name === publicHost ||
      (isIP(name) === 0 ? certificate?.checkHost(name) : certificate?.checkIP(name)) !== undefined,
  };
}

/** Certificate chain and key, read and found to belong together. */
export function readTls(
  { certFile, keyFile }: { readonly certFile: string; readonly keyFile: string },
  say: (sentence: string) => void,
): Tls {
  const [cert, key] = [readPem("JUMPKIT_TLS_CERT", certFile), readPem("JUMPKIT_TLS_KEY", keyFile)];
  const certificate = attempt(
    () => new X509Certificate(cert),
    `JUMPKIT_TLS_CERT ${certFile} holds no certificate in PEM form`,
  );
  const privateKey = attempt(
    () => createPrivateKey(key),
    `JUMPKIT_TLS_KEY ${keyFile} holds no private key in PEM form that opens without a passphrase`,
  );
  if (!certificate.checkPrivateKey(privateKey)) {
    throw new CannotListen(`The key in ${keyFile} is not the key of the certificate in ${certFile}.`);
  }
  if (Date.parse(certificate.validTo) < Date.now()) {
    say(`The certificate in ${certFile} ended on ${certificate.validTo}: browsers will refuse it.`);
  }
  return { cert, key };
}

function readPem(variable: string, path: string): string {
  return attempt(() => readFileSync(path, "utf8"), `${variable} ${path} cannot be read`);
}

function attempt<Value>(work: () => Value, what: string): Value {
  try {
    return work();
  } catch (cause) {
    throw new CannotListen(`${what}: ${(cause as Error).message}.`, { cause });
  }
}
