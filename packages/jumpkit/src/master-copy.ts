import { readFileSync } from "node:fs";
import { availableParallelism, hostname } from "node:os";
import {
  countEntries,
  createMasterCopy,
  ManifestRefused,
  type Observed,
  type ObserveSettings,
  prepareCreate,
  programOnPath,
} from "@jumpkit/host";
import type { Command } from "commander";
import { progressLine } from "./progress.ts";

/** Says a sentence to the person at the terminal. */
type Say = (sentence: string) => void;

/** More threads than this gain nothing while what is read is in memory already. */
const WORKERS_MAX = 4;

interface CreateOptions {
  readonly out: string;
  readonly as?: string;
  readonly exclude: readonly string[];
  readonly crossMounts: boolean;
  readonly host?: string;
  readonly workers?: string;
}

/** Puts the commands of `jumpkit master-copy` below `parent`. None of them needs a server or a network. */
export function addMasterCopyCommands(parent: Command, say: Say): void {
  parent
    .command("create")
    .description("record every file below the roots: what it is, whose, and the digest of its content")
    .argument("<root...>", "folders; one alone becomes the base of all paths")
    .requiredOption("--out <file>", "file to write; it must not exist")
    .option("--as <path>", "where the one root stands on its host, when it is an image or a copy")
    .option("--exclude <path>", "leave this out; repeatable", collect, [])
    .option("--cross-mounts", "go into file systems mounted inside the roots too", false)
    .option("--host <name>", "the host's name", hostname())
    .option("--workers <number>", "threads beside the first")
    .action(async (roots: string[], options: CreateOptions) => {
      process.exitCode = await refusalSaid(say, () => create(roots, options, say));
    });
}

/** Runs a command; what it refuses is said, and the exit code is 2. */
async function refusalSaid(say: Say, run: () => Promise<number>): Promise<number> {
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof ManifestRefused)) throw error;
    say(error.message);
    return 2;
  }
}

async function create(roots: readonly string[], options: CreateOptions, say: Say): Promise<number> {
  const prepared = prepareCreate({
    roots,
    as: options.as,
    out: options.out,
    excluded: options.exclude,
    crossMounts: options.crossMounts,
    host: options.host ?? hostname(),
    tool: toolName(),
  });
  const observed = await watched(
    workerCount(options.workers),
    () => countEntries(prepared.plan),
    (settings) => createMasterCopy(prepared, options.out, settings, () => new Date()),
  );
  say(`Wrote ${options.out}: ${observed.entryCount} entries, ${observed.readBytes} bytes read.`);
  for (const sentence of limitsOf(observed)) say(sentence);
  return Object.keys(observed.troubles).some(isFailure) ? 1 : 0;
}

/** Runs a long walk: progress on a terminal, and the first Ctrl-C ends it in order. */
async function watched<Outcome>(
  workers: number,
  count: () => number,
  run: (settings: ObserveSettings) => Promise<Outcome>,
): Promise<Outcome> {
  const stopping = new AbortController();
  const stop = (): void => stopping.abort(new ManifestRefused("Interrupted."));
  process.once("SIGINT", stop).once("SIGTERM", stop);
  const progress = process.stderr.isTTY ? progressLine(count(), process.stderr) : undefined;
  try {
    return await run({
      workerCount: workers,
      getfattr: programOnPath("getfattr"),
      signal: stopping.signal,
      onProgress: progress?.show,
    });
  } finally {
    progress?.clear();
    process.off("SIGINT", stop).off("SIGTERM", stop);
  }
}

/** Borders and exclusions were asked for; everything else should have been seen and was not. */
function isFailure(trouble: string): boolean {
  return trouble !== "border" && trouble !== "excluded";
}

function limitsOf({ troubles, touchedCount }: Observed): string[] {
  const sentences = Object.entries(troubles).map(
    ([trouble, count]) =>
      `${count} ${count === 1 ? "entry" : "entries"} not complete: ${TROUBLES[trouble] ?? trouble}`,
  );
  if (touchedCount > 0) sentences.push(`Reading changed the time of last reading of ${touchedCount} files.`);
  if (programOnPath("getfattr") === undefined) {
    sentences.push(
      "Extended attributes, access lists and capabilities were NOT collected: getfattr is not installed.",
    );
  }
  return sentences;
}

const TROUBLES: Readonly<Record<string, string>> = {
  border: "another file system begins there (--cross-mounts goes in)",
  excluded: "left out by request",
  changed: "changed while it was read, so there is no digest",
  vanished: "listed, and gone before it could be looked at",
  unlisted: "a folder that its parent listed as something else, so it was not entered",
};

function workerCount(given: string | undefined): number {
  if (given === undefined) return Math.min(WORKERS_MAX, Math.max(2, availableParallelism()));
  const count = Number(given);
  if (!Number.isInteger(count) || count < 0 || count > 64)
    throw new ManifestRefused("--workers takes a number up to 64.");
  return count;
}

function collect(value: string, before: readonly string[]): string[] {
  return [...before, value];
}

function toolName(): string {
  const { version } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")) as {
    version: string;
  };
  return `jumpkit ${version}`;
}
