import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Settings } from "../../packages/jumpkit/src/env.ts";
import { type Running, serve } from "../../packages/jumpkit/src/serve.ts";
import { Browserless } from "./browserless.ts";
import { type FreshDatabase, freshDatabase } from "./database.ts";

/** The whole product on a database and a data folder of its own. */
export interface TestHouse {
  readonly url: string;
  /** The port it listens on; the address may be a proxy's. */
  readonly port: number;
  readonly database: FreshDatabase;
  readonly dataFolder: string;
  /** The secret of the set-up link. */
  readonly setUpSecret: string;
  /** How one signs in where a demonstration was built. */
  readonly signIns: Running["signIns"];
  /** A client without a session. */
  visitor(): Browserless;
  /** Stops the server and starts it again on the same data. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Starts the product as `npm start` would, in this process, on any free port.
 *
 * @param settings  what differs from a plain start on 127.0.0.1
 */
export async function startHouse(settings: Partial<Settings> = {}): Promise<TestHouse> {
  const database = await freshDatabase();
  const dataFolder = await mkdtemp(join(tmpdir(), "jumpkit-house-"));
  const start = (port: number): Promise<Running> =>
    serve(
      { dataFolder, databaseUrl: database.databaseUrl, host: "127.0.0.1", port, log: "warn", ...settings },
      () => {},
    );
  let running = await start(0);
  const { url, port, setUpLink, signIns } = running;
  return {
    url,
    port,
    database,
    dataFolder,
    signIns,
    setUpSecret: setUpLink?.split("#")[1] ?? "",
    visitor: () => new Browserless(url),
    restart: async () => {
      await running.stop();
      running = await start(port);
    },
    close: async () => {
      await running.stop();
      await database.drop();
      await rm(dataFolder, { recursive: true, force: true });
    },
  };
}
