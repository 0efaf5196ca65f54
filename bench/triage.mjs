/** How fast the queue answers its filter and a decision, with a hundred thousand signs waiting. */
import pg from "pg";
import { launchBrowser, openSignedIn } from "./support/browser.mjs";
import { eveLines } from "./support/eve.mjs";
import { figure } from "./support/figure.mjs";
import { late, scrolled } from "./support/frames.mjs";
import { Served } from "./support/served.mjs";
import { percentile } from "./support/statistics.mjs";

export const SAYS =
  "With 100,000 signs waiting: from a key press in the filter to the last visible row, from a decision's key to the next sign on screen, and the HTTP answers alone; the words looked for are common, rare and absent. Turning the wheel through the queue for three seconds. From sending an alert until it is decided on from the keyboard, as one who waits for it does.";

const SIGNS = 100_000;
const TYPED = ["probe", "203.0.113.77", "4711", "nowhere at all"];
const DECISIONS = 30;

const SCROLLED_MS = 3000;

/** Until the page listens for the key. */
const LISTENING_MS = 50;

export async function measure({ quick }) {
  const served = await Served.start();
  const browser = await launchBrowser();
  try {
    const ada = served.visitor();
    await ada.found(served.setUpSecret);
    await fill(served, quick ? 1000 : SIGNS);
    const http = await throughHttp(ada);
    const page = await openSignedIn(browser, served.url, ada.cookie);
    await page.goto("/triage");
    await page.locator(".queue-row").first().waitFor();
    const typed = await keysToRows(page);
    await page.goto("/triage");
    await page.locator(".queue-row").first().waitFor();
    const decided = await decisions(page, quick ? 3 : DECISIONS);
    await page.goto("/triage");
    await page.locator(".queue-row").first().waitFor();
    const frames = await scrolled(page, page.locator(".queue-row").first(), SCROLLED_MS);
    const handled = await fromSentToDecided(page, ada);
    ada.leave();
    return {
      figures: [
        figure("browser, key press to last visible row, p50", percentile(typed, 50), "ms"),
        figure("browser, key press to last visible row, p95", percentile(typed, 95), "ms", { atMost: 150 }),
        figure("browser, A to the next sign in the queue, p95", percentile(decided, 95), "ms", {
          atMost: 100,
        }),
        figure("HTTP, a page of the filtered queue, p95", percentile(http, 95), "ms"),
        figure("frames a second while the queue is scrolled, median", 1000 / percentile(frames, 50), "", {
          atLeast: 59,
        }),
        figure("frames that came more than one late", (100 * late(frames)) / frames.length, "%"),
        figure("browser, from an alert sent to its decision by keyboard", handled, "s", { atMost: 10 }),
      ],
      details: { signs: SIGNS, typed, decided, http, frames },
    };
  } finally {
    await browser.close();
    await served.remove();
  }
}

async function fill(served, count) {
  const client = new pg.Client(served.connection());
  await client.connect();
  await client.query(
    `INSERT INTO sign (organisation, id, source, kind, rule, entity, first_at, last_at, count, words, state)
     SELECT o.organisation, id, NULL, 'indicator', rule, entity, at - interval '6 min', at, n % 900 + 1,
       lower(title || E'\\n' || entity || E'\\n' || rule),
       jsonb_build_object('id', id, 'source', NULL, 'kind', 'indicator',
         'rule', jsonb_build_object('id', rule, 'name', 'ET SCAN Probe'), 'title', title, 'entity', entity,
         'severity', '2', 'firstAt', to_char(at - interval '6 min', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
         'lastAt', to_char(at, 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'count', n % 900 + 1, 'repeats', 0,
         'addresses', jsonb_build_array(jsonb_build_object('value', address, 'role', 'offender', 'port', NULL)),
         'fields', jsonb_build_object('url.original', 'http://shop.harbour.example/item?id=' || n,
           'user_agent.original', repeat('Mozilla/5.0 (X11; Linux x86_64) ', 4)),
         'extra', jsonb_build_object('flow_id', n), 'timeAsWritten', '', 'zoneAssumed', NULL)
     FROM organisation o, generate_series(1, $1) n, LATERAL (SELECT
       'sgn_0' || lpad(translate(to_hex(n), 'lo', 'xx'), 25, '0') AS id,
       'rule-' || n % 400 AS rule, 'host' || n % 3000 || '.harbour.example' AS entity,
       '203.0.' || n % 250 || '.' || n / 400 AS address,
       now() - n * interval '7 seconds' AS at) a, LATERAL (SELECT
       'Probe ' || n || ' of ' || entity || ' by ' || address AS title) t`,
    [count],
  );
  await client.query("VACUUM ANALYZE sign, sign_words");
  await client.end();
}

async function throughHttp(visitor) {
  const taken = [];
  for (const words of TYPED) {
    for (let length = 1; length <= words.length; length += 1) {
      const startedAt = performance.now();
      await visitor.ask(`/v1/triage?limit=100&text=${encodeURIComponent(words.slice(0, length))}`);
      taken.push(performance.now() - startedAt);
    }
  }
  return taken;
}

/** Types word after word as a person does; each key waits for its rows, which the page itself tells. */
async function keysToRows(page) {
  const taken = [];
  const field = page.getByLabel("Words of the sign");
  for (const words of TYPED) {
    await field.fill("");
    await page.waitForTimeout(500);
    for (let at = 0; at < words.length; at += 1) {
      const shown = page.evaluate(millisecondsToRows, words.slice(0, at + 1));
      await page.waitForTimeout(LISTENING_MS);
      await field.press(words[at] === " " ? "Space" : words[at]);
      taken.push(await shown);
    }
  }
  return taken;
}

/** Runs in the page: from the next key until the answer for these words has come and its rows are drawn. */
function millisecondsToRows(words) {
  return new Promise((resolve) => {
    const wanted = `text=${encodeURIComponent(words).replaceAll("%20", "+")}`;
    let pressedAt;
    addEventListener(
      "keydown",
      (event) => {
        pressedAt = event.timeStamp;
      },
      { capture: true, once: true },
    );
    const observer = new PerformanceObserver((list) => {
      const answered = list
        .getEntries()
        .some(({ name }) => name.includes("/v1/triage?") && name.includes(wanted));
      if (!answered || pressedAt === undefined) return;
      observer.disconnect();
      requestAnimationFrame(() =>
        requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - pressedAt))),
      );
    });
    observer.observe({ type: "resource", buffered: false });
  });
}

/** Accepts one sign after the other; each time until the queue shows the next one. */
async function decisions(page, count) {
  const taken = [];
  for (let decision = 0; decision < count; decision += 1) {
    await page.waitForTimeout(400);
    const shown = page.evaluate(millisecondsToNext);
    await page.waitForTimeout(LISTENING_MS);
    await page.keyboard.press("a");
    taken.push(await shown);
  }
  return taken;
}

/** An alert is sent while somebody watches the queue: it comes, is read and taken, and the server has the decision. */
async function fromSentToDecided(page, ada) {
  const { source } = await ada.do("/v1/source/add", {
    name: "Bench sensor",
    reading: { kind: "suricata_eve", zone: "UTC", clockOffsetSeconds: 0, host: "", mapping: null },
    expectedEveryHours: null,
  });
  await page.goto(`/triage?source=${source}`);
  await page.getByRole("heading", { name: "Triage" }).waitFor();
  const body = eveLines(1, { seed: 4711, endMs: Date.now() });
  const startedAt = performance.now();
  await ada.send("PUT", `/v1/intake/${source}`, { body });
  await page.locator(".queue-row").first().waitFor();
  const decided = page.waitForResponse(
    (response) => /\/v1\/sign\/.*(accept|decide)$/.test(response.url()) && response.ok(),
  );
  await page.keyboard.press("j");
  await page.locator(".queue-row.chosen").waitFor();
  await page.keyboard.press("a");
  await decided;
  return (performance.now() - startedAt) / 1000;
}

/** Runs in the page: from the next key until another row is the chosen one and is drawn. */
function millisecondsToNext() {
  return new Promise((resolve) => {
    const title = () => document.querySelector(".queue-row.chosen .title")?.textContent;
    const before = title();
    let pressedAt;
    addEventListener(
      "keydown",
      (event) => {
        pressedAt = event.timeStamp;
      },
      { capture: true, once: true },
    );
    const look = () => {
      const now = title();
      if (pressedAt === undefined || now === undefined || now === before) requestAnimationFrame(look);
      else setTimeout(() => resolve(performance.now() - pressedAt));
    };
    look();
  });
}
