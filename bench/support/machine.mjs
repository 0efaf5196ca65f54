import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { cpus, loadavg, release, totalmem } from "node:os";
import { ROOT } from "./root.mjs";

/** What a figure was measured on: figures of two machines are not to be compared. */
export function machine() {
  return {
    processor: `${cpus().length} × ${cpus()[0]?.model.trim() ?? "unknown"}`,
    memory: `${Math.round(totalmem() / 2 ** 30)} GiB`,
    system: `${systemName()}, Linux ${release()}`,
    node: process.version,
  };
}

/** How many processes wanted to run, on average over the last minute. */
export function load() {
  return Number((loadavg()[0] ?? 0).toFixed(2));
}

/** The commit that is measured, with `+` when files differ from it. */
export function commit() {
  try {
    const git = (...words) =>
      execFileSync("git", words, { cwd: ROOT, encoding: "utf8", stdio: "pipe" }).trim();
    const changed = git(
      "status",
      "--porcelain",
      "--untracked-files=no",
      "--",
      "packages",
      "package-lock.json",
    );
    return `${git("rev-parse", "--short", "HEAD")}${changed === "" ? "" : "+"}`;
  } catch {
    return "unknown";
  }
}

function systemName() {
  try {
    return /^PRETTY_NAME="(.*)"$/m.exec(readFileSync("/etc/os-release", "utf8"))?.[1] ?? "unknown";
  } catch {
    return "unknown";
  }
}
