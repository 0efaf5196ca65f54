import { makeServer } from "@jumpkit/server";
import { PAGES_FOLDER, pagesMustBeBuilt } from "./assets.ts";
import type { Settings } from "./env.ts";
import { openHouse } from "./house.ts";

/** A server that answers, and the way to stop it. */
export interface Running {
  readonly url: string;
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
  const house = await openHouse(settings, log, onLost);
  try {
    const app = makeServer({ ...house, pagesFolder: PAGES_FOLDER, secure: false, log: settings.log });
    await app.listen({ host: settings.host, port: settings.port });
    const address = app.server.address();
    const port = typeof address === "object" && address !== null ? address.port : settings.port;
    const url = `http://${settings.host.includes(":") ? `[${settings.host}]` : settings.host}:${port}`;
    const setUpLink = (await house.accounts.setUpNeeded())
      ? `${url}/setup#${await house.accounts.newSetUpLink()}`
      : undefined;
    let stopped: Promise<void> | undefined;
    return {
      url,
      setUpLink,
      stop: () => {
        stopped ??= app.close().then(() => house.close());
        return stopped;
      },
    };
  } catch (error) {
    await house.close();
    throw error;
  }
}
