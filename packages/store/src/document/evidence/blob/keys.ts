import { createHmac, randomBytes } from "node:crypto";
import { link, mkdir, open, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { codeOf } from "../../../database/faults.ts";
import { type Identity, newIdentity, parseIdentity, parseRecipient, type Recipient } from "./age-key.ts";
import { openText, sealText } from "./age-text.ts";

/** The key of one incident: what its evidence is encrypted to and read with. */
export type IncidentKey = Identity;

/** The server's keys and what is done with them. */
export type KeyRing = {
  /** `age1…` of the server, for whoever wants to send it something sealed. */
  readonly serverRecipient: string;
  /** A new key for an incident, wrapped for storing: text that only the server and the recovery key can open. */
  readonly newIncidentKey: () => { readonly key: IncidentKey; readonly wrapped: string };
  /**
   * The key out of its wrapping.
   *
   * @throws UnreadableKey  it was wrapped for another server's key, or is damaged
   */
  readonly unwrap: (wrapped: string) => IncidentKey;
  /** Wraps a key anew, after the recovery recipient changed. */
  readonly wrap: (key: IncidentKey) => string;
  /** The name of the blob with this digest: nobody learns from it, without our key, what the blob is. */
  readonly nameOf: (sha256: string) => string;
};

/** An incident's key cannot be unwrapped with this server's key. */
export class UnreadableKey extends Error {
  readonly code = "incident_key.unreadable";

  constructor(serverKeyFile: string) {
    super(
      `The incident's key cannot be opened with ${serverKeyFile}. Put back the key file that was in use when the incident was opened; the recovery key opens it too.`,
    );
    this.name = "UnreadableKey";
  }
}

const SERVER_KEY = "server.key";
const NAMES_KEY = "blob-names.key";

/**
 * The keys in the folder `directory`, made at the first start and readable by this account alone.
 *
 * `server.key` is a key file of age: with it, or with the secret of the recovery recipient, `age -d` opens
 * an incident's wrapped key, and with that any of its evidence, without Jumpkit.
 *
 * @param recoveryRecipient  `age1…` of a key that is kept offline; new incident keys are wrapped to it too
 */
export async function openKeyRing(directory: string, recoveryRecipient?: string): Promise<KeyRing> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const serverKeyFile = join(directory, SERVER_KEY);
  const server = parseIdentity(secretLine(await readOrMake(serverKeyFile, newServerKeyFile)));
  const namesKey = Buffer.from(await readOrMake(join(directory, NAMES_KEY), newNamesKeyFile), "hex");
  const recipients: readonly Recipient[] =
    recoveryRecipient === undefined
      ? [server.recipient]
      : [server.recipient, parseRecipient(recoveryRecipient)];
  const wrap = (key: IncidentKey) => sealText(`${key.secret}\n`, recipients);
  return {
    serverRecipient: server.recipient.text,
    wrap,
    newIncidentKey: () => {
      const key = newIdentity();
      return { key, wrapped: wrap(key) };
    },
    unwrap: (wrapped) => {
      const secret = openText(wrapped, server);
      if (secret === undefined) throw new UnreadableKey(serverKeyFile);
      return parseIdentity(secret.trim());
    },
    nameOf: (sha256) => createHmac("sha256", namesKey).update(sha256, "hex").digest("hex"),
  };
}

function newServerKeyFile(): string {
  const { secret, recipient } = newIdentity();
  return `# The secret key of this Jumpkit server. Whoever has it and a backup can read all evidence.\n# public key: ${recipient.text}\n${secret}\n`;
}

function newNamesKeyFile(): string {
  return `${randomBytes(32).toString("hex")}\n`;
}

function secretLine(file: string): string {
  return file.split("\n").find((line) => line.startsWith("AGE-SECRET-KEY-")) ?? "";
}

/** Of two that start together, one makes the file and both read it. */
async function readOrMake(path: string, make: () => string): Promise<string> {
  try {
    return (await readFile(path, "utf8")).trim();
  } catch (error) {
    if (codeOf(error) !== "ENOENT") throw error;
  }
  const half = `${path}.${randomBytes(6).toString("hex")}`;
  const file = await open(half, "wx", 0o600);
  try {
    await file.writeFile(make());
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
  const folder = await open(join(path, ".."), "r");
  await folder.sync();
  await folder.close();
  return (await readFile(path, "utf8")).trim();
}
