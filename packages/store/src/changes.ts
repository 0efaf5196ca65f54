import { type Change, type Changes, EVERY_ORGANISATION, type Looking } from "@jumpkit/app";
import pg from "pg";
import { CHANGES_CHANNEL } from "./document/log/append.ts";

const RETRY_MS = 1000;

/** The channel that tells every server process who looks at what. */
const LOOKS_CHANNEL = "jumpkit_looks";

/**
 * Hears, over one connection of its own, of every change that any server process commits.
 *
 * After a cut it connects again by itself. What happened meanwhile is not known, so every listener is then told
 * that anything may have changed.
 */
export class PostgresChanges implements Changes {
  readonly #databaseUrl: string;
  readonly #listeners = new Set<(change: Change) => void>();
  readonly #onlookers = new Set<(looking: Looking) => void>();
  #client: pg.Client | undefined;
  #retry: NodeJS.Timeout | undefined;
  #stopped = false;
  /** Whether changes may have passed while nobody listened. */
  #missed = false;

  constructor(databaseUrl: string) {
    this.#databaseUrl = databaseUrl;
  }

  /** Connects and begins to listen. */
  async start(): Promise<void> {
    const client = new pg.Client({
      connectionString: this.#databaseUrl,
      application_name: "jumpkit changes",
    });
    client.on("error", () => this.#again(client));
    client.on("end", () => this.#again(client));
    client.on("notification", ({ channel, payload }) => {
      if (channel === LOOKS_CHANNEL) this.#tellLook(JSON.parse(payload ?? "{}") as Looking);
      else this.#tell(JSON.parse(payload ?? "{}") as Change);
    });
    await client.connect();
    await client.query(`LISTEN ${CHANGES_CHANNEL}; LISTEN ${LOOKS_CHANNEL}`);
    this.#client = client;
    if (this.#missed) this.#tell({ organisation: EVERY_ORGANISATION, topics: [] });
    this.#missed = false;
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#retry);
    await this.#client?.end();
  }

  subscribe(listener: (change: Change) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async look(looking: Looking): Promise<void> {
    // While the connection is away nobody is told: they look again soon.
    await this.#client?.query("SELECT pg_notify($1, $2)", [LOOKS_CHANNEL, JSON.stringify(looking)]);
  }

  onLook(listener: (looking: Looking) => void): () => void {
    this.#onlookers.add(listener);
    return () => this.#onlookers.delete(listener);
  }

  #tellLook(looking: Looking): void {
    for (const listener of this.#onlookers) listener(looking);
  }

  #tell(change: Change): void {
    for (const listener of this.#listeners) listener(change);
  }

  #again(client: pg.Client): void {
    if (this.#stopped || (this.#client !== undefined && this.#client !== client)) return;
    this.#client = undefined;
    this.#missed = true;
    clearTimeout(this.#retry);
    this.#retry = setTimeout(() => this.start().catch(() => this.#again(client)), RETRY_MS);
    this.#retry.unref();
  }
}
