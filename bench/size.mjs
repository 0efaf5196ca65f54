/** How much disk an installation takes. */
import { execFileSync } from "node:child_process";
import { cpSync, lstatSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { figure } from "./support/figure.mjs";
import { ROOT } from "./support/root.mjs";
import { Served } from "./support/served.mjs";

export const SAYS =
  "Disk that the installed tree takes, and what a production start needs: a fresh clone after `npm ci --omit=dev`, with the built folders; started once to show that it is enough.";

const BUILT = ["packages/jumpkit/dist", "packages/web/dist"];

/** What holds results and history, and is no part of an installation. */
const LEFT_OUT = new Set([".git", "data", "coverage", ".cache"]);

export async function measure() {
  const installed = parts(ROOT);
  const production = await productionTree();
  return {
    figures: [
      figure("installed tree", megabytes(installed), "MB", { atMost: 850 }),
      figure("what a production start needs", megabytes(production), "MB", { atMost: 350 }),
      figure(
        "of that, packages from npm",
        megabytes(production, (name) => name.startsWith("node_modules/")),
        "MB",
      ),
    ],
    details: { installed: largest(installed), production: largest(production) },
  };
}

async function productionTree() {
  const folder = mkdtempSync(join(tmpdir(), "jumpkit-bench-production-"));
  try {
    execFileSync("git", ["clone", "--quiet", "--depth=1", `file://${ROOT}`, folder]);
    execFileSync("npm", ["ci", "--omit=dev", "--prefer-offline", "--loglevel=error"], {
      cwd: folder,
      stdio: ["ignore", "ignore", "inherit"],
    });
    for (const built of BUILT) cpSync(join(ROOT, built), join(folder, built), { recursive: true });
    const found = parts(folder);
    await startOnce(folder);
    return found;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function startOnce(folder) {
  const served = new Served();
  try {
    await served.start(undefined, folder);
    const visitor = served.visitor();
    await visitor.found(served.setUpSecret);
    visitor.leave();
  } finally {
    await served.remove();
  }
}

/** The bytes on disk of each package from npm and of everything else, a file with several names once. */
function parts(root) {
  const seen = new Set();
  const found = new Map();
  visit(root, "");
  return found;

  function visit(folder, path) {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      if (path === "" && LEFT_OUT.has(entry.name)) continue;
      const below = path === "" ? entry.name : `${path}/${entry.name}`;
      const { ino, blocks } = lstatSync(join(folder, entry.name));
      if (!seen.has(ino)) {
        const part = partOf(below);
        found.set(part, (found.get(part) ?? 0) + blocks * 512);
      }
      seen.add(ino);
      if (entry.isDirectory()) visit(join(folder, entry.name), below);
    }
  }
}

/** `node_modules/@scope/name`, `node_modules/name`, `packages/name`, or the first folder. */
function partOf(path) {
  const [first, second = "", third] = path.split("/");
  if (first === "node_modules" && second.startsWith("@") && third !== undefined)
    return `${first}/${second}/${third}`;
  return second !== "" && (first === "node_modules" || first === "packages") ? `${first}/${second}` : first;
}

function megabytes(found, isCounted = () => true) {
  return [...found].reduce((sum, [name, bytes]) => sum + (isCounted(name) ? bytes : 0), 0) / 1e6;
}

function largest(found) {
  const sorted = [...found].sort(([, a], [, b]) => b - a).slice(0, 15);
  return Object.fromEntries(sorted.map(([name, bytes]) => [name, `${(bytes / 1e6).toFixed(1)} MB`]));
}
