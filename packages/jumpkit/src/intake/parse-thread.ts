import { parentPort } from "node:worker_threads";
import type { ParseRequest } from "@jumpkit/app";
import { parsePart } from "./parse-part.ts";

// The thread in which foreign bytes are read. It holds nothing, and may be ended at any moment.
parentPort?.on("message", (request: ParseRequest) => {
  parentPort?.postMessage(parsePart(request));
});
