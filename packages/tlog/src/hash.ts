import { hash } from "node:crypto";

/** Length of every hash of the tree. */
export const HASH_BYTES = 32;

const LEAF_PREFIX = Buffer.of(0);
const NODE_PREFIX = Buffer.of(1);

/** SHA-256 of `bytes`, 32 bytes long. */
export function sha256(bytes: Uint8Array | string): Buffer {
  return hash("sha256", bytes, "buffer");
}

/**
 * The tree's hash of one leaf: SHA-256 of a zero byte and the leaf as it is stored.
 *
 * @source RFC 6962 §2.1
 */
export function leafHash(leaf: Uint8Array): Buffer {
  return sha256(Buffer.concat([LEAF_PREFIX, leaf]));
}

/**
 * The hash of the node above `left` and `right`: SHA-256 of a one byte and both.
 *
 * @source RFC 6962 §2.1
 */
export function nodeHash(left: Uint8Array, right: Uint8Array): Buffer {
  return sha256(Buffer.concat([NODE_PREFIX, left, right]));
}

/**
 * The root of a tree without leaves: the hash of nothing.
 *
 * @source RFC 6962 §2.1
 */
export function emptyRoot(): Buffer {
  return sha256("");
}
