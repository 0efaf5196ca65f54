import { checkMasterCopy, fileSha256, ManifestRefused, reviewOf, scanManifest } from "@jumpkit/host";
import type { ServerOptions } from "./server.ts";
import { watched } from "./watched.ts";

/** What was typed after `jumpkit master-copy review FILE [ROOT]`. */
export interface ReviewOptions extends ServerOptions {
  readonly rules: readonly string[];
  readonly clamavDatabase?: string;
  readonly hours: string;
  readonly send: boolean;
}

type Say = (sentence: string) => void;

const EXIT_CODES = { clean: 0, suspicious: 1, digests_only: 2 } as const;
const HOUR_MS = 3_600_000;

/**
 * `jumpkit master-copy review FILE [ROOT]`: compares digests, and has ClamAV and YARA look at every file.
 *
 * @returns the exit code: 0 a scanner found nothing, 1 one found something, 2 none went through all files
 */
export async function review(
  file: string,
  root: string | undefined,
  options: ReviewOptions,
  out: { write(text: string): unknown },
  say: Say,
): Promise<number> {
  const hours = Number(options.hours);
  if (!(hours > 0 && hours <= 240)) throw new ManifestRefused("--hours takes a number up to 240.");
  const outcome = await watched(
    undefined,
    () => 0,
    (settings) => checkMasterCopy({ manifest: file, root, usePackages: false }, settings),
  );
  const found = await scanManifest(file, root, {
    timeMaxMs: hours * HOUR_MS,
    clamavDatabase: options.clamavDatabase,
    yaraRules: options.rules,
  });
  const told = reviewOf(found, outcome.findings.length + outcome.moreCount);
  const signatures = told.signaturesOf === "" ? "" : `, signatures: ${told.signaturesOf}`;
  out.write(`${told.result.replace("_", " ")}, by ${told.engine}${signatures}\n${told.note}\n`);
  if (!options.send) return EXIT_CODES[told.result];
  const [{ clientOf, copyOf }, { failWith }] = await Promise.all([
    import("./server.ts"),
    import("../http/exit.ts"),
  ]);
  try {
    const client = clientOf(options);
    const copy = await copyOf(client, await fileSha256(file));
    await client.perform("mastercopy.review", { copy, ...told });
    say(`Written down for ${copy}.`);
    return EXIT_CODES[told.result];
  } catch (error) {
    return failWith(error, say);
  }
}
