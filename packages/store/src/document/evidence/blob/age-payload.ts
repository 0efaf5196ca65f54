import { createCipheriv, createDecipheriv, hkdfSync } from "node:crypto";

/** age encrypts in chunks of this size; only the last may be shorter. */
export const CHUNK_BYTES = 64 * 1024;

/** What a chunk grows by: its authentication. */
export const TAG_BYTES = 16;

/** The random start of a payload, from which its key follows. */
export const PAYLOAD_NONCE_BYTES = 16;

const CIPHER = "chacha20-poly1305";

/** Encrypts or decrypts the chunks of one payload; chunks are counted from 0. */
export type PayloadCipher = {
  /** The encrypted chunk and its authentication, to be written in this order. */
  readonly seal: (chunk: Uint8Array, index: number, isLast: boolean) => readonly [Buffer, Buffer];
  /** The chunk in clear; `undefined` when it was changed, moved, or is not the last as claimed. */
  readonly open: (sealed: Buffer, index: number, isLast: boolean) => Buffer | undefined;
};

/**
 * The key of the payload that starts with `nonce`, in a file with key `fileKey`.
 *
 * @source  C2SP age.md, "Payload"
 */
export function payloadKey(fileKey: Buffer, nonce: Buffer): Buffer {
  return Buffer.from(hkdfSync("sha256", fileKey, nonce, "payload", 32));
}

/**
 * The cipher of the payload with the key `key`.
 *
 * @source  C2SP age.md, "Payload"
 */
export function payloadCipher(key: Buffer): PayloadCipher {
  return {
    seal: (chunk, index, isLast) => {
      const cipher = createCipheriv(CIPHER, key, nonceOf(index, isLast), { authTagLength: TAG_BYTES });
      const sealed = cipher.update(chunk);
      cipher.final();
      return [sealed, cipher.getAuthTag()];
    },
    open: (sealed, index, isLast) => {
      const decipher = createDecipheriv(CIPHER, key, nonceOf(index, isLast), { authTagLength: TAG_BYTES });
      decipher.setAuthTag(sealed.subarray(-TAG_BYTES));
      const chunk = decipher.update(sealed.subarray(0, -TAG_BYTES));
      try {
        decipher.final();
        return chunk;
      } catch {
        return undefined;
      }
    },
  };
}

/** Eleven bytes of counter, of which six suffice for any file, and one that marks the last chunk. */
function nonceOf(index: number, isLast: boolean): Buffer {
  const nonce = Buffer.alloc(12);
  nonce.writeUIntBE(index, 5, 6);
  nonce[11] = isLast ? 1 : 0;
  return nonce;
}
