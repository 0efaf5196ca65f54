import { Server as TlsServer } from "node:tls";
import { addressesIn, makeServer, OpenIdProvider } from "@jumpkit/server";
import { PAGES_FOLDER, pagesMustBeBuilt } from "./assets.ts";
import type { Settings } from "./env.ts";
import { openHouse } from "./house.ts";
import { networkOf, readTls } from "./network.ts";

/** A server that answers, and the way to stop it. */
export interface Running {
  readonly url: string;
  /** The port it listens on. */
  readonly port: number;
  /** The one-time link that founds the organisation; `undefined` once there is one. */
  readonly setUpLink: string | undefined;
  /** Stops in order; called again, it waits for the same end. */
  stop(): Promise<void>;
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
): Promise<Running> {
  pagesMustBeBuilt();
  const network = networkOf(settings, log);
  const metrics = { mayRead: addressesIn(settings.metricsFrom ?? []), token: settings.metricsToken };
  const house = await openHouse(settings, log, onLost);
  try {
    const { log: level, reportForm = true } = settings;
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
    await app.listen({ host: settings.host, port: settings.port });
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
