import type { Asset } from "../../prepare/register/asset.ts";
import type { PasswordReset } from "./password-reset.ts";

/** An account of the register that probably opens an affected host. */
export interface SuggestedAccount {
  readonly asset: Asset["id"];
  readonly account: string;
  /** The affected host that it is of. */
  readonly host: string;
}

/**
 * The accounts of the register that name an affected host, in their name, other names, addresses, purpose,
 * dependents or notes, and are not listed for it yet; by host as given, then by account as given.
 *
 * A host is named by its whole name or the part before its first dot, as a word of its own.
 */
export function suggestAccounts(
  hosts: readonly { readonly name: string }[],
  accounts: readonly Asset[],
  listed: readonly Pick<PasswordReset, "account" | "host">[],
): readonly SuggestedAccount[] {
  const isListed = new Set(listed.map(({ account, host }) => keyOf(account, host)));
  const told = accounts.map((account) => ({ account, words: wordsOf(account) }));
  return hosts.flatMap(({ name }) => {
    const short = name.split(".")[0] ?? name;
    const names = [name.toLowerCase(), short.toLowerCase()];
    return told
      .filter(({ account, words }) => {
        return names.some((each) => words.has(each)) && !isListed.has(keyOf(account.name, name));
      })
      .map(({ account }) => ({ asset: account.id, account: account.name, host: name }));
  });
}

function wordsOf({ name, otherNames, addresses, purpose, dependents, notes }: Asset): ReadonlySet<string> {
  const text = [name, ...otherNames, ...addresses, purpose, dependents, notes].join(" ").toLowerCase();
  const words = text.split(/[^\p{L}\p{N}.:_-]+/u).map((word) => word.replace(/^[.:-]+|[.:-]+$/g, ""));
  return new Set(words);
}

function keyOf(account: string, host: string): string {
  return `${account.toLowerCase()} ${host.toLowerCase()}`;
}
