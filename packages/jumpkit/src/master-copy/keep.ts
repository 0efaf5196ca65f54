import { createHash, randomBytes } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { link, readFile, rm, writeFile } from "node:fs/promises";
import { basename } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { UploadView } from "@jumpkit/app";
import { type MasterCopyId, sizeText } from "@jumpkit/core";
import { fileSha256, ManifestRefused } from "@jumpkit/host";
import type { Client } from "../http/client.ts";
import { failWith } from "../http/exit.ts";
import { clientOf, copyOf, type ServerOptions } from "./server.ts";
import { envelopePlace } from "./sign.ts";

/** What was typed after `jumpkit master-copy fetch HOST`. */
export interface FetchOptions extends ServerOptions {
  readonly purpose: string;
  readonly out: string;
  readonly serial?: string | undefined;
}

type Say = (sentence: string) => void;

/**
 * `jumpkit master-copy keep FILE`: sends a manifest that is registered, and its signatures, to the server.
 *
 * @returns the exit code: 0 kept, otherwise that of any call to a server
 * @throws  ManifestRefused  when it is not registered
 */
export async function keep(file: string, options: ServerOptions, say: Say): Promise<number> {
  const signatures = await readFile(envelopePlace(file), "utf8");
  const manifestSha256 = await fileSha256(file);
  try {
    const client = clientOf(options);
    await sendManifest(client, await copyOf(client, manifestSha256), file, signatures, say);
    return 0;
  } catch (error) {
    return failWith(error, say);
  }
}

/** Sends a manifest and its signatures; the server verifies digest, count and both signatures before it keeps them. */
export async function sendManifest(
  client: Client,
  copy: MasterCopyId,
  file: string,
  envelope: string,
  say: Say,
): Promise<void> {
  const answer = await client.send({
    method: "PUT",
    path: `/v1/mastercopy/${copy}/manifest?${new URLSearchParams({ name: basename(file) })}`,
    headers: { "content-type": "application/octet-stream" },
    body: Readable.toWeb(createReadStream(file)) as ReadableStream<Uint8Array>,
  });
  const { upload } = UploadView.parse(answer);
  const { sizeBytes } = await client.perform("mastercopy.keep", { copy, upload, envelope });
  say(`The server keeps it: ${sizeText(sizeBytes)}.`);
}

/**
 * `jumpkit master-copy fetch HOST`: writes the newest approved master copy of a host, and its signatures, beside each
 * other. The asking is on record before a byte comes.
 *
 * @returns the exit code: 0 written, 2 the server does not keep the file, otherwise that of any call to a server
 * @throws  ManifestRefused  when there is no such master copy, or what came is not what was registered
 */
export async function fetchCopy(host: string, options: FetchOptions, say: Say): Promise<number> {
  try {
    const client = clientOf(options);
    const copy = await approvedCopyOf(client, host, options.serial);
    const told = await client.perform("mastercopy.fetch", { copy, purpose: options.purpose });
    if (told.file === null) {
      say(`The file itself is not kept on the server. It is here: ${told.place}`);
      return 2;
    }
    const chunks = await client.download(told.file.download);
    await writeWhole(chunks, options.out, told.manifestSha256, told.file.envelope);
    say(`Wrote version ${told.version} to ${options.out}, and its signatures beside it.`);
    say("Check the signatures before you build on it: check --preparer --approver.");
    return 0;
  } catch (error) {
    return failWith(error, say);
  }
}

async function approvedCopyOf(client: Client, host: string, serial?: string): Promise<MasterCopyId> {
  const { items } = await client.ask("mastercopy.list", {});
  const copy = items.find(
    ({ name, version, approval }) =>
      name.toLowerCase() === host.toLowerCase() &&
      (serial === undefined ? approval !== null : String(version) === serial),
  );
  if (copy === undefined) throw new ManifestRefused(`There is no approved master copy of ${host}.`);
  return copy.id as MasterCopyId;
}

/** Neither file is ever overwritten, and the manifest has its name only when all of it came as it was registered. */
async function writeWhole(
  chunks: AsyncIterable<Uint8Array>,
  out: string,
  sha256: string,
  envelope: string,
): Promise<void> {
  const partial = `${out}.${randomBytes(6).toString("hex")}.partial`;
  try {
    const hash = createHash("sha256");
    const hashed = async function* (source: AsyncIterable<Uint8Array>) {
      for await (const chunk of source) {
        hash.update(chunk);
        yield chunk;
      }
    };
    await pipeline(chunks, hashed, createWriteStream(partial, { flags: "wx", mode: 0o600, flush: true }));
    if (hash.digest("hex") !== sha256) throw new ManifestRefused("What came is not what was registered.");
    await writeFile(envelopePlace(out), envelope, { flag: "wx" });
    await link(partial, out);
  } finally {
    await rm(partial, { force: true });
  }
}
