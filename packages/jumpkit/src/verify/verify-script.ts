import { existsSync, readFileSync } from "node:fs";

/** Beside this file when it runs from source; the built product stands one folder up from `src`. */
const PLACES = ["./verify.sh", "../src/verify/verify.sh"];

/** The text of the shell verifier, which goes into every case file as `data/verify.sh`. */
export function verifyScript(): string {
  const place = PLACES.map((path) => new URL(path, import.meta.url)).find((url) => existsSync(url));
  if (place === undefined) throw new Error("verify.sh is missing from this installation");
  return readFileSync(place, "utf8");
}
