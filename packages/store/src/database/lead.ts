import pg from "pg";

/**
 * The right to be the one process that does a piece of work; another gets it when this one ends.
 *
 * It is held for as long as its own connection lives, and lost with it.
 */
export class Lead {
  readonly #databaseUrl: string;
  readonly #name: string;
  readonly #lock: string;
  #client: pg.Client | undefined;

  /** @param lock  number of the advisory lock, another for each piece of work */
  constructor(databaseUrl: string, name: string, lock: string) {
    this.#databaseUrl = databaseUrl;
    this.#name = name;
    this.#lock = lock;
  }

  /** Whether this process has it now; asks for it when nobody does. */
  async has(): Promise<boolean> {
    if (this.#client !== undefined) return true;
    const client = new pg.Client({ connectionString: this.#databaseUrl, application_name: this.#name });
    const lose = (): void => {
      if (this.#client === client) this.#client = undefined;
    };
    client.on("error", lose);
    client.on("end", lose);
    await client.connect();
    const { rows } = await client.query<{ got: boolean }>("SELECT pg_try_advisory_lock($1) AS got", [
      this.#lock,
    ]);
    if (rows[0]?.got !== true) {
      await client.end();
      return false;
    }
    this.#client = client;
    return true;
  }

  async end(): Promise<void> {
    await this.#client?.end();
  }
}
