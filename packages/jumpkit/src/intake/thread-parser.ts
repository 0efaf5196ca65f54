import type { ParsedPart, ParseRequest, Parser } from "@jumpkit/app";
import { Thread } from "../thread.ts";
import type { ParsedPlaces } from "./parse-part.ts";

/** No part of a sound batch takes this long. */
const TIME_MAX_MS = 30_000;

/** What the thread may hold; a window and its events take a tenth of it. */
const MEMORY_MAX_MB = 512;

/** Parses in a thread of its own, which is ended when it takes too long and started anew for the next part. */
export class ThreadParser implements Parser {
  readonly #thread: Thread<ParseRequest, ParsedPlaces>;

  /** @param program  path of the built `parse-thread.js` */
  constructor(program: string) {
    this.#thread = new Thread({
      program,
      name: "jumpkit intake",
      memoryMaxMb: MEMORY_MAX_MB,
      timeMaxMs: TIME_MAX_MS,
      tooLong: "could not be read in half a minute",
    });
  }

  async parse(request: ParseRequest): Promise<ParsedPart> {
    const { bytes } = request;
    const answer = await this.#thread.ask(request);
    return {
      ...answer,
      items: answer.items.map((item) => ({ ...item, original: bytes.subarray(item.start, item.end) })),
      bad: answer.bad.map((each) => ({ ...each, original: bytes.subarray(each.start, each.end) })),
    };
  }

  async close(): Promise<void> {
    await this.#thread.close();
  }
}
