import { HASH_BYTES } from "./hash.ts";
import type { NodePosition, NodeReader } from "./node.ts";

/** The hashes at `positions`; throws when the reader does not have each of them, as the tree is then damaged. */
export async function readNodes(positions: readonly NodePosition[], read: NodeReader): Promise<Buffer[]> {
  if (positions.length === 0) return [];
  const hashes = await read(positions);
  return positions.map(({ level, index }, place) => {
    const hash = hashes[place];
    if (hash?.length !== HASH_BYTES)
      throw new Error(`the tree lacks its node at level ${level}, index ${index}`);
    return Buffer.from(hash);
  });
}
