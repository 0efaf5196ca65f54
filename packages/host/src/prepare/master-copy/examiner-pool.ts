import * as buffer from "node:buffer";
import * as childProcess from "node:child_process";
import * as crypto from "node:crypto";
import * as fs from "node:fs";
import { setImmediate } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import { makeAttributeReader } from "./attribute-reader.ts";
import { type Chunk, type ExaminerSettings, makeExaminer, type Report } from "./examiner.ts";

/** How many chunks may be under way or wait for an earlier one. */
const WINDOW = 24;
/**
 * What this thread examines alone, whichever comes first: about a second of work. A worker takes a tenth of a
 * second of processor time to start, and two threads at once a little more for each file than one.
 */
const ALONE = { entryCount: 16_384, readBytes: 512 * 1024 * 1024 };
/** How many chunks a worker has before it, so that it does not wait while this thread examines one itself. */
const AHEAD = 2;
/** This thread shows progress and hears Ctrl-C between two chunks: files that take long are for the workers. */
const FILE_MAX_HERE_BYTES = 128 * 1024 * 1024;

/**
 * The reports of all chunks, in their order.
 *
 * Small trees are examined in this thread. For others, and for large files, threads are started and ended with it;
 * of `workerCount` threads this one is the last, unless it is the only one. Memory is bounded: no more than a window
 * of chunks is taken before the first report of it is given out.
 *
 * @param workerCount  threads that examine; with 0 everything is done in this one
 * @param signal  when it aborts, the reason is thrown and the workers end
 */
export async function* examine(
  chunks: Iterable<Chunk>,
  settings: ExaminerSettings,
  workerCount: number,
  signal?: AbortSignal,
): AsyncGenerator<Report> {
  const team = makeTeam(settings, workerCount);
  const waiting: Promise<Report>[] = [];
  try {
    for (const chunk of chunks) {
      signal?.throwIfAborted();
      const report = team.examine(chunk);
      // Whoever waits for this one learns of its failure; until then it must not end the process.
      report.catch(() => undefined);
      waiting.push(report);
      if (waiting.length >= WINDOW) yield await nextOf(waiting);
      // Lets in what the workers report: it tells who has room, and a stop is heard.
      await setImmediate();
    }
    while (waiting.length > 0) {
      signal?.throwIfAborted();
      yield await nextOf(waiting);
    }
  } finally {
    await team.stop();
  }
}

/** This thread and those beside it. */
function makeTeam(settings: ExaminerSettings, workerCount: number) {
  const modules = { fs, crypto, buffer, childProcess, makeAttributeReader };
  const here = makeExaminer(modules, {
    ...settings,
    ...(workerCount > 0 && { fileMaxBytes: FILE_MAX_HERE_BYTES }),
  });
  const pooledCount = workerCount > 1 ? workerCount - 1 : workerCount;
  const pool: PooledExaminer[] = [];
  const done = { entryCount: 0, readBytes: 0 };
  const elsewhere = (chunk: Chunk): Promise<Report> => {
    while (pool.length < pooledCount) pool.push(startExaminer(settings));
    return leastBusy(pool).examine(chunk);
  };
  const isForHere = (): boolean => {
    if (workerCount === 0) return true;
    if (pool.length > 0) return workerCount > 1 && leastBusy(pool).busy() >= AHEAD;
    return done.entryCount < ALONE.entryCount && done.readBytes < ALONE.readBytes;
  };
  return {
    examine: async (chunk: Chunk): Promise<Report> => {
      const report = isForHere() ? await here.examine(chunk) : undefined;
      if (report === undefined) return elsewhere(chunk);
      done.entryCount += report.entryCount;
      done.readBytes += report.readBytes;
      return report;
    },
    stop: async (): Promise<void> => {
      here.close();
      await Promise.all(pool.map((examiner) => examiner.stop()));
    },
  };
}

function nextOf(waiting: Promise<Report>[]): Promise<Report> {
  const next = waiting.shift();
  if (next === undefined) throw new Error("no report is awaited");
  return next;
}

function leastBusy(pool: readonly PooledExaminer[]): PooledExaminer {
  return pool.reduce((best, each) => (each.busy() < best.busy() ? each : best));
}

/** A worker thread that examines chunks in the order it gets them. */
interface PooledExaminer {
  examine(chunk: Chunk): Promise<Report>;
  /** How many chunks it has not yet reported. */
  busy(): number;
  stop(): Promise<unknown>;
}

/** The worker's program is text, so that it is the same from source and from the bundle. */
function programOf(settings: ExaminerSettings): string {
  return `
    const { parentPort } = require("node:worker_threads");
    const modules = {
      fs: require("node:fs"),
      crypto: require("node:crypto"),
      buffer: require("node:buffer"),
      childProcess: require("node:child_process"),
      makeAttributeReader: ${makeAttributeReader.toString()},
    };
    const examiner = (${makeExaminer.toString()})(modules, ${JSON.stringify(settings)});
    // Two at a time: one is read while another waits for its attributes; more would only fill memory.
    const underWay = [Promise.resolve(), Promise.resolve()];
    parentPort.on("message", (chunk) => {
      const turn = underWay.shift();
      underWay.push(turn.then(async () => parentPort.postMessage(await examiner.examine(chunk))));
    });
  `;
}

function startExaminer(settings: ExaminerSettings): PooledExaminer {
  const worker = new Worker(programOf(settings), {
    eval: true,
    resourceLimits: { maxYoungGenerationSizeMb: 8 },
  });
  const asked: { resolve: (report: Report) => void; reject: (error: Error) => void }[] = [];
  let broken: Error | undefined;
  const fail = (error: Error): void => {
    broken ??= error;
    for (const { reject } of asked.splice(0)) reject(broken);
  };
  worker.on("message", (report: Report) => asked.shift()?.resolve(report));
  worker.on("error", fail);
  worker.on("exit", () => fail(new Error("a worker thread ended before its work")));
  return {
    busy: () => asked.length,
    stop: () => worker.terminate(),
    examine: (chunk) =>
      new Promise((resolve, reject) => {
        if (broken !== undefined) return reject(broken);
        asked.push({ resolve, reject });
        worker.postMessage(chunk);
      }),
  };
}
