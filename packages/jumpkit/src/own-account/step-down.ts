import { once } from "node:events";
import { createServer, type Server } from "node:net";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Settings } from "../env.ts";
import { readTls } from "../network.ts";
import type { Opened } from "../serve.ts";
import { ownAccount } from "./account.ts";
import { handOver } from "./data.ts";
import { copyProgram } from "./program.ts";

/** Where root keeps what is ours. */
const HOME = "/var/lib/jumpkit";

/** Ports below this one are root's to open. */
const FIRST_FREE_PORT = 1024;

/** The server's part of the program, from where this process may go on reading it, and what only root could open. */
export interface SteppedDown {
  readonly serve: typeof import("../serve.ts").serve;
  readonly opened: Opened;
}

/**
 * Turns a process of root's into one of the account `jumpkit`, for good.
 *
 * What needs root is done first: the account, the data folder's owner, a copy of the program where the account can read
 * it, certificate and key, a low port.
 *
 * @throws CannotStart  with what to do
 */
export async function stepDown(settings: Settings, say: (sentence: string) => void): Promise<SteppedDown> {
  const account = ownAccount(say);
  const program = copyProgram(HOME, say);
  handOver(settings.dataFolder, account);
  const tls = settings.tls && readTls(settings.tls, say);
  const isLow = settings.port > 0 && settings.port < FIRST_FREE_PORT;
  const listener = isLow ? await listening(settings) : undefined;
  process.chdir(program);
  process.env["HOME"] = account.home;
  process.setgroups?.([account.gid]);
  process.setgid?.(account.gid);
  process.setuid?.(account.uid);
  const { serve } = await import(pathToFileURL(join(program, "packages/jumpkit/dist/serve.js")).href);
  return { serve, opened: { listener, tls } };
}

async function listening({ host, port }: Settings): Promise<Server> {
  const server = createServer();
  server.listen(port, host);
  await once(server, "listening");
  return server;
}
