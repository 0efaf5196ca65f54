import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { IncidentId, SEALED_MAX_CHARACTERS, SealedStatement } from "@jumpkit/core";
import {
  type CheckOutcome,
  fileSha256,
  listeningOf,
  ManifestRefused,
  openDifferences,
  verdictOf,
} from "@jumpkit/host";
import type { Client } from "../http/client.ts";
import { failWith } from "../http/exit.ts";
import { clientOf, copyOf, type ServerOptions } from "./server.ts";

/** What was typed after `jumpkit master-copy send FILE`. */
export interface SendOptions extends ServerOptions {
  readonly incident?: string | undefined;
}

type Say = (sentence: string) => void;

const KEPT_DIFFERENCES = 200;

/**
 * `jumpkit master-copy send FILE`: gives a sealed check to the server, as evidence of an incident when one is named.
 *
 * @returns the exit code: 0 kept, otherwise that of any call to a server
 * @throws  ManifestRefused  for a file that is no sealed check, or of a master copy that is not registered
 */
export async function send(file: string, options: SendOptions, say: Say): Promise<number> {
  const sealed = await readFile(file, "utf8");
  const { subject, predicate } = statementIn(sealed, file);
  try {
    const client = clientOf(options);
    const copy = await copyOf(client, subject[0]?.digest.sha256 ?? "");
    const incident = options.incident === undefined ? null : await incidentOf(client, options.incident);
    const upload = incident === null ? null : await uploaded(client, incident, basename(file), sealed);
    const kept = await client.perform("mastercopy.take_in", { copy, sealed, incident, upload });
    const evidence = kept.number === null ? "" : ` It is item ${kept.number} of the incident's evidence.`;
    say(`Kept for ${predicate.host}: ${kept.verdict}.${evidence}`);
    return 0;
  } catch (error) {
    return failWith(error, say);
  }
}

/** Tells the server what a check found, unsealed, by the digest of the manifest it was compared with. */
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
    const copy = await copyOf(client, manifestSha256);
    const differences = openDifferences(outcome);
    await client.perform("mastercopy.check", {
      copy,
      verdict: verdictOf(outcome),
      manifestSha256,
      reportSha256: report.sha256,
      tool: report.tool,
      explainedCount: outcome.findings.filter(({ explained }) => explained !== undefined).length,
      differences: differences.slice(0, KEPT_DIFFERENCES),
      moreCount: outcome.moreCount + Math.max(0, differences.length - KEPT_DIFFERENCES),
      listening: outcome.listening === undefined ? null : listeningOf(outcome.listening),
    });
    say(`Sent to ${copy}.`);
    return 0;
  } catch (error) {
    return failWith(error, say);
  }
}

/** What the file says of itself; whether it may say so is the server's to judge. */
function statementIn(sealed: string, file: string): SealedStatement {
  if (sealed.length > SEALED_MAX_CHARACTERS) throw new ManifestRefused(`${file} is too large.`);
  try {
    const { payload } = JSON.parse(sealed) as { payload: string };
    return SealedStatement.parse(JSON.parse(Buffer.from(payload, "base64").toString()));
  } catch (cause) {
    throw new ManifestRefused(`${file} is not the file of a sealed check.`, { cause });
  }
}

/** The incident of this id or code. */
async function incidentOf(client: Client, said: string): Promise<IncidentId> {
  const id = IncidentId.safeParse(said);
  if (id.success) return id.data;
  const { items } = await client.ask("incident.list", {});
  const found = items.find(({ code }) => code === said);
  if (found === undefined) throw new ManifestRefused(`There is no incident ${said} that you may see.`);
  return found.id as IncidentId;
}

async function uploaded(client: Client, incident: IncidentId, name: string, sealed: string) {
  const { UploadView } = await import("@jumpkit/app");
  const answer = await client.send({
    method: "PUT",
    path: `/v1/upload/${incident}?${new URLSearchParams({ name })}`,
    headers: { "content-type": "application/octet-stream" },
    body: Buffer.from(sealed),
  });
  return UploadView.parse(answer).upload;
}
