import { execFile } from "node:child_process";
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { homedir, tmpdir, userInfo } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { promisify } from "node:util";

/** A Chromium that can be started, and what its process needs in its environment. */
export type Browser = { readonly path: string; readonly env: Readonly<Record<string, string>> };

const DEBIAN_NAMES = ["chromium", "chromium-headless-shell"];

/**
 * Finds a Chromium: `JUMPKIT_TEST_BROWSER`, else Debian's, else the one that came with `npm ci`.
 *
 * The last is unpacked once per user into a cache folder (190 MB, about six seconds).
 * @throws when none can be had, so that a missing browser fails a test instead of skipping it
 */
export async function findBrowser(): Promise<Browser> {
  const named = process.env["JUMPKIT_TEST_BROWSER"];
  if (named !== undefined && named !== "") {
    if (!existsSync(named)) throw new Error(`JUMPKIT_TEST_BROWSER names ${named}, which does not exist`);
    return { path: named, env: {} };
  }
  const installed = onPath(DEBIAN_NAMES);
  if (installed !== undefined) return { path: installed, env: {} };
  return unpackFromNpm();
}

function onPath(names: readonly string[]): string | undefined {
  const folders = (process.env["PATH"] ?? "").split(delimiter);
  return folders
    .flatMap((folder) => names.map((name) => join(folder, name)))
    .find((path) => existsSync(path));
}

async function unpackFromNpm(): Promise<Browser> {
  const entry = createRequire(import.meta.url).resolve("@sparticuz/chromium");
  const manifest = join(dirname(entry), "../../package.json");
  const { version } = JSON.parse(readFileSync(manifest, "utf8")) as { version: string };
  const folder = join(cacheFolder(), `chromium-${version}`);
  if (!existsSync(join(folder, "chromium"))) await unpackInto(folder);
  return {
    path: join(folder, "chromium"),
    env: { LD_LIBRARY_PATH: join(folder, "al2023/lib"), FONTCONFIG_PATH: join(folder, "fonts") },
  };
}

/**
 * Unpacks beside the goal and renames, so that two test workers cannot meet half a browser.
 *
 * The package unpacks into the temporary directory of its process, and adds the libraries a bare Debian
 * lacks only when it believes it runs on Lambda: hence a child process with both set.
 */
async function unpackInto(folder: string): Promise<void> {
  const staging = mkdtempSync(`${folder}.`);
  try {
    await promisify(execFile)(
      process.execPath,
      ["--input-type=module", "-e", 'await (await import("@sparticuz/chromium")).default.executablePath()'],
      {
        cwd: dirname(new URL(import.meta.url).pathname),
        env: { ...process.env, TMPDIR: staging, AWS_LAMBDA_JS_RUNTIME: "nodejs20.x" },
      },
    );
    pointFontsAt(staging, folder);
    renameSync(staging, folder);
  } catch (cause) {
    rmSync(staging, { recursive: true, force: true });
    if (existsSync(join(folder, "chromium"))) return;
    throw new Error(`No browser for the tests: unpacking @sparticuz/chromium into ${folder} failed`, {
      cause,
    });
  }
}

/** Its fonts.conf names the system's temporary directory; a browser that finds no font dies at the first page. */
function pointFontsAt(staging: string, folder: string): void {
  const file = join(staging, "fonts/fonts.conf");
  const rewritten = readFileSync(file, "utf8").replace(
    /<dir>[^<]*<\/dir>/g,
    `<dir>${join(folder, "fonts")}</dir>`,
  );
  writeFileSync(file, rewritten);
}

function cacheFolder(): string {
  const wanted = join(process.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache"), "jumpkit-test");
  try {
    mkdirSync(wanted, { recursive: true });
    accessSync(wanted, constants.W_OK);
    return wanted;
  } catch {
    const fallback = join(tmpdir(), `jumpkit-test-${userInfo().uid}`);
    mkdirSync(fallback, { recursive: true, mode: 0o700 });
    return fallback;
  }
}
