/** How long a start takes on a data folder that is there already. */
import { figure } from "./support/figure.mjs";
import { Served, STARTS } from "./support/served.mjs";
import { median } from "./support/statistics.mjs";

export const SAYS = "Warm start from a built tree, from the command to the first page, median.";

const ROUNDS = 7;

export async function measure({ quick }) {
  const rounds = quick ? 1 : ROUNDS;
  const served = await Served.start();
  const seconds = { server: [], npm: [], cpu: [] };
  try {
    await served.visitor().found(served.setUpSecret);
    await served.stop();
    for (let round = 0; round < rounds; round += 1) {
      for (const [name, command] of Object.entries(STARTS)) {
        const took = await toFirstPage(served, command);
        seconds[name].push(took.seconds);
        if (name === "server") seconds.cpu.push(took.cpu.server + took.cpu.database);
      }
    }
  } finally {
    await served.remove();
  }
  return {
    figures: [
      figure("`npm start` to first page", median(seconds.npm), "s", { atMost: 2 }),
      figure("of that, the server itself (`jumpkit serve`)", median(seconds.server), "s", { atMost: 2 }),
      figure("CPU that this takes, database included", median(seconds.cpu), "s"),
    ],
    details: { rounds, seconds },
  };
}

async function toFirstPage(served, command) {
  const startedAt = performance.now();
  await served.start(command);
  const visitor = served.visitor();
  const { status, bytes } = await visitor.send("GET", "/");
  const seconds = (performance.now() - startedAt) / 1000;
  const cpu = served.cpu();
  if (status !== 200 || !bytes.includes("<html")) throw new Error(`The first page answered ${status}`);
  visitor.leave();
  await served.stop();
  return { seconds, cpu };
}
