/** How fluid the recovery matrix is with three hundred hosts of twelve gates. */
import { launchBrowser, openSignedIn } from "./support/browser.mjs";
import { figure } from "./support/figure.mjs";
import { framesWhile, late, scrolled } from "./support/frames.mjs";
import { Served } from "./support/served.mjs";
import { percentile } from "./support/statistics.mjs";

export const SAYS =
  "With 300 hosts of 12 gates on their way back: turning the wheel through the recovery matrix for three seconds, walking down it by the arrow key for three seconds, and marking hosts with Shift for as long.";

const HOSTS = 300;
const AT_ONCE = 50;
const WATCHED_MS = 3000;

export async function measure({ quick }) {
  const served = await Served.start();
  const browser = await launchBrowser();
  try {
    const ada = served.visitor();
    const { id: lead } = await ada.found(served.setUpSecret);
    const incident = await recovering(ada, lead, quick ? AT_ONCE : HOSTS);
    const page = await openSignedIn(browser, served.url, ada.cookie);
    const grid = page.getByRole("grid", { name: "Recovery matrix" });
    const opened = async () => {
      await page.goto(`/incidents/${incident}/recovery`);
      await grid.waitFor();
      await page.waitForTimeout(500);
    };
    const frames = {};
    await opened();
    frames.wheel = await scrolled(page, grid, WATCHED_MS);
    for (const [what, key] of [
      ["arrow", "ArrowDown"],
      ["marking", "Shift+ArrowDown"],
    ]) {
      await opened();
      await grid.focus();
      frames[what] = await framesWhile(page, WATCHED_MS, () => page.keyboard.press(key));
    }
    ada.leave();
    return {
      figures: [
        ...figuresOf("turning the wheel", frames.wheel),
        ...figuresOf("walking by the arrow key", frames.arrow),
        ...figuresOf("marking with Shift", frames.marking),
      ],
      details: { hosts: HOSTS, frames },
    };
  } finally {
    await browser.close();
    await served.remove();
  }
}

function figuresOf(what, frames) {
  return [
    figure(`frames a second, ${what}, median`, 1000 / percentile(frames, 50), "", { atLeast: 59 }),
    figure(`frames that came more than one late, ${what}`, (100 * late(frames)) / frames.length, "%"),
  ];
}

async function recovering(ada, lead, count) {
  const { incident } = await ada.do("/v1/incident/open", { what: "300 hosts", ongoing: "yes", lead });
  for (let first = 0; first < count; first += AT_ONCE) {
    const hosts = Array.from({ length: AT_ONCE }, (_, at) => ({ name: `lab-${first + at}.harbour.example` }));
    await ada.do(`/v1/recovery/${incident}/take_over`, { hosts, reason: "a shell is on it" });
  }
  return incident;
}
