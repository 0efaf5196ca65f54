import * as z from "zod";

/** A SHA-256 as 64 small hex digits. */
export const Sha256 = z.string().regex(/^[0-9a-f]{64}$/, {
  error: "is not a SHA-256 in 64 small hex digits",
});
