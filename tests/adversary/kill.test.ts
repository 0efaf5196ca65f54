import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { killRounds } from "../support/kill-rounds.ts";
import { Served } from "../support/served.ts";

const ROUNDS = 100;

describe("kill -9 in the middle of work, for a long time", () => {
  let served: Served;

  beforeAll(async () => {
    served = await Served.start();
  });
  afterAll(async () => served?.remove());

  it(`loses nothing acknowledged and stays sound through ${ROUNDS} rounds`, async () => {
    const campaign = await killRounds(served, ROUNDS, Number(process.env["SEED"] ?? 11));

    expect(campaign.lost).toEqual([]);
    expect(campaign.unsound).toEqual([]);
  });
});
