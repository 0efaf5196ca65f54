import { spawn } from "node:child_process";
import { createHmac } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { childrenOf, cpuSeconds, familyCpuSeconds } from "./process.mjs";
import { MAIN, ROOT } from "./root.mjs";
import { Visitor } from "./visitor.mjs";

/** The ways to start: the server itself, and the command that an operator types. */
export const STARTS = {
  server: [process.execPath, MAIN, "serve"],
  npm: ["npm", "start", "--"],
};

/** The built product as its operator runs it, with its embedded database, on a data folder of its own. */
export class Served {
  url = "";
  #secret = "";
  #said = "";
  #child;

  constructor(dataFolder = mkdtempSync(join(tmpdir(), "jumpkit-bench-"))) {
    this.dataFolder = dataFolder;
    // Nothing that we started outlives us, however this run ends.
    process.once("exit", this.#interrupt);
  }

  /** A server that answers. */
  static async start(command = STARTS.server) {
    const served = new Served();
    await served.start(command);
    return served;
  }

  /** Starts; resolves when it says that it is ready. */
  async start([program, ...words] = STARTS.server, folder = ROOT) {
    this.#said = "";
    // In a group of its own, which gets the Ctrl-C that ends it: npm is a process before the server's.
    const child = spawn(program, [...words, "--data", this.dataFolder, "--port", "0"], {
      cwd: folder,
      env: environment(),
      detached: true,
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.#child = child;
    const hear = (bytes) => {
      this.#said += bytes;
    };
    child.stdout.on("data", hear);
    child.stderr.on("data", hear);
    this.url = await this.#word(/Jumpkit is ready: (\S+)/);
    if (this.#secret === "") this.#secret = await this.#word(/\/setup#([0-9a-f]{64})/);
  }

  /** The secret of the set-up link that it printed at its first start. */
  get setUpSecret() {
    return this.#secret;
  }

  get pid() {
    return this.#child.pid;
  }

  get postmasterPid() {
    return Number(this.#postmaster()[0]);
  }

  /** The ids of the server and of every process of its database. */
  pids() {
    return [this.pid, this.postmasterPid, ...childrenOf(this.postmasterPid)];
  }

  /** CPU seconds that the server and its database have used so far. */
  cpu() {
    return { server: cpuSeconds(this.pid), database: familyCpuSeconds(this.postmasterPid) };
  }

  /** How `pg` reaches the database as the owner of the tables, as the server itself does. */
  connection() {
    const secret = readFileSync(join(this.dataFolder, "database", "password"), "utf8").trim();
    return {
      host: this.#postmaster()[4],
      port: 5432,
      database: "jumpkit",
      user: "jumpkit",
      password: createHmac("sha256", secret).update("jumpkit").digest("base64url"),
      options: "-c timezone=UTC -c datestyle=ISO -c intervalstyle=postgres",
    };
  }

  visitor() {
    return new Visitor(this.url);
  }

  /** The secret of a link that founds one more organisation. */
  async anotherSetUpSecret() {
    const child = spawn(process.execPath, [MAIN, "organisation", "--data", this.dataFolder], {
      cwd: ROOT,
      env: environment(),
      stdio: ["ignore", "pipe", "inherit"],
    });
    let said = "";
    child.stdout.on("data", (bytes) => {
      said += bytes;
    });
    await once(child, "close");
    return /\/setup#([0-9a-f]{64})/.exec(said)?.[1] ?? "";
  }

  /** Stops it as Ctrl-C does, its database too. */
  async stop() {
    if (this.#interrupt()) await once(this.#child, "exit");
  }

  /** Whether there was something to interrupt. */
  #interrupt = () => {
    const child = this.#child;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return false;
    process.kill(-child.pid, "SIGINT");
    return true;
  };

  /** Stops it and removes its data. */
  async remove() {
    await this.stop();
    process.off("exit", this.#interrupt);
    rmSync(this.dataFolder, { recursive: true, force: true });
  }

  /** The lines of PostgreSQL's own note on who runs: process id first, folder of the socket fifth. */
  #postmaster() {
    return readFileSync(join(this.dataFolder, "database", "cluster", "postmaster.pid"), "utf8").split("\n");
  }

  async #word(sentence) {
    for (const deadline = performance.now() + 90_000; performance.now() < deadline; ) {
      const word = sentence.exec(this.#said)?.[1];
      if (word !== undefined) return word;
      if (this.#child.exitCode !== null) break;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    throw new Error(`The server did not say ${sentence}. It said:\n${this.#said}`);
  }
}

/** Ours, without what would lead to another database or data folder, or make npm look for news. */
function environment() {
  const { DATABASE_URL: _, JUMPKIT_DATA: __, ...rest } = process.env;
  return { ...rest, npm_config_update_notifier: "false" };
}
