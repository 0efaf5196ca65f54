import { type ChildProcess, spawn } from "node:child_process";
import { argumentsFor, type CommandConnector, type Unfit } from "@jumpkit/core";
import { ANSWER_MAX_BYTES, answerText, type Run, type RunResult } from "./run-result.ts";

/** How long a program has after it was asked to end. */
const GRACE_MS = 2000;

/**
 * Runs a program with its arguments as they stand: no shell, no input, an environment of ours alone.
 *
 * It did it when it ends with 0. One that is ended from outside, or by its time limit, may have done it all the
 * same: its outcome is unknown.
 */
export const runCommand: Run<{ readonly connector: CommandConnector }> = async (
  { connector },
  facts,
  signal,
) => {
  const given = argumentsFor(connector, facts);
  if (!given.ok) return { outcome: "not_run", text: UNFIT[given.refusal.code] };
  return new Promise<RunResult>((resolve) => {
    // A group of its own, so that what the program starts ends with it.
    const child = spawn(connector.program, [...given.value], {
      cwd: "/",
      detached: true,
      env: { PATH: "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", LANG: "C.UTF-8" },
      shell: false,
      stdio: ["ignore", "pipe", "pipe"],
      windowsHide: true,
    });
    const answer = boundedOutput(child);
    let ended: "" | "its time limit" | "the server's end" = "";
    const end = (why: typeof ended) => () => {
      ended ||= why;
      endGroup(child, "SIGTERM");
      setTimeout(() => endGroup(child, "SIGKILL"), GRACE_MS).unref();
    };
    const onAbort = end("the server's end");
    const timer = setTimeout(end("its time limit"), connector.timeoutSeconds * 1000);
    signal.addEventListener("abort", onAbort, { once: true });
    const settle = (result: RunResult): void => {
      clearTimeout(timer);
      signal.removeEventListener("abort", onAbort);
      resolve(result);
    };
    child.on("error", (error) =>
      settle({ outcome: "failed", text: `It could not be started: ${error.message}` }),
    );
    // What it left running may hold its output open: its own end counts, and a moment for the last words.
    child.on("exit", (code, by) => setTimeout(() => settle(outcomeOf(code, by, ended, answer())), 50));
  });
};

function outcomeOf(code: number | null, by: NodeJS.Signals | null, ended: string, answer: string): RunResult {
  const said = answer === "" ? "" : `\n${answer}`;
  if (ended !== "") return { outcome: "unknown", text: `It was ended by ${ended}.${said}` };
  if (code === null) return { outcome: "unknown", text: `It was ended by ${by ?? "something"}.${said}` };
  if (code === 0) return { outcome: "done", text: answer };
  return { outcome: "failed", text: `It ended with ${code}.${said}` };
}

/** Reads everything, so that the program never waits for us, and keeps the beginning. */
function boundedOutput(child: ChildProcess): () => string {
  const kept: Buffer[] = [];
  let size = 0;
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on("data", (bytes: Buffer) => {
      if (size < ANSWER_MAX_BYTES) kept.push(bytes.subarray(0, ANSWER_MAX_BYTES - size));
      size += bytes.length;
    });
  }
  return () => answerText(Buffer.concat(kept));
}

function endGroup({ pid }: ChildProcess, by: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, by);
  } catch {
    // It has ended already.
  }
}

const UNFIT: Readonly<Record<Unfit, string>> = {
  another_kind: "The connector serves another kind of target.",
  no_address: "The register knows no address of it.",
  reads_as_option: "Its name would be read as an option of the program.",
};
