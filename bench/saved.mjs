/** How long a handler waits from Enter in the log until the line is marked as saved, while others write too. */
import { launchBrowser, openSignedIn } from "./support/browser.mjs";
import { figure } from "./support/figure.mjs";
import { Served } from "./support/served.mjs";
import { percentile } from "./support/statistics.mjs";
import { Writers } from "./support/writers.mjs";

export const SAYS =
  "From Enter in the log to `saved`, while four others write a line a second each in the same incident; also with the four writing as fast as they are answered.";

const LINES = 200;
const OTHERS = 4;

/** The pause of each other writer between two lines: many times faster than people write. */
const PACE_MS = 1000;

/** What the measured handler thinks between two lines. */
const THINK_MS = 50;

const LINE = "10:41 called J. Ortiz (ISP): they see no scan from 203.0.113.9";

export async function measure({ quick }) {
  const lines = quick ? 5 : LINES;
  const served = await Served.start();
  const browser = await launchBrowser();
  try {
    const ada = served.visitor();
    const { id } = await ada.found(served.setUpSecret);
    const incident = await ada.declare("www3 scans 203.0.113.9", id);
    const colleagues = [];
    for (let other = 1; other <= OTHERS; other += 1) colleagues.push(await ada.addColleague(`bo${other}`));
    const others = new Writers(
      colleagues.map(({ visitor }) => visitor),
      incident,
    );
    const page = await openSignedIn(browser, served.url, ada.cookie);
    await page.goto(`/incidents/${incident}/log`);
    const inBrowser = () => throughBrowser(page, lines);
    const atHttp = () => throughHttp(ada, incident, lines);
    await inBrowser();

    const http = await others.during(PACE_MS, atHttp);
    const shown = await others.during(PACE_MS, inBrowser);
    await page.close();
    const httpFlatOut = await others.during(0, atHttp);
    const all = [ada, ...colleagues.map(({ visitor }) => visitor)];
    for (const visitor of all) visitor.leave();
    return {
      figures: [
        ...percentiles("browser, key press to mark", shown, { atMost: 100 }),
        ...percentiles("HTTP, request to answer", http, { atMost: 100 }),
        ...percentiles("HTTP, the others flat out", httpFlatOut, {}),
      ],
      details: { lines, others: OTHERS, paceMs: PACE_MS, thinkMs: THINK_MS, shown, http, httpFlatOut },
    };
  } finally {
    await browser.close();
    await served.remove();
  }
}

function percentiles(what, values, bar) {
  return [50, 95, 99].map((percent) =>
    figure(`${what}, p${percent}`, percentile(values, percent), "ms", percent === 99 ? bar : {}),
  );
}

async function throughHttp(visitor, incident, lines) {
  const taken = [];
  for (let line = 0; line < lines; line += 1) {
    const startedAt = performance.now();
    await visitor.note(incident, LINE);
    taken.push(performance.now() - startedAt);
    await new Promise((resolve) => setTimeout(resolve, THINK_MS));
  }
  return taken;
}

/** Types lines and presses Enter; the page itself tells when the key came and when the mark was drawn. */
async function throughBrowser(page, lines) {
  const field = page.getByLabel("Handling log line");
  const taken = [];
  for (let line = 0; line < lines; line += 1) {
    await field.fill(`${LINE} (${line})`);
    const marked = page.evaluate(millisecondsToMark);
    await field.press("Enter");
    taken.push(await marked);
    await page.waitForTimeout(THINK_MS);
  }
  return taken;
}

/** Runs in the page: from the next key press until the mark, after it was taken away, is back and drawn. */
function millisecondsToMark() {
  return new Promise((resolve) => {
    const mark = document.querySelector(".dock-end [role=status]");
    let pressedAt;
    let takenAway = mark.textContent === "";
    const observer = new MutationObserver(() => {
      if (pressedAt === undefined) return;
      if (mark.textContent === "") takenAway = true;
      if (!takenAway || !mark.textContent.startsWith("saved")) return;
      observer.disconnect();
      requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - pressedAt)));
    });
    observer.observe(mark, { childList: true, characterData: true, subtree: true });
    addEventListener(
      "keydown",
      (event) => {
        pressedAt = event.timeStamp;
      },
      { capture: true, once: true },
    );
  });
}
