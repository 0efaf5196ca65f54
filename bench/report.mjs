/** How soon the follow-up report of a closed incident is there, as a PDF file. */
import { figure } from "./support/figure.mjs";
import { Served } from "./support/served.mjs";
import { percentile } from "./support/statistics.mjs";

export const SAYS =
  "The whole follow-up report of an incident with 1,000 entries and of one with 5,000, from the question until the last byte of the PDF file: the first after the start, which loads what makes it, and those after it; also its sections alone, as the page shows them, and how long `GET /health` takes while a report is made, against the same at rest.";

const AT_ONCE = 8;

export async function measure({ quick }) {
  const served = await Served.start();
  try {
    const ada = served.visitor();
    const { id: lead } = await ada.found(served.setUpSecret);
    const sizes = quick ? [50, 100] : [1000, 5000];
    const times = quick ? 2 : 5;
    const figures = [];
    const details = { sizes };
    for (const [at, size] of sizes.entries()) {
      const incident = await longLog(ada, lead, size);
      const first = await printing(served.url, ada, incident);
      const again = [];
      for (let time = 0; time < times; time += 1) again.push(await printing(served.url, ada, incident));
      const health = await healthBeside(served.url, () => printing(served.url, ada, incident), times);
      const shown = await timed(() => ada.ask(`/v1/incident/${incident}/followup`));
      if (at === 0) figures.push(figure(`${size} entries, the first`, first.ms, "ms", { atMost: 2000 }));
      const median = percentile(
        again.map(({ ms }) => ms),
        50,
      );
      figures.push(figure(`${size} entries, median`, median, "ms", { atMost: 2000 }));
      figures.push(figure(`${size} entries, the sections alone`, shown, "ms"));
      const slower = health.beside / health.atRest;
      figures.push(figure(`${size} entries, health while it is made, p95 against at rest`, slower, "times"));
      details[size] = { first, again, health, same: new Set(again.map(({ sha256 }) => sha256)).size === 1 };
    }
    ada.leave();
    return { figures, details };
  } finally {
    await served.remove();
  }
}

/** How long the shortest question takes while some work is done, and while none is: 95 of 100 take less. */
async function healthBeside(url, work, times) {
  const asking = async () => timed(async () => (await fetch(`${url}/health`)).arrayBuffer());
  const atRest = [];
  for (let time = 0; time < 50; time += 1) atRest.push(await asking());
  const beside = [];
  for (let time = 0; time < times; time += 1) {
    let done = false;
    const end = work().finally(() => {
      done = true;
    });
    while (!done) beside.push(await asking());
    await end;
  }
  return { atRest: percentile(atRest, 95), beside: percentile(beside, 95), asked: beside.length };
}

async function timed(work) {
  const from = performance.now();
  await work();
  return performance.now() - from;
}

async function printing(url, ada, incident) {
  const from = performance.now();
  const reply = await fetch(`${url}/v1/incident/${incident}/followup.pdf`, {
    headers: { cookie: ada.cookie },
  });
  const bytes = new Uint8Array(await reply.arrayBuffer());
  const ms = performance.now() - from;
  if (reply.status !== 200) throw new Error(`The report was answered ${reply.status}`);
  const digest = await crypto.subtle.digest("SHA-256", bytes);
  return { ms, sizeBytes: bytes.length, sha256: Buffer.from(digest).toString("hex") };
}

async function longLog(ada, lead, entries) {
  const { incident } = await ada.do("/v1/incident/open", { what: "A long log", ongoing: "yes", lead });
  let left = entries - 2;
  const write = async () => {
    while (left > 0) {
      left -= 1;
      await ada.note(
        incident,
        `Called the ISP: they see no scan from 203.0.113.9 since ten o'clock (${left})`,
      );
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, write));
  return incident;
}
