import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { NotPrinted } from "@jumpkit/app";
import type { Paper } from "@jumpkit/exchange";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ThreadPress } from "./thread-press.ts";

const about = (title: string): Paper => ({
  ...{ title, issuer: "", marking: null, at: "2026-11-22T10:00:00.000Z", foot: "", blocks: [] },
});

/** Stands for what sets documents: it does as the title says, and gives the number of its thread. */
const PROGRAM = `import { parentPort, threadId } from "node:worker_threads";
parentPort.on("message", (paper) => {
  if (paper?.title === "endless") for (;;);
  if (paper?.title === "crash") throw new Error("a wheel came off");
  if (paper?.title === "fault") return parentPort.postMessage({ fault: "no such face" });
  parentPort.postMessage({ bytes: new TextEncoder().encode(String(threadId)) });
});`;

describe("the press", () => {
  let folder: string;
  let program: string;
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "jumpkit-press-"));
    program = join(folder, "press.mjs");
    writeFileSync(program, PROGRAM);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it("sets one document after the other in one thread", async () => {
    const press = new ThreadPress(program);
    press.warm();
    const threads = await Promise.all(["a", "b", "c"].map((title) => press.print(about(title))));
    await press.close();
    expect(new Set(threads.map(text)).size).toBe(1);
  });

  it("tells why a document was not made, and makes the next one all the same", async () => {
    const [press, hurried] = [new ThreadPress(program), new ThreadPress(program, { timeMaxMs: 300 })];
    const whyNot = (by: ThreadPress, title: string) =>
      by.print(about(title)).catch((error: NotPrinted) => error.message);
    const endless = await whyNot(hurried, "endless");
    const [fault, crash] = [await whyNot(press, "fault"), await whyNot(press, "crash")];
    const next = await press.print(about("a"));
    await Promise.all([press.close(), hurried.close()]);
    expect([endless, fault, crash]).toEqual([
      "it took longer than a minute",
      "no such face",
      "a wheel came off",
    ]);
    expect(text(next)).toMatch(/^\d+$/);
  });

  it("takes no more than twenty that wait", async () => {
    const press = new ThreadPress(program);
    const all = await Promise.allSettled(
      Array.from({ length: 25 }, (_, at) => press.print(about(String(at)))),
    );
    await press.close();
    const refused = all.filter(({ status }) => status === "rejected");
    expect(refused).toHaveLength(5);
    expect(refused[0]).toMatchObject({ reason: expect.any(NotPrinted) });
  });

  it("lets its thread go when nothing more is wanted, and starts another for what comes after", async () => {
    const press = new ThreadPress(program, { idleMs: 1 });
    const before = text(await press.print(about("a")));
    await expect
      .poll(async () => text(await press.print(about("b"))), { interval: 50, timeout: 10_000 })
      .not.toBe(before);
    await press.close();
  });
});
