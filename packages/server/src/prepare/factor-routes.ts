import { isIP } from "node:net";
import {
  FactorBegun,
  FactorChecked,
  FactorCheckInput,
  PasskeyAsked,
  PasskeyAskInput,
  PasskeyInput,
  PasskeyKept,
  type Refusal,
  type RelyingParty,
  SessionView,
  type Viewer,
} from "@jumpkit/app";
import { type Result, whyProofNeeded } from "@jumpkit/core";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { ServerParts } from "../parts.ts";
import { sendRefusal } from "../refusal-reply.ts";
import { answers } from "../schemas.ts";
import { originOf, viewerOf } from "../session-cookie.ts";
import { parsed, waitFor } from "./attempts.ts";
import { beginSession } from "./session-routes.ts";
import { entered, takeCode } from "./sign-in-steps.ts";

/** The second step of a sign-in, and what setting one up needs beside its operations. */
export function addFactorRoutes(app: FastifyInstance, parts: ServerParts): void {
  const { factors, attempts } = parts;

  app.post("/v1/session/code", answers(SessionView), async (request, reply) => {
    return begin(reply, await takeCode(parts, request, request.body));
  });

  app.post("/v1/session/passkey/ask", answers(PasskeyAsked), async (request, reply) => {
    const input = parsed(PasskeyAskInput, request.body);
    if (!input.ok) return sendRefusal(reply, input.refusal);
    const wait = waitFor(await attempts.address(request.ip));
    if (wait !== undefined) return sendRefusal(reply, wait);
    const at = relyingParty(parts, request);
    if (at === undefined) return sendRefusal(reply, { code: "passkey.not_here" });
    const asked = await factors.signInOptions(at, input.value.step);
    return asked ?? sendRefusal(reply, { code: "session.step_ended" });
  });

  app.post("/v1/session/passkey", answers(SessionView), async (request, reply) => {
    const input = parsed(PasskeyInput, request.body);
    if (!input.ok) return sendRefusal(reply, input.refusal);
    const at = relyingParty(parts, request);
    if (at === undefined) return sendRefusal(reply, { code: "passkey.not_here" });
    const { step, response } = input.value;
    const outcome = await factors.finishByPasskey(at, step, response, originOf(request));
    return begin(reply, entered(outcome, "passkey.rejected"));
  });

  app.post("/v1/factor/begin", answers(FactorBegun), async (request, reply) => {
    const viewer = await proved(request, reply);
    return viewer === undefined ? reply : factors.begin(viewer);
  });

  app.post("/v1/factor/check", answers(FactorChecked), async (request, reply) => {
    const viewer = await proved(request, reply);
    if (viewer === undefined) return reply;
    const input = parsed(FactorCheckInput, request.body);
    if (!input.ok) return sendRefusal(reply, input.refusal);
    const wait = waitFor(await attempts.code(viewer.id));
    if (wait !== undefined) return sendRefusal(reply, wait);
    if (!(await factors.check(viewer, input.value.code))) {
      return sendRefusal(reply, { code: "session.wrong_code" });
    }
    await attempts.forgiveCode(viewer.id);
    return { checked: true };
  });

  app.post("/v1/passkey/ask", answers(PasskeyAsked), async (request, reply) => {
    const viewer = await proved(request, reply);
    if (viewer === undefined) return reply;
    const at = relyingParty(parts, request);
    if (at === undefined) return sendRefusal(reply, { code: "passkey.not_here" });
    return factors.makingOptions(viewer, at);
  });

  app.post("/v1/passkey/keep", answers(PasskeyKept), async (request, reply) => {
    const viewer = await proved(request, reply);
    if (viewer === undefined) return reply;
    const input = parsed(PasskeyInput, request.body);
    if (!input.ok) return sendRefusal(reply, input.refusal);
    const at = relyingParty(parts, request);
    if (at === undefined) return sendRefusal(reply, { code: "passkey.not_here" });
    const passkey = await factors.keep(viewer, at, input.value.step, input.value.response);
    return passkey === undefined ? sendRefusal(reply, { code: "passkey.rejected" }) : { passkey };
  });

  async function begin(reply: FastifyReply, outcome: Result<string, Refusal>) {
    return outcome.ok ? beginSession(parts, reply, outcome.value) : sendRefusal(reply, outcome.refusal);
  }

  /** Who asks, when they are signed in themselves and proved it lately; otherwise the refusal is sent. */
  async function proved(request: FastifyRequest, reply: FastifyReply): Promise<Viewer | undefined> {
    const viewer = await viewerOf(parts, request);
    const refusal =
      viewer?.session === undefined
        ? ({ code: "session.missing" } as const)
        : whyProofNeeded(viewer.session.provedAt, parts.world.clock.now());
    if (refusal === undefined) return viewer;
    sendRefusal(reply, refusal);
    return undefined;
  }
}

/**
 * What browsers bind passkeys to here: the public name, or the name of this machine that the page was opened by.
 *
 * @returns `undefined` for a bare address, which WebAuthn knows nothing of
 */
function relyingParty({ network }: ServerParts, request: FastifyRequest): RelyingParty | undefined {
  if (network.publicOrigin !== undefined) {
    const { hostname } = new URL(network.publicOrigin);
    return isIP(hostname.replace(/^\[|\]$/g, "")) === 0
      ? { id: hostname, origin: network.publicOrigin }
      : undefined;
  }
  const { host } = request.headers;
  const url = new URL(`${network.tls === undefined ? "http" : "https"}://${host}`);
  return isIP(url.hostname.replace(/^\[|\]$/g, "")) === 0
    ? { id: url.hostname, origin: url.origin }
    : undefined;
}
