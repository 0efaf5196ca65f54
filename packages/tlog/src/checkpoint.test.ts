import { generateKeyPairSync } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  appendLeaf,
  ed25519Signer,
  emptyFrontier,
  formatCheckpoint,
  formatProof,
  inclusionProof,
  leafHash,
  openCheckpoint,
  parseCheckpoint,
  parseProof,
  parseVkey,
  rootOf,
  signNote,
  verifyProof,
} from "./index.ts";

const ORIGIN = "irt.example/log/one";
const ROOT = Buffer.alloc(32, 7);

function aLogKey(name = ORIGIN) {
  const pem = generateKeyPairSync("ed25519").privateKey.export({ format: "pem", type: "pkcs8" }).toString();
  const signer = ed25519Signer(name, pem);
  const key = parseVkey(signer.vkey);
  if (!key.ok) throw new Error(key.refusal.code);
  return { signer, key: key.value };
}

/** A proof of the first of three leaves. */
async function aProof() {
  const { signer, key } = aLogKey();
  const leaves = ["a", "b", "c"].map((text) => leafHash(Buffer.from(text)));
  const kept = new Map<string, Buffer>();
  let frontier = emptyFrontier();
  for (const leaf of leaves) {
    const appended = appendLeaf(frontier, leaf);
    for (const node of appended.nodes) kept.set(`${node.level}/${node.index}`, node.hash);
    frontier = appended.frontier;
  }
  const text = formatCheckpoint({ origin: ORIGIN, size: 3, root: rootOf(frontier) });
  const checkpoint = await signNote(text, [signer]);
  const hashes = await inclusionProof(0, 3, (positions) =>
    positions.map(({ level, index }) => kept.get(`${level}/${index}`) ?? Buffer.alloc(0)),
  );
  return { proof: { index: 0, hashes, checkpoint }, leaf: leafHash(Buffer.from("a")), key };
}

describe("checkpoints", () => {
  it("read back what they were written from", () => {
    fc.assert(
      fc.property(fc.nat(), fc.uint8Array({ minLength: 32, maxLength: 32 }), (size, root) => {
        const checkpoint = { origin: ORIGIN, size, root: Buffer.from(root) };

        expect(parseCheckpoint(formatCheckpoint(checkpoint))).toEqual({ ok: true, value: checkpoint });
      }),
      { seed: 3 },
    );
  });

  it("have exactly three lines", () => {
    expect(formatCheckpoint({ origin: ORIGIN, size: 12, root: ROOT })).toBe(
      `${ORIGIN}\n12\n${ROOT.toString("base64")}\n`,
    );
  });

  it.each([
    ["nothing", ""],
    ["no origin", `\n1\n${ROOT.toString("base64")}\n`],
    ["a size with a leading zero", `log\n01\n${ROOT.toString("base64")}\n`],
    ["a negative size", `log\n-1\n${ROOT.toString("base64")}\n`],
    ["a size that cannot be counted", `log\n9007199254740993\n${ROOT.toString("base64")}\n`],
    ["a short root", `log\n1\n${ROOT.subarray(1).toString("base64")}\n`],
    ["a root in another alphabet", `log\n1\n${ROOT.toString("base64url")}\n`],
    ["no last newline", `log\n1\n${ROOT.toString("base64")}`],
    ["an extension line", `log\n1\n${ROOT.toString("base64")}\nmore\n`],
    ["an empty extension line", `log\n1\n${ROOT.toString("base64")}\n\n`],
  ])("refuse %s", (_, text) => {
    expect(parseCheckpoint(text)).toEqual({ ok: false, refusal: { code: "checkpoint.malformed" } });
  });

  it("are believed only under the key that bears the log's name", async () => {
    const { signer, key } = aLogKey("another.example/log");
    const note = await signNote(formatCheckpoint({ origin: ORIGIN, size: 1, root: ROOT }), [signer]);

    expect(openCheckpoint(note, key)).toEqual({ ok: false, refusal: { code: "checkpoint.malformed" } });
    expect(openCheckpoint(note, aLogKey().key)).toEqual({ ok: false, refusal: { code: "note.not_signed" } });
  });

  it("cannot be written with an origin that spills over its line", () => {
    expect(() => formatCheckpoint({ origin: "log\n5", size: 1, root: ROOT })).toThrow(RangeError);
  });
});

describe("proof files", () => {
  it("prove a leaf on their own, against the log's key", async () => {
    const { proof, leaf, key } = await aProof();

    const read = parseProof(formatProof(proof));

    expect(read).toEqual({ ok: true, value: proof });
    expect(verifyProof(proof, leaf, key)).toMatchObject({ ok: true, value: { origin: ORIGIN, size: 3 } });
  });

  it("carry extra bytes along, unauthenticated", async () => {
    const { proof } = await aProof();
    const extended = { ...proof, extra: Buffer.from("more") };

    expect(formatProof(extended).split("\n")[1]).toBe("extra bW9yZQ==");
    expect(parseProof(formatProof(extended))).toEqual({ ok: true, value: extended });
  });

  it("prove no other leaf, no other place and nothing under another key", async () => {
    const { proof, leaf, key } = await aProof();
    const notIncluded = { ok: false, refusal: { code: "proof.not_included" } };

    expect(verifyProof(proof, leafHash(Buffer.from("x")), key)).toEqual(notIncluded);
    expect(verifyProof({ ...proof, index: 1 }, leaf, key)).toEqual(notIncluded);
    expect(verifyProof(proof, leaf, aLogKey().key)).toEqual({
      ok: false,
      refusal: { code: "note.not_signed" },
    });
  });

  it.each([
    ["another version", (text: string) => text.replace("@v1", "@v2")],
    ["no index", (text: string) => text.replace(/index .*\n/, "")],
    ["a padded index", (text: string) => text.replace("index 0", "index 00")],
    ["a short hash", (text: string) => text.replace(/(index 0\n).{4}/, "$1")],
    ["extra that is not base64", (text: string) => text.replace("index", "extra !\nindex")],
    ["extra after the index", (text: string) => text.replace("index 0\n", "index 0\nextra bW9yZQ==\n")],
    [
      "more hashes than a tree has levels",
      (text: string) => text.replace("index 0\n", `index 0\n${`${ROOT.toString("base64")}\n`.repeat(64)}`),
    ],
    ["no checkpoint", (text: string) => text.slice(0, text.indexOf("\n\n"))],
  ])("are malformed with %s", async (_, change) => {
    const { proof } = await aProof();

    expect(parseProof(change(formatProof(proof)))).toEqual({
      ok: false,
      refusal: { code: "proof.malformed" },
    });
  });
});
