import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { verifyConsistency, verifyInclusion } from "./index.ts";

const VECTORS = join(import.meta.dirname, "..", "vectors");

interface InclusionCase {
  readonly leafIdx: number;
  readonly treeSize: number;
  readonly root: string;
  readonly leafHash: string;
  readonly proof: readonly string[] | null;
  readonly wantErr: boolean;
}

interface ConsistencyCase {
  readonly size1: number;
  readonly size2: number;
  readonly root1: string;
  readonly root2: string;
  readonly proof: readonly string[] | null;
  readonly wantErr: boolean;
}

function casesOf<Case>(folder: string): [string, Case][] {
  return readdirSync(join(VECTORS, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".json"))
    .sort()
    .map((name) => [name, JSON.parse(readFileSync(join(VECTORS, folder, name), "utf8"))]);
}

function bytes(base64: string | null): Buffer {
  return Buffer.from(base64 ?? "", "base64");
}

describe("public test vectors of transparency-dev/merkle", () => {
  const inclusion = casesOf<InclusionCase>("inclusion");
  const consistency = casesOf<ConsistencyCase>("consistency");

  it("are all 196 here", () => {
    expect(inclusion.length + consistency.length).toBe(196);
  });

  it.each(inclusion)("inclusion: %s", (_, vector) => {
    const proof = (vector.proof ?? []).map(bytes);
    const { leafHash, leafIdx, treeSize, root } = vector;

    expect(verifyInclusion(bytes(leafHash), leafIdx, treeSize, proof, bytes(root))).toBe(!vector.wantErr);
  });

  it.each(consistency)("consistency: %s", (_, vector) => {
    const proof = (vector.proof ?? []).map(bytes);
    const { size1, size2, root1, root2 } = vector;

    expect(verifyConsistency(size1, size2, proof, bytes(root1), bytes(root2))).toBe(!vector.wantErr);
  });
});
