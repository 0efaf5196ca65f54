/**
 * Builds what is stale: the server and command line with esbuild, the pages with Vite.
 *
 * A part is stale when its inputs' names, sizes and times differ from those of its last build.
 */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const SERVER_SIDE = ["core", "tlog", "exchange", "host", "app", "store", "server", "jumpkit"];

const PARTS = [
  {
    name: "server and command line",
    inputs: [...SERVER_SIDE.map((name) => `packages/${name}/src`), "tools/build.mjs", "package-lock.json"],
    output: "packages/jumpkit/dist",
    build: buildServer,
  },
  {
    name: "pages",
    inputs: ["packages/web", "packages/core/src", "packages/app/src", "tools/build.mjs", "package-lock.json"],
    output: "packages/web/dist",
    build: buildPages,
  },
];

/** Builds every stale part, one after the other, saying what it does and how long it took. */
export async function buildStale({ log = console.error } = {}) {
  for (const part of PARTS) {
    const stamp = join(root, part.output, ".inputs");
    const now = fingerprint(part.inputs);
    if (existsSync(stamp) && readFileSync(stamp, "utf8") === now) continue;
    const startedAt = performance.now();
    log(`Building the ${part.name} …`);
    await part.build();
    mkdirSync(join(root, part.output), { recursive: true });
    writeFileSync(stamp, now);
    log(`Built the ${part.name} in ${((performance.now() - startedAt) / 1000).toFixed(1)} s`);
  }
}

function fingerprint(inputs) {
  const hash = createHash("sha256");
  for (const input of inputs) visit(join(root, input));
  return hash.digest("hex");

  function visit(path) {
    const stat = statSync(path, { throwIfNoEntry: false });
    if (stat === undefined) return;
    if (stat.isDirectory()) {
      for (const name of readdirSync(path).sort()) {
        if (name !== "node_modules" && name !== "dist" && name !== ".types") visit(join(path, name));
      }
      return;
    }
    hash.update(`${path}\0${stat.size}\0${stat.mtimeMs}\n`);
  }
}

async function buildServer() {
  const { build } = await import("esbuild");
  const outdir = join(root, "packages/jumpkit/dist");
  rmSync(outdir, { recursive: true, force: true });
  await build({
    entryPoints: ["main.ts", "serve.ts", "intake/parse-thread.ts", "document/print-thread.ts"].map((name) =>
      join(root, "packages/jumpkit/src", name),
    ),
    outbase: join(root, "packages/jumpkit/src"),
    outdir,
    bundle: true,
    platform: "node",
    target: "node20",
    format: "esm",
    conditions: ["source"],
    // A start that reads eight files instead of eight hundred takes half a second less. What brings machine code
    // of its own stays outside; `pg` looks for the second only where somebody installed it.
    external: ["@node-rs/argon2", "pg-native"],
    banner: { js: REQUIRE },
    // The engine keeps the text of what it runs: without comments and spaces that is a third shorter, and one byte a
    // character instead of two. Names stay, and lines short enough for a trace to name a place.
    minifyWhitespace: true,
    lineLimit: 200,
    legalComments: "external",
    sourcemap: true,
    splitting: true,
    logLevel: "warning",
  });
}

/** Packages in CommonJS ask for Node's modules by `require` and for their own folder, which a module does not have. */
const REQUIRE = [
  'import { createRequire as requireFrom } from "node:module";',
  'import { dirname as folderOf } from "node:path";',
  "const require = requireFrom(import.meta.url);",
  "const __dirname = folderOf(new URL(import.meta.url).pathname);",
].join(" ");

/** Bundles our own packages and leaves everything from npm to be resolved at run time. */
export const npmPackagesStayOutside = {
  name: "npm-packages-stay-outside",
  setup(build) {
    build.onResolve({ filter: /^[^./]/ }, ({ path, kind }) =>
      kind === "entry-point" || path.startsWith("@jumpkit/") ? undefined : { path, external: true },
    );
  },
};

async function buildPages() {
  const { build } = await import("vite");
  await build({ root: join(root, "packages/web"), logLevel: "warn" });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) await buildStale();
