import { createPublicKey } from "node:crypto";
import { open } from "node:fs/promises";
import {
  accept,
  formatVkey,
  parseVkey,
  type Result,
  refuse,
  type VerifierKey,
  verifierKey,
  vkeyPem,
} from "@jumpkit/tlog";
import { type Bag, readExtent, readText } from "./bag-file.ts";
import type { Findings } from "./finding.ts";
import { MAX_PART_BYTES } from "./layout.ts";

const VKEY_FILE = "data/log-key.vkey";
const PEM_FILE = "data/log-key.pem";
const MAX_KEY_BYTES = 8192;
const PUBLIC_KEY_BYTES = 32;

/** A log's key that somebody got elsewhere. A PEM file does not name the log, so the name can be missing. */
export interface OutsideKey {
  readonly name: string | undefined;
  readonly publicKey: Buffer;
}

/** Why a key file is of no use. */
export type KeyFileRefusal = { readonly code: "key.unreadable" } | { readonly code: "key.malformed" };

/** Reads a key file: one line as in `log-key.vkey`, or an Ed25519 public key in PEM. */
export async function readKeyFile(path: string): Promise<Result<OutsideKey, KeyFileRefusal>> {
  const text = await readSmallFile(path);
  if (text === undefined) return refuse({ code: "key.unreadable" });
  const vkey = parseVkey(text);
  if (vkey.ok) return accept(vkey.value);
  const publicKey = text.startsWith("-----BEGIN PUBLIC KEY-----") ? fromPem(text) : undefined;
  return publicKey === undefined ? refuse({ code: "key.malformed" }) : accept({ name: undefined, publicKey });
}

/**
 * The key to check signatures with: the one from outside when there is one, otherwise the case file's own.
 *
 * The case file's two forms of its key must be the same key, and the same as the one from outside.
 *
 * @returns undefined when no key can be used; the findings say why
 */
export async function checkKey(
  bag: Bag,
  outside: OutsideKey | undefined,
  findings: Findings,
): Promise<VerifierKey | undefined> {
  const text = await readText(bag, VKEY_FILE, MAX_PART_BYTES, findings);
  const parsed = text?.endsWith("\n") ? parseVkey(text.slice(0, -1)) : undefined;
  const own = parsed?.ok ? parsed.value : undefined;
  if (text !== undefined && own === undefined) findings.add(VKEY_FILE, "is not a key of a log");
  const pem = await readText(bag, PEM_FILE, MAX_PART_BYTES, findings);
  if (pem !== undefined && own !== undefined && pem !== vkeyPem(own)) {
    findings.add(PEM_FILE, `is not the same key as ${VKEY_FILE}`);
  }
  if (outside === undefined) return own;
  const name = outside.name ?? own?.name;
  if (name === undefined) return undefined;
  const trusted = verifierKey(name, outside.publicKey);
  if (own !== undefined && formatVkey(own) !== formatVkey(trusted)) {
    findings.add(VKEY_FILE, "is not the key that you gave");
  }
  return trusted;
}

async function readSmallFile(path: string): Promise<string | undefined> {
  try {
    const handle = await open(path);
    try {
      return (await readExtent(handle, { start: 0, sizeBytes: MAX_KEY_BYTES })).toString().trim();
    } finally {
      await handle.close();
    }
  } catch {
    return undefined;
  }
}

function fromPem(pem: string): Buffer | undefined {
  try {
    const key = createPublicKey(pem);
    if (key.asymmetricKeyType !== "ed25519") return undefined;
    return key.export({ format: "der", type: "spki" }).subarray(-PUBLIC_KEY_BYTES);
  } catch {
    return undefined;
  }
}
