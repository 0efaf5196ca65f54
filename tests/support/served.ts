import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Browserless } from "./browserless.ts";

/** The built product as its operator runs it: a process of its own, with its embedded database. */
export class Served {
  readonly dataFolder: string;
  url = "";
  setUpSecret = "";
  #child: ChildProcess | undefined;
  #said = "";

  private constructor(dataFolder: string) {
    this.dataFolder = dataFolder;
  }

  /** A server on a data folder of its own, started and ready. */
  static async start(): Promise<Served> {
    const served = new Served(await mkdtemp(join(tmpdir(), "jumpkit-served-")));
    await served.start();
    return served;
  }

  /** A server on a data folder that is there already. */
  static async over(dataFolder: string): Promise<Served> {
    const served = new Served(dataFolder);
    served.setUpSecret = "founded already";
    await served.start();
    return served;
  }

  /** Runs `jumpkit restore` into a fresh folder. */
  static async restored(backup: string, ...words: string[]) {
    const served = new Served(await mkdtemp(join(tmpdir(), "jumpkit-restored-")));
    return { dataFolder: served.dataFolder, ...(await served.run("restore", backup, ...words)) };
  }

  /** Starts the process; resolves when it says that it is ready. */
  async start(): Promise<void> {
    this.#said = "";
    const port = this.url === "" ? "0" : new URL(this.url).port;
    const child = spawn(
      process.execPath,
      ["packages/jumpkit/dist/main.js", "serve", "--data", this.dataFolder, "--port", port],
      { env: withoutDatabase(), stdio: ["ignore", "pipe", "pipe"] },
    );
    this.#child = child;
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on("data", (bytes: Buffer) => {
        this.#said += bytes.toString();
      });
    }
    const ready = await this.#until(/Jumpkit is ready: (\S+)/);
    this.url = ready[1] ?? "";
    if (this.setUpSecret === "") this.setUpSecret = (await this.#until(/\/setup#([0-9a-f]{64})/))[1] ?? "";
  }

  /** The number of its process. */
  get pid(): number {
    return this.#child?.pid ?? 0;
  }

  /** Everything it has said since it was started. */
  get said(): string {
    return this.#said;
  }

  visitor(): Browserless {
    return new Browserless(this.url);
  }

  /** Kills the server's process without a word of warning; the database goes on as an orphan. */
  async kill(): Promise<void> {
    await this.#end("SIGKILL");
  }

  /** Ends it as Ctrl-C does; gives the exit code. */
  async stop(): Promise<number | null> {
    return this.#end("SIGINT");
  }

  /** Runs another command of the product on the same data; gives what it wrote and its exit code. */
  async run(...words: string[]): Promise<{ readonly code: number | null; readonly said: string }> {
    const child = spawn(
      process.execPath,
      ["packages/jumpkit/dist/main.js", ...words, "--data", this.dataFolder],
      {
        env: withoutDatabase(),
        stdio: ["ignore", "pipe", "pipe"],
      },
    );
    let said = "";
    for (const stream of [child.stdout, child.stderr])
      stream.on("data", (bytes: Buffer) => (said += bytes.toString()));
    const [code] = (await once(child, "close")) as [number | null];
    return { code, said };
  }

  /** Stops everything and removes the data. */
  async remove(): Promise<void> {
    if (this.#child?.exitCode !== null || this.#child.signalCode !== null) await this.start().catch(() => {});
    await this.stop();
    await rm(this.dataFolder, { recursive: true, force: true });
  }

  async #end(signal: NodeJS.Signals): Promise<number | null> {
    const child = this.#child;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null)
      return child?.exitCode ?? null;
    child.kill(signal);
    const [code] = (await once(child, "exit")) as [number | null];
    return code;
  }

  async #until(sentence: RegExp): Promise<RegExpExecArray> {
    for (let waitedMs = 0; waitedMs < 90_000; waitedMs += 20) {
      const match = sentence.exec(this.#said);
      if (match !== null) return match;
      if (this.#child?.exitCode != null) break;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    throw new Error(`The server did not say ${sentence}. It said:\n${this.#said}`);
  }
}

/** These tests run the embedded database whatever the rest of the suite uses. */
function withoutDatabase(): NodeJS.ProcessEnv {
  const { DATABASE_URL: _, JUMPKIT_DATA: __, ...env } = process.env;
  return env;
}
