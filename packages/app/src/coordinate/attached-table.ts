import * as z from "zod";
import type { Reading } from "../reading.ts";

/** The table of indicators that goes with a message, as clients get it. */
export const AttachedTable = z
  .object({ text: z.string(), sha256: z.string(), count: z.int() })
  .nullable()
  .describe("indicators.csv, as it is attached, with the digest of its bytes; null for none");

/** The table with its digest and how many values it has; `null` where a message has none. */
export function tableOf(text: string | undefined, reading: Reading) {
  if (text === undefined) return null;
  return { text, sha256: reading.notifications.sha256(text), count: text.split("\r\n").length - 2 };
}
