import { type ChildProcess, execFileSync, spawn, spawnSync } from "node:child_process";
import { chownSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const PROGRAMS = "/usr/lib/postgresql/15/bin";
const PORT = "54329";

/** The same product on Debian's PostgreSQL 15, the oldest that it promises to work with. */
describe("a PostgreSQL of one's own", () => {
  let folder: string;
  let server: ChildProcess;

  beforeAll(async () => {
    if (!existsSync(PROGRAMS))
      throw new Error("Debian's PostgreSQL is missing: apt-get install postgresql-15");
    folder = mkdtempSync(join(tmpdir(), "jumpkit-pg15-"));
    const account: Account = userInfo().uid === 0 ? accountOf("postgres") : {};
    if (account.uid !== undefined) chownSync(folder, account.uid, account.gid);
    const data = join(folder, "data");
    execFileSync(join(PROGRAMS, "initdb"), ["-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8"], {
      ...account,
      cwd: folder,
    });
    server = spawn(
      join(PROGRAMS, "postgres"),
      ["-D", data, "-p", PORT, "-h", "127.0.0.1", "-k", folder, "-c", "fsync=off"],
      {
        ...account,
        cwd: folder,
        stdio: "ignore",
      },
    );
    await untilItAnswers();
  });
  afterAll(() => {
    server?.kill("SIGINT");
    rmSync(folder, { recursive: true, force: true });
  });

  it("carries the product through the same tests as the embedded one", () => {
    const run = testsOnIt([
      ...["--project", "unit", "--project", "whole"],
      "packages/store/src/database/migrate",
      "packages/store/src/database/transaction",
      "packages/store/src/document/log",
      "packages/store/src/prepare",
      "packages/store/src/housekeeping",
      "tests/lifecycle",
      "tests/security/authorisation",
      "tests/security/record",
      "tests/security/hostile",
    ]);

    expect(run.status, run.said.slice(-4000)).toBe(0);
    expect(run.said).toMatch(/Tests +\d\d+ passed/);
  });

  it("carries three people through the whole film", () => {
    const run = testsOnIt(["--project", "browser", "tests/browser/film.test.ts"]);

    expect(run.status, run.said.slice(-4000)).toBe(0);
    expect(run.said).toMatch(/Tests +\d\d passed/);
  });

  async function untilItAnswers(): Promise<void> {
    for (let tries = 0; tries < 200; tries++) {
      const ready = spawnSync(join(PROGRAMS, "pg_isready"), ["-h", "127.0.0.1", "-p", PORT]);
      if (ready.status === 0) return;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error("Debian's PostgreSQL did not start within twenty seconds");
  }
});

/** Runs tests with this server in the place of the embedded one. */
function testsOnIt(which: readonly string[]): { readonly status: number | null; readonly said: string } {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ["node_modules/vitest/vitest.mjs", "run", ...which],
    {
      encoding: "utf8",
      env: {
        ...process.env,
        TEST_DATABASE_URL: `postgresql://postgres@127.0.0.1:${PORT}/postgres`,
        NO_COLOR: "1",
      },
    },
  );
  return { status, said: `${stdout}${stderr}` };
}

/** Whose processes these are; nobody's in particular when we are an ordinary user ourselves. */
type Account = { readonly uid: number; readonly gid: number } | { readonly uid?: undefined };

function accountOf(name: string): Account {
  const read = (flag: string): number => Number(execFileSync("id", [flag, name], { encoding: "utf8" }));
  return { uid: read("-u"), gid: read("-g") };
}
