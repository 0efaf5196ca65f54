import { readFile } from "node:fs/promises";
import { hostname } from "node:os";
import type { Instant, MasterCopyId } from "@jumpkit/core";
import {
  type CheckOutcome,
  configurationLine,
  examineManifest,
  fileSha256,
  ManifestRefused,
  readEnvelope,
  readPublicKey,
  serviceLines,
  shownPath,
  unmetDemands,
  verdictOf,
} from "@jumpkit/host";
import { Client } from "../http/client.ts";
import { readConnection } from "../http/connection.ts";
import { failWith } from "../http/exit.ts";
import { envelopePlace } from "./sign.ts";

/** Which server, with which token. */
export interface ServerOptions {
  readonly url?: string | undefined;
  readonly tokenFile?: string | undefined;
}

/** What was typed after `jumpkit master-copy register FILE`. */
export interface RegisterOptions extends ServerOptions {
  readonly preparer: string;
  readonly approver: string;
  readonly place?: string | undefined;
}

type Say = (sentence: string) => void;

const LINE_MAX = 300;
const KEPT_DIFFERENCES = 200;

/**
 * `jumpkit master-copy register FILE`: verifies manifest and both signatures, then tells the server of it.
 *
 * @returns the exit code: 0 registered, otherwise that of any call to a server
 * @throws  ManifestRefused  when the manifest is not sound, or not signed by the two keys
 */
export async function register(file: string, options: RegisterOptions, say: Say): Promise<number> {
  const [preparer, approver] = [await publicKey(options.preparer), await publicKey(options.approver)];
  const place = envelopePlace(file);
  const envelope = readEnvelope(await readFile(place, "utf8"), place);
  const manifestSha256 = await fileSha256(file);
  const today = new Date().toISOString().slice(0, 10);
  const demands = { manifestSha256, preparer, approver, today, allowExpired: false, versionMin: 1 };
  const unmet = unmetDemands(envelope, demands);
  if (unmet.length > 0) throw new ManifestRefused(unmet.join("\n"));
  const { header, trailer } = await examineManifest(file);
  const { statement } = envelope;
  try {
    const { copy } = await clientOf(options).perform("mastercopy.register", {
      name: statement.host,
      version: statement.version,
      manifestSha256,
      entryCount: trailer.entryCount,
      preparedBy: preparer.name,
      approvedBy: approver.name,
      expiresAt: `${statement.expiresOn}T23:59:59.000Z` as Instant,
      place: options.place ?? `${hostname()}:${file}`.slice(0, LINE_MAX),
      services: [...new Set(serviceLines(header.configuration) ?? [])].slice(0, 500),
    });
    say(`Registered as ${copy}. Somebody else reviews and approves it on the page Master copies.`);
    return 0;
  } catch (error) {
    return failWith(error, say);
  }
}

/** Tells the server what a check found, by the digest of the manifest it was compared with. */
export async function sendCheck(
  file: string,
  report: { readonly outcome: CheckOutcome; readonly sha256: string; readonly tool: string },
  options: ServerOptions,
  say: Say,
): Promise<number> {
  const { outcome } = report;
  try {
    const client = clientOf(options);
    const manifestSha256 = await fileSha256(file);
    const { items } = await client.ask("mastercopy.list", {});
    const copy = items.find((each) => each.manifestSha256 === manifestSha256)?.id;
    if (copy === undefined) throw new ManifestRefused("This master copy is not registered on the server.");
    const differences = differencesOf(outcome);
    await client.perform("mastercopy.check", {
      copy: copy as MasterCopyId,
      verdict: verdictOf(outcome),
      manifestSha256,
      reportSha256: report.sha256,
      tool: report.tool,
      explainedCount: outcome.findings.filter(({ explained }) => explained !== undefined).length,
      differences: differences.slice(0, KEPT_DIFFERENCES),
      moreCount: outcome.moreCount + Math.max(0, differences.length - KEPT_DIFFERENCES),
      listening: outcome.listening === undefined ? null : [...new Set(outcome.listening)].slice(0, 500),
    });
    say(`Sent to ${copy}.`);
    return 0;
  } catch (error) {
    return failWith(error, say);
  }
}

function differencesOf({ findings, configuration }: CheckOutcome) {
  const files = findings
    .filter(({ explained }) => explained === undefined)
    .map(({ group, path, after, aspects }) => ({
      group,
      what: shownPath(path).slice(0, 500),
      now: (after?.sha256 ?? aspects.map(({ what, after: is }) => `${what} ${is}`).join(", ")).slice(
        0,
        LINE_MAX,
      ),
    }));
  const facts = configuration
    .filter(({ section, change }) => section !== "packages" || change !== "changed")
    .map((finding) => ({ group: finding.section, what: configurationLine(finding).slice(0, 500), now: "" }));
  return [...files, ...facts];
}

function clientOf(options: ServerOptions): Client {
  return new Client(readConnection(process.env, options));
}

async function publicKey(place: string): Promise<ReturnType<typeof readPublicKey>> {
  return readPublicKey(await readFile(place, "utf8"), place);
}
