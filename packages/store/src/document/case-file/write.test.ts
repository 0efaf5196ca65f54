import { createHash, generateKeyPairSync } from "node:crypto";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import {
  ed25519Signer,
  formatCheckpoint,
  leafHash,
  makeDisclosure,
  openNote,
  parseProof,
  parseVkey,
  signNote,
  verifyProof,
} from "@jumpkit/tlog";
import { extract } from "tar-stream";
import { describe, expect, it } from "vitest";
import { BlobMismatch, type CaseFileBlob, type CaseFileSource, writeCaseFile } from "./index.ts";

const ORIGIN = "irt.example/log/one";
const pem = generateKeyPairSync("ed25519").privateKey.export({ format: "pem", type: "pkcs8" }).toString();
const signer = ed25519Signer(ORIGIN, pem);
const LEAF = Buffer.from('{"v":1,"seq":0}');

function sha256(bytes: Uint8Array | string): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/** A case file of a log with a single entry, whose leaf hash is therefore the root. */
async function aSource(change: Partial<CaseFileSource> = {}): Promise<CaseFileSource> {
  const text = formatCheckpoint({ origin: ORIGIN, size: 1, root: leafHash(LEAF) });
  return {
    code: "JK-2026-0042",
    organisation: "Example\nGmbH",
    now: "2026-11-22T09:15:30.130Z",
    entries: entriesOf(makeDisclosure({ salt: "s", name: "incident", value: "inc_1" })),
    checkpoint: await signNote(text, [signer]),
    signer,
    evidence: [aBlob(Buffer.from("image"))],
    report: "report\n",
    verifyScript: "#!/bin/sh\n",
    ...change,
  };
}

async function* entriesOf(...disclosures: string[]) {
  yield { leaf: LEAF, disclosures, index: 0, proof: [] };
}

function aBlob(bytes: Buffer, change: Partial<CaseFileBlob> = {}): CaseFileBlob {
  return { sha256: sha256(bytes), sizeBytes: bytes.length, open: () => Readable.from([bytes]), ...change };
}

async function filesOf(stream: Readable): Promise<Map<string, Buffer>> {
  const files = new Map<string, Buffer>();
  for await (const entry of stream.pipe(extract())) {
    files.set(entry.header.name, await buffer(Readable.from(entry)));
  }
  return files;
}

function text(files: ReadonlyMap<string, Buffer>, path: string): string {
  return files.get(`JK-2026-0042/${path}`)?.toString() ?? "";
}

describe("writing a case file", () => {
  it("puts everything into one folder named by the incident's code", async () => {
    const files = await filesOf(writeCaseFile(await aSource()));

    expect([...files.keys()].map((name) => name.replace(sha256("image"), "SHA256"))).toEqual([
      "JK-2026-0042/bagit.txt",
      "JK-2026-0042/data/HOWTO.txt",
      "JK-2026-0042/data/verify.sh",
      "JK-2026-0042/data/log-key.vkey",
      "JK-2026-0042/data/log-key.pem",
      "JK-2026-0042/data/checkpoint",
      "JK-2026-0042/data/entries/000001.json",
      "JK-2026-0042/data/entries/000001.disclosures",
      "JK-2026-0042/data/entries/000001.tlog-proof",
      "JK-2026-0042/data/evidence/SHA256",
      "JK-2026-0042/data/report.txt",
      "JK-2026-0042/bag-info.txt",
      "JK-2026-0042/manifest-sha256.txt",
      "JK-2026-0042/tagmanifest-sha256.txt",
      "JK-2026-0042/seal.note",
    ]);
  });

  it("lists every payload file with its digest, and what the bag is", async () => {
    const files = await filesOf(writeCaseFile(await aSource()));
    const payload = [...files].filter(([name]) => name.startsWith("JK-2026-0042/data/"));
    const lines = payload.map(([name, bytes]) => `${sha256(bytes)}  ${name.slice("JK-2026-0042/".length)}\n`);

    expect(text(files, "manifest-sha256.txt").split("\n").sort()).toEqual(lines.join("").split("\n").sort());
    expect(text(files, "bag-info.txt")).toBe(
      [
        "Source-Organization: Example GmbH",
        "External-Identifier: JK-2026-0042",
        "External-Description: Case file of incident JK-2026-0042",
        "Bagging-Date: 2026-11-22",
        `Payload-Oxum: ${payload.reduce((sum, [, bytes]) => sum + bytes.length, 0)}.${payload.length}`,
        "Bag-Software-Agent: Jumpkit",
        "",
      ].join("\n"),
    );
    for (const path of ["bagit.txt", "bag-info.txt", "manifest-sha256.txt"]) {
      expect(text(files, "tagmanifest-sha256.txt")).toContain(`${sha256(text(files, path))}  ${path}\n`);
    }
  });

  it("carries leaf, disclosures and a proof that verifies on its own", async () => {
    const files = await filesOf(writeCaseFile(await aSource()));
    const key = parseVkey(text(files, "data/log-key.vkey").trim());
    const proof = parseProof(text(files, "data/entries/000001.tlog-proof"));
    if (!key.ok || !proof.ok) throw new Error("neither key nor proof can be read");

    expect(files.get("JK-2026-0042/data/entries/000001.json")).toEqual(LEAF);
    expect(text(files, "data/entries/000001.disclosures")).toBe("WyJzIiwiaW5jaWRlbnQiLCJpbmNfMSJd\n");
    expect(verifyProof(proof.value, leafHash(LEAF), key.value).ok).toBe(true);
    expect(text(files, "data/log-key.pem")).toContain("BEGIN PUBLIC KEY");
  });

  it("is sealed by the log's key over the manifest and the description", async () => {
    const files = await filesOf(writeCaseFile(await aSource()));
    const key = parseVkey(signer.vkey);

    const seal = key.ok ? openNote(text(files, "seal.note"), [key.value]) : key;

    expect(seal).toMatchObject({
      value: {
        text: [
          "irt.example/log/one/case-file",
          "JK-2026-0042",
          sha256(text(files, "manifest-sha256.txt")),
          sha256(text(files, "bag-info.txt")),
          "",
        ].join("\n"),
      },
    });
  });

  it.each([
    ["a changed byte", { open: () => Readable.from([Buffer.from("imagE")]) }],
    ["a missing byte", { open: () => Readable.from([Buffer.from("imag")]) }],
    ["bytes without end", { open: () => Readable.from(endless()) }],
    ["a read error", { open: () => Readable.from(failing()) }],
  ])("fails as a whole when a blob has %s", async (_, change) => {
    const stream = writeCaseFile(await aSource({ evidence: [aBlob(Buffer.from("image"), change)] }));

    await expect(buffer(stream)).rejects.toThrow(/disk is gone|data\/evidence/);
    expect(stream.destroyed).toBe(true);
  });

  it("names a blob that is not what it should be", async () => {
    const changed = aBlob(Buffer.from("image"), { open: () => Readable.from([Buffer.from("imagE")]) });

    await expect(buffer(writeCaseFile(await aSource({ evidence: [changed] })))).rejects.toThrow(BlobMismatch);
  });

  it("fails as a whole when the log cannot be read to its end or the signer refuses", async () => {
    const refusing = { ...signer, sign: () => Promise.reject(new Error("not consistent")) };

    await expect(buffer(writeCaseFile(await aSource({ entries: failing() })))).rejects.toThrow(
      "disk is gone",
    );
    await expect(buffer(writeCaseFile(await aSource({ signer: refusing })))).rejects.toThrow(
      "not consistent",
    );
  });

  it("stops reading the evidence when nobody wants the case file any more", async () => {
    const blob = Readable.from(endless());
    const evidence = [aBlob(Buffer.alloc(0), { sizeBytes: 2 ** 33, open: () => blob })];
    const stream = writeCaseFile(await aSource({ evidence }));
    let received = 0;

    for await (const chunk of stream) {
      received += chunk.length;
      if (received > 1_000_000) break;
    }

    await expect.poll(() => blob.destroyed).toBe(true);
  });

  it("holds only a little of a large blob at any time", async () => {
    let given = 0;
    let received = 0;
    let ahead = 0;
    const chunk = Buffer.alloc(65_536);
    const hash = createHash("sha256");
    for (let count = 0; count < 512; count += 1) hash.update(chunk);
    const open = () =>
      Readable.from(
        (async function* () {
          for (let count = 0; count < 512; count += 1) {
            given += chunk.length;
            ahead = Math.max(ahead, given - received);
            yield chunk;
          }
        })(),
      );
    const evidence = [{ sha256: hash.digest("hex"), sizeBytes: 512 * chunk.length, open }];

    for await (const part of writeCaseFile(await aSource({ evidence }))) received += part.length;

    expect(received).toBeGreaterThan(512 * chunk.length);
    expect(ahead).toBeLessThan(64 * chunk.length);
  });

  it.each(["../x", "a/b", "", ".", "JK 1", "x".repeat(33)])("has no folder named %j", async (code) => {
    const source = await aSource({ code });

    expect(() => writeCaseFile(source)).toThrow(RangeError);
  });

  it("takes no digest for a path", async () => {
    const evidence = [aBlob(Buffer.from("image"), { sha256: "../../etc/passwd" })];

    await expect(buffer(writeCaseFile(await aSource({ evidence })))).rejects.toThrow(RangeError);
  });
});

async function* endless(): AsyncGenerator<Buffer> {
  for (;;) yield Buffer.alloc(16_384);
}

// biome-ignore lint/correctness/useYield: it fails before it has anything to give.
async function* failing(): AsyncGenerator<never> {
  throw new Error("the disk is gone");
}
