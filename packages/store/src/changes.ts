import { type Change, type Changes, EVERY_ORGANISATION } from "@jumpkit/app";
import pg from "pg";
import { CHANGES_CHANNEL } from "./document/log/append.ts";

const RETRY_MS = 1000;

/**
 * Hears, over one connection of its own, of every change that any server process commits.
 *
 * After a cut it connects again by itself. What happened meanwhile is not known, so every listener is then told
 * that anything may have changed.
 */
export class PostgresChanges implements Changes {
  readonly #databaseUrl: string;
  readonly #listeners = new Set<(change: Change) => void>();
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
    client.on("notification", ({ payload }) => this.#tell(JSON.parse(payload ?? "{}") as Change));
    await client.connect();
    await client.query(`LISTEN ${CHANGES_CHANNEL}`);
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
