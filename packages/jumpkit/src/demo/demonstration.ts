import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { CannotStart } from "@jumpkit/store";
import { SAMPLE_ACCESS_LOG } from "../assets.ts";
import type { House } from "../house.ts";
import { playClosed } from "./closed.ts";
import { prepare } from "./ground.ts";
import { playLive } from "./live.ts";
import { foundWith } from "./people.ts";
import { playExercise } from "./played.ts";

const DAY_MS = 86_400_000;

/** How one signs in to a demonstration: as any of its people, with one passphrase. */
export interface SignIns {
  readonly names: readonly string[];
  readonly passphrase: string;
}

/**
 * Builds a made-up organisation with one closed incident, one that goes on, and one exercise.
 *
 * Everything passes the same door as the acts of people do: no table is written otherwise. It is founded as a
 * demonstration, so nothing of it ever leaves the house.
 *
 * @throws CannotStart  when the data folder already holds an organisation
 */
export async function buildDemonstration(house: House, say: (sentence: string) => void): Promise<SignIns> {
  if (!(await house.accounts.setUpNeeded())) {
    throw new CannotStart(
      "demo.not_empty",
      "This data folder holds an organisation already. Start without --demo, or name an empty folder with --data.",
    );
  }
  const passphrase = randomBytes(10)
    .toString("hex")
    .replace(/(.{5})(?=.)/g, "$1-");
  say("Demonstration: founding a made-up organisation …");
  const cast = await foundWith(house, passphrase);
  const now = Date.parse(house.world.clock.now());
  const ground = await prepare(cast, now);
  say("Demonstration: one incident from a scanner in an access log to its closing …");
  await playClosed(cast, ground, movedTo(readFileSync(SAMPLE_ACCESS_LOG, "utf8"), now - DAY_MS), now);
  say("Demonstration: one incident that goes on …");
  await playLive(cast, ground, now);
  say("Demonstration: one exercise that runs …");
  await playExercise(cast, now);
  return { names: Object.values(cast).map(({ viewer }) => viewer.name), passphrase };
}

/** The lines of the sample's first day with the date of another day: else the incident would have begun years ago. */
function movedTo(sample: string, unixMs: number): Buffer {
  const [, , day = "", month = "", year = ""] =
    /^(\w+), (\d+) (\w+) (\d+)/.exec(new Date(unixMs).toUTCString()) ?? [];
  const lines = sample
    .split("\n")
    .filter((line) => line.includes(` - - ${FIRST_DAY}`) && !line.startsWith("www."));
  return Buffer.from(`${lines.join("\n").replaceAll(FIRST_DAY, `[${day}/${month}/${year}:`)}\n`);
}

const FIRST_DAY = "[08/Jun/2020:";
