import { generateKeyPairSync } from "node:crypto";
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ed25519Signer, type Signer } from "@jumpkit/tlog";
import { readIfThere, writeOnce } from "./durable-file.ts";

/** Where signers come from: this process at first, another process or a device later. */
export interface SignerSource {
  /** The signer of an organisation's log, its key named after the log's origin. */
  signerFor(organisation: string, origin: string): Signer;
}

/**
 * Keeps each log's Ed25519 key as a PKCS#8 file that only the server's account can read.
 *
 * The folder lies outside the database and outside ordinary backups. Without a witness, whoever holds a key
 * could rewrite history: every case file says so.
 */
export class FileKeys implements SignerSource {
  readonly #folder: string;

  constructor(folder: string) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    this.#folder = folder;
  }

  signerFor(organisation: string, origin: string): Signer {
    const file = join(this.#folder, `log-${organisation}.pem`);
    return ed25519Signer(origin, readOrMake(file));
  }
}

function readOrMake(file: string): string {
  const pem = readIfThere(file);
  if (pem !== undefined) return pem;
  const { privateKey } = generateKeyPairSync("ed25519");
  writeOnce(file, privateKey.export({ format: "pem", type: "pkcs8" }).toString(), 0o600);
  // Another process may have been faster: what stands there now is the key.
  return readFileSync(file, "utf8");
}
