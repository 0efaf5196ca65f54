import { change, read } from "../../api/call.ts";
import type { SessionAnswer } from "./account-calls.ts";

/** The name of the provider at which people may sign in; `null` when there is none. */
export type ProviderAnswer = { readonly name: string | null };

/** What came of a visit to the provider. */
export type VisitAnswer = {
  readonly session: SessionAnswer | null;
  /** What `identity.link` takes, after a visit to link an account. */
  readonly identity: string | null;
};

const NEXT = "jumpkit.next";

/** Asks which provider there is. */
export function readProvider(signal?: AbortSignal): Promise<ProviderAnswer> {
  return read("/v1/oidc", signal);
}

/**
 * Leaves for the provider, to sign in or to link an account.
 *
 * @param next  the page to go on to afterwards; this tab keeps it, so that no address carries it
 */
export async function leaveForProvider(link: boolean, next: string): Promise<void> {
  const { address } = await change<{ address: string }>("/v1/oidc/start", { link });
  sessionStorage.setItem(NEXT, next);
  location.assign(address);
}

/** The page that was asked for before this tab left for the provider. */
export function nextAfterProvider(): string | undefined {
  return sessionStorage.getItem(NEXT) ?? undefined;
}

/** Takes what the provider sent this browser back with. */
export function comeBackFromProvider(answer: string): Promise<VisitAnswer> {
  return change("/v1/oidc/finish", { answer });
}
