import { defineConfig } from "vitest/config";

/** Tests read the source of every package, never a build: the export condition `source` leads there. */
const source = {
  resolve: { conditions: ["source"] },
  ssr: { resolve: { conditions: ["source"], externalConditions: ["source"] } },
};

/** Files of one worker share the modules they load: none of ours keeps anything of one test for the next. */
const project = (name: string, testTimeout: number, ...include: string[]) => ({
  ...source,
  test: {
    ...{ name, include, testTimeout, hookTimeout: 300_000, isolate: false },
    // What is waited for comes within a moment; a busy machine may take longer over it, and is no fault of ours.
    expect: { poll: { timeout: 30_000 } },
  },
});

export default defineConfig({
  test: {
    globalSetup: ["tests/support/global-setup.ts"],
    // One more than the cores that we plan for: tests that wait for a server to come up leave room.
    maxWorkers: 3,
    projects: [
      project("unit", 30_000, "packages/*/src/**/*.test.{ts,tsx}", "tools/**/*.test.ts"),
      project("whole", 300_000, "tests/{lifecycle,house,security}/**/*.test.ts"),
      project("browser", 300_000, "tests/browser/**/*.test.ts"),
      project("debian", 900_000, "tests/debian/**/*.test.ts"),
      project("adversary", 3_600_000, "tests/adversary/**/*.test.ts"),
    ],
  },
});
