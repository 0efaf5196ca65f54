import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { killRounds } from "../support/kill-rounds.ts";
import { Served } from "../support/served.ts";

const ROUNDS = 10;

describe("kill -9 in the middle of work", () => {
  let served: Served;

  beforeAll(async () => {
    served = await Served.start();
  });
  afterAll(async () => served?.remove());

  it(`loses nothing acknowledged and stays sound through ${ROUNDS} rounds, of the server and of its database`, async () => {
    const campaign = await killRounds(served, ROUNDS, 3);

    expect(campaign.lost).toEqual([]);
    expect(campaign.unsound).toEqual([]);
    expect(campaign.acknowledged).toBeGreaterThan(50);
  }, 400_000);
});
