import { once } from "node:events";
import type { Server } from "node:net";
import { Server as TlsServer } from "node:tls";
import { addressesIn, makeServer, OpenIdProvider } from "@jumpkit/server";
import { PAGES_FOLDER, pagesMustBeBuilt } from "./assets.ts";
import type { SignIns } from "./demo/demonstration.ts";
import type { Settings } from "./env.ts";
import { type House, openHouse } from "./house.ts";
import { networkOf, readTls, type Tls } from "./network.ts";

/** A server that answers, and the way to stop it. */
export interface Running {
  readonly url: string;
  /** The port it listens on. */
  readonly port: number;
  /** The one-time link that founds the organisation; `undefined` once there is one. */
  readonly setUpLink: string | undefined;
  /** How one signs in where a demonstration was built; else `undefined`. */
  readonly signIns: SignIns | undefined;
  /** Stops in order; called again, it waits for the same end. */
  stop(): Promise<void>;
}

/** What was opened before this process gave up the right to. */
export interface Opened {
  /** Listens on the port already; absent for a port that anybody may open. */
  readonly listener?: Server | undefined;
  readonly tls?: Tls | undefined;
}

/**
 * Starts everything: database, log, pages. When it resolves, the first request is answered.
 *
 * @param onLost  called when another Jumpkit took the data folder: this process has to end at once
 */
export async function serve(
  settings: Settings,
  log: (sentence: string) => void,
  onLost: (error: Error) => void = () => {},
  { listener, tls }: Opened = {},
): Promise<Running> {
  pagesMustBeBuilt();
  const network = networkOf(settings, log, tls);
  const metrics = { mayRead: addressesIn(settings.metricsFrom ?? []), token: settings.metricsToken };
  const house = await openHouse(settings, log, onLost);
  try {
    const { log: level, reportForm = true } = settings;
    const signIns = settings.demo ? await demonstrationIn(house, log) : undefined;
    const provider = settings.provider && new OpenIdProvider(settings.provider, log);
    const app = makeServer({
      ...house,
      pagesFolder: PAGES_FOLDER,
      network,
      metrics,
      reportForm,
      provider,
      log: level,
    });
    await listen(app, settings, listener);
    const address = app.server.address();
    const port = typeof address === "object" && address !== null ? address.port : settings.port;
    const url = network.publicOrigin ?? addressOf(settings.host, port, network.tls !== undefined);
    const stopReloading = reloadOnHangup(app, settings, log);
    const setUpLink = (await house.accounts.setUpNeeded())
      ? `${url}/setup#${await house.accounts.newSetUpLink()}`
      : undefined;
    let stopped: Promise<void> | undefined;
    return {
      url,
      port,
      setUpLink,
      signIns,
      stop: () => {
        stopReloading();
        stopped ??= app.close().then(() => house.close());
        return stopped;
      },
    };
  } catch (error) {
    await house.close();
    throw error;
  }
}

/** Loaded where one is wanted alone: a server of every day never needs it. */
async function demonstrationIn(house: House, log: (sentence: string) => void): Promise<SignIns> {
  const { buildDemonstration } = await import("./demo/demonstration.ts");
  return buildDemonstration(house, log);
}

async function listen(
  app: ReturnType<typeof makeServer>,
  { host, port }: Settings,
  listener: Server | undefined,
): Promise<void> {
  if (listener === undefined) {
    await app.listen({ host, port });
    return;
  }
  await app.ready();
  app.server.listen(listener);
  await once(app.server, "listening");
}

function addressOf(host: string, port: number, tls: boolean): string {
  return `${tls ? "https" : "http"}://${host.includes(":") ? `[${host}]` : host}:${port}`;
}

/** A new certificate is taken up on SIGHUP, without a restart; one that does not fit is told and not taken. */
function reloadOnHangup(
  { server }: ReturnType<typeof makeServer>,
  { tls }: Settings,
  say: (sentence: string) => void,
): () => void {
  if (tls === undefined || !(server instanceof TlsServer)) return () => {};
  const reload = (): void => {
    try {
      server.setSecureContext({ ...readTls(tls, say), minVersion: "TLSv1.2" });
      say("The certificate was read anew.");
    } catch (error) {
      say(`The certificate stays as it is. ${(error as Error).message}`);
    }
  };
  process.on("SIGHUP", reload);
  return () => process.removeListener("SIGHUP", reload);
}
