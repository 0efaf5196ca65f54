import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import { createInterface } from "node:readline";
import { programOnPath } from "../program.ts";
import { type RawPath, shownPath } from "./raw-path.ts";

/** What a scanner is told. */
export interface ScanSettings {
  /** Ends a scanner that takes longer, in milliseconds. */
  readonly timeMaxMs: number;
  /** ClamAV's signatures, where they are not in their usual place: a file or a folder. */
  readonly clamavDatabase?: string | undefined;
  /** YARA rules of the operator; without any, YARA is not run. */
  readonly yaraRules: readonly string[];
}

/** What one scanner said of the files in a list. */
export interface Scan {
  /** Name and version, such as `ClamAV 1.4.6`; without a version where it was not run. */
  readonly engine: string;
  /** Day or moment of its signatures as it tells it itself; for YARA the digest of the rules. Empty: not told. */
  readonly signatures: string;
  /** Whether it went through all files. */
  readonly isComplete: boolean;
  /** Why it was not run, or not to its end; empty where it was. */
  readonly because: string;
  readonly foundCount: number;
  /** The first of them, for people. */
  readonly found: readonly string[];
}

const FOUND_MAX = 100;
const SAID_MAX = 200;
const VERSION_TIME_MS = 60_000;

/** What was found by every scanner that is here, in the files that `list` names, one on each line. */
export async function scanFiles(list: string, settings: ScanSettings): Promise<Scan[]> {
  return [await byClamav(list, settings), await byYara(list, settings)];
}

async function byClamav(list: string, { timeMaxMs, clamavDatabase }: ScanSettings): Promise<Scan> {
  const program = programOnPath("clamscan");
  if (program === undefined) return notRun("ClamAV", "clamscan is not installed");
  const database = clamavDatabase === undefined ? [] : [`--database=${clamavDatabase}`];
  // `ClamAV 1.4.6/27123/Mon Nov 17 09:30:01 2025`; the last two only where it has signatures of the project.
  const [version = "ClamAV", number, moment] = firstLine(program, [...database, "--version"]).split("/");
  // Without limits of ours it passes over files of 100 MiB and more, and does not say so.
  const limits = ["--max-filesize=2000M", "--max-scansize=2000M"];
  const words = [...database, ...limits, "--infected", "--no-summary", "--stdout", `--file-list=${list}`];
  const ran = await run(program, words, timeMaxMs, (line) => /^(.*): (.+) FOUND$/u.exec(line));
  // 1: something was found; anything above: not everything was looked at.
  const isComplete = ran.because === "" && (ran.status === 0 || ran.status === 1);
  const signatures = moment === undefined ? "" : `${moment}, number ${number}`;
  return { ...ran, engine: version, signatures, isComplete, because: isComplete ? "" : whyOf(ran) };
}

async function byYara(list: string, { timeMaxMs, yaraRules }: ScanSettings): Promise<Scan> {
  if (yaraRules.length === 0) return notRun("YARA", "no rules were given");
  const program = programOnPath("yara");
  if (program === undefined) return notRun("YARA", "yara is not installed");
  const engine = `YARA ${firstLine(program, ["--version"])}`;
  const words = ["--no-warnings", "--scan-list", ...yaraRules, list];
  const ran = await run(program, words, timeMaxMs, (line) => {
    const [all, rule = "", path = ""] = /^(\S+) (.*)$/u.exec(line) ?? [];
    return all === undefined ? null : [all, path, rule];
  });
  const isComplete = ran.because === "" && ran.status === 0 && ran.said === "";
  const signatures = yaraRules.map(rulesText).join("; ");
  return { ...ran, engine, signatures, isComplete, because: isComplete ? "" : whyOf(ran) };
}

/** A file of rules as it was when it was used. */
function rulesText(rules: string): string {
  const sha256 = createHash("sha256").update(readFileSync(rules)).digest("hex");
  return `rules ${sha256.slice(0, 12)} of ${statSync(rules).mtime.toISOString().slice(0, 10)}`;
}

function notRun(engine: string, because: string): Scan {
  return { engine, signatures: "", isComplete: false, because, foundCount: 0, found: [] };
}

interface Ran {
  readonly status: number | null;
  /** The beginning of what it said of its troubles. */
  readonly said: string;
  readonly because: string;
  readonly foundCount: number;
  readonly found: readonly string[];
}

/** Runs a scanner to its end or its time, and keeps what `read` makes of its lines: all, path, what. */
function run(
  program: string,
  words: readonly string[],
  timeMaxMs: number,
  read: (line: string) => readonly string[] | null,
): Promise<Ran> {
  return new Promise((resolve) => {
    const found: string[] = [];
    let foundCount = 0;
    let said = "";
    let because = "";
    const child = spawn(program, words, {
      stdio: ["ignore", "pipe", "pipe"],
      env: { PATH: process.env["PATH"], LC_ALL: "C" },
    });
    const timer = setTimeout(() => {
      because = `it took longer than ${Math.round(timeMaxMs / 60_000)} minutes`;
      child.kill("SIGKILL");
    }, timeMaxMs);
    const lines = createInterface({ input: child.stdout.setEncoding("latin1") });
    lines.on("line", (line) => {
      const [, path, what] = read(line) ?? [];
      if (path === undefined || what === undefined) return;
      foundCount += 1;
      if (found.length < FOUND_MAX) found.push(`${shownPath(path as RawPath)}: ${what.slice(0, SAID_MAX)}`);
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      said = (said + text).slice(0, SAID_MAX);
    });
    child.on("error", (error) => {
      because = error.message;
    });
    child.on("close", (status) => {
      clearTimeout(timer);
      resolve({ status, said: said.trim(), because, foundCount, found });
    });
  });
}

function whyOf({ because, said, status }: Ran): string {
  return because || shownText(said) || `it ended with ${status}`;
}

function shownText(said: string): string {
  return said.replace(/\p{Cc}+/gu, " ").trim();
}

function firstLine(program: string, words: readonly string[]): string {
  const { stdout } = spawnSync(program, words, { encoding: "utf8", timeout: VERSION_TIME_MS });
  return (stdout?.split("\n")[0] ?? "").trim().slice(0, 100);
}
