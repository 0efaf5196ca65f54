import type { Looking } from "@jumpkit/app";

/** Who looks is asked again every so often; who has not been heard of for this long looks no more. */
const EXPIRES_MS = 45_000;
/** One person's tabs beyond this many are not told apart. */
const TABS_MAX = 20;

/** Somebody who looks at a thing now. */
export interface Onlooker {
  readonly id: string;
  readonly name: string;
}

/** Who looks at what, as every server process hears it; nothing of it is ever stored. */
export class PresenceBoard {
  readonly #byTab = new Map<string, { readonly looking: Looking; readonly atMs: number }>();
  readonly #listeners = new Set<(organisation: string, thing: string) => void>();

  /** Calls `listener` whenever those who look at a thing have changed. */
  subscribe(listener: (organisation: string, thing: string) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Takes in what somebody looks at now; at nothing any more when `thing` is `null`. */
  hear(looking: Looking): void {
    const { organisation, person, tab, thing } = looking;
    const key = `${organisation} ${person} ${tab}`;
    const before = this.#byTab.get(key)?.looking.thing ?? null;
    this.#byTab.delete(key);
    if (thing !== null) this.#byTab.set(key, { looking, atMs: Date.now() });
    this.#boundTabs(organisation, person);
    for (const changed of new Set([before, thing])) {
      if (changed !== null && before !== thing) this.#tell(organisation, changed);
    }
  }

  /** Those who look at a thing now, each once. */
  at(organisation: string, thing: string): readonly Onlooker[] {
    const people = new Map<string, Onlooker>();
    for (const { looking } of this.#byTab.values()) {
      if (looking.organisation !== organisation || looking.thing !== thing) continue;
      people.set(looking.person, { id: looking.person, name: looking.name });
    }
    return [...people.values()];
  }

  /** Everything in an organisation that somebody looks at now. */
  things(organisation: string): readonly string[] {
    const looked = [...this.#byTab.values()].filter(({ looking }) => looking.organisation === organisation);
    return [...new Set(looked.flatMap(({ looking }) => looking.thing ?? []))];
  }

  /** Forgets those who have not been heard of. */
  expire(): void {
    const before = Date.now() - EXPIRES_MS;
    for (const [key, { looking, atMs }] of this.#byTab) {
      if (atMs >= before) continue;
      this.#byTab.delete(key);
      if (looking.thing !== null) this.#tell(looking.organisation, looking.thing);
    }
  }

  #boundTabs(organisation: string, person: string): void {
    const mine = [...this.#byTab.keys()].filter((key) => key.startsWith(`${organisation} ${person} `));
    for (const key of mine.slice(0, -TABS_MAX)) this.#byTab.delete(key);
  }

  #tell(organisation: string, thing: string): void {
    for (const listener of this.#listeners) listener(organisation, thing);
  }
}
