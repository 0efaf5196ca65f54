import { fromBase64 } from "./base64.ts";
import { fromDecimal } from "./decimal.ts";
import { HASH_BYTES } from "./hash.ts";
import { isTreeSize } from "./node.ts";
import { type NoteRefusal, openNote } from "./note.ts";
import { accept, type Result, refuse } from "./result.ts";
import type { VerifierKey } from "./vkey.ts";

/** What a log says about itself: its name, how many leaves it has, and the root over them. */
export interface Checkpoint {
  readonly origin: string;
  readonly size: number;
  readonly root: Buffer;
}

/** Why a text is not a checkpoint. */
export type CheckpointRefusal = { readonly code: "checkpoint.malformed" };

/** Why a note is not a checkpoint that can be believed. */
export type SignedCheckpointRefusal = NoteRefusal | CheckpointRefusal;

/**
 * The text of a checkpoint, which is what gets signed. Throws for an origin of more than one line.
 *
 * @source C2SP tlog-checkpoint, Note text
 */
export function formatCheckpoint({ origin, size, root }: Checkpoint): string {
  if (!isOrigin(origin)) throw new RangeError(`not an origin: ${JSON.stringify(origin)}`);
  if (!isTreeSize(size) || root.length !== HASH_BYTES) throw new RangeError("not a tree head");
  return `${origin}\n${size}\n${root.toString("base64")}\n`;
}

/**
 * Reads the text of a checkpoint, without any signature.
 *
 * Extension lines are refused, though the format allows them: nobody audits them, so Jumpkit's logs have none.
 *
 * @source C2SP tlog-checkpoint, Note text
 */
export function parseCheckpoint(text: string): Result<Checkpoint, CheckpointRefusal> {
  const [origin, sizeText, rootText, end, ...more] = text.split("\n", 5);
  const size = fromDecimal(sizeText ?? "");
  const root = fromBase64(rootText ?? "");
  if (origin === undefined || !isOrigin(origin) || size === undefined || root?.length !== HASH_BYTES) {
    return refuse({ code: "checkpoint.malformed" });
  }
  if (end !== "" || more.length > 0) return refuse({ code: "checkpoint.malformed" });
  return accept({ origin, size, root });
}

/**
 * Reads a signed checkpoint and checks that `key`, whose name must be the checkpoint's origin, signed it.
 *
 * @source C2SP tlog-checkpoint, Signatures
 */
export function openCheckpoint(note: string, key: VerifierKey): Result<Checkpoint, SignedCheckpointRefusal> {
  const opened = openNote(note, [key]);
  if (!opened.ok) return opened;
  const checkpoint = parseCheckpoint(opened.value.text);
  if (checkpoint.ok && checkpoint.value.origin !== key.name) return refuse({ code: "checkpoint.malformed" });
  return checkpoint;
}

function isOrigin(origin: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: a note cannot carry exactly these.
  return origin !== "" && origin.isWellFormed() && !/[\u0000-\u001f]/u.test(origin);
}
