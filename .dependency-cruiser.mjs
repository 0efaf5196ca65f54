/**
 * The walls of the house, as tables. Rules and the diagram of docs/architecture.md are made from them.
 *
 * A comment says what to do about a breach, not only that there is one.
 */

/** Which packages of ours each package may import. */
export const PACKAGES = {
  core: [],
  tlog: [],
  exchange: ["core"],
  host: ["core", "tlog"],
  app: ["core", "exchange"],
  store: ["core", "tlog", "app"],
  server: ["core", "app"],
  web: ["core", "app"],
  jumpkit: ["core", "tlog", "exchange", "host", "app", "store", "server"],
};

/** The folders of core, in the one direction that imports run: each may use those before it. */
export const PHASES = [
  "kernel",
  "document",
  "prepare",
  "detect",
  "contain",
  "recover",
  "coordinate",
  "learn",
];

/** What core and app may use from outside: schemas, and nothing that can reach the world. */
const PURE = ["core", "app"];

const packageWalls = Object.entries(PACKAGES).map(([name, allowed]) => ({
  name: `${name}-imports-only-${allowed.join("-") || "itself"}`,
  severity: "error",
  comment: `${name} may import ${allowed.join(", ") || "none of our packages"}. Move the shared part into one of those, or pass it in through a port.`,
  from: { path: `^packages/${name}/src` },
  to: {
    path: "^packages/[^/]+/src",
    pathNot: `^packages/(${[name, ...allowed].join("|")})/src`,
  },
}));

const phaseWalls = PHASES.slice(0, -1).map((phase, index) => ({
  name: `core-${phase}-uses-only-earlier-phases`,
  severity: "error",
  comment: `core/${phase} may not know ${PHASES.slice(index + 1).join(", ")}. Refer to later things by id, or move the rule there.`,
  from: { path: `^packages/core/src/${phase}/` },
  to: { path: `^packages/core/src/(${PHASES.slice(index + 1).join("|")})/` },
}));

const appPhaseWalls = PHASES.slice(1).map((phase) => ({
  name: `app-${phase}-stands-alone`,
  severity: "error",
  comment: `Operations of ${phase} may not import those of another phase: both call a rule of core.`,
  from: { path: `^packages/app/src/${phase}/` },
  to: {
    path: `^packages/app/src/(${PHASES.slice(1)
      .filter((each) => each !== phase)
      .join("|")})/`,
  },
}));

export default {
  forbidden: [
    ...packageWalls,
    ...phaseWalls,
    ...appPhaseWalls,
    {
      name: "no-cycles",
      severity: "error",
      comment: "Two files that need each other are one file, or lack a third one below them.",
      from: { path: "^packages" },
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    },
    {
      name: "rules-are-pure",
      severity: "error",
      comment:
        "core, exchange and app read no file, clock, socket or random source: take it as an argument or a port.",
      from: { path: `^packages/(${[...PURE, "exchange"].join("|")})/src`, pathNot: "\\.test\\.ts$" },
      to: { dependencyTypes: ["core"] },
    },
    {
      name: "pure-packages-use-zod-alone",
      severity: "error",
      comment: "core and app depend on zod and nothing else from outside.",
      from: { path: `^packages/(${PURE.join("|")})/src`, pathNot: "\\.test\\.ts$" },
      to: { path: "node_modules", pathNot: "node_modules/zod/" },
    },
    {
      name: "no-import-of-tests",
      severity: "error",
      comment: "The product does not import tests. Move what both need into the product.",
      from: { path: "^packages", pathNot: "\\.test\\.tsx?$" },
      to: { path: "(\\.test\\.tsx?$|^tests/)" },
    },
    {
      name: "no-development-dependency-in-product",
      severity: "error",
      comment:
        "What the product imports is a dependency of its package, not of development. The pages are built before they are shipped.",
      from: { path: "^packages/(?!web/)", pathNot: "\\.test\\.ts$" },
      to: { dependencyTypes: ["npm-dev"], pathNot: "node_modules/@types/" },
    },
    {
      name: "everything-resolves",
      severity: "error",
      comment: "An import that leads nowhere.",
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: "no-orphans",
      severity: "error",
      comment: "A file that nothing imports: delete it or use it.",
      from: {
        orphan: true,
        path: "^packages",
        pathNot: "(\\.test\\.tsx?$|\\.d\\.ts$|/(main|index)\\.tsx?$|vite\\.config\\.ts$)",
      },
      to: {},
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "(/dist/|/\\.types/)" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.test.json" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["source", "import", "node", "default"],
      extensions: [".ts", ".tsx", ".js", ".mjs", ".json", ".css"],
    },
    skipAnalysisNotInRules: false,
  },
};
