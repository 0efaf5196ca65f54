import { CodeInput, type Refusal, type SignedIn, SignInInput, type StepOutcome } from "@jumpkit/app";
import { type Result, refuse } from "@jumpkit/core";
import type { FastifyRequest } from "fastify";
import type { ServerParts } from "../parts.ts";
import { originOf } from "../session-cookie.ts";
import { parsed, waitFor } from "./attempts.ts";

/**
 * The first step of a sign-in, from whichever page it comes: counted before it is judged, and the same answer to a
 * wrong name, a wrong passphrase and a person without access.
 */
export async function takePassphrase(
  { accounts, attempts }: ServerParts,
  request: FastifyRequest,
  body: unknown,
): Promise<Result<SignedIn, Refusal>> {
  const input = parsed(SignInInput, body);
  if (!input.ok) return input;
  const name = input.value.signInName.toLowerCase();
  const wait = waitFor(await attempts.signIn(name, request.ip));
  if (wait !== undefined) return refuse(wait);
  const outcome = await accounts.signIn(input.value.signInName, input.value.passphrase, originOf(request));
  if (outcome === undefined) return refuse({ code: "session.wrong_credentials" });
  await attempts.forgive(name, request.ip);
  return { ok: true, value: outcome };
}

/** The second step by a code of the authenticator or a recovery code: the secret of the new session. */
export async function takeCode(
  { factors }: ServerParts,
  request: FastifyRequest,
  body: unknown,
): Promise<Result<string, Refusal>> {
  const input = parsed(CodeInput, body);
  if (!input.ok) return input;
  const { step, code } = input.value;
  return entered(await factors.finish(step, code, originOf(request)), "session.wrong_code");
}

/** How a second step ended, as the secret of a session or a refusal. */
export function entered(
  outcome: StepOutcome,
  wrong: "session.wrong_code" | "passkey.rejected",
): Result<string, Refusal> {
  switch (outcome.kind) {
    case "in":
      return { ok: true, value: outcome.secret };
    case "wait":
      return refuse({ code: "request.too_many", retryAfterSeconds: outcome.seconds });
    case "ended":
      return refuse({ code: "session.step_ended" });
    case "wrong":
      return refuse({ code: wrong });
  }
}
