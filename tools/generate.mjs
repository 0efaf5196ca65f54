/**
 * `npm run generate` writes what follows from the code: docs/reference, and the diagram of docs/architecture.md.
 *
 * `npm run check` makes the same texts and fails when the files differ.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";
import { PACKAGES, PHASES } from "../.dependency-cruiser.mjs";
import { npmPackagesStayOutside } from "./build.mjs";

const DIAGRAM = /(<!-- diagram:begin -->\n)[\s\S]*?(<!-- diagram:end -->)/;

/** Every generated file: its path and the text it has to have. */
async function generated(root) {
  const reference = await loadReference(root);
  const architecture = join(root, "docs/architecture.md");
  const files = Object.entries(reference.referenceFiles()).map(([name, text]) => [
    `docs/reference/${name}`,
    text,
  ]);
  if (existsSync(architecture)) {
    const text = readFileSync(architecture, "utf8").replace(
      DIAGRAM,
      (_, begin, end) => begin + diagram() + end,
    );
    files.push(["docs/architecture.md", text]);
  }
  return files;
}

/** One sentence for each generated file that is not what the code says. */
export async function generatedProblems(root) {
  const stale = (await generated(root)).filter(([path, text]) => {
    const file = join(root, path);
    return !existsSync(file) || readFileSync(file, "utf8") !== text;
  });
  return stale.map(([path]) => `${path} is not what the code says: run npm run generate`);
}

/** The packages and phases as a Mermaid drawing, from the same tables that the walls are made of. */
function diagram() {
  const edges = Object.entries(PACKAGES).flatMap(([from, allowed]) =>
    allowed.map((to) => `  ${from} --> ${to}`),
  );
  const phases = PHASES.slice(1).map((phase, index) => `    ${phase} --> ${PHASES[index]}`);
  return [
    "```mermaid",
    "flowchart BT",
    ...edges,
    "  subgraph inside core",
    ...phases,
    "  end",
    "```",
    "",
  ].join("\n");
}

/** The product's own description of itself, bundled on the fly: it is TypeScript. */
async function loadReference(root) {
  const outfile = join(root, "node_modules/.cache/jumpkit/reference.mjs");
  await build({
    entryPoints: [join(root, "tools/reference.ts")],
    outfile,
    bundle: true,
    plugins: [npmPackagesStayOutside],
    platform: "node",
    format: "esm",
    target: "node20",
    conditions: ["source"],
    logLevel: "error",
  });
  return import(pathToFileURL(outfile).href);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const root = dirname(dirname(fileURLToPath(import.meta.url)));
  for (const [path, text] of await generated(root)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
    console.log(`wrote ${path}`);
  }
}
