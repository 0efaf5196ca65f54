import { parentPort } from "node:worker_threads";
import { type Paper, writePdf } from "@jumpkit/exchange";

/** What the thread is asked for: a document, or `undefined` to have ready what makes one. */
export type PrintQuestion = Paper | undefined;

/** The bytes, or why there are none. */
export type PrintAnswer = { readonly bytes: Uint8Array } | { readonly fault: string };

const NOTHING: Paper = {
  title: "",
  issuer: "",
  marking: null,
  at: "1970-01-01T00:00:00.000Z",
  foot: "",
  blocks: [],
};

// The thread in which documents are set. It holds nothing, and may be ended at any moment.
parentPort?.on("message", async (question: PrintQuestion) => {
  parentPort?.postMessage(await printed(question ?? NOTHING));
});

async function printed(paper: Paper): Promise<PrintAnswer> {
  try {
    return { bytes: await writePdf(paper) };
  } catch (error) {
    return { fault: error instanceof Error ? error.message : String(error) };
  }
}
