import { lstatSync } from "node:fs";
import type { Report } from "./examiner.ts";
import { examine } from "./examiner-pool.ts";
import { ManifestRefused } from "./manifest.ts";
import { bytesOf, type RawPath, shownPath } from "./raw-path.ts";
import { type WalkPlan, walk } from "./walk.ts";

/** How a tree is looked at. */
export interface ObserveSettings {
  /** Threads that examine; with 2 and more this one is among them, 0 does all in this one. */
  readonly workerCount: number;
  /** Where getfattr is; undefined leaves extended attributes out. */
  readonly getfattr?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Called after each piece, with what was done so far. */
  readonly onProgress?: ((done: Observed) => void) | undefined;
}

/** What was looked at so far. */
export interface Observed {
  readonly entryCount: number;
  readonly readBytes: number;
  /** How many entries are not complete, by why. */
  readonly troubles: Readonly<Record<string, number>>;
  readonly touchedCount: number;
}

/** A tree that is being looked at. */
export interface Observation {
  /** Lines of a manifest, many at a time, each with its newline, in the order of the paths' bytes. */
  readonly texts: AsyncIterable<string>;
  /** What was looked at so far; all of it when `texts` has ended. */
  observed(): Observed;
}

/** Looks at everything in the plan, by as many threads as the settings say. */
export function observe(plan: WalkPlan, settings: ObserveSettings): Observation {
  let observed: Observed = { entryCount: 0, readBytes: 0, troubles: {}, touchedCount: 0 };
  async function* texts(): AsyncGenerator<string> {
    const examiner = {
      base: plan.base,
      device: deviceOf(plan.base),
      digests: true,
      getfattr: settings.getfattr,
    };
    for await (const report of examine(walk(plan), examiner, settings.workerCount, settings.signal)) {
      observed = sum(observed, report);
      settings.onProgress?.(observed);
      yield report.text;
    }
  }
  return { texts: texts(), observed: () => observed };
}

function deviceOf(base: RawPath): string {
  try {
    return String(lstatSync(base === "" ? "/" : bytesOf(base), { bigint: true }).dev);
  } catch (cause) {
    throw new ManifestRefused(`${shownPath(base)} cannot be opened: ${(cause as Error).message}`, { cause });
  }
}

function sum(observed: Observed, report: Report): Observed {
  const troubles = { ...observed.troubles };
  for (const [trouble, count] of Object.entries(report.troubles)) {
    troubles[trouble] = (troubles[trouble] ?? 0) + count;
  }
  return {
    entryCount: observed.entryCount + report.entryCount,
    readBytes: observed.readBytes + report.readBytes,
    touchedCount: observed.touchedCount + report.touchedCount,
    troubles,
  };
}

/** How many entries the plan has, by their names alone: for saying how long it will take. */
export function countEntries(plan: WalkPlan): number {
  let count = 0;
  for (const { items } of walk({ ...plan, ownerOf: undefined })) count += items.split("\0").length;
  return count;
}
