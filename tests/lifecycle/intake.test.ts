import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DEFAULT_POLICY, type SourceId } from "../../packages/core/src/index.ts";
import type { Browserless } from "../support/browserless.ts";
import { type Batch, EVE_READING, send, workedOff } from "../support/intake.ts";
import { startHouse, type TestHouse } from "../support/running.ts";

const EVE = readFileSync(
  new URL("../../packages/exchange/src/detect/eve/samples/crowdsec-suricata-eve-detect.log", import.meta.url),
);

describe("signs that a sensor sends", () => {
  let house: TestHouse;
  let ada: Browserless;
  let sensor: SourceId;

  beforeAll(async () => {
    house = await startHouse();
    ada = house.visitor();
    await ada.setUp(house.setUpSecret);
    await ada.do("policy.adopt", { seen: 0, document: DEFAULT_POLICY });
    ({ source: sensor } = await ada.do("source.add", {
      name: "Border sensor",
      reading: EVE_READING,
      expectedEveryHours: 24,
    }));
  });
  afterAll(() => house?.close());

  it("are in the queue soon after they were acknowledged, rolled up by rule and entity", async () => {
    const batch = await sent(ada, sensor, EVE);

    expect(batch).toMatchObject({ status: "done", records: 4, events: 4, signs: 4, repeats: 0, problem: "" });
    const signs = await rows(house, "SELECT state FROM sign ORDER BY rule");
    expect(signs.map(({ state }) => [state.rule.id, state.kind, state.entity, state.count])).toEqual([
      ["1:2011716", "precursor", "2.2.3.5", 1],
      ["1:2011717", "precursor", "2.2.3.5", 1],
      ["1:2011718", "precursor", "2.2.3.5", 1],
      ["1:2034125", "indicator", "1.2.3.5", 1],
    ]);
  });

  it("that arrive again, packed or not, are counted as repeats and make no second sign", async () => {
    const batch = await sent(ada, sensor, gzipSync(EVE), { "content-encoding": "gzip" });

    expect(batch).toMatchObject({ status: "done", events: 0, signs: 0, repeats: 4 });
    const signs = await rows(house, "SELECT state FROM sign");
    expect(signs.map(({ state }) => [state.count, state.repeats])).toEqual(Array(4).fill([1, 1]));
  });

  it("are kept byte for byte, and their digests stand in the log", async () => {
    const originals = await rows(house, "SELECT original FROM sign_original ORDER BY at");

    expect(originals.map((row) => row.original.toString())).toEqual(EVE.toString().trimEnd().split("\n"));
  });
});

async function sent(
  client: Browserless,
  source: SourceId,
  body: Uint8Array,
  headers: Record<string, string> = {},
): Promise<Batch> {
  return workedOff(client, await send(client, source, body, headers));
}

// biome-ignore lint/suspicious/noExplicitAny: rows of any table
async function rows(house: TestHouse, sql: string): Promise<any[]> {
  return (await house.database.pool.query(sql)).rows;
}
