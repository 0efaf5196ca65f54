import type { MasterCopyId } from "@jumpkit/core";
import { ManifestRefused } from "@jumpkit/host";
import { Client } from "../http/client.ts";
import { readConnection } from "../http/connection.ts";

/** Which server, with which token. */
export interface ServerOptions {
  readonly url?: string | undefined;
  readonly tokenFile?: string | undefined;
}

/** The server that the options or the environment name. */
export function clientOf(options: ServerOptions): Client {
  return new Client(readConnection(process.env, options));
}

/** The master copy of this manifest in the server's register. @throws ManifestRefused when there is none */
export async function copyOf(client: Client, manifestSha256: string): Promise<MasterCopyId> {
  const { items } = await client.ask("mastercopy.list", {});
  const copy = items.find((each) => each.manifestSha256 === manifestSha256)?.id;
  if (copy === undefined) throw new ManifestRefused("This master copy is not registered on the server.");
  return copy as MasterCopyId;
}
