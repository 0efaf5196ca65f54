/** How much CPU an operation costs through HTTP, against its bare SQL. */

import { Bare } from "./support/bare.mjs";
import { figure } from "./support/figure.mjs";
import { Served } from "./support/served.mjs";
import { median } from "./support/statistics.mjs";

export const SAYS =
  "CPU of one `log.note` through HTTP against that of the same SQL, log rows included, on bare `pg` connections with prepared statements; four at a time on one incident, interleaved rounds, medians.";

const ROUNDS = 5;
const ROUND_COUNT = 500;
const WARM_UP_COUNT = 1000;
const AT_A_TIME = 4;
const LINE =
  "10:41 called J. Ortiz (ISP) about www3: they see no scan from 203.0.113.9 since 09:00 !call @bo";

export async function measure({ quick }) {
  const [count, warmUpCount] = quick ? [20, 20] : [ROUND_COUNT, WARM_UP_COUNT];
  const served = await Served.start();
  const opened = [];
  try {
    const http = await throughHttp(served, opened);
    await http(warmUpCount);
    const bare = await Bare.start(served, { count: warmUpCount + count * ROUNDS, atATime: AT_A_TIME });
    opened.push(bare);
    await bare.run(warmUpCount);
    const rounds = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      rounds.push({ http: await costOf(() => http(count), served), bare: await bare.costOf(count) });
    }
    return report(rounds, count);
  } finally {
    for (const each of opened) await each.leave();
    await served.remove();
  }
}

/** Performs so many operations, four clients at a time, each with a connection of its own. */
async function throughHttp(served, opened) {
  const ada = served.visitor();
  const { id } = await ada.found(served.setUpSecret);
  const incident = await ada.declare(LINE, id);
  const visitors = Array.from({ length: AT_A_TIME }, () => {
    const visitor = served.visitor();
    visitor.cookie = ada.cookie;
    return visitor;
  });
  opened.push(ada, ...visitors);
  return (count) =>
    Promise.all(
      visitors.map(async (visitor) => {
        for (let done = 0; done < count / AT_A_TIME; done += 1) await visitor.note(incident, LINE);
      }),
    );
}

async function costOf(work, served) {
  const before = served.cpu();
  const startedAt = performance.now();
  await work();
  const seconds = (performance.now() - startedAt) / 1000;
  const { server, database } = served.cpu();
  return { client: server - before.server, database: database - before.database, seconds };
}

function report(rounds, count) {
  const each = (way, part) => (1000 * median(rounds.map((round) => round[way][part]))) / count;
  const ratio = ({ http, bare }) => (http.client + http.database) / (bare.client + bare.database);
  return {
    figures: [
      figure("CPU through HTTP against bare SQL", median(rounds.map(ratio)), "×", { atMost: 3 }),
      figure("through HTTP: server", each("http", "client"), "ms"),
      figure("through HTTP: database", each("http", "database"), "ms"),
      figure("bare SQL: client", each("bare", "client"), "ms"),
      figure("bare SQL: database", each("bare", "database"), "ms"),
      figure(
        "through HTTP, wall, four at a time",
        count / median(rounds.map(({ http }) => http.seconds)),
        "/s",
      ),
      figure("bare SQL, wall, four at a time", count / median(rounds.map(({ bare }) => bare.seconds)), "/s"),
    ],
    details: { operationsPerRound: count, rounds },
  };
}
