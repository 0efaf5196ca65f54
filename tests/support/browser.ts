import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { type BrowserContext, chromium, type Page, type Browser as RunningBrowser } from "playwright-core";
import { findBrowser } from "./browser/find-browser.ts";

/** Left out on purpose: `--disable-web-security` and friends, which would hide defects of our CSP. */
const ARGUMENTS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-dev-shm-usage",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--font-render-hinting=none",
];

/** A started headless Chromium; close it in `afterAll`. Fails, and never skips, where none can be had. */
export async function launchBrowser(): Promise<RunningBrowser> {
  const { path, env } = await findBrowser();
  return chromium.launch({
    executablePath: path,
    args: ARGUMENTS,
    env: { ...process.env, ...env } as Record<string, string>,
  });
}

/**
 * A browser with a profile on disk, as a person has one at a desk; close it or `killBrowser` it.
 *
 * @param origin  what relative addresses are relative to
 */
export async function launchProfile(profile: string, origin: string): Promise<BrowserContext> {
  const { path, env } = await findBrowser();
  return chromium.launchPersistentContext(profile, {
    executablePath: path,
    args: ARGUMENTS,
    env: { ...process.env, ...env } as Record<string, string>,
    baseURL: origin,
    viewport: SIZES.laptop,
  });
}

/** Kills the browser of a profile, all its processes, as a power cut would. */
export async function killBrowser(profile: string): Promise<void> {
  const killed = processesOf(profile);
  for (const pid of killed) process.kill(pid, "SIGKILL");
  while (killed.some((pid) => processesOf(profile).includes(pid))) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** The processes whose command line names the profile's folder. */
function processesOf(profile: string): readonly number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .filter((pid) => commandOf(pid).includes(`--user-data-dir=${profile}`))
    .map(Number);
}

function commandOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8");
  } catch {
    return "";
  }
}

/** What a page did that no page of ours may do; every list stays empty on a sound page. */
export type Misdeeds = {
  /** Blocked by our Content-Security-Policy, as `directive: what`. */
  readonly violations: string[];
  /** Addresses asked for outside the server's origin. */
  readonly foreign: string[];
  /** Uncaught exceptions and console errors. */
  readonly errors: string[];
};

/**
 * Opens an empty page whose misdeeds are collected from its first request on.
 *
 * Foreign requests are refused as well as recorded, so that a test can never reach the network.
 */
export async function openPage(
  context: BrowserContext,
  origin: string,
): Promise<{ readonly page: Page; readonly misdeeds: Misdeeds }> {
  const misdeeds: Misdeeds = { violations: [], foreign: [], errors: [] };
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  await page.exposeFunction("jumpkitTestViolation", (text: string) => misdeeds.violations.push(text));
  await page.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", (event) => {
      const report = (window as unknown as { jumpkitTestViolation: (text: string) => void })
        .jumpkitTestViolation;
      report(`${event.effectiveDirective}: ${event.blockedURI} ${event.sourceFile ?? ""}`);
    });
  });
  await page.route(
    (url) => url.origin !== origin && /^(https?|wss?):$/.test(url.protocol),
    (route) => {
      misdeeds.foreign.push(route.request().url());
      return route.abort();
    },
  );
  page.on("pageerror", (error) => misdeeds.errors.push(String(error)));
  page.on("console", (message) => {
    // The browser reports every refused answer so; pages show refusals, and that is no misdeed.
    const refused = message.text().startsWith("Failed to load resource");
    if (message.type() === "error" && !refused) misdeeds.errors.push(message.text());
  });
  return { page, misdeeds };
}

/** What a page must not have done: the same three lists, all empty. */
export const NO_MISDEEDS: Misdeeds = { violations: [], foreign: [], errors: [] };

/**
 * Opens a page in a session of its own, in which the person of `client` is signed in.
 *
 * @param client  whose session cookie the page gets; nobody is signed in when absent
 */
export async function pageOf(
  browser: RunningBrowser,
  origin: string,
  client?: { readonly cookie: string },
): Promise<{ readonly page: Page; readonly misdeeds: Misdeeds }> {
  const context = await browser.newContext({ baseURL: origin, viewport: SIZES.laptop });
  if (client !== undefined) {
    const [name = "", value = ""] = client.cookie.split("=", 2);
    await context.addCookies([{ name, value, url: origin }]);
  }
  return openPage(context, origin);
}

/** The two designs every page is judged in. */
export const SCHEMES = ["light", "dark"] as const;

/** The rules whose findings depend on the colours of a design; all others see the same page in both. */
const COLOUR_RULES = ["color-contrast", "link-in-text-block"];

const AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

type AxeResult = {
  readonly violations: ReadonlyArray<{
    readonly id: string;
    readonly help: string;
    readonly nodes: ReadonlyArray<{ readonly target: readonly unknown[]; readonly failureSummary?: string }>;
  }>;
};

/**
 * What axe finds wrong on the page as it stands, in the light design by every rule, and in the dark one by
 * those that look at colours; empty is clean.
 *
 * Each finding reads `scheme rule: help – where – why`. The page is left in the dark design.
 */
export async function axeFindings(page: Page): Promise<readonly string[]> {
  const findings: string[] = [];
  await loadAxe(page);
  for (const scheme of SCHEMES) {
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
    // A page that works without script follows the browser at once and says nothing of it.
    await page.waitForFunction((wanted) => {
      const { mantineColorScheme: shown } = document.documentElement.dataset;
      return shown === undefined || shown === wanted;
    }, scheme);
    const runOnly =
      scheme === SCHEMES[0] ? { type: "tag", values: AXE_TAGS } : { type: "rule", values: COLOUR_RULES };
    const result = await page.evaluate(async (only) => {
      const { axe } = window as unknown as {
        axe: { run: (root: Document, how: object) => Promise<unknown> };
      };
      return axe.run(document, { runOnly: only, resultTypes: ["violations"] });
    }, runOnly);
    for (const { id, help, nodes } of (result as AxeResult).violations) {
      for (const node of nodes) {
        findings.push(`${scheme} ${id}: ${help} – ${node.target.join(" ")} – ${node.failureSummary ?? ""}`);
      }
    }
  }
  return findings;
}

/** Evaluated through the debugger, which the page's own CSP does not bind. */
async function loadAxe(page: Page): Promise<void> {
  if (await page.evaluate(() => "axe" in window)) return;
  const source = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
  await page.evaluate(source);
}

/** The sizes a page is looked at in: a laptop, and the phone in the other hand. */
export const SIZES = {
  laptop: { width: 1440, height: 900 },
  phone: { width: 390, height: 844 },
} as const;

/**
 * Takes `folder/name-size-scheme.png` in both sizes and both designs, and leaves the page as a light laptop.
 *
 * For people to look at: nothing compares pixels.
 */
export async function takeScreenshots(page: Page, folder: string, name: string): Promise<void> {
  for (const [size, viewport] of Object.entries(SIZES)) {
    await page.setViewportSize(viewport);
    for (const scheme of SCHEMES) {
      await page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
      await page.evaluate(() => document.fonts.ready.then(() => undefined));
      await page.screenshot({ path: `${folder}/${name}-${size}-${scheme}.png` });
    }
  }
  await page.setViewportSize(SIZES.laptop);
  await page.emulateMedia({ colorScheme: "light" });
}
