import { Worker } from "node:worker_threads";

/** What a thread of its own is started as, and what it may take. */
export interface ThreadLimits {
  /** Path of the built program. */
  readonly program: string;
  readonly name: string;
  readonly memoryMaxMb: number;
  readonly timeMaxMs: number;
  /** What is said of a question that took longer. */
  readonly tooLong: string;
}

/**
 * A thread that answers questions, one at a time. It is started when the first is asked, ended when one takes too long
 * or too much, and started anew for the next. It never keeps the process alive.
 */
export class Thread<Question, Answer> {
  readonly #limits: ThreadLimits;
  #worker: Worker | undefined;

  constructor(limits: ThreadLimits) {
    this.#limits = limits;
  }

  /** Whether it runs. */
  get runs(): boolean {
    return this.#worker !== undefined;
  }

  /** What the thread answers; rejects when it took too long, too much memory, or broke. */
  ask(question: Question): Promise<Answer> {
    const worker = this.start();
    const { timeMaxMs, tooLong } = this.#limits;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => fail(new Error(tooLong)), timeMaxMs);
      const done = (): void => {
        clearTimeout(timer);
        worker.off("message", onMessage);
        worker.off("error", fail);
        worker.off("exit", onExit);
      };
      const onMessage = (answer: Answer): void => {
        done();
        resolve(answer);
      };
      const fail = (error: Error): void => {
        done();
        if (this.#worker === worker) this.#worker = undefined;
        void worker.terminate();
        reject(error);
      };
      const onExit = (): void => fail(new Error("was ended before it was done"));
      worker.on("message", onMessage);
      worker.on("error", fail);
      worker.on("exit", onExit);
      worker.postMessage(question);
    });
  }

  /** Starts it where it does not run, so that the next question need not wait for that. */
  start(): Worker {
    if (this.#worker !== undefined) return this.#worker;
    const { program, name, memoryMaxMb } = this.#limits;
    const worker = new Worker(program, { name, resourceLimits: { maxOldGenerationSizeMb: memoryMaxMb } });
    worker.unref();
    this.#worker = worker;
    return worker;
  }

  async close(): Promise<void> {
    const worker = this.#worker;
    this.#worker = undefined;
    await worker?.terminate();
  }
}
