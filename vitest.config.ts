import { defineConfig } from "vitest/config";

/** Tests read the source of every package, never a build: the export condition `source` leads there. */
const resolve = { conditions: ["source"] };
const ssr = { resolve: { conditions: ["source"], externalConditions: ["source"] } };

export default defineConfig({
  test: {
    globalSetup: ["tests/support/global-setup.ts"],
    testTimeout: 30_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
    projects: [
      {
        resolve,
        ssr,
        test: {
          name: "unit",
          include: ["packages/*/src/**/*.test.ts", "packages/*/src/**/*.test.tsx", "tools/**/*.test.ts"],
        },
      },
      {
        resolve,
        ssr,
        test: {
          name: "whole",
          include: [
            "tests/lifecycle/**/*.test.ts",
            "tests/house/**/*.test.ts",
            "tests/security/**/*.test.ts",
          ],
          testTimeout: 120_000,
        },
      },
      {
        resolve,
        ssr,
        test: { name: "debian", include: ["tests/debian/**/*.test.ts"], testTimeout: 120_000 },
      },
      {
        resolve,
        ssr,
        test: { name: "adversary", include: ["tests/adversary/**/*.test.ts"], testTimeout: 3_600_000 },
      },
    ],
  },
});
