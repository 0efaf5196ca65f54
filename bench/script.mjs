/** How much script a browser loads before anybody touches the first page. */
import { brotliCompressSync } from "node:zlib";
import { launchBrowser, openSignedIn } from "./support/browser.mjs";
import { figure } from "./support/figure.mjs";
import { Served } from "./support/served.mjs";

export const SAYS = "All script that `/` loads, signed in, before the first interaction.";

/** After everything asked for has come, this long without another script ends the loading. */
const REST_MS = 2000;

export async function measure() {
  const served = await Served.start();
  const browser = await launchBrowser();
  try {
    const visitor = served.visitor();
    const { id } = await visitor.found(served.setUpSecret);
    await visitor.declare("www3 scans 203.0.113.9", id);
    const page = await openSignedIn(browser, served.url, visitor.cookie);
    const scripts = await scriptsOf(page);
    visitor.leave();
    const sum = (field) => scripts.reduce((total, script) => total + script[field], 0) / 1000;
    return {
      figures: [
        figure("script, brotli", sum("brotliBytes"), "kB", { atMost: 260 }),
        figure("script, uncompressed", sum("bytes"), "kB"),
        figure("files", scripts.length, ""),
      ],
      details: { scripts },
    };
  } finally {
    await browser.close();
    await served.remove();
  }
}

async function scriptsOf(page) {
  const answers = [];
  let lastAt = performance.now();
  page.on("response", (answer) => {
    if (!/javascript/.test(answer.headers()["content-type"] ?? "")) return;
    lastAt = performance.now();
    answers.push(answer);
  });
  await page.goto("/");
  await page.locator("main h1").first().waitFor();
  while (performance.now() - lastAt < REST_MS) await page.waitForTimeout(100);
  const scripts = [];
  for (const answer of answers) {
    const body = await answer.body();
    const sent = answer.headers()["content-encoding"] ?? "plain";
    const brotliBytes = brotliCompressSync(body).length;
    scripts.push({ path: new URL(answer.url()).pathname, bytes: body.length, brotliBytes, sent });
  }
  return scripts.sort((a, b) => b.brotliBytes - a.brotliBytes);
}
