import { readFile } from "node:fs/promises";
import { hostname } from "node:os";
import type { Instant } from "@jumpkit/core";
import {
  examineManifest,
  fileSha256,
  listeningOf,
  ManifestRefused,
  readEnvelope,
  readPublicKey,
  serviceLines,
  unmetDemands,
} from "@jumpkit/host";
import { formatVkey } from "@jumpkit/tlog";
import { failWith } from "../http/exit.ts";
import { sendManifest } from "./keep.ts";
import { clientOf, type ServerOptions } from "./server.ts";
import { envelopePlace } from "./sign.ts";

/** What was typed after `jumpkit master-copy register FILE`. */
export interface RegisterOptions extends ServerOptions {
  readonly preparer: string;
  readonly approver: string;
  readonly checker: readonly string[];
  readonly place?: string | undefined;
  /** Whether the manifest itself goes to the server. */
  readonly file: boolean;
}

type Say = (sentence: string) => void;

const LINE_MAX = 300;

/**
 * `jumpkit master-copy register FILE`: verifies manifest and both signatures, then tells the server of it and, unless
 * told otherwise, sends both for rapid access.
 *
 * @returns the exit code: 0 registered, otherwise that of any call to a server
 * @throws  ManifestRefused  when the manifest is not sound, or not signed by the two keys
 */
export async function register(file: string, options: RegisterOptions, say: Say): Promise<number> {
  const [preparer, approver] = [await publicKey(options.preparer), await publicKey(options.approver)];
  const checkers = await Promise.all(options.checker.map(publicKey));
  const place = envelopePlace(file);
  const signatures = await readFile(place, "utf8");
  const envelope = readEnvelope(signatures, place);
  const manifestSha256 = await fileSha256(file);
  const today = new Date().toISOString().slice(0, 10);
  const demands = { manifestSha256, preparer, approver, today, allowExpired: false, versionMin: 1 };
  const unmet = unmetDemands(envelope, demands);
  if (unmet.length > 0) throw new ManifestRefused(unmet.join("\n"));
  const { header, trailer } = await examineManifest(file);
  const { statement } = envelope;
  try {
    const client = clientOf(options);
    const { copy } = await client.perform("mastercopy.register", {
      name: statement.host,
      version: statement.version,
      manifestSha256,
      entryCount: trailer.entryCount,
      preparedBy: preparer.name,
      approvedBy: approver.name,
      expiresAt: `${statement.expiresOn}T23:59:59.000Z` as Instant,
      place: options.place ?? `${hostname()}:${file}`.slice(0, LINE_MAX),
      services: listeningOf(serviceLines(header.configuration) ?? []),
      checkKeys: [...new Set([preparer, approver, ...checkers].map(formatVkey))],
    });
    if (options.file) await sendManifest(client, copy, file, signatures, say);
    say(`Registered as ${copy}. Somebody else reviews and approves it on the page Master copies.`);
    return 0;
  } catch (error) {
    return failWith(error, say);
  }
}

async function publicKey(place: string): Promise<ReturnType<typeof readPublicKey>> {
  return readPublicKey(await readFile(place, "utf8"), place);
}
