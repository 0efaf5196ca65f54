/** What the metrics of many incidents cost, against the reading of one. */
import { figure } from "./support/figure.mjs";
import { Served } from "./support/served.mjs";
import { percentile } from "./support/statistics.mjs";

export const SAYS =
  "`metrics.show` over 1,000 incidents of twelve entries each, with all that can be collected and without people's time, against the question for one incident: medians, and their ratio.";

const INCIDENTS = 1000;
const NOTES = 10;
const AT_ONCE = 8;

export async function measure({ quick }) {
  const served = await Served.start();
  try {
    const ada = served.visitor();
    const { id: lead } = await ada.found(served.setUpSecret);
    const incident = await manyIncidents(ada, lead, quick ? 20 : INCIDENTS);
    const times = quick ? 2 : 9;
    const bare = await median(times * 5, () => ada.ask(`/v1/incident/${incident}`));
    const all = await median(times, () => ada.ask("/v1/metrics"));
    const { collected, count } = await ada.ask("/v1/metrics");
    await ada.do("/v1/metrics/choose", { measures: collected.filter((name) => name !== "hours") });
    const without = await median(times, () => ada.ask("/v1/metrics"));
    ada.leave();
    return {
      figures: [
        figure("all measures, median", all, "ms", { atMost: 1000 }),
        figure("without people's time, median", without, "ms"),
        figure("all measures against one incident", all / bare, "times"),
      ],
      details: { incidents: count, bare, all, without },
    };
  } finally {
    await served.remove();
  }
}

async function median(times, work) {
  const taken = [];
  for (let time = 0; time < times; time += 1) {
    const from = performance.now();
    await work();
    taken.push(performance.now() - from);
  }
  return percentile(taken, 50);
}

async function manyIncidents(ada, lead, count) {
  let [left, last] = [count, ""];
  const write = async () => {
    while (left > 0) {
      left -= 1;
      const { incident } = await ada.do("/v1/incident/open", {
        what: `Incident ${left}`,
        ongoing: "no",
        lead,
      });
      for (let note = 0; note < NOTES; note += 1) await ada.note(incident, `Looked at www${note}`);
      last = incident;
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, write));
  return last;
}
