import { createRequire } from "node:module";
import { hash, verify } from "@node-rs/argon2";

/** argon2id with 64 MiB and three passes. @source RFC 9106 §4, second recommended option */
const ARGON2 = { memoryCost: 65_536, timeCost: 3, parallelism: 1 } as const;

/** What a guesser would need; 3 of 4 is "safely unguessable" in zxcvbn's words. */
export interface Strength {
  readonly score: number;
  readonly enough: boolean;
  readonly warning: string;
  readonly suggestions: string[];
}

const ENOUGH = 3;

/** Longer passphrases are judged by their beginning: the estimate costs more than linear time. */
const JUDGED_CHARACTERS = 100;

/** The hash to keep of a passphrase, with its salt and cost in it. */
export function hashPassphrase(passphrase: string): Promise<string> {
  return hash(passphrase.normalize("NFKC"), ARGON2);
}

/**
 * Whether `passphrase` is the one whose hash was kept.
 *
 * `kept` is `undefined` when there is no such account: the same work is done, so that the time tells nothing.
 */
export async function isPassphrase(kept: string | undefined, passphrase: string): Promise<boolean> {
  const against = kept ?? (await nobodysHash());
  const right = await verify(against, passphrase.normalize("NFKC"));
  return right && kept !== undefined;
}

let nobody: Promise<string> | undefined;

function nobodysHash(): Promise<string> {
  nobody ??= hashPassphrase("nobody signs in with this");
  return nobody;
}

/** How hard `passphrase` is to guess for somebody who knows the words in `about`. */
export async function strengthOf(passphrase: string, about: readonly string[]): Promise<Strength> {
  const factory = await guesser();
  const words = about.flatMap((text) => [text, ...text.split(/[\s@._-]+/)]).filter((word) => word.length > 2);
  const result = factory.check(passphrase.slice(0, JUDGED_CHARACTERS), words);
  return {
    score: result.score,
    enough: result.score >= ENOUGH,
    warning: result.feedback.warning ?? "",
    suggestions: result.feedback.suggestions,
  };
}

type Guesser = import("@zxcvbn-ts/core").ZxcvbnFactory;

let loaded: Guesser | undefined;

/** Loads the dictionaries when they are first needed: they are large, and most servers seldom need them. */
async function guesser(): Promise<Guesser> {
  if (loaded !== undefined) return loaded;
  const load = createRequire(import.meta.url);
  const { ZxcvbnFactory } = load("@zxcvbn-ts/core") as typeof import("@zxcvbn-ts/core");
  const common = load("@zxcvbn-ts/language-common") as typeof import("@zxcvbn-ts/language-common");
  const english = load("@zxcvbn-ts/language-en") as typeof import("@zxcvbn-ts/language-en");
  loaded = new ZxcvbnFactory({
    dictionary: { ...common.dictionary, ...english.dictionary },
    graphs: common.adjacencyGraphs,
    translations: english.translations,
    maxLength: JUDGED_CHARACTERS,
  });
  return loaded;
}
