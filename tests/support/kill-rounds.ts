import { randomUUID } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { vi } from "vitest";
import type { Browserless } from "./browserless.ts";
import { liveThrough } from "./incident-story.ts";
import type { Served } from "./served.ts";
import { seeded } from "./tamper.ts";

/** What four scribes and a collector were told was saved. */
interface Acknowledged {
  readonly texts: Set<string>;
  readonly items: Set<string>;
}

/** How much must have been acknowledged in a round before the blow may fall, however slow the machine is. */
const FEWEST = 6;

const countOf = ({ texts, items }: Acknowledged): number => texts.size + items.size;

/** What one campaign found. */
export interface Campaign {
  readonly acknowledged: number;
  readonly lost: readonly string[];
  readonly unsound: readonly string[];
}

/**
 * Kills the server or its database at random moments while five people write, and starts it again each time.
 *
 * Whatever was acknowledged must be there at the end, once; and the record must be sound after every round.
 */
export async function killRounds(served: Served, rounds: number, seed: number): Promise<Campaign> {
  const random = seeded(seed);
  const { ada, bo, incident } = await liveThrough(served);
  const acknowledged: Acknowledged = { texts: new Set(), items: new Set() };
  const unsound: string[] = [];
  for (let round = 0; round < rounds; round++) {
    const stop = { now: false };
    const writers = [
      ...[ada, bo, ada, bo].map((person, index) =>
        scribe(person, incident, `${round}.${index}`, acknowledged, stop),
      ),
      collector(bo, incident, `${round}`, acknowledged, stop),
    ];
    const before = countOf(acknowledged);
    await vi.waitUntil(() => countOf(acknowledged) >= before + FEWEST, { timeout: 60_000, interval: 5 });
    await new Promise((resolve) => setTimeout(resolve, random(900)));
    if (round % 2 === 0) await served.kill();
    else killDatabase(served.dataFolder);
    stop.now = true;
    await Promise.all(writers);
    if (round % 2 === 0) await served.start();
    else await answersAgain(ada);
    if (!isExamined(round, rounds)) continue;
    const doctor = await served.run("doctor");
    if (doctor.code !== 0) unsound.push(`round ${round}: ${doctor.said}`);
  }
  return {
    acknowledged: countOf(acknowledged),
    lost: await missing(bo, incident, acknowledged),
    unsound,
  };
}

/**
 * Whether the record is examined after this round: after each of the first ten, then after every tenth, and at
 * the end. What is unsound once stays so, and an examination takes as long as the log is.
 */
function isExamined(round: number, rounds: number): boolean {
  return round < 10 || round % 10 === 9 || round === rounds - 1;
}

/** Resolves once the server, which was never stopped, has its database back. */
async function answersAgain(person: Browserless): Promise<void> {
  for (let waitedMs = 0; waitedMs < 60_000; waitedMs += 100) {
    const answer = await person.send("GET", "/v1/now").catch(() => undefined);
    if (answer?.status === 200) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error("The server did not get its database back within a minute");
}

async function scribe(
  person: Browserless,
  incident: string,
  name: string,
  { texts }: Acknowledged,
  stop: { now: boolean },
): Promise<void> {
  for (let line = 0; !stop.now; line++) {
    const text = `line ${name}.${line}`;
    const answer = await person
      .try("log.note", { incident: incident as never, text }, randomUUID())
      .catch(() => undefined);
    if (answer?.status === 200) texts.add(text);
  }
}

async function collector(
  person: Browserless,
  incident: string,
  name: string,
  { items }: Acknowledged,
  stop: { now: boolean },
): Promise<void> {
  for (let number = 0; !stop.now; number++) {
    const what = `file ${name}.${number}`;
    try {
      const { upload } = await person.upload(incident, "f.bin", Buffer.alloc(200_000, what));
      const input = {
        incident: incident as never,
        upload: upload as never,
        what,
        kind: "file",
        foundAt: "x",
        place: "y",
      } as const;
      const answer = await person.try("evidence.collect", input);
      if (answer.status === 200) items.add(what);
    } catch {
      // The connection broke: nothing was acknowledged.
    }
  }
}

async function missing(
  person: Browserless,
  incident: string,
  { texts, items }: Acknowledged,
): Promise<string[]> {
  const found: string[] = [];
  for (let after = 0, next: number | null = 0; next !== null; after = next ?? after) {
    const page = await person.ask("log.entries", { incident: incident as never, after, limit: 1000 });
    for (const entry of page.items) {
      const said = entry.type === "evidence.collected" ? entry.body["what"] : entry.body["text"];
      if (typeof said === "string") found.push(said);
    }
    next = page.next;
    if (next === null) break;
  }
  const times = new Map<string, number>();
  for (const said of found) times.set(said, (times.get(said) ?? 0) + 1);
  return [...texts, ...items].filter((said) => times.get(said) !== 1);
}

/** kill -9 of the postmaster and every one of its processes at once. */
function killDatabase(dataFolder: string): void {
  const file = join(dataFolder, "database", "cluster", "postmaster.pid");
  const postmaster = Number(readFileSync(file, "utf8").split("\n", 1)[0]);
  for (const pid of [postmaster, ...childrenOf(postmaster)]) {
    try {
      process.kill(pid, "SIGKILL");
    } catch {
      // Gone already.
    }
  }
}

/** The processes whose parent is `pid`. */
function childrenOf(pid: number): number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((each) => parentOf(each) === pid);
}

function parentOf(pid: number): number | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]);
  } catch {
    return undefined;
  }
}
