/** How fast a file of alerts is in the queue, and that an event costs no more when many came before it. */

import { eveLines } from "./support/eve.mjs";
import { figure } from "./support/figure.mjs";
import { Served } from "./support/served.mjs";
import { median } from "./support/statistics.mjs";

export const SAYS =
  "A file of EVE alerts by PUT until its last event is rolled up into a sign. Cost per event: CPU of server and database for a batch of 5,000 new events, divided by them; the median of three batches at each fill.";

const BATCH = 5000;
const END_MS = Date.UTC(2026, 10, 22);

export async function measure({ quick }) {
  const served = await Served.start();
  try {
    const to = await sensor(served);
    let seed = 1;
    const next = (count) => send(served, to, eveLines(count, { seed: seed++, endMs: END_MS }));
    await next(quick ? 10 : BATCH);
    const file = await next(quick ? 100 : 10_000);
    const fills = [];
    for (const fill of quick ? [100] : [15_000, 100_000]) {
      while (to.events < fill) await next(Math.min(10_000, fill - to.events));
      const rounds = [];
      for (let round = 0; round < (quick ? 1 : 3); round += 1) rounds.push(await next(quick ? 10 : BATCH));
      fills.push({
        fill,
        rounds,
        microseconds: median(rounds.map(({ cpuSeconds, count }) => (1e6 * cpuSeconds) / count)),
      });
    }
    const single = await next(1);
    return {
      figures: [
        figure(`${file.count.toLocaleString("en")} lines of EVE in the queue`, file.seconds, "s", {
          atMost: 10,
        }),
        figure("the same in events a second", file.count / file.seconds, "events/s"),
        figure("one event in the queue", 1000 * single.seconds, "ms"),
        ...fills.map(({ fill, microseconds }) =>
          figure(`CPU per event with ${fill.toLocaleString("en")} before it`, microseconds, "µs"),
        ),
        figure(
          "cost per event, the fullest to the emptiest",
          fills.at(-1).microseconds / fills[0].microseconds,
          "times",
          { atMost: 1.3 },
        ),
      ],
      details: { file, fills, single },
    };
  } finally {
    await served.remove();
  }
}

async function sensor(served) {
  const visitor = served.visitor();
  await visitor.found(served.setUpSecret);
  const { source } = await visitor.do("/v1/source/add", {
    name: "Bench sensor",
    reading: { kind: "suricata_eve", zone: "UTC", clockOffsetSeconds: 0, host: "", mapping: null },
    expectedEveryHours: null,
  });
  visitor.leave();
  return { source, cookie: visitor.cookie, events: 0 };
}

/** Sends a batch and waits for its last event; CPU is that of the server and its database. */
async function send(served, to, text) {
  const before = served.cpu();
  const startedAt = performance.now();
  const headers = { cookie: to.cookie };
  const put = await fetch(`${served.url}/v1/intake/${to.source}`, { method: "PUT", body: text, headers });
  const { batch } = await put.json();
  for (;;) {
    const view = await (await fetch(`${served.url}/v1/batch/${batch}`, { headers })).json();
    if (view.status === "done") {
      const seconds = (performance.now() - startedAt) / 1000;
      const after = served.cpu();
      to.events += view.events;
      const cpuSeconds = after.server + after.database - before.server - before.database;
      return { count: view.events, newSigns: view.signs, seconds, cpuSeconds };
    }
    if (view.status === "set_aside") throw new Error(view.problem);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
