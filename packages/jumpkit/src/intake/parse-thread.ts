import { parentPort } from "node:worker_threads";
import { parsePart } from "./parse-part.ts";
import type { Question } from "./thread-parser.ts";

// The thread in which foreign bytes are read. It holds nothing, and may be ended at any moment.
parentPort?.on("message", (question: Question) => {
  parentPort?.postMessage(parsePart(question));
});
