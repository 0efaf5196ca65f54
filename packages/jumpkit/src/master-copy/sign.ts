import { randomBytes } from "node:crypto";
import { readFile, rename, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import {
  approveEnvelope,
  examineManifest,
  fileSha256,
  isDay,
  ManifestRefused,
  makeKey,
  prepareEnvelope,
  readEnvelope,
  readSecretKey,
} from "@jumpkit/host";

const YEAR_MS = 365 * 86_400_000;

/** What was typed after `jumpkit master-copy sign FILE`. */
export interface SignOptions {
  readonly key: string;
  readonly as: string;
  readonly purpose: string;
  readonly serial: string;
  readonly expires?: string;
}

/** Where the signatures of a manifest are: beside it. */
export function envelopePlace(manifest: string): string {
  return `${manifest}.dsse.json`;
}

/** `jumpkit master-copy sign FILE --key KEY --as preparer|approver`. */
export async function sign(
  file: string,
  options: SignOptions,
  now: Date,
  say: (sentence: string) => void,
): Promise<number> {
  const signer = readSecretKey(await readFile(options.key, "utf8"), options.key);
  const place = envelopePlace(file);
  const { header, trailer } = await examineManifest(file);
  const manifestSha256 = await fileSha256(file);
  if (options.as === "preparer") {
    const statement = {
      manifestName: basename(file),
      manifestSha256,
      host: header.host,
      purpose: options.purpose,
      version: versionOf(options.serial),
      expiresOn: dayOf(options.expires, now),
      preparedAt: now.toISOString(),
      preparedBy: signer.name,
    };
    await writeFile(place, await prepareEnvelope(statement, signer), { flag: "wx" });
  } else if (options.as === "approver") {
    const envelope = readEnvelope(await readFile(place, "utf8"), place);
    if (envelope.statement.manifestSha256 !== manifestSha256) {
      throw new ManifestRefused("The manifest is not the one that its preparer signed.");
    }
    const partial = `${place}.${randomBytes(6).toString("hex")}.partial`;
    await writeFile(partial, await approveEnvelope(envelope, signer), { flag: "wx" });
    await rename(partial, place);
  } else {
    throw new ManifestRefused("--as takes preparer or approver.");
  }
  say(`${signer.name} signed ${trailer.entryCount} entries of ${header.host} as ${options.as}: ${place}`);
  return 0;
}

/** `jumpkit master-copy keygen NAME`: two files, neither of which may exist. */
export async function keygen(name: string, folder: string, say: (sentence: string) => void): Promise<number> {
  const { secret, vkey } = makeKey(name);
  if (name.includes("/")) throw new ManifestRefused("A key's name has no slash.");
  await writeFile(join(folder, `${name}.key`), secret, { flag: "wx", mode: 0o600 });
  await writeFile(join(folder, `${name}.vkey`), vkey, { flag: "wx" });
  say(`Wrote ${name}.key, which is secret, and ${name}.vkey, which is for everybody who checks.`);
  return 0;
}

function versionOf(serial: string): number {
  const version = Number(serial);
  if (!Number.isInteger(version) || version < 1) throw new ManifestRefused("--serial takes a number from 1.");
  return version;
}

function dayOf(expires: string | undefined, now: Date): string {
  if (expires === undefined) {
    return new Date(now.getTime() + YEAR_MS).toISOString().slice(0, 10);
  }
  if (!isDay(expires)) throw new ManifestRefused("--expires takes a day, as 2027-03-01.");
  return expires;
}
