import { browserSupportsWebAuthn, startAuthentication, startRegistration } from "@simplewebauthn/browser";
import { change, read } from "../../api/call.ts";
import { Refusal } from "../../api/refusal.ts";

/** How hard a passphrase is to guess, from 0 to 4, whether that is enough, and what would help. */
export type Strength = {
  readonly score: number;
  readonly enough: boolean;
  readonly warning: string;
  readonly suggestions: readonly string[];
};

/** Whether somebody is signed in, and whether this server still waits for its set-up. */
export type SessionAnswer = {
  readonly signedIn: boolean;
  readonly setUpNeeded: boolean;
  /** The step that is still to take after the right passphrase, and the ways to take it. */
  readonly second: SecondStep | null;
};

/** The second step of a sign-in. */
export type SecondStep = {
  readonly step: string;
  readonly ways: ReadonlyArray<"code" | "passkey" | "recovery">;
};

/** Asks the server what it knows of this browser. */
export function readSession(signal?: AbortSignal): Promise<SessionAnswer> {
  return read("/v1/session", signal);
}

/** Signs in; the session is a cookie that scripts cannot read. */
export function signIn(signInName: string, passphrase: string): Promise<SessionAnswer> {
  return change("/v1/session", { signInName, passphrase });
}

/** Founds the organisation with its first person, once, by the link that the server printed. */
export function setUp(input: {
  readonly token: string;
  readonly organisation: string;
  readonly codePrefix: string;
  readonly name: string;
  readonly title: string;
  readonly phone: string;
  readonly zone: string;
  readonly email: string;
  readonly signInName: string;
  readonly passphrase: string;
}): Promise<SessionAnswer> {
  return change("/v1/setup", input);
}

/** Chooses one's first passphrase, by an invitation. */
export function acceptInvitation(token: string, passphrase: string): Promise<SessionAnswer> {
  return change("/v1/welcome", { token, passphrase });
}

/** Judges a passphrase without keeping it; `about` are words that a guesser would try first. */
export function judgePassphrase(passphrase: string, about: readonly string[]): Promise<Strength> {
  return change("/v1/passphrase", { passphrase, about });
}

/** Takes the second step of a sign-in with a code or a recovery code. */
export function giveCode(step: string, code: string): Promise<SessionAnswer> {
  return change("/v1/session/code", { step, code });
}

/** Signs in with a passkey: as the second step, or alone when there is no step yet. */
export async function signInWithPasskey(step?: string): Promise<SessionAnswer> {
  const asked = await change<Asked>("/v1/session/passkey/ask", step === undefined ? {} : { step });
  const response = await byDevice(() => startAuthentication({ optionsJSON: asked.options as never }));
  return change("/v1/session/passkey", { step: asked.step, response });
}

/** Lets this browser or a security key make a passkey, and gives back its id, to be added under a name. */
export async function makePasskey(): Promise<string> {
  const asked = await change<Asked>("/v1/passkey/ask", {});
  const response = await byDevice(() => startRegistration({ optionsJSON: asked.options as never }));
  const { passkey } = await change<{ passkey: string }>("/v1/passkey/keep", { step: asked.step, response });
  return passkey;
}

/** Proves that it is still the same person, with the passphrase or a code. */
export function prove(
  given: { readonly passphrase: string } | { readonly code: string },
): Promise<SessionAnswer> {
  return change("/v1/session/proof", given);
}

/** What to type or scan into an authenticator. */
export type NewAuthenticator = { readonly secret: string; readonly uri: string };

/** Begins to set up an authenticator. */
export function beginAuthenticator(): Promise<NewAuthenticator> {
  return change("/v1/factor/begin", {});
}

/** Checks a code of the authenticator that is being set up. */
export function checkAuthenticator(code: string): Promise<unknown> {
  return change("/v1/factor/check", { code });
}

/** Whether passkeys can work here: the browser knows them, and the page was opened by a name. */
export function passkeysWorkHere(): boolean {
  return browserSupportsWebAuthn() && !/^[\d.]+$|^\[/.test(location.hostname);
}

type Asked = { readonly step: string; readonly options: object };

/** What a device says no with, in words: it was cancelled, took too long, or has the passkey already. */
async function byDevice<Answer>(work: () => Promise<Answer>): Promise<Answer> {
  try {
    return await work();
  } catch (cause) {
    const known = cause instanceof Error && cause.name === "InvalidStateError";
    throw new Refusal(0, {
      code: "passkey.cancelled",
      message: known ? "This device has a passkey for you already." : "No passkey was given.",
      next: known ? "Use that one, or another device." : "Try again, and confirm when your device asks.",
    });
  }
}
