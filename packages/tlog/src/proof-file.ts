import { fromBase64 } from "./base64.ts";
import { type Checkpoint, openCheckpoint, type SignedCheckpointRefusal } from "./checkpoint.ts";
import { fromDecimal } from "./decimal.ts";
import { HASH_BYTES } from "./hash.ts";
import { NOTE_MAX_BYTES } from "./note.ts";
import { verifyInclusion } from "./proof.ts";
import { accept, type Result, refuse } from "./result.ts";
import type { VerifierKey } from "./vkey.ts";

const FIRST_LINE = "c2sp.org/tlog-proof@v1";
const MAX_HASHES = 64;
const MAX_EXTRA_LENGTH = 64 * 1024;
const MAX_LENGTH = NOTE_MAX_BYTES + MAX_EXTRA_LENGTH + 8192;

/** What one `.tlog-proof` file holds: everything that is needed to check a leaf without the log at hand. */
export interface ProofFile {
  /** Place of the leaf in the log, from 0. */
  readonly index: number;
  /** From the leaf's sibling up to the root's child. */
  readonly hashes: readonly Buffer[];
  /** The signed checkpoint, verbatim. */
  readonly checkpoint: string;
  /** Opaque bytes that nobody signed. */
  readonly extra?: Buffer;
}

/** Why a text is not a proof file. */
export type ProofFileRefusal = { readonly code: "proof.malformed" };

/** Why a proof file does not show that a leaf is in the log. */
export type ProofRefusal =
  | SignedCheckpointRefusal
  | ProofFileRefusal
  | { readonly code: "proof.not_included" };

/**
 * A proof as the text of a `.tlog-proof` file.
 *
 * @source C2SP tlog-proof, Format
 */
export function formatProof(proof: ProofFile): string {
  const extra = proof.extra === undefined ? [] : [`extra ${proof.extra.toString("base64")}`];
  const hashes = proof.hashes.map((hash) => hash.toString("base64"));
  return [FIRST_LINE, ...extra, `index ${proof.index}`, ...hashes, "", proof.checkpoint].join("\n");
}

/**
 * Reads the text of a `.tlog-proof` file; its checkpoint is handed on unread.
 *
 * @source C2SP tlog-proof, Format
 */
export function parseProof(text: string): Result<ProofFile, ProofFileRefusal> {
  const split = text.length > MAX_LENGTH ? -1 : text.indexOf("\n\n");
  if (split < 0) return refuse({ code: "proof.malformed" });
  const [first, ...lines] = text.slice(0, split).split("\n");
  const extra = lines[0]?.startsWith("extra ") ? fromBase64(lines.shift()?.slice(6) ?? "") : null;
  const indexLine = lines.shift() ?? "";
  const index = indexLine.startsWith("index ") ? fromDecimal(indexLine.slice(6)) : undefined;
  const hashes = lines.map(fromBase64).filter((hash) => hash?.length === HASH_BYTES);
  if (first !== FIRST_LINE || index === undefined || extra === undefined) {
    return refuse({ code: "proof.malformed" });
  }
  if (lines.length > MAX_HASHES || hashes.length !== lines.length) return refuse({ code: "proof.malformed" });
  const proof = {
    index,
    hashes: hashes.filter((hash) => hash !== undefined),
    checkpoint: text.slice(split + 2),
  };
  return accept(extra === null ? proof : { ...proof, extra });
}

/**
 * Checks that the leaf with hash `leaf` stands where the proof says, in the log whose checkpoint `key` signed.
 *
 * @returns that checkpoint, or why the proof shows nothing
 * @source C2SP tlog-proof, Verifying a tlog proof
 */
export function verifyProof(
  proof: ProofFile,
  leaf: Uint8Array,
  key: VerifierKey,
): Result<Checkpoint, ProofRefusal> {
  const checkpoint = openCheckpoint(proof.checkpoint, key);
  if (!checkpoint.ok) return checkpoint;
  const { size, root } = checkpoint.value;
  if (!verifyInclusion(leaf, proof.index, size, proof.hashes, root)) {
    return refuse({ code: "proof.not_included" });
  }
  return checkpoint;
}
