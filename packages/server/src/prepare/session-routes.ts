import {
  ProofInput,
  type Refusal,
  SessionView,
  SetUpInput,
  StrengthInput,
  StrengthView,
  WelcomeInput,
} from "@jumpkit/app";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { ServerParts } from "../parts.ts";
import { sendRefusal } from "../refusal-reply.ts";
import { answers } from "../schemas.ts";
import { clearSession, originOf, sessionSecret, setSession, viewerOf } from "../session-cookie.ts";
import { parsed, questionLimit, waitFor } from "./attempts.ts";
import { takePassphrase } from "./sign-in-steps.ts";

/** Sign-in, set-up, welcome and sign-out: the routes beside `execute`, which touch no entry of an incident. */
export function addSessionRoutes(app: FastifyInstance, parts: ServerParts): void {
  const { accounts } = parts;
  const { attempts, factors } = parts;
  const mayAsk = questionLimit();
  const answer = answers(SessionView);

  app.get("/v1/session", answer, async (request) => sessionView(parts, request));

  app.post("/v1/session", answer, async (request, reply) => {
    const outcome = await takePassphrase(parts, request, request.body);
    if (!outcome.ok) return sendRefusal(reply, outcome.refusal);
    if (outcome.value.kind === "in") return beginSession(parts, reply, outcome.value.secret);
    const { step, ways } = outcome.value;
    return { signedIn: false, setUpNeeded: false, person: null, second: { step, ways } };
  });

  app.post("/v1/session/proof", answer, async (request, reply) => {
    const viewer = await viewerOf(parts, request);
    if (viewer?.session === undefined) return sendRefusal(reply, { code: "session.missing" });
    const input = parsed(ProofInput, request.body);
    if (!input.ok) return sendRefusal(reply, input.refusal);
    const wait = waitFor(await attempts.code(viewer.id));
    if (wait !== undefined) return sendRefusal(reply, wait);
    const { passphrase, code = "" } = input.value;
    const right =
      passphrase === undefined ? await factors.prove(viewer, code) : await accounts.prove(viewer, passphrase);
    if (!right) {
      return sendRefusal(reply, {
        code: passphrase === undefined ? "session.wrong_code" : "session.wrong_credentials",
      });
    }
    await attempts.forgiveCode(viewer.id);
    return sessionView(parts, request);
  });

  app.delete("/v1/session", async (request, reply) => {
    const secret = sessionSecret(parts, request);
    if (secret !== undefined) await accounts.signOut(secret);
    clearSession(parts, reply);
    return reply.code(204).send();
  });

  app.post("/v1/setup", answer, async (request, reply) => {
    const input = parsed(SetUpInput, request.body);
    if (!input.ok) return sendRefusal(reply, input.refusal);
    const wait = waitFor(await attempts.address(request.ip));
    if (wait !== undefined) return sendRefusal(reply, wait);
    const { token, passphrase, ...founding } = input.value;
    const about = [founding.organisation, founding.name, founding.signInName, founding.email];
    const weak = await weakness(passphrase, about);
    if (weak !== undefined) return sendRefusal(reply, weak);
    return beginOrSpent(reply, await accounts.setUp(token, founding, passphrase, originOf(request)));
  });

  app.post("/v1/welcome", answer, async (request, reply) => {
    const input = parsed(WelcomeInput, request.body);
    if (!input.ok) return sendRefusal(reply, input.refusal);
    const wait = waitFor(await attempts.address(request.ip));
    if (wait !== undefined) return sendRefusal(reply, wait);
    const { token, passphrase } = input.value;
    const weak = await weakness(passphrase, await accounts.wordsAboutInvited(token));
    if (weak !== undefined) return sendRefusal(reply, weak);
    return beginOrSpent(reply, await accounts.welcome(token, passphrase, originOf(request)));
  });

  app.post("/v1/passphrase", answers(StrengthView), async (request, reply) => {
    const input = parsed(StrengthInput, request.body);
    if (!input.ok) return sendRefusal(reply, input.refusal);
    const wait = await mayAsk(request.ip);
    if (wait !== undefined) return sendRefusal(reply, wait);
    return accounts.strength(input.value.passphrase, input.value.about);
  });

  async function weakness(passphrase: string, about: readonly string[]): Promise<Refusal | undefined> {
    const { enough, score, warning } = await accounts.strength(passphrase, about);
    return enough ? undefined : { code: "session.weak_passphrase", score, warning };
  }

  function beginOrSpent(reply: FastifyReply, secret: string | undefined) {
    return secret === undefined
      ? sendRefusal(reply, { code: "session.token_spent" })
      : beginSession(parts, reply, secret);
  }
}

/** Gives the browser its session, and says who is signed in. */
export async function beginSession(parts: ServerParts, reply: FastifyReply, secret: string) {
  setSession(parts, reply, secret);
  const viewer = await parts.accounts.viewer(secret);
  return { signedIn: viewer !== undefined, setUpNeeded: false, person: viewer ?? null, second: null };
}

async function sessionView(parts: ServerParts, request: FastifyRequest) {
  const viewer = await viewerOf(parts, request);
  return {
    signedIn: viewer !== undefined,
    setUpNeeded: viewer === undefined && (await parts.accounts.setUpNeeded()),
    person: viewer ?? null,
    second: null,
  };
}
