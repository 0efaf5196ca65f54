import type { Paper } from "./paper.ts";
import { writePdf } from "./write.ts";

/** The document as a PDF file in base 64, for an answer that is text. */
export async function writePdfBase64(paper: Paper): Promise<string> {
  return Buffer.from(await writePdf(paper)).toString("base64");
}
