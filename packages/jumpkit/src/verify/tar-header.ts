/** Size of a header and of every step in a tar. */
export const BLOCK_BYTES = 512;

/** One header of a tar, of the plain kind that every program reads the same way. */
export interface TarHeader {
  readonly name: string;
  readonly kind: "file" | "folder";
  readonly sizeBytes: number;
}

/** What a block at the place of a header is, when it is no plain header. */
export type NoHeader = "end" | "damaged" | "unknown kind";

/**
 * Reads one header block.
 *
 * Only files and folders with a plain name are known. Links, devices and the extensions that give the next
 * entry another name or size are not: programs differ in reading them, so what was checked might not be
 * what is unpacked.
 *
 * @source POSIX.1-2017 pax, ustar interchange format
 */
export function readTarHeader(block: Buffer): TarHeader | NoHeader {
  if (block.every((byte) => byte === 0)) return "end";
  if (block.length !== BLOCK_BYTES || !hasItsChecksum(block)) return "damaged";
  const magic = block.toString("latin1", 257, 265);
  if (magic !== "ustar\u000000" && magic !== "ustar  \u0000") return "damaged";
  const kind = kindOf(block[156]);
  if (kind === undefined) return "unknown kind";
  const sizeBytes = size(block);
  const prefix = magic.endsWith("00") ? text(block, 345, 155) : "";
  const name = prefix === "" ? text(block, 0, 100) : `${prefix}/${text(block, 0, 100)}`;
  if (sizeBytes === undefined || (kind === "folder" && sizeBytes !== 0)) return "damaged";
  return { name: kind === "folder" ? name.replace(/\/$/, "") : name, kind, sizeBytes };
}

function kindOf(flag: number | undefined): TarHeader["kind"] | undefined {
  if (flag === 0x30 || flag === 0) return "file";
  return flag === 0x35 ? "folder" : undefined;
}

function text(block: Buffer, start: number, length: number): string {
  const field = block.subarray(start, start + length);
  const end = field.indexOf(0);
  return field.subarray(0, end < 0 ? length : end).toString();
}

function octal(block: Buffer, start: number, length: number): number | undefined {
  const digits = /^ *([0-7]+)[ \0]*$/.exec(block.toString("latin1", start, start + length))?.[1];
  return digits === undefined ? undefined : Number.parseInt(digits, 8);
}

/** Sizes from 8 GiB on are written as a binary number that starts with the byte 0x80. */
function size(block: Buffer): number | undefined {
  if (block[124] !== 0x80) return octal(block, 124, 12);
  const value = block.readBigUInt64BE(128);
  const high = block.subarray(125, 128);
  return high.some((byte) => byte !== 0) || value > BigInt(Number.MAX_SAFE_INTEGER)
    ? undefined
    : Number(value);
}

/** Six digits and then a NUL and a space, in either order, as all programs write it: no second form is let in. */
function hasItsChecksum(block: Buffer): boolean {
  const sum = block.reduce((total, byte) => total + byte, 0);
  const own = block.subarray(148, 156).reduce((total, byte) => total + byte, 0);
  const digits = (sum - own + 8 * 0x20).toString(8).padStart(6, "0");
  const written = block.toString("latin1", 148, 156);
  return written === `${digits}\0 ` || written === `${digits} \0`;
}
