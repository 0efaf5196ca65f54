import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The `packages` folder, from the sources (`jumpkit/src`) as well as from the build (`jumpkit/dist`). */
const PACKAGES = join(dirname(fileURLToPath(import.meta.url)), "..", "..");

/** The folder of the whole house: `packages` lies in it, and the packages from npm. */
export const HOUSE_FOLDER = join(PACKAGES, "..");

/** The numbered SQL files. */
export const MIGRATIONS_FOLDER = join(PACKAGES, "store", "migrations");

/** The built pages. */
export const PAGES_FOLDER = join(PACKAGES, "web", "dist");

/** The built program of the thread that reads what senders send. */
export const PARSE_THREAD = join(PACKAGES, "jumpkit", "dist", "intake", "parse-thread.js");

/** The built program of the thread that sets documents on paper. */
export const PRINT_THREAD = join(PACKAGES, "jumpkit", "dist", "document", "print-thread.js");

/** A real access log, which a demonstration begins with; `SOURCES.md` beside it names where it comes from. */
export const SAMPLE_ACCESS_LOG = join(
  PACKAGES,
  "exchange/src/detect/access-log/samples/crowdsec-apache2-logs.log",
);

/** The shell verifier that goes into every case file. */
export function verifyScript(): string {
  return readFileSync(join(PACKAGES, "jumpkit", "src", "verify", "verify.sh"), "utf8");
}

/** Refuses to start with half a build. */
export function pagesMustBeBuilt(): void {
  if (!existsSync(join(PAGES_FOLDER, "index.html"))) {
    throw new Error(`The pages are not built: ${PAGES_FOLDER} has no index.html. Run \`npm run build\`.`);
  }
  for (const thread of [PARSE_THREAD, PRINT_THREAD]) {
    if (!existsSync(thread)) throw new Error(`${thread} is not built. Run \`npm run build\`.`);
  }
}
