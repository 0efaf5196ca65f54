/** How soon an incident with a long log opens, and how soon it is shown as it stood. */
import { launchBrowser, openSignedIn } from "./support/browser.mjs";
import { figure } from "./support/figure.mjs";
import { Served } from "./support/served.mjs";
import { percentile } from "./support/statistics.mjs";

export const SAYS =
  "An incident of 5,000 entries, most of them lines, with 40 hosts and their gates: opening its log from the list of incidents, and going to another moment, from the click until it is drawn; also the question alone.";

const ENTRIES = 5000;
const HOSTS = 40;
const AT_ONCE = 8;
const TIMES = 15;

export async function measure({ quick }) {
  const served = await Served.start();
  const browser = await launchBrowser();
  try {
    const ada = served.visitor();
    const { id: lead } = await ada.found(served.setUpSecret);
    const { incident, count } = await longLog(ada, lead, quick ? 200 : ENTRIES);
    const times = quick ? 2 : TIMES;
    const page = await openSignedIn(browser, served.url, ada.cookie);
    const opened = await opening(page, times);
    await page.goto(`/incidents/${incident}?at=latest`);
    await page.locator(".past-when p").waitFor();
    const travelled = await travelling(page, times);
    const asked = await asking(ada, incident, count, times);
    ada.leave();
    return {
      figures: [
        figure("opening the incident, median", percentile(opened, 50), "ms", { atMost: 300 }),
        figure("going to another moment, median", percentile(travelled, 50), "ms", { atMost: 500 }),
        figure("going to another moment, p95", percentile(travelled, 95), "ms"),
        figure("the question alone, median", percentile(asked, 50), "ms"),
      ],
      details: { entries: count, hosts: HOSTS, opened, travelled, asked },
    };
  } finally {
    await browser.close();
    await served.remove();
  }
}

async function longLog(ada, lead, entries) {
  const { incident } = await ada.do("/v1/incident/open", { what: "A long log", ongoing: "yes", lead });
  const hosts = Array.from({ length: HOSTS }, (_, at) => ({ name: `lab-${at}.harbour.example` }));
  await ada.do(`/v1/recovery/${incident}/take_over`, { hosts, reason: "a shell is on it" });
  let left = entries - 2 - 2 * HOSTS;
  const write = async () => {
    while (left > 0) {
      left -= 1;
      await ada.note(incident, `Called the ISP: they see no scan from 203.0.113.9 (${left})`);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, write));
  return { incident, count: (await ada.ask(`/v1/incident/${incident}`)).entryCount };
}

/** From the click on the row until the last line of the log is drawn; each time in a page that knows no log. */
async function opening(page, times) {
  const taken = [];
  for (let time = 0; time < times; time += 1) {
    await page.goto("/incidents");
    await page.locator(".incident-row").first().waitFor();
    await page.waitForTimeout(500);
    taken.push(await untilDrawn(page, ".incident-row", ".log-stream .log-row"));
  }
  return taken;
}

/** From a press of Earlier until the moment above and the log below are those of the entry before. */
async function travelling(page, times) {
  const taken = [];
  for (let time = 0; time < times; time += 1) {
    await page.waitForTimeout(300);
    taken.push(await page.evaluate(millisecondsToMoment));
  }
  return taken;
}

async function asking(ada, incident, count, times) {
  const taken = [];
  for (let time = 0; time < times; time += 1) {
    const startedAt = performance.now();
    await ada.ask(`/v1/incident/${incident}/at?incidentSeq=${count - 1 - time}`);
    taken.push(performance.now() - startedAt);
  }
  return taken;
}

function untilDrawn(page, pressed, drawn) {
  return page.evaluate(
    ([from, to]) =>
      new Promise((resolve) => {
        const startedAt = performance.now();
        const look = () => {
          if (document.querySelector(to) === null) requestAnimationFrame(look);
          else setTimeout(() => resolve(performance.now() - startedAt));
        };
        document.querySelector(from).click();
        look();
      }),
    [pressed, drawn],
  );
}

/** Runs in the page: from the press until the words above the log name another entry. */
function millisecondsToMoment() {
  return new Promise((resolve) => {
    const words = () => document.querySelector(".past-when p").textContent;
    const before = words();
    const startedAt = performance.now();
    const look = () => {
      if (words() === before) requestAnimationFrame(look);
      else setTimeout(() => resolve(performance.now() - startedAt));
    };
    document.querySelector(".past-steps button").click();
    look();
  });
}
