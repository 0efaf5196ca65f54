export {
  type Checkpoint,
  type CheckpointRefusal,
  formatCheckpoint,
  openCheckpoint,
  parseCheckpoint,
  type SignedCheckpointRefusal,
} from "./checkpoint.ts";
export {
  DISCLOSURE_MAX_BYTES,
  type Disclosure,
  type DisclosureRefusal,
  digestDisclosure,
  makeDisclosure,
  readDisclosure,
} from "./disclosure.ts";
export {
  type DsseEnvelope,
  type DsseRefusal,
  dsseSignature,
  formatDsse,
  isSealedBy,
  readDsse,
} from "./dsse.ts";
export {
  type Appended,
  appendLeaf,
  emptyFrontier,
  type Frontier,
  frontierPositions,
  readFrontier,
  rootOf,
} from "./frontier.ts";
export { emptyRoot, HASH_BYTES, leafHash, nodeHash, sha256 } from "./hash.ts";
export type { NodePosition, NodeReader, TreeNode } from "./node.ts";
export {
  formatNote,
  NOTE_MAX_BYTES,
  NOTE_MAX_SIGNATURES,
  type Note,
  type NoteRefusal,
  type NoteSignature,
  openNote,
  parseNote,
  type VerifiedNote,
} from "./note.ts";
export { consistencyProof, inclusionProof, verifyConsistency, verifyInclusion } from "./proof.ts";
export {
  formatProof,
  type ProofFile,
  type ProofFileRefusal,
  type ProofRefusal,
  parseProof,
  verifyProof,
} from "./proof-file.ts";
export { accept, type Result, refuse } from "./result.ts";
export { ed25519Signer, type Signer, signNote } from "./signer.ts";
export {
  formatVkey,
  isKeyName,
  parseVkey,
  type VerifierKey,
  type VkeyRefusal,
  verifierKey,
  vkeyPem,
} from "./vkey.ts";
