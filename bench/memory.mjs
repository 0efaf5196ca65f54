/** How much memory all processes take together after a whole walk through the product. */
import { figure } from "./support/figure.mjs";
import { pssBytes } from "./support/process.mjs";
import { send } from "./support/send.mjs";
import { Served } from "./support/served.mjs";
import { median } from "./support/statistics.mjs";

export const SAYS =
  "Proportional set size of the server and every process of its database, right after the walk: set-up, policy, report, declare, 200 lines, an upload of 64 MiB, collect, hand-over, export and download; median of three.";

const ROUNDS = 3;
const LINES = 200;
const UPLOAD_BYTES = 64 * 2 ** 20;

export async function measure({ quick }) {
  const rounds = [];
  for (let round = 0; round < (quick ? 1 : ROUNDS); round += 1) rounds.push(await once(quick ? 5 : LINES));
  const middle = (part) => median(rounds.map(part));
  return {
    figures: [
      figure(
        "after the walk, together",
        middle(({ afterWalk }) => sum(afterWalk)),
        "MB",
        { atMost: 350 },
      ),
      figure(
        "of that, the server",
        middle(({ afterWalk: [server] }) => server),
        "MB",
      ),
      figure(
        "of that, the database",
        middle(({ afterWalk: [, ...database] }) => sum(database)),
        "MB",
      ),
      figure(
        "after the start, together",
        middle(({ atStart }) => sum(atStart)),
        "MB",
      ),
      figure(
        "the most during the walk, together",
        middle(({ most }) => most),
        "MB",
      ),
    ],
    details: { rounds },
  };
}

/** One walk on a server of its own; megabytes of each process, the server first. */
async function once(lines) {
  const served = await Served.start();
  try {
    const atStart = pssMegabytes(served);
    const most = watch(served);
    await walk(served, lines);
    return { atStart, afterWalk: pssMegabytes(served), most: most() };
  } finally {
    await served.remove();
  }
}

function pssMegabytes(served) {
  return served.pids().map((pid) => pssBytes(pid) / 1e6);
}

/** Looks four times a second until it is asked for the most it saw. */
function watch(served) {
  let most = 0;
  const look = () => {
    most = Math.max(most, sum(pssMegabytes(served)));
  };
  const timer = setInterval(look, 250);
  return () => {
    clearInterval(timer);
    look();
    return most;
  };
}

async function walk(served, lines) {
  const ada = served.visitor();
  const lead = await ada.found(served.setUpSecret);
  const bo = await ada.addColleague("bo");
  const incident = await bo.visitor.declare("www3 scans 203.0.113.9\nsince the morning", bo.person);
  for (let line = 1; line <= lines; line += 1) {
    await bo.visitor.note(incident, `10:41 called the ISP for the ${line}th time: they see no scan`);
  }
  const { upload } = await send({
    url: served.url,
    cookie: bo.visitor.cookie,
    incident,
    sizeBytes: UPLOAD_BYTES,
  });
  const { item } = await bo.visitor.do(`/v1/evidence/${incident}/collect`, {
    upload,
    what: "Access log of www3",
    kind: "log",
    foundAt: "Rack 4, Harbour data centre",
    place: "Evidence safe 1, shelf 2",
  });
  await bo.visitor.do(`/v1/handover/${item}/offer`, { to: lead.id, purpose: "analysis", place: "Lab 2" });
  const { offered } = await ada.ask("/v1/now");
  const acceptance = { offer: offered[0].offer, condition: "not_sealed", place: "Lab 2" };
  await ada.do(`/v1/handover/${item}/accept`, acceptance);
  const request = { recipient: "Public prosecutor", purpose: "case 7 Js 12" };
  const { download } = await ada.do(`/v1/incident/${incident}/export`, request);
  const { status, bytes } = await ada.send("GET", download);
  if (status !== 200 || bytes.length < UPLOAD_BYTES) throw new Error(`The case file answered ${status}`);
  ada.leave();
  bo.visitor.leave();
}

function sum(values) {
  return values.reduce((total, value) => total + value, 0);
}
