import type { Readable } from "node:stream";
import { ManifestUnsound } from "@jumpkit/store";

/** Most bytes of a manifest when it is unpacked, for each entry that it was said to have. */
const ENTRY_MAX_BYTES = 8192;
const HEAD_MAX_BYTES = 64 * 1024 ** 2;

/**
 * Reads a manifest that the server keeps: the digests of its files, and in the end how many entries it has.
 *
 * @throws ManifestUnsound  when it is no manifest, is cut off or was changed, or unpacks to more than was said
 */
export async function* readManifestDigests(
  bytes: Readable,
  said: { readonly name: string; readonly entryCount: number },
): AsyncGenerator<Buffer, number> {
  // What works on hosts is seldom needed by a server, so that a start does without it.
  const { digestsIn, ManifestRefused, readManifestOf } = await import("@jumpkit/host");
  try {
    const manifest = await readManifestOf(bytes, said.name);
    let left = HEAD_MAX_BYTES + said.entryCount * ENTRY_MAX_BYTES;
    for await (const piece of manifest.pieces) {
      left -= piece.length;
      if (left < 0) throw new ManifestUnsound(`${said.name} unpacks to more than its entries can hold.`);
      yield digestsIn(piece);
    }
    return manifest.trailer().entryCount;
  } catch (error) {
    if (!(error instanceof ManifestRefused || error instanceof SyntaxError)) throw error;
    throw new ManifestUnsound(error.message, { cause: error });
  }
}
