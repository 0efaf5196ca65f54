import { Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import type { SpoolRefusal } from "@jumpkit/app";

/** Logs shrink to a tenth or a thirtieth; what claims far more is a bomb. */
const RATIO_MAX = 200;

/** Below this many bytes the ratio says nothing: a few repeated lines shrink a lot. */
const RATIO_FROM_BYTES = 8 * 1024 * 1024;

/** Carries a refusal out of a stream. */
export class BatchRefused extends Error {
  override readonly name = "BatchRefused";
  readonly refusal: SpoolRefusal;
  constructor(refusal: SpoolRefusal) {
    super(refusal.code);
    this.refusal = refusal;
  }
}

/**
 * The bytes of a batch as its sender had them before packing.
 *
 * @throws BatchRefused  what says it is gzip and is not, or unpacks to more than two hundred times its size
 */
export async function* unpacked(
  chunks: AsyncIterable<Uint8Array>,
  compressed: boolean,
): AsyncGenerator<Uint8Array> {
  if (!compressed) {
    yield* chunks;
    return;
  }
  const gunzip = createGunzip();
  const input = Readable.from(chunks, { objectMode: false });
  let failed: Error | undefined;
  input.on("error", (error) => {
    failed = error;
    gunzip.destroy(error);
  });
  input.pipe(gunzip);
  let size = 0;
  try {
    for await (const piece of gunzip as AsyncIterable<Buffer>) {
      size += piece.length;
      if (size > RATIO_FROM_BYTES && size > RATIO_MAX * gunzip.bytesWritten) {
        throw new BatchRefused({ code: "batch.expands_too_far", limitRatio: RATIO_MAX });
      }
      yield piece;
    }
  } catch (fault) {
    if (fault instanceof BatchRefused || failed !== undefined) throw fault;
    if (isZlibFault(fault)) throw new BatchRefused({ code: "batch.broken_compression" });
    throw fault;
  } finally {
    input.destroy();
    gunzip.destroy();
  }
}

function isZlibFault(fault: unknown): boolean {
  const code = fault instanceof Error && "code" in fault ? String(fault.code) : "";
  return code.startsWith("Z_");
}
