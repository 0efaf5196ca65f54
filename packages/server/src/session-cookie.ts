import { type Origin, TOKEN_PREFIX, type Viewer } from "@jumpkit/app";
import { parse, serialize } from "cookie";
import type { FastifyReply, FastifyRequest } from "fastify";
import { isSecure } from "./network.ts";
import type { ServerParts } from "./parts.ts";

/** How long a browser keeps the secret of a visit to the provider. */
const VISIT_SECONDS = 600;

const SECRET = /^[0-9a-f]{64}$/;
const BEARER = new RegExp(`^Bearer ${TOKEN_PREFIX}([0-9a-f]{64})$`, "i");

/** The session secret that a request carries; `undefined` when it carries none that could be one. */
export function sessionSecret(parts: ServerParts, request: FastifyRequest): string | undefined {
  const secret = parse(request.headers.cookie ?? "")[nameFor(parts)];
  return secret !== undefined && SECRET.test(secret) ? secret : undefined;
}

/**
 * Who asks: by a token in `Authorization`, otherwise by the session cookie; `undefined` when by neither.
 *
 * A request that brings a token is judged by it alone, so that a wrong one never falls back to a session.
 */
export async function viewerOf(parts: ServerParts, request: FastifyRequest): Promise<Viewer | undefined> {
  const { authorization } = request.headers;
  if (authorization !== undefined) {
    const token = BEARER.exec(authorization)?.[1];
    return token === undefined ? undefined : parts.accounts.bearer(token);
  }
  const secret = sessionSecret(parts, request);
  return secret === undefined ? undefined : parts.accounts.viewer(secret);
}

/** Where a session begins, as its owner will read it. */
export function originOf(request: FastifyRequest): Origin {
  return { agent: (request.headers["user-agent"] ?? "").slice(0, 300), address: request.ip };
}

/** Sets the session cookie: no script reads it, no other site sends it. */
export function setSession(parts: ServerParts, reply: FastifyReply, secret: string): void {
  reply.header("set-cookie", serialize(nameFor(parts), secret, attributes(parts)));
}

/** Takes the session cookie away. */
export function clearSession(parts: ServerParts, reply: FastifyReply): void {
  reply.header("set-cookie", serialize(nameFor(parts), "", { ...attributes(parts), maxAge: 0 }));
}

/** The secret of a visit to the provider that this browser set out on. */
export function visitSecret(parts: ServerParts, request: FastifyRequest): string | undefined {
  const secret = parse(request.headers.cookie ?? "")[visitNameFor(parts)];
  return secret !== undefined && SECRET.test(secret) ? secret : undefined;
}

/** Binds a visit to this browser; an empty secret takes the cookie away. Our own page alone sends it back. */
export function visitCookie(parts: ServerParts, secret: string): string {
  const maxAge = secret === "" ? 0 : VISIT_SECONDS;
  return serialize(visitNameFor(parts), secret, { ...attributes(parts), maxAge });
}

function visitNameFor({ network }: ServerParts): string {
  return isSecure(network) ? "__Host-jumpkit_visit" : "jumpkit_visit";
}

/** Over TLS the name itself makes browsers insist that no other host or path has set it. */
function nameFor({ network }: ServerParts): string {
  return isSecure(network) ? "__Host-jumpkit_session" : "jumpkit_session";
}

function attributes({ network }: ServerParts) {
  return { httpOnly: true, sameSite: "strict", path: "/", secure: isSecure(network) } as const;
}
