import type { PasskeyId } from "@jumpkit/core";
import type { Origin, Viewer } from "../ports.ts";

/** How the second step of a sign-in can be taken. */
export type SecondWay = "code" | "passkey" | "recovery";

/** What right credentials lead to: a session, or a second step that is still to take. */
export type SignedIn =
  | { readonly kind: "in"; readonly secret: string }
  | { readonly kind: "second"; readonly step: string; readonly ways: readonly SecondWay[] };

/** How the second step of a sign-in ended. */
export type StepOutcome =
  | { readonly kind: "in"; readonly secret: string }
  | { readonly kind: "wrong" }
  | { readonly kind: "ended" }
  | { readonly kind: "wait"; readonly seconds: number };

/** The name by which browsers bind passkeys to us, and the origin that pages have. @source WebAuthn level 3 §5.1.2 */
export interface RelyingParty {
  readonly id: string;
  readonly origin: string;
}

/** What a browser is asked to do with a passkey, in the form of WebAuthn, and the step that it belongs to. */
export interface Asked {
  readonly step: string;
  readonly options: object;
}

/** Authenticators that show codes, and passkeys. */
export interface SecondFactors {
  /** A fresh secret for an authenticator of this person; it counts only after a code was checked and it was set. */
  begin(viewer: Viewer): Promise<{ readonly secret: string; readonly uri: string }>;
  /** Whether this is a code of the authenticator that the person is setting up. */
  check(viewer: Viewer, code: string): Promise<boolean>;
  /** Whether this is a code of the person's second factor; when it is, the session has a fresh proof. */
  prove(viewer: Viewer, code: string): Promise<boolean>;
  /** Takes the second step of a sign-in with a code or a recovery code. */
  finish(step: string, code: string, from: Origin): Promise<StepOutcome>;
  makingOptions(viewer: Viewer, at: RelyingParty): Promise<Asked>;
  /** Keeps a new passkey until `passkey.add`; `undefined` when what the browser made does not hold. */
  keep(viewer: Viewer, at: RelyingParty, step: string, response: unknown): Promise<PasskeyId | undefined>;
  /** @param step  a sign-in whose passphrase was right; without it, the passkey says who it is */
  signInOptions(at: RelyingParty, step: string | undefined): Promise<Asked | undefined>;
  finishByPasskey(at: RelyingParty, step: string, response: unknown, from: Origin): Promise<StepOutcome>;
}

/** How often doors may be tried; each question counts as a try. Answers are seconds to wait, or `undefined`. */
export interface Attempts {
  signIn(name: string, address: string): Promise<number | undefined>;
  address(address: string): Promise<number | undefined>;
  code(person: string): Promise<number | undefined>;
  /** Read-back codes of one approver, as this person at this address hears them. */
  voice(taker: string, approver: string, address: string): Promise<number | undefined>;
  forgive(name: string, address: string): Promise<void>;
  forgiveCode(person: string): Promise<void>;
  forgiveVoice(taker: string, approver: string, address: string): Promise<void>;
  forgiveAddress(address: string): Promise<void>;
}
