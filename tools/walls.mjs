/** Cruises the sources with the rules of `.dependency-cruiser.mjs`; a cruise that read nothing has failed. */
import { cruise } from "dependency-cruiser";
import extractTSConfig from "dependency-cruiser/config-utl/extract-ts-config";
import rules from "../.dependency-cruiser.mjs";

/**
 * Every breach below `folders`, as sentences, and how many modules were read.
 *
 * @param {string[]} folders  relative to `baseDir`
 * @param {string} baseDir    the root of the house
 */
export async function breaches(folders, baseDir) {
  const { tsConfig, ...options } = rules.options;
  const { output } = await cruise(
    folders,
    { ...options, baseDir, ruleSet: { forbidden: rules.forbidden }, validate: true },
    options.enhancedResolveOptions,
    { tsConfig: extractTSConfig(new URL("../tsconfig.test.json", import.meta.url).pathname) },
  );
  return {
    moduleCount: output.summary.totalCruised,
    sentences: output.summary.violations.map(
      ({ rule, from, to }) => `${rule.name}: ${from} → ${to}\n    ${commentOf(rule.name)}`,
    ),
  };
}

function commentOf(name) {
  return rules.forbidden.find((rule) => rule.name === name)?.comment ?? "";
}
