import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { link, mkdir, open, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { codeOf } from "../../database/faults.ts";

/** Seals small secrets for the database, bound to whom they belong to. */
export interface Seal {
  seal(secret: Uint8Array, whose: string): string;
  /** `undefined` when it was sealed under another key, for somebody else, or was changed. */
  open(sealed: string, whose: string): Buffer | undefined;
}

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** The seal under `accounts.key` in the folder of keys, made at the first start and readable by this account alone. */
export async function openSeal(directory: string): Promise<Seal> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const made = async () => randomBytes(32).toString("hex");
  return sealUnder(Buffer.from(await readOrMake(join(directory, "accounts.key"), made), "hex"));
}

/** AES-256-GCM under `key`; what a secret belongs to is authenticated with it. */
export function sealUnder(key: Uint8Array): Seal {
  return {
    seal: (secret, whose) => {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv("aes-256-gcm", key, nonce).setAAD(Buffer.from(whose));
      const body = Buffer.concat([cipher.update(secret), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), body]).toString("base64");
    },
    open: (sealed, whose) => {
      const bytes = Buffer.from(sealed, "base64");
      try {
        const decipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(0, NONCE_BYTES), {
          authTagLength: TAG_BYTES,
        });
        decipher.setAAD(Buffer.from(whose));
        decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
        return Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]);
      } catch {
        return undefined;
      }
    },
  };
}

/**
 * The text of a secret's file, made by `make` where it is missing and readable by this account alone. Of two that
 * start together, one makes the file and both read it.
 */
export async function readOrMake(path: string, make: () => Promise<string>): Promise<string> {
  try {
    return (await readFile(path, "utf8")).trim();
  } catch (error) {
    if (codeOf(error) !== "ENOENT") throw error;
  }
  const half = `${path}.${randomBytes(6).toString("hex")}`;
  const file = await open(half, "wx", 0o600);
  try {
    await file.writeFile(`${await make()}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  try {
    await link(half, path);
  } catch (error) {
    if (codeOf(error) !== "EEXIST") throw error;
  } finally {
    await rm(half);
  }
  return (await readFile(path, "utf8")).trim();
}
