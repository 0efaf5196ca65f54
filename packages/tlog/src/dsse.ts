import { verify } from "node:crypto";
import { accept, type Result, refuse } from "./result.ts";
import type { Signer } from "./signer.ts";
import { parseVkey, publicKeyObject, type VerifierKey } from "./vkey.ts";

/** A signed text and its signatures, not yet checked. */
export interface DsseEnvelope {
  readonly payloadType: string;
  /** The signed text. */
  readonly payload: string;
  readonly signatures: readonly { readonly keyid: string; readonly sig: string }[];
}

/** Why a text is not an envelope that can be used. */
export interface DsseRefusal {
  readonly code: "dsse.malformed";
}

const SIGNATURES_MAX = 16;

/**
 * One signature of this text, to stand in an envelope. `keyid` is the key's name and id, as in its verifier key.
 *
 * @source DSSE v1, protocol.md
 */
export async function dsseSignature(
  payloadType: string,
  payload: string,
  signer: Signer,
): Promise<DsseEnvelope["signatures"][number]> {
  const key = parseVkey(signer.vkey);
  if (!key.ok) throw new Error(`signer ${signer.name} has no proper vkey`);
  const sig = await signer.sign(preAuthentication(payloadType, payload));
  return { keyid: signer.vkey.split("+").slice(0, 2).join("+"), sig: sig.toString("base64") };
}

/** The envelope as its text; `readDsse` gives it back. */
export function formatDsse({ payloadType, payload, signatures }: DsseEnvelope): string {
  const base64 = Buffer.from(payload).toString("base64");
  return `${JSON.stringify({ payloadType, payload: base64, signatures }, null, 2)}\n`;
}

/**
 * Takes an envelope of this kind apart without checking its signatures.
 *
 * @source DSSE v1, envelope.md
 */
export function readDsse(
  text: string,
  payloadType: string,
  maxCharacters: number,
): Result<DsseEnvelope, DsseRefusal> {
  const refused = refuse({ code: "dsse.malformed" });
  if (text.length > maxCharacters) return refused;
  const envelope = parsed(text);
  const { payload, signatures } = envelope ?? {};
  if (envelope?.["payloadType"] !== payloadType || typeof payload !== "string") return refused;
  if (!Array.isArray(signatures) || signatures.length > SIGNATURES_MAX) return refused;
  const isSignature = (each: unknown): each is { keyid: string; sig: string } =>
    typeof each === "object" && each !== null && "keyid" in each && "sig" in each
      ? typeof each.keyid === "string" && typeof each.sig === "string"
      : false;
  if (!signatures.every(isSignature)) return refused;
  return accept({
    payloadType,
    payload: Buffer.from(payload, "base64").toString(),
    signatures: signatures.map(({ keyid, sig }) => ({ keyid, sig })),
  });
}

/** Whether one of the signatures is this key's over what the envelope holds. */
export function isSealedBy({ payloadType, payload, signatures }: DsseEnvelope, key: VerifierKey): boolean {
  const bytes = Buffer.from(preAuthentication(payloadType, payload));
  return signatures.some(({ sig }) => verify(null, bytes, publicKeyObject(key), Buffer.from(sig, "base64")));
}

/** The bytes that DSSE signs. @source DSSE v1, protocol.md, PAE */
function preAuthentication(payloadType: string, payload: string): string {
  return `DSSEv1 ${Buffer.byteLength(payloadType)} ${payloadType} ${Buffer.byteLength(payload)} ${payload}`;
}

function parsed(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
