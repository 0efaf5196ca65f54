import type { Observable } from "../../detect/observable/confirm.ts";
import type { ScopeElement } from "../../detect/scope/scope.ts";
import { foldName } from "../../prepare/register/address.ts";
import type { PasswordReset } from "../../recover/password-reset/password-reset.ts";
import type { NotificationChannel } from "./sharing.ts";

/** What an incident knows of addresses that must not be written to. */
export interface KnownBad {
  readonly observables: readonly Pick<Observable, "kind" | "value" | "role" | "confirmed">[];
  readonly scope: readonly Pick<ScopeElement, "kind" | "name" | "state">[];
  readonly resets: readonly Pick<PasswordReset, "account" | "state">[];
}

/** Why an address is barred: it is the intruder's, or the intruder may read what comes to it. */
export type BarredBecause = "intruder" | "compromised";

/**
 * Why somebody must not be told at a mail address, or `undefined` when they may.
 *
 * Addresses and domains confirmed as the offender's are barred in every way. A mailbox is compromised while its
 * account, or the host that its address names, is suspected or affected, or waits for a new password: its owner
 * is told by voice or by letter.
 *
 * @source CERT/CC: the intruder is not contacted directly; NIST SP 800-61r2 appendix G: no mail where mail may be
 *         compromised
 */
export function whyBarred(
  address: string,
  channel: NotificationChannel,
  known: KnownBad,
): BarredBecause | undefined {
  const mailbox = foldName(address.trim());
  const domain = mailbox.slice(mailbox.lastIndexOf("@") + 1);
  if (mailbox === "") return undefined;
  if (known.observables.some((each) => isOffenders(each, mailbox, domain))) return "intruder";
  return channel === "mail" && isCompromised(known, mailbox, domain) ? "compromised" : undefined;
}

function isOffenders(each: KnownBad["observables"][number], mailbox: string, domain: string): boolean {
  if (!each.confirmed || each.role !== "offender") return false;
  const value = foldName(each.value);
  if (each.kind === "email") return value === mailbox;
  return each.kind === "domain" && (domain === value || domain.endsWith(`.${value}`));
}

function isCompromised({ observables, scope, resets }: KnownBad, mailbox: string, domain: string): boolean {
  const stands = (name: string) => foldName(name) === mailbox || foldName(name) === domain;
  return (
    scope.some(({ name, state }) => (state === "suspected" || state === "affected") && stands(name)) ||
    resets.some(({ account, state }) => state === "planned" && foldName(account) === mailbox) ||
    observables.some(
      ({ kind, value, role, confirmed }) =>
        confirmed && role === "victim" && kind === "email" && foldName(value) === mailbox,
    )
  );
}
