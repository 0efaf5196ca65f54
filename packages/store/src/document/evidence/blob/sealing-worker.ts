import { Worker } from "node:worker_threads";
import { CHUNK_BYTES, TAG_BYTES } from "./age-payload.ts";

/** Chunks of one payload, to be encrypted and appended to a file. */
export type Batch = {
  readonly descriptor: number;
  readonly payloadKey: Buffer;
  readonly firstIndex: number;
  /** The bytes in clear: whole chunks, except at the end of the payload. Handed over, and given back after. */
  readonly bytes: ArrayBuffer;
  readonly lengthBytes: number;
  readonly isLast: boolean;
};

/** A thread that encrypts and writes while this one receives and hashes. */
export type SealingWorker = {
  /** Appends the batch to its file and gives its memory back; batches are taken in the order of the calls. */
  readonly append: (batch: Batch) => Promise<ArrayBuffer>;
  /** Tells that one upload needs the thread no longer. */
  readonly release: () => void;
};

/** How long the thread waits for another upload before it gives its memory back. */
const LINGER_MS = 5_000;

/**
 * The thread's program. It is text because it has to run from the sources and from the bundle alike; what it
 * does to a chunk is what {@link payloadCipher} does.
 */
const PROGRAM = `
const { createCipheriv } = require("node:crypto");
const { writevSync } = require("node:fs");
const { MessageChannel, parentPort } = require("node:worker_threads");

// What is handed to a port that nobody holds the other end of is freed at once. The collector would let
// 32 MiB of sealed chunks pile up before it looks.
const { port1, port2: bin } = new MessageChannel();
port1.close();

function seal(key, chunk, index, isLast) {
  const nonce = Buffer.alloc(12);
  nonce.writeUIntBE(index, 5, 6);
  nonce[11] = isLast ? 1 : 0;
  const cipher = createCipheriv("chacha20-poly1305", key, nonce, { authTagLength: ${TAG_BYTES} });
  const sealed = cipher.update(chunk);
  cipher.final();
  return [sealed, cipher.getAuthTag()];
}

function append({ descriptor, payloadKey, firstIndex, bytes, lengthBytes, isLast }) {
  const sealed = [];
  for (let at = 0; at < lengthBytes; at += ${CHUNK_BYTES}) {
    const chunk = new Uint8Array(bytes, at, Math.min(${CHUNK_BYTES}, lengthBytes - at));
    const index = firstIndex + at / ${CHUNK_BYTES};
    sealed.push(...seal(payloadKey, chunk, index, isLast && at + ${CHUNK_BYTES} >= lengthBytes));
  }
  let parts = sealed;
  while (parts.length > 0) {
    let written = writevSync(descriptor, parts);
    parts = parts.flatMap((part) => {
      const skipped = Math.min(written, part.length);
      written -= skipped;
      return skipped === part.length ? [] : [part.subarray(skipped)];
    });
  }
  bin.postMessage(null, sealed.map(({ buffer }) => buffer));
}

parentPort.on("message", (batch) => {
  let failure;
  try {
    append(batch);
  } catch ({ code, message }) {
    failure = { code, message };
  }
  parentPort.postMessage({ bytes: batch.bytes, failure }, [batch.bytes]);
});
`;

type Waiting = {
  readonly resolve: (bytes: ArrayBuffer) => void;
  readonly reject: (error: Error) => void;
};

type Thread = {
  readonly worker: Worker;
  readonly waiting: Waiting[];
  users: number;
  linger?: NodeJS.Timeout;
};

let shared: Thread | undefined;

/** The one thread of this process, started if it does not run; {@link SealingWorker.release} it afterwards. */
export function borrowSealingWorker(): SealingWorker {
  shared ??= startThread();
  const thread = shared;
  thread.users += 1;
  clearTimeout(thread.linger);
  // It keeps the process alive only while it is needed.
  thread.worker.ref();
  return {
    append: (batch) =>
      new Promise((resolve, reject) => {
        thread.waiting.push({ resolve, reject });
        thread.worker.postMessage(batch, [batch.bytes]);
      }),
    release: () => {
      thread.users -= 1;
      if (thread.users > 0) return;
      thread.worker.unref();
      thread.linger = setTimeout(() => end(thread), LINGER_MS);
      thread.linger.unref();
    },
  };
}

function startThread(): Thread {
  const worker = new Worker(PROGRAM, { eval: true, name: "jumpkit sealing" });
  const thread: Thread = { worker, waiting: [], users: 0 };
  // It answers in the order it was asked.
  worker.on(
    "message",
    ({ bytes, failure }: { bytes: ArrayBuffer; failure?: { code: string; message: string } }) => {
      const asked = thread.waiting.shift();
      if (failure === undefined) asked?.resolve(bytes);
      else asked?.reject(Object.assign(new Error(failure.message), { code: failure.code }));
    },
  );
  const fail = (error: Error) => {
    if (shared === thread) shared = undefined;
    for (const { reject } of thread.waiting.splice(0)) reject(error);
  };
  worker.on("error", fail);
  worker.on("exit", () => fail(new Error("The thread that encrypts evidence ended.")));
  return thread;
}

function end(thread: Thread): void {
  if (shared === thread) shared = undefined;
  void thread.worker.terminate();
}
