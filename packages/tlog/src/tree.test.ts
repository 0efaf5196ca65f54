import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  appendLeaf,
  consistencyProof,
  emptyFrontier,
  emptyRoot,
  type Frontier,
  frontierPositions,
  inclusionProof,
  leafHash,
  type NodeReader,
  nodeHash,
  readFrontier,
  rootOf,
  verifyConsistency,
  verifyInclusion,
} from "./index.ts";

interface Tree {
  readonly frontiers: readonly Frontier[];
  readonly leaves: readonly Buffer[];
  readonly read: NodeReader;
}

/** A tree that keeps each node its appends completed, as a database does. */
function aTree(size: number): Tree {
  const kept = new Map<string, Buffer>();
  const leaves = Array.from({ length: size }, (_, index) => leafHash(Buffer.from(`entry ${index}`)));
  let frontier = emptyFrontier();
  const frontiers = [frontier];
  for (const leaf of leaves) {
    const appended = appendLeaf(frontier, leaf);
    for (const node of appended.nodes) kept.set(`${node.level}/${node.index}`, node.hash);
    frontier = appended.frontier;
    frontiers.push(frontier);
  }
  const read: NodeReader = (positions) =>
    positions.map(({ level, index }) => kept.get(`${level}/${index}`) ?? Buffer.alloc(0));
  return { frontiers, leaves, read };
}

function rootAt(tree: Tree, size: number): Buffer {
  return rootOf(tree.frontiers[size] ?? emptyFrontier());
}

/** The definition of RFC 6962 §2.1, word for word. */
function rootByDefinition(leaves: readonly Buffer[]): Buffer {
  const [first] = leaves;
  if (first === undefined) return emptyRoot();
  if (leaves.length === 1) return first;
  let split = 1;
  while (split * 2 < leaves.length) split *= 2;
  return nodeHash(rootByDefinition(leaves.slice(0, split)), rootByDefinition(leaves.slice(split)));
}

function flipBit(bytes: Uint8Array, bit: number): Buffer {
  const changed = Buffer.from(bytes);
  const place = Math.floor(bit / 8) % changed.length;
  changed[place] = (changed[place] ?? 0) ^ (1 << (bit % 8));
  return changed;
}

describe("the tree over the handling log", () => {
  it("has the root that RFC 6962 defines, at every size", () => {
    const tree = aTree(130);

    for (let size = 0; size <= 130; size += 1) {
      expect(rootAt(tree, size)).toEqual(rootByDefinition(tree.leaves.slice(0, size)));
    }
  });

  it("completes each node once and keeps no more than the size's set bits", () => {
    const tree = aTree(128);

    for (const frontier of tree.frontiers) {
      expect(frontier.hashes.length).toBe(frontierPositions(frontier.size).length);
    }
    expect(tree.frontiers[128]?.hashes.length).toBe(1);
  });

  it("gets its frontier back at any earlier size from the nodes that were kept", async () => {
    const tree = aTree(70);

    for (let size = 0; size <= 70; size += 1) {
      expect(await readFrontier(size, tree.read)).toEqual(tree.frontiers[size]);
    }
  });

  it("proves every leaf of every size up to 70, and at no other place", async () => {
    const tree = aTree(70);

    for (let size = 1; size <= 70; size += 1) {
      const root = rootAt(tree, size);
      for (const [index, leaf] of tree.leaves.slice(0, size).entries()) {
        const proof = await inclusionProof(index, size, tree.read);
        expect(verifyInclusion(leaf, index, size, proof, root)).toBe(true);
        expect(verifyInclusion(leaf, (index + 1) % size, size, proof, root)).toBe(size === 1);
      }
    }
  });

  it("proves that it only grew, between all sizes up to 40", async () => {
    const tree = aTree(40);

    for (let size = 1; size <= 40; size += 1) {
      for (let old = 1; old <= size; old += 1) {
        const proof = await consistencyProof(old, size, tree.read);
        expect(verifyConsistency(old, size, proof, rootAt(tree, old), rootAt(tree, size))).toBe(true);
      }
    }
  });

  it("shows nothing about an empty tree", () => {
    expect(verifyConsistency(0, 3, [], emptyRoot(), rootAt(aTree(3), 3))).toBe(false);
  });

  it("finds any flipped bit in a leaf, a proof or a root", async () => {
    const tree = aTree(100);

    await fc.assert(
      fc.asyncProperty(fc.nat(98), fc.nat(99), fc.nat(), fc.nat(), async (at, sized, part, bit) => {
        const size = Math.max(sized + 1, at + 2);
        const index = Math.min(at, size - 1);
        const proof = await inclusionProof(index, size, tree.read);
        const parts = [tree.leaves[index] ?? Buffer.alloc(0), rootAt(tree, size), ...proof];
        const hit = part % parts.length;
        const [leaf = Buffer.alloc(0), root = Buffer.alloc(0), ...hashes] = parts.map((bytes, place) =>
          place === hit ? flipBit(bytes, bit) : bytes,
        );

        expect(verifyInclusion(leaf, index, size, hashes, root)).toBe(false);
      }),
      { seed: 6962 },
    );
  });

  it("finds any flipped bit between two sizes", async () => {
    const tree = aTree(64);

    await fc.assert(
      fc.asyncProperty(fc.nat(62), fc.nat(62), fc.nat(), fc.nat(), async (one, two, part, bit) => {
        const [old, size] = one <= two ? [one + 1, two + 2] : [two + 1, one + 2];
        const proof = await consistencyProof(old, size, tree.read);
        const parts = [rootAt(tree, old), rootAt(tree, size), ...proof];
        const hit = part % parts.length;
        const [oldRoot = Buffer.alloc(0), root = Buffer.alloc(0), ...hashes] = parts.map((bytes, place) =>
          place === hit ? flipBit(bytes, bit) : bytes,
        );

        expect(verifyConsistency(old, size, hashes, oldRoot, root)).toBe(false);
      }),
      { seed: 6962 },
    );
  });

  it("refuses proofs that are too long, too short or of other lengths", async () => {
    const tree = aTree(21);
    const proof = await inclusionProof(5, 21, tree.read);
    const leaf = tree.leaves[5] ?? Buffer.alloc(0);
    const root = rootAt(tree, 21);

    expect(verifyInclusion(leaf, 5, 21, [...proof, root], root)).toBe(false);
    expect(verifyInclusion(leaf, 5, 21, proof.slice(1), root)).toBe(false);
    expect(verifyInclusion(leaf, 5, 21, proof.slice(0, -1), root)).toBe(false);
    expect(verifyInclusion(leaf, 5.5, 21, proof, root)).toBe(false);
    expect(verifyInclusion(leaf.subarray(1), 5, 21, proof, root)).toBe(false);
  });

  it("proves places in a tree far larger than any bit operation can count", async () => {
    const size = 2 ** 53 - 1;
    const read: NodeReader = (positions) =>
      positions.map(({ level, index }) => leafHash(Buffer.from(`${level}/${index}`)));
    const root = rootOf(await readFrontier(size, read));
    const proof = await inclusionProof(size - 1, size, read);
    const leaf = leafHash(Buffer.from(`0/${size - 1}`));

    expect(verifyInclusion(leaf, size - 1, size, proof, root)).toBe(true);
    expect(verifyInclusion(leaf, size - 3, size, proof, root)).toBe(false);
  });

  it("treats questions that make no sense as bugs", async () => {
    const tree = aTree(3);

    await expect(inclusionProof(3, 3, tree.read)).rejects.toThrow(RangeError);
    await expect(consistencyProof(0, 3, tree.read)).rejects.toThrow(RangeError);
    await expect(consistencyProof(4, 3, tree.read)).rejects.toThrow(RangeError);
    expect(() => appendLeaf(emptyFrontier(), Buffer.alloc(31))).toThrow(RangeError);
  });

  it("says which node is gone from a damaged tree", async () => {
    await expect(inclusionProof(0, 3, () => [])).rejects.toThrow("level 0, index 1");
  });
});
