import { availableParallelism } from "node:os";
import { ManifestRefused, type ObserveSettings, programOnPath } from "@jumpkit/host";
import { progressLine } from "./progress.ts";

/** More threads than this gain nothing while what is read is in memory already. */
const WORKERS_MAX = 4;

/** Runs a long walk: progress where somebody sees it, and the first Ctrl-C ends it in order. */
export async function watched<Outcome>(
  workers: string | undefined,
  countEntries: () => number,
  run: (settings: ObserveSettings) => Promise<Outcome>,
): Promise<Outcome> {
  const stopping = new AbortController();
  const stop = (): void => stopping.abort(new ManifestRefused("Interrupted."));
  process.once("SIGINT", stop).once("SIGTERM", stop);
  const progress = process.stderr.isTTY ? progressLine(countEntries(), process.stderr) : undefined;
  try {
    return await run({
      workerCount: workerCount(workers),
      getfattr: programOnPath("getfattr"),
      signal: stopping.signal,
      onProgress: progress?.show,
    });
  } finally {
    progress?.clear();
    process.off("SIGINT", stop).off("SIGTERM", stop);
  }
}

function workerCount(given: string | undefined): number {
  if (given === undefined) return Math.min(WORKERS_MAX, Math.max(2, availableParallelism()));
  const count = Number(given);
  if (!Number.isInteger(count) || count < 0 || count > 64) {
    throw new ManifestRefused("--workers takes a number up to 64.");
  }
  return count;
}
