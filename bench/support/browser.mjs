import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const ARGUMENTS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-dev-shm-usage",
  "--disable-background-networking",
];

/** A headless Chromium, found where the tests find theirs. Close it. */
export async function launchBrowser() {
  const { path, env = {}, remove = () => {} } = named() ?? debians() ?? cached() ?? unpacked();
  const browser = await chromium.launch({
    executablePath: path,
    args: ARGUMENTS,
    env: { ...process.env, ...env },
  });
  browser.once("disconnected", remove);
  return browser;
}

/** An empty page of a person who is signed in with the cookie. */
export async function openSignedIn(browser, url, cookie) {
  const context = await browser.newContext({ baseURL: url, viewport: { width: 1440, height: 900 } });
  const [name, value] = cookie.split("=");
  await context.addCookies([{ name, value, url, httpOnly: true, sameSite: "Strict" }]);
  return context.newPage();
}

function named() {
  const path = process.env.JUMPKIT_TEST_BROWSER;
  return path === undefined || path === "" ? undefined : { path };
}

function debians() {
  const path = (process.env.PATH ?? "")
    .split(delimiter)
    .flatMap((folder) => ["chromium", "chromium-headless-shell"].map((name) => join(folder, name)))
    .find((candidate) => existsSync(candidate));
  return path && { path };
}

/** The one that the browser tests unpacked for this user. */
function cached() {
  const cache = join(process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"), "jumpkit-test");
  const manifest = join(dirname(packaged()), "../../package.json");
  const folder = join(cache, `chromium-${JSON.parse(readFileSync(manifest, "utf8")).version}`);
  return existsSync(join(folder, "chromium")) ? inFolder(folder) : undefined;
}

/** The one from npm, unpacked for this run; its libraries come along only where it believes it runs on Lambda. */
function unpacked() {
  const folder = mkdtempSync(join(tmpdir(), "jumpkit-bench-browser-"));
  const program = 'await (await import("@sparticuz/chromium")).default.executablePath()';
  execFileSync(process.execPath, ["--input-type=module", "-e", program], {
    cwd: import.meta.dirname,
    env: { ...process.env, TMPDIR: folder, AWS_LAMBDA_JS_RUNTIME: "nodejs20.x" },
  });
  const fonts = join(folder, "fonts", "fonts.conf");
  const dir = `<dir>${join(folder, "fonts")}</dir>`;
  writeFileSync(fonts, readFileSync(fonts, "utf8").replace(/<dir>[^<]*<\/dir>/g, dir));
  return { ...inFolder(folder), remove: () => rmSync(folder, { recursive: true, force: true }) };
}

function inFolder(folder) {
  const env = { LD_LIBRARY_PATH: join(folder, "al2023/lib"), FONTCONFIG_PATH: join(folder, "fonts") };
  return { path: join(folder, "chromium"), env };
}

function packaged() {
  return fileURLToPath(import.meta.resolve("@sparticuz/chromium"));
}
