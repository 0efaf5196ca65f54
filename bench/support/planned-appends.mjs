import { createHash, randomBytes } from "node:crypto";

const HASH_BYTES = 32;

/**
 * What each of the next appends to a log writes, computed beforehand, so that only the writing is measured.
 *
 * The leaves are random, the tree above them is right: the server goes on signing its root.
 *
 * @source RFC 6962 §2.1
 */
export function plannedAppends({ size, frontier }, count) {
  const hashes = Array.from({ length: frontier.length / HASH_BYTES }, (_, index) =>
    frontier.subarray(index * HASH_BYTES, (index + 1) * HASH_BYTES),
  );
  return Array.from({ length: count }, (_, step) => append(hashes, size + step, randomBytes(HASH_BYTES)));
}

function append(hashes, size, leafHash) {
  const nodes = { levels: [0], indexes: [size], hashes: [leafHash] };
  let [index, hash] = [size, leafHash];
  for (let level = 1; index % 2 === 1; level += 1) {
    hash = nodeHash(hashes.pop(), hash);
    index = (index - 1) / 2;
    nodes.levels.push(level);
    nodes.indexes.push(index);
    nodes.hashes.push(hash);
  }
  hashes.push(hash);
  const root = hashes.reduceRight((right, left) => nodeHash(left, right));
  return { leafHash, nodes, frontier: Buffer.concat(hashes), root };
}

function nodeHash(left, right) {
  return createHash("sha256")
    .update(Buffer.from([1]))
    .update(left)
    .update(right)
    .digest();
}
