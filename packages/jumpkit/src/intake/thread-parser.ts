import { Worker } from "node:worker_threads";
import type { ParsedPart, ParseRequest, Parser } from "@jumpkit/app";
import type { ParsedPlaces } from "./parse-part.ts";

/** No part of a sound batch takes this long. */
const TIME_MAX_MS = 30_000;

/** What the thread may hold; a window and its events take a tenth of it. */
const MEMORY_MAX_MB = 512;

/** Parses in a thread of its own, which is ended when it takes too long and started anew for the next part. */
export class ThreadParser implements Parser {
  readonly #program: string;
  #thread: Worker | undefined;

  /** @param program  path of the built `parse-thread.js` */
  constructor(program: string) {
    this.#program = program;
  }

  async parse(request: ParseRequest): Promise<ParsedPart> {
    const thread = this.#thread ?? this.#start();
    const { bytes } = request;
    const answer = await new Promise<ParsedPlaces>((resolve, reject) => {
      const timer = setTimeout(() => fail(new Error("could not be read in half a minute")), TIME_MAX_MS);
      const done = (): void => {
        clearTimeout(timer);
        thread.off("message", onMessage);
        thread.off("error", fail);
      };
      const onMessage = (places: ParsedPlaces): void => {
        done();
        resolve(places);
      };
      const fail = (error: Error): void => {
        done();
        this.#thread = undefined;
        void thread.terminate();
        reject(error);
      };
      thread.on("message", onMessage);
      thread.on("error", fail);
      thread.postMessage(request);
    });
    return {
      ...answer,
      items: answer.items.map((item) => ({ ...item, original: bytes.subarray(item.start, item.end) })),
      bad: answer.bad.map((each) => ({ ...each, original: bytes.subarray(each.start, each.end) })),
    };
  }

  async close(): Promise<void> {
    await this.#thread?.terminate();
  }

  #start(): Worker {
    const thread = new Worker(this.#program, {
      name: "jumpkit intake",
      resourceLimits: { maxOldGenerationSizeMb: MEMORY_MAX_MB },
    });
    thread.unref();
    this.#thread = thread;
    return thread;
  }
}
