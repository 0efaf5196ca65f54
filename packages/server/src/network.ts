import { BlockList, isIP } from "node:net";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { sendRefusal } from "./refusal-reply.ts";

/** How the outside reaches this server, decided before it listens. */
export interface Network {
  /** Certificate chain and key, when the server speaks TLS itself. */
  readonly tls: { readonly cert: string; readonly key: string } | undefined;
  /** The origin that people use, such as `https://jumpkit.example`; `undefined` when it is our own address. */
  readonly publicOrigin: string | undefined;
  /** Addresses and ranges of the proxies whose word about the client's address is taken. */
  readonly trustedProxies: readonly string[];
  /** Whether others than the proxies could reach our plain HTTP, so that they have to be turned away. */
  readonly proxiesOnly: boolean;
  /** Whether requests may ask for this name or address of us. */
  readonly answersTo: (hostname: string) => boolean;
}

/** Whether browsers reach the server over TLS, so that cookies may insist on it. */
export function isSecure({ tls, publicOrigin }: Pick<Network, "tls" | "publicOrigin">): boolean {
  return tls !== undefined || publicOrigin?.startsWith("https://") === true;
}

/** A test for addresses: whether one is among these addresses and ranges. */
export function addressesIn(ranges: readonly string[]): (address: string) => boolean {
  const list = new BlockList();
  for (const range of ranges) {
    const [address = "", bits] = range.split("/");
    const family = isIP(address) === 6 ? "ipv6" : "ipv4";
    if (bits === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(bits), family);
  }
  return (address) => {
    const plain = withoutMapping(address);
    const version = isIP(plain);
    return version !== 0 && list.check(plain, version === 6 ? "ipv6" : "ipv4");
  };
}

/** Addresses of this machine itself. */
export const isLoopback = addressesIn(["127.0.0.0/8", "::1"]);

/** An IPv4 address that a socket for both families writes as `::ffff:192.0.2.1`. */
function withoutMapping(address: string): string {
  return /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1] ?? address;
}

/** What proxies add to the requests that they pass on. */
const SPEAKING_FOR = [
  "x-forwarded-for",
  "x-forwarded-proto",
  "x-forwarded-host",
  "x-real-ip",
  "forwarded",
  "via",
];

/** Whether a request comes from this machine itself and from no proxy on it that speaks for somebody else. */
export function isLocal(request: FastifyRequest): boolean {
  const { headers } = request;
  const spokenFor = SPEAKING_FOR.some((name) => name in headers);
  return !spokenFor && isLoopback(request.raw.socket.remoteAddress ?? "");
}

/**
 * Turns away what no page or client of ours would send: requests around the proxy, requests for another name
 * (DNS rebinding), and changes that another site's page sent.
 */
export function addNetworkRules(app: FastifyInstance, network: Network): void {
  const isProxy = addressesIn(network.trustedProxies);
  app.addHook("onRequest", async (request, reply) => {
    const { method, headers } = request;
    const byProxy = isProxy(request.raw.socket.remoteAddress ?? "");
    if (network.proxiesOnly && !byProxy) return sendRefusal(reply, { code: "request.around_proxy" });
    // A proxy was asked for its own name and may pass on any; a browser that reaches us itself may not.
    const host = hostnameIn(headers.host);
    if (!byProxy && (host === undefined || !network.answersTo(host))) {
      return sendRefusal(reply, { code: "request.unknown_host" });
    }
    if (
      !CHANGES_NOTHING.has(method) &&
      comesFromElsewhere(headers, byProxy ? network.publicOrigin : undefined)
    ) {
      return sendRefusal(reply, { code: "request.foreign_origin" });
    }
    return undefined;
  });
}

const CHANGES_NOTHING: ReadonlySet<string> = new Set(["GET", "HEAD", "OPTIONS"]);

function hostnameIn(host: string | undefined): string | undefined {
  if (host === undefined || !URL.canParse(`http://${host}`)) return undefined;
  return new URL(`http://${host}`).hostname.replace(/^\[|\]$/g, "");
}

/**
 * Whether a browser says that another site's page sent this change. Clients without an origin are no browsers.
 *
 * @param ours  the origin that pages have behind a proxy; without one it is the host that was asked for
 */
function comesFromElsewhere(headers: FastifyRequest["headers"], ours: string | undefined): boolean {
  const site = headers["sec-fetch-site"];
  if (site !== undefined && site !== "same-origin" && site !== "none") return true;
  const { origin, host } = headers;
  if (typeof origin !== "string") return false;
  if (!URL.canParse(origin)) return true;
  return ours === undefined ? new URL(origin).host !== host : new URL(origin).origin !== ours;
}
