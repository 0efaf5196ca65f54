import type { Browserless } from "./browserless.ts";

/** What the live stream told one person. */
export interface Heard {
  readonly name: string;
  readonly id: string;
  readonly data: {
    readonly topic?: string;
    readonly id?: string;
    readonly thing?: string;
    readonly people?: readonly { readonly name: string }[];
  };
}

/** A person with an open live stream. */
export class Listener {
  readonly heard: Heard[] = [];
  readonly #stop = new AbortController();
  #line = new AbortController();
  #lastId = "";

  /** Opens the stream; resolves with the first event, which says to look at everything. */
  static async open(person: Browserless): Promise<Listener> {
    const listener = new Listener();
    void listener.#follow(person);
    await listener.until(() => listener.heard.length > 0);
    return listener;
  }

  /** Waits until the condition holds; fails after ten seconds. */
  async until(condition: () => boolean): Promise<void> {
    for (let tries = 0; tries < 500; tries++) {
      if (condition()) return;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    throw new Error(`The live stream told only ${JSON.stringify(this.heard)}`);
  }

  /** Whether it was told that this incident changed. */
  heardOf(incident: string): boolean {
    return this.heard.some((event) => event.data.id === incident);
  }

  /** Cuts the line; it comes back by itself and says how far it had heard. */
  cut(): void {
    this.#line.abort();
  }

  close(): void {
    this.#stop.abort();
    this.#line.abort();
  }

  /** Follows the stream and, as browsers do, comes back after every cut. */
  async #follow(person: Browserless): Promise<void> {
    while (!this.#stop.signal.aborted) {
      await this.#read(person).catch(() => {});
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  async #read(person: Browserless): Promise<void> {
    this.#line = new AbortController();
    const response = await fetch(`${person.url}/v1/live`, {
      headers: { cookie: person.cookie, ...(this.#lastId === "" ? {} : { "last-event-id": this.#lastId }) },
      signal: this.#line.signal,
    });
    const decoder = new TextDecoder();
    let rest = "";
    for await (const bytes of response.body ?? []) {
      const blocks = (rest + decoder.decode(bytes as Uint8Array, { stream: true })).split("\n\n");
      rest = blocks.pop() ?? "";
      for (const block of blocks) this.#hear(block);
    }
  }

  #hear(block: string): void {
    const field = (name: string): string | undefined =>
      block
        .split("\n")
        .find((line) => line.startsWith(`${name}: `))
        ?.slice(name.length + 2);
    const name = field("event");
    if (name !== undefined) {
      this.#lastId = field("id") ?? this.#lastId;
      this.heard.push({ name, id: field("id") ?? "", data: JSON.parse(field("data") ?? "{}") });
    }
  }
}
