/** What Linux tells of a process: its children, its CPU time, its memory. */
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";

const TICKS_PER_SECOND = Number(execFileSync("getconf", ["CLK_TCK"], { encoding: "utf8" }));

/** CPU seconds of a process and all its threads; zero once it has gone. */
export function cpuSeconds(pid) {
  return ticks(pid, 11, 12) / TICKS_PER_SECOND;
}

/** CPU seconds of a process and its children, those included that ended and were waited for. */
export function familyCpuSeconds(pid) {
  return childrenOf(pid).reduce(
    (sum, child) => sum + cpuSeconds(child),
    ticks(pid, 11, 14) / TICKS_PER_SECOND,
  );
}

/** The ids of the processes that a process started and that still run. */
export function childrenOf(pid) {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name) && statOf(name)?.[1] === String(pid))
    .map(Number);
}

/** The memory of a process in bytes, with its share of what it has in common with others. */
export function pssBytes(pid) {
  const text = readOrEmpty(`/proc/${pid}/smaps_rollup`);
  return 1024 * Number(/^Pss:\s+(\d+) kB$/m.exec(text)?.[1] ?? 0);
}

/** The most memory that a process has had resident since {@link forgetPeak}, in bytes. */
export function peakBytes(pid) {
  return 1024 * Number(/^VmHWM:\s+(\d+) kB$/m.exec(readOrEmpty(`/proc/${pid}/status`))?.[1] ?? 0);
}

/** Begins the peak anew at what is resident now. */
export function forgetPeak(pid) {
  writeFileSync(`/proc/${pid}/clear_refs`, "5");
}

function ticks(pid, first, last) {
  const fields = statOf(pid) ?? [];
  return fields.slice(first, last + 1).reduce((sum, field) => sum + Number(field), 0);
}

/** The fields of `/proc/PID/stat` behind the name, which may itself hold spaces; the first is the state. */
function statOf(pid) {
  const text = readOrEmpty(`/proc/${pid}/stat`);
  return text === "" ? undefined : text.slice(text.lastIndexOf(")") + 2).split(" ");
}

function readOrEmpty(path) {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
