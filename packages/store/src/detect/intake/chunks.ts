/** The size of every piece of a batch but the last. */
export const CHUNK_BYTES = 256 * 1024;

/** The same bytes in pieces of {@link CHUNK_BYTES}; only the last one is shorter. */
export async function* inChunks(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  let waiting: Uint8Array[] = [];
  let size = 0;
  for await (let piece of bytes) {
    while (size + piece.length >= CHUNK_BYTES) {
      const fits = CHUNK_BYTES - size;
      yield Buffer.concat([...waiting, piece.subarray(0, fits)], CHUNK_BYTES);
      piece = piece.subarray(fits);
      waiting = [];
      size = 0;
    }
    if (piece.length > 0) waiting.push(piece);
    size += piece.length;
  }
  if (size > 0) yield Buffer.concat(waiting, size);
}
