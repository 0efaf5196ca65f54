import { change, read } from "../../api/call.ts";

/** How hard a passphrase is to guess, from 0 to 4, whether that is enough, and what would help. */
export type Strength = {
  readonly score: number;
  readonly enough: boolean;
  readonly warning: string;
  readonly suggestions: readonly string[];
};

/** Whether somebody is signed in, and whether this server still waits for its set-up. */
export type SessionAnswer = { readonly signedIn: boolean; readonly setUpNeeded: boolean };

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
