import { createPrivateKey, createPublicKey, sign } from "node:crypto";
import { formatNote } from "./note.ts";
import { formatVkey, parseVkey, verifierKey } from "./vkey.ts";

/** Whoever holds a key that signs notes: this process, another process, or a device. */
export interface Signer {
  /** The key's name, as it stands in each signature line. */
  readonly name: string;
  /** The public half, as `formatVkey` writes it. */
  readonly vkey: string;
  /** The bare Ed25519 signature (64 bytes) of a note's text. May refuse by rejecting. */
  sign(text: string): Promise<Buffer>;
}

/**
 * A signer that holds its Ed25519 key in this process.
 *
 * @param name  the key's name; for a log this is its origin
 * @param pem   the private key as PKCS#8 PEM; any other kind of key throws
 */
export function ed25519Signer(name: string, pem: string): Signer {
  const privateKey = createPrivateKey(pem);
  if (privateKey.asymmetricKeyType !== "ed25519")
    throw new TypeError("the signing key is not an Ed25519 key");
  const spki = createPublicKey(privateKey).export({ format: "der", type: "spki" });
  return {
    name,
    vkey: formatVkey(verifierKey(name, spki.subarray(-32))),
    sign: async (text) => sign(null, Buffer.from(text), privateKey),
  };
}

/**
 * The note that carries `text` and one signature of each signer, in their order.
 *
 * @source C2SP signed-note
 */
export async function signNote(text: string, signers: readonly Signer[]): Promise<string> {
  const signatures = await Promise.all(
    signers.map(async (signer) => {
      const key = parseVkey(signer.vkey);
      if (!key.ok || key.value.name !== signer.name)
        throw new Error(`signer ${signer.name} has no proper vkey`);
      return { name: signer.name, id: key.value.id, signature: await signer.sign(text) };
    }),
  );
  return formatNote(text, signatures);
}
