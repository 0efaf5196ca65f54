import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { DEFAULT_POLICY, type SourceId } from "../../packages/core/src/index.ts";
import type { Browserless } from "../support/browserless.ts";
import { type Batch, EVE_READING, eveLine, send, workedOff } from "../support/intake.ts";
import { Served } from "../support/served.ts";

const ROUNDS = 6;
const LINES = 400;

describe("kill -9 while signs come in", () => {
  let served: Served;
  let ada: Browserless;
  let source: SourceId;

  beforeAll(async () => {
    served = await Served.start();
    ada = served.visitor();
    await ada.setUp(served.setUpSecret);
    await ada.do("policy.adopt", { seen: 0, document: DEFAULT_POLICY });
    ({ source } = await ada.do("source.add", {
      name: "Border sensor",
      reading: EVE_READING,
      expectedEveryHours: null,
    }));
  });
  afterAll(async () => served?.remove());

  it(`loses no acknowledged event and counts none twice, through ${ROUNDS} rounds`, async () => {
    const acknowledged: Batch["id"][] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const stop = { now: false };
      const sending = [0, 1].map((sender) => sendUntil(stop, round * 2 + sender, acknowledged));
      await vi.waitUntil(() => acknowledged.length > round, { timeout: 60_000, interval: 20 });
      await new Promise((resolve) => setTimeout(resolve, 41 * round));
      await served.kill();
      stop.now = true;
      await Promise.all(sending);
      await served.start();
    }

    const batches: Batch[] = [];
    for (const batch of acknowledged) batches.push(await workedOff(ada, batch));

    expect(batches.length).toBeGreaterThanOrEqual(ROUNDS);
    expect(batches.filter((each) => each.events + each.repeats !== LINES || each.unread > 0)).toEqual([]);
    const [counted] = (await ada.ask("source.list", {})).items;
    expect(counted?.events).toBeGreaterThanOrEqual(batches.length * LINES);
    const doctor = await served.run("doctor");
    expect(doctor).toMatchObject({ code: 0, said: expect.stringContaining("The record is sound.") });
  }, 300_000);

  /** Sends one batch after the other, each with events of its own, and notes which were acknowledged. */
  async function sendUntil(
    stop: { now: boolean },
    sender: number,
    acknowledged: Batch["id"][],
  ): Promise<void> {
    for (let number = 0; !stop.now; number++) {
      const flow = (sender * 1000 + number) * LINES;
      const lines = Array.from({ length: LINES }, (_, line) =>
        eveLine({ flow: flow + line, rule: 1 + (line % 7), to: `192.0.2.${line % 50}` }),
      );
      await send(ada, source, lines.join("\n")).then(
        (batch) => acknowledged.push(batch),
        () => undefined,
      );
    }
  }
});
