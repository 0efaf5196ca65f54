import * as buffer from "node:buffer";
import * as childProcess from "node:child_process";
import * as crypto from "node:crypto";
import * as fs from "node:fs";
import { Worker } from "node:worker_threads";
import { makeAttributeReader } from "./attribute-reader.ts";
import { type Chunk, type ExaminerSettings, makeExaminer, type Report } from "./examiner.ts";

/** How many chunks may be under way or wait for an earlier one. */
const WINDOW = 24;
/** Chunks that are examined in this thread before workers are worth their start. */
const WITHOUT_WORKERS = 3;

/**
 * The reports of all chunks, in their order.
 *
 * Small trees are examined in this thread; for others `workerCount` threads are started, and ended with it.
 * Memory is bounded: no more than a window of chunks is taken before the first report of it is given out.
 *
 * @param signal  when it aborts, the reason is thrown and the workers end
 */
export async function* examine(
  chunks: Iterable<Chunk>,
  settings: ExaminerSettings,
  workerCount: number,
  signal?: AbortSignal,
): AsyncGenerator<Report> {
  const here = makeExaminer({ fs, crypto, buffer, childProcess, makeAttributeReader }, settings);
  const pool: PooledExaminer[] = [];
  const waiting: Promise<Report>[] = [];
  let count = 0;
  try {
    for (const chunk of chunks) {
      signal?.throwIfAborted();
      count += 1;
      if (count <= WITHOUT_WORKERS || workerCount === 0) {
        yield await here.examine(chunk);
        continue;
      }
      while (pool.length < workerCount) pool.push(startExaminer(settings));
      const report = leastBusy(pool).examine(chunk);
      // Whoever waits for this one learns of its failure; until then it must not end the process.
      report.catch(() => undefined);
      waiting.push(report);
      if (waiting.length >= WINDOW) yield await nextOf(waiting);
    }
    while (waiting.length > 0) {
      signal?.throwIfAborted();
      yield await nextOf(waiting);
    }
  } finally {
    here.close();
    await Promise.all(pool.map((examiner) => examiner.stop()));
  }
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
