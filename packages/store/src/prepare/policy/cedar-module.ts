import { createRequire } from "node:module";
import { setFlagsFromString } from "node:v8";

/** The Cedar library, as its types say it is. */
export type Cedar = typeof import("@cedar-policy/cedar-wasm/nodejs");

/**
 * Loads Cedar.
 *
 * V8 11.3, which is Node 20's, can crash the whole process when it gives up optimised code while a call that
 * it had inlined into WebAssembly is under way. Not inlining such calls avoids it, and costs nothing here.
 */
export function loadCedar(): Cedar {
  if (process.versions.v8.startsWith("11.")) setFlagsFromString("--no-turbo-inline-js-wasm-calls");
  return createRequire(import.meta.url)("@cedar-policy/cedar-wasm/nodejs") as Cedar;
}
