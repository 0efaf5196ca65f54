/**
 * `npm run lock`: completes package-lock.json after `npm install`.
 *
 * A registry mirror that holds no packages for other platforms makes npm leave them out of the lockfile, and
 * `npm ci` then refuses the lockfile everywhere. Each one left out gets an entry that bears its version and its
 * platform, so that `npm ci` knows of it and, here, has no need of it.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const SYSTEMS = [
  "aix",
  "android",
  "darwin",
  "freebsd",
  "linux",
  "netbsd",
  "openbsd",
  "openharmony",
  "sunos",
  "win32",
];
const PROCESSORS = [
  "arm64",
  "arm",
  "ia32",
  "loong64",
  "mips64el",
  "ppc64",
  "riscv64",
  "s390x",
  "wasm32",
  "x64",
];

/** One sentence for each optional package of another platform that the lockfile leaves out. */
export function lockProblems(root) {
  const missing = Object.keys(leftOut(readLock(root)));
  return missing.map((path) => `package-lock.json leaves out ${path}: run npm run lock`);
}

function readLock(root) {
  return JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8"));
}

/** The entries that are missing, by their path in the lockfile. */
function leftOut({ packages }) {
  const missing = {};
  for (const [path, entry] of Object.entries(packages)) {
    for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
      const known = `${path}/node_modules/${name}` in packages || `node_modules/${name}` in packages;
      if (!known)
        missing[`node_modules/${name}`] = {
          version,
          ...traits(name),
          ...(entry.dev ? { dev: true } : {}),
          optional: true,
        };
    }
  }
  return missing;
}

/** The platform that such a package is named after: `cli-linux-arm64-musl`. A name without one is a mistake. */
function traits(name) {
  const words = name.split("/").at(-1).split(/[-.]/);
  const os = SYSTEMS.find((system) => words.includes(system));
  const cpu = PROCESSORS.find((processor) => words.includes(processor));
  if (os === undefined && cpu !== "wasm32") throw new Error(`Which platform is ${name} for?`);
  const libc = words.includes("musl") || words.some((word) => word.startsWith("musl")) ? ["musl"] : undefined;
  return { cpu: [cpu], ...(os === undefined ? {} : { os: [os] }), ...(libc === undefined ? {} : { libc }) };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const root = fileURLToPath(new URL("..", import.meta.url));
  const lock = readLock(root);
  const missing = leftOut(lock);
  const packages = Object.fromEntries(
    Object.entries({ ...lock.packages, ...missing }).sort(([a], [b]) => (a < b ? -1 : 1)),
  );
  writeFileSync(join(root, "package-lock.json"), `${JSON.stringify({ ...lock, packages }, null, 2)}\n`);
  console.log(`Added ${Object.keys(missing).length} entries`);
}
