/** Where a complete subtree's hash stands: `level` 0 is the leaves, `index` counts from the left. */
export interface NodePosition {
  readonly level: number;
  readonly index: number;
}

/** A complete subtree's hash with its place. It never changes once the tree has reached it. */
export interface TreeNode extends NodePosition {
  readonly hash: Buffer;
}

/**
 * Fetches hashes of complete subtrees, one for each position and in the same order.
 *
 * It is asked once for each proof, so that a database answers with a single query.
 */
export type NodeReader = (
  positions: readonly NodePosition[],
) => readonly Uint8Array[] | Promise<readonly Uint8Array[]>;

/**
 * The complete subtrees that together cover the leaves from `start` up to but not including `end`,
 * left to right.
 *
 * `start` must be a multiple of the first power of two that is at least `end - start`, as every range
 * of RFC 6962 is; `start` 0 always is.
 */
export function coveringNodes(start: number, end: number): NodePosition[] {
  const nodes: NodePosition[] = [];
  let from = start;
  while (from < end) {
    const level = floorLog2(end - from);
    const width = 2 ** level;
    nodes.push({ level, index: from / width });
    from += width;
  }
  return nodes;
}

/** Throws unless `size` is a count of leaves this code can handle exactly. */
export function assertTreeSize(size: number): void {
  if (!isTreeSize(size)) throw new RangeError(`not a tree size: ${size}`);
}

/** Whether `size` is a whole number from 0 to 2^53 - 1. */
export function isTreeSize(size: number): boolean {
  return Number.isSafeInteger(size) && size >= 0;
}

/** The exponent of the largest power of two that is at most `count`; exact where Math.log2 rounds up. */
export function floorLog2(count: number): number {
  let exponent = 0;
  while (2 ** (exponent + 1) <= count) exponent += 1;
  return exponent;
}
