import { linesIn } from "./manifest-file.ts";

/** The SHA-256 of each file in a piece of a manifest, 32 bytes each, one after another. */
export function digestsIn(piece: Buffer): Buffer {
  const found: string[] = [];
  for (const line of linesIn(piece)) {
    const { t, h } = JSON.parse(line) as { t?: unknown; h?: unknown };
    if (t === "f" && typeof h === "string" && /^[0-9a-f]{64}$/u.test(h)) found.push(h);
  }
  return Buffer.from(found.join(""), "hex");
}
