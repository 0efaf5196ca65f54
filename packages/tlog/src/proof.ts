import { foldRight } from "./frontier.ts";
import { HASH_BYTES, nodeHash } from "./hash.ts";
import {
  assertTreeSize,
  coveringNodes,
  floorLog2,
  isTreeSize,
  type NodePosition,
  type NodeReader,
} from "./node.ts";
import { readNodes } from "./read-nodes.ts";

/** A range of leaves, from `start` up to but not including `end`. */
interface LeafRange {
  readonly start: number;
  readonly end: number;
}

/**
 * The hashes that lead from the leaf at `index` to the root of the tree of `size` leaves, from the leaf upwards.
 *
 * Throws for an index outside the tree: asking for it is a bug of the caller.
 *
 * @source RFC 6962 §2.1.1
 */
export async function inclusionProof(index: number, size: number, read: NodeReader): Promise<Buffer[]> {
  assertTreeSize(size);
  if (!isTreeSize(index) || index >= size) throw new RangeError(`no leaf ${index} in a tree of ${size}`);
  return readRanges(inclusionRanges(index, size), read);
}

/**
 * The hashes that show that the tree of `size` leaves only appended to the tree of `oldSize` leaves.
 *
 * Empty when both sizes are the same. Throws unless 0 < `oldSize` <= `size`.
 *
 * @source RFC 6962 §2.1.2
 */
export async function consistencyProof(oldSize: number, size: number, read: NodeReader): Promise<Buffer[]> {
  assertTreeSize(size);
  if (!isTreeSize(oldSize) || oldSize === 0 || oldSize > size) {
    throw new RangeError(`no consistency proof from ${oldSize} to ${size}`);
  }
  return readRanges(consistencyRanges(oldSize, size), read);
}

/**
 * Whether `proof` shows that the leaf with hash `leaf` stands at `index` in the tree of `size` leaves with `root`.
 *
 * Any input is answered; nothing throws.
 *
 * @source RFC 9162 §2.1.3.2
 */
export function verifyInclusion(
  leaf: Uint8Array,
  index: number,
  size: number,
  proof: readonly Uint8Array[],
  root: Uint8Array,
): boolean {
  if (!isTreeSize(index) || !isTreeSize(size) || index >= size) return false;
  if (![leaf, root, ...proof].every(isHash)) return false;
  let position = index;
  let last = size - 1;
  let hash: Buffer = Buffer.from(leaf);
  for (const sibling of proof) {
    if (last === 0) return false;
    if (position % 2 === 1 || position === last) {
      hash = nodeHash(sibling, hash);
      // A node without a right sibling stands unchanged on the next levels.
      while (position % 2 === 0 && position !== 0) {
        position /= 2;
        last = half(last);
      }
    } else {
      hash = nodeHash(hash, sibling);
    }
    position = half(position);
    last = half(last);
  }
  return last === 0 && hash.equals(root);
}

/**
 * Whether `proof` shows that the tree of `size` leaves with `root` only appended to the tree of
 * `oldSize` leaves with `oldRoot`.
 *
 * An old size of 0 is refused: nothing can be shown about an empty tree. Any input is answered; nothing throws.
 *
 * @source RFC 9162 §2.1.4.2
 */
export function verifyConsistency(
  oldSize: number,
  size: number,
  proof: readonly Uint8Array[],
  oldRoot: Uint8Array,
  root: Uint8Array,
): boolean {
  if (!isTreeSize(oldSize) || !isTreeSize(size) || oldSize === 0 || oldSize > size) return false;
  if (oldSize === size) return proof.length === 0 && Buffer.from(oldRoot).equals(root);
  if (![oldRoot, root, ...proof].every(isHash)) return false;
  // A complete old tree is itself the first subtree, so the proof leaves it out.
  const [first, ...rest] = 2 ** floorLog2(oldSize) === oldSize ? [oldRoot, ...proof] : proof;
  if (first === undefined) return false;
  let position = oldSize - 1;
  let last = size - 1;
  while (position % 2 === 1) {
    position = half(position);
    last = half(last);
  }
  let oldHash: Buffer = Buffer.from(first);
  let hash: Buffer = Buffer.from(first);
  for (const sibling of rest) {
    if (last === 0) return false;
    if (position % 2 === 1 || position === last) {
      oldHash = nodeHash(sibling, oldHash);
      hash = nodeHash(sibling, hash);
      while (position % 2 === 0 && position !== 0) {
        position /= 2;
        last = half(last);
      }
    } else {
      hash = nodeHash(hash, sibling);
    }
    position = half(position);
    last = half(last);
  }
  return last === 0 && oldHash.equals(oldRoot) && hash.equals(root);
}

/** PATH(m, D[n]) of RFC 6962 §2.1.1 as ranges of leaves, from the leaf upwards. */
function inclusionRanges(index: number, size: number): LeafRange[] {
  const ranges: LeafRange[] = [];
  let start = 0;
  let end = size;
  while (end - start > 1) {
    const middle = start + splitOf(end - start);
    if (index < middle) {
      ranges.push({ start: middle, end });
      end = middle;
    } else {
      ranges.push({ start, end: middle });
      start = middle;
    }
  }
  return ranges.reverse();
}

/** PROOF(m, D[n]) of RFC 6962 §2.1.2 as ranges of leaves. */
function consistencyRanges(oldSize: number, size: number): LeafRange[] {
  const ranges: LeafRange[] = [];
  let start = 0;
  let end = size;
  while (end > oldSize) {
    const middle = start + splitOf(end - start);
    if (oldSize <= middle) {
      ranges.push({ start: middle, end });
      end = middle;
    } else {
      ranges.push({ start, end: middle });
      start = middle;
    }
  }
  if (start > 0) ranges.push({ start, end });
  return ranges.reverse();
}

/** One read for all ranges; each range is then joined from its complete subtrees. */
async function readRanges(ranges: readonly LeafRange[], read: NodeReader): Promise<Buffer[]> {
  const parts: NodePosition[][] = ranges.map(({ start, end }) => coveringNodes(start, end));
  const hashes = await readNodes(parts.flat(), read);
  let used = 0;
  return parts.map((part) => {
    const joined = foldRight(hashes.slice(used, used + part.length));
    used += part.length;
    if (joined === undefined) throw new Error("a proof has no empty range");
    return joined;
  });
}

/** The largest power of two below `count`. */
function splitOf(count: number): number {
  return 2 ** floorLog2(count - 1);
}

function half(value: number): number {
  return Math.floor(value / 2);
}

function isHash(bytes: Uint8Array): boolean {
  return bytes.length === HASH_BYTES;
}
