import type { Press } from "@jumpkit/app";
import { NotPrinted } from "@jumpkit/app";
import type { Paper } from "@jumpkit/exchange";
import { Thread } from "../thread.ts";
import type { PrintAnswer, PrintQuestion } from "./print-thread.ts";

/** A report of 5,000 entries takes a twentieth of it. */
const TIME_MAX_MS = 60_000;
const MEMORY_MAX_MB = 512;
/** How many documents wait for the one that is being made. */
const WAITING_MAX = 20;
/** How long the thread stays for the next document. */
const IDLE_MS = 120_000;

/**
 * Sets documents in a thread of its own, so that everybody else is answered meanwhile; one after the other. The thread
 * runs only while documents are wanted.
 */
export class ThreadPress implements Press {
  readonly #thread: Thread<PrintQuestion, PrintAnswer>;
  readonly #idleMs: number;
  #last: Promise<unknown> = Promise.resolve();
  #waiting = 0;
  #leaving: NodeJS.Timeout | undefined;

  /** @param program  path of the built `print-thread.js` */
  constructor(program: string, { idleMs = IDLE_MS, timeMaxMs = TIME_MAX_MS } = {}) {
    this.#idleMs = idleMs;
    this.#thread = new Thread({
      program,
      name: "jumpkit press",
      memoryMaxMb: MEMORY_MAX_MB,
      timeMaxMs,
      tooLong: "it took longer than a minute",
    });
  }

  async print(paper: Paper): Promise<Uint8Array> {
    if (this.#waiting >= WAITING_MAX) throw new NotPrinted(`${WAITING_MAX} documents wait already`);
    const answer = await this.#inTurn(paper);
    if ("fault" in answer) throw new NotPrinted(answer.fault);
    return answer.bytes;
  }

  warm(): void {
    if (this.#waiting > 0 || this.#thread.runs) return;
    // Nobody waits for it: what is wrong with it shows when a document is made.
    this.#inTurn(undefined).catch(() => {});
  }

  async close(): Promise<void> {
    clearTimeout(this.#leaving);
    await this.#thread.close();
  }

  async #inTurn(question: PrintQuestion): Promise<PrintAnswer> {
    this.#waiting += 1;
    const before = this.#last;
    const mine = before
      .catch(() => {})
      .then(() => this.#thread.ask(question))
      .finally(() => this.#rest());
    this.#last = mine;
    try {
      return await mine;
    } catch (error) {
      throw new NotPrinted(error instanceof Error ? error.message : String(error));
    }
  }

  #rest(): void {
    this.#waiting -= 1;
    clearTimeout(this.#leaving);
    if (this.#waiting > 0) return;
    this.#leaving = setTimeout(() => void this.#thread.close(), this.#idleMs);
    this.#leaving.unref();
  }
}
