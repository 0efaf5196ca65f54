import {
  countEntries,
  createMasterCopy,
  type Observed,
  prepareCreate,
  programOnPath,
  sawEverything,
} from "@jumpkit/host";
import { toolName } from "./tool-name.ts";
import { watched } from "./watched.ts";

/** What was typed after `jumpkit master-copy create ROOT…`. */
export interface CreateOptions {
  readonly out: string;
  readonly as?: string;
  readonly exclude: readonly string[];
  readonly crossMounts: boolean;
  readonly host: string;
  readonly workers?: string;
}

const TROUBLES: Readonly<Record<string, string>> = {
  border: "another file system begins there (--cross-mounts goes in)",
  excluded: "left out by request",
  changed: "changed while it was read, so there is no digest",
  vanished: "listed, and gone before it could be looked at",
  unlisted: "a folder that its parent listed as something else, so it was not entered",
};

/**
 * `jumpkit master-copy create ROOT… --out FILE`.
 *
 * @returns the exit code: 0 everything was seen, 1 something was not
 */
export async function create(
  roots: readonly string[],
  options: CreateOptions,
  out: { write(text: string): unknown },
  say: (sentence: string) => void,
): Promise<number> {
  const prepared = prepareCreate({
    roots,
    as: options.as,
    out: options.out,
    excluded: options.exclude,
    crossMounts: options.crossMounts,
    host: options.host,
    tool: toolName(),
  });
  const observed = await watched(
    options.workers,
    () => countEntries(prepared.plan),
    (settings) => createMasterCopy(prepared, options.out, settings, () => new Date()),
  );
  out.write(`Wrote ${options.out}: ${observed.entryCount} entries, ${observed.readBytes} bytes read.\n`);
  for (const sentence of limitsOf(observed)) say(sentence);
  return sawEverything(observed.troubles) ? 0 : 1;
}

function limitsOf({ troubles, touchedCount }: Observed): string[] {
  const sentences = Object.entries(troubles).map(([trouble, count]) => {
    const entries = count === 1 ? "1 entry is" : `${count} entries are`;
    return `${entries} not complete: ${TROUBLES[trouble] ?? trouble}.`;
  });
  if (touchedCount > 0) sentences.push(`Reading changed the time of last reading of ${touchedCount} files.`);
  if (programOnPath("getfattr") === undefined) {
    sentences.push(
      "Extended attributes, access lists and capabilities were NOT collected: getfattr is not installed.",
    );
  }
  return sentences;
}
