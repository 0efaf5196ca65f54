import { Readable } from "node:stream";
import { formatProof, parseVkey, sha256, signNote, vkeyPem } from "@jumpkit/tlog";
import { pack } from "tar-stream";
import { type BagWriter, bagWriter } from "./bag-writer.ts";
import { howToText } from "./how-to.ts";
import { BAG_DECLARATION, bagInfoText, entryPaths, evidencePath, manifestLine, sealText } from "./layout.ts";
import type { CaseFileEntry, CaseFileSource } from "./source.ts";

const SAFE_CODE = /^[A-Za-z0-9][A-Za-z0-9-]{0,31}$/;
const SAFE_DIGEST = /^[0-9a-f]{64}$/;

/**
 * The case file of an incident as a tar stream: one BagIt bag in a folder named by the incident's code.
 *
 * Memory stays constant however large the evidence is; only the manifest grows, by about 100 bytes for each
 * file. The stream is destroyed with an error, and the case file is worthless, when a blob does not match
 * its digest or size (`BlobMismatch`), when the source fails or when the signer refuses.
 *
 * @source RFC 8493; C2SP signed-note, tlog-checkpoint and tlog-proof
 */
export function writeCaseFile(source: CaseFileSource): Readable {
  if (!SAFE_CODE.test(source.code)) throw new RangeError(`not a code that can name a folder: ${source.code}`);
  const tar = pack();
  const stream = Readable.from(tar, { objectMode: false });
  fill(bagWriter(tar, source.code, new Date(source.now)), source).then(
    () => tar.finalize(),
    (error: unknown) => stream.destroy(error instanceof Error ? error : new Error(String(error))),
  );
  return stream;
}

async function fill(bag: BagWriter, source: CaseFileSource): Promise<void> {
  const key = parseVkey(source.signer.vkey);
  if (!key.ok) throw new Error(`the signer has no proper key: ${key.refusal.code}`);
  await bag.add("bagit.txt", BAG_DECLARATION);
  await bag.add("data/HOWTO.txt", howToText(source.code, source.signer.name));
  await bag.add("data/verify.sh", source.verifyScript, 0o755);
  await bag.add("data/log-key.vkey", `${source.signer.vkey}\n`);
  await bag.add("data/log-key.pem", vkeyPem(key.value));
  await bag.add("data/checkpoint", source.checkpoint);
  let incidentSeq = 0;
  for await (const entry of source.entries) {
    incidentSeq += 1;
    await addEntry(bag, incidentSeq, entry, source.checkpoint);
  }
  for (const blob of source.evidence) {
    if (!SAFE_DIGEST.test(blob.sha256)) throw new RangeError(`not a SHA-256: ${blob.sha256}`);
    await bag.addStreamed(evidencePath(blob.sha256), { ...blob, chunks: await blob.open() });
  }
  await bag.add("data/report.txt", source.report);
  await addTags(bag, source);
}

async function addEntry(
  bag: BagWriter,
  incidentSeq: number,
  entry: CaseFileEntry,
  checkpoint: string,
): Promise<void> {
  const paths = entryPaths(incidentSeq);
  await bag.add(paths.leaf, entry.leaf);
  await bag.add(paths.disclosures, entry.disclosures.map((text) => `${text}\n`).join(""));
  await bag.add(paths.proof, formatProof({ index: entry.index, hashes: entry.proof, checkpoint }));
}

/** The files about the payload, last because they depend on all of it. */
async function addTags(bag: BagWriter, source: CaseFileSource): Promise<void> {
  const { bytes, files } = bag.payload();
  const info = bagInfoText({ ...source, payloadBytes: bytes, payloadFiles: files });
  const infoSha256 = await bag.add("bag-info.txt", info);
  const manifestSha256 = await bag.add("manifest-sha256.txt", bag.manifest());
  await bag.add(
    "tagmanifest-sha256.txt",
    manifestLine(infoSha256, "bag-info.txt") +
      manifestLine(sha256(BAG_DECLARATION).toString("hex"), "bagit.txt") +
      manifestLine(manifestSha256, "manifest-sha256.txt"),
  );
  const text = sealText(source.signer.name, source.code, manifestSha256, infoSha256);
  await bag.add("seal.note", await signNote(text, [source.signer]));
}
