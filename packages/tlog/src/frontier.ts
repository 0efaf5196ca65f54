import { emptyRoot, HASH_BYTES, nodeHash } from "./hash.ts";
import { assertTreeSize, coveringNodes, type NodePosition, type NodeReader, type TreeNode } from "./node.ts";
import { readNodes } from "./read-nodes.ts";

/**
 * All that is needed to append to a tree: its size and the hashes of its complete subtrees,
 * left to right, one for each bit that is set in the size. Never more than 53 hashes.
 */
export interface Frontier {
  readonly size: number;
  readonly hashes: readonly Buffer[];
}

/** What an append gives: the frontier after it, and the nodes it completed. */
export interface Appended {
  readonly frontier: Frontier;
  /** The leaf itself first (level 0), then each interior node above it that is now complete, upwards. */
  readonly nodes: readonly TreeNode[];
}

/** The frontier of a tree without leaves. */
export function emptyFrontier(): Frontier {
  return { size: 0, hashes: [] };
}

/**
 * Appends one leaf, given by its leaf hash.
 *
 * Keeping every node of `nodes` is enough to make each proof of the tree later; none of them changes again.
 *
 * @source RFC 6962 §2.1
 */
export function appendLeaf(frontier: Frontier, leaf: Uint8Array): Appended {
  assertTreeSize(frontier.size + 1);
  if (leaf.length !== HASH_BYTES) throw new RangeError(`a leaf hash has ${HASH_BYTES} bytes`);
  const hashes = [...frontier.hashes];
  let node: TreeNode = { level: 0, index: frontier.size, hash: Buffer.from(leaf) };
  const nodes = [node];
  while (node.index % 2 === 1) {
    const left = hashes.pop();
    if (left === undefined) throw new RangeError("the frontier has fewer hashes than its size asks for");
    node = { level: node.level + 1, index: (node.index - 1) / 2, hash: nodeHash(left, node.hash) };
    nodes.push(node);
  }
  return { frontier: { size: frontier.size + 1, hashes: [...hashes, node.hash] }, nodes };
}

/**
 * The root of the tree whose frontier this is.
 *
 * @source RFC 6962 §2.1
 */
export function rootOf(frontier: Frontier): Buffer {
  return foldRight(frontier.hashes) ?? emptyRoot();
}

/** Where the hashes of the frontier of a tree of `size` leaves stand, left to right. */
export function frontierPositions(size: number): NodePosition[] {
  assertTreeSize(size);
  return coveringNodes(0, size);
}

/** The frontier that a tree had when it was `size` leaves long, read from the nodes that were kept. */
export async function readFrontier(size: number, read: NodeReader): Promise<Frontier> {
  return { size, hashes: await readNodes(frontierPositions(size), read) };
}

/** Joins neighbouring subtrees, left to right and each smaller than the one before, to the hash above them. */
export function foldRight(hashes: readonly Buffer[]): Buffer | undefined {
  return hashes.reduceRight<Buffer | undefined>(
    (right, left) => (right === undefined ? left : nodeHash(left, right)),
    undefined,
  );
}
