import { type ConnectorQueue, execute, reportRun, type TakenRun, type World } from "@jumpkit/app";
import { REST_MS, type SteadyWork, startSteadyWork } from "../steady-work.ts";
import { runCommand } from "./run-command.ts";
import type { ReadyConnector, RunResult } from "./run-result.ts";
import { runWebhook } from "./run-webhook.ts";

/** How often a server looks for runs that nobody told it of. */
const LOOK_EVERY_MS = 1000;
/** How many connectors run at once. */
const AT_ONCE = 4;
/** How long runs may go on once the server is asked to end. */
const LEAVE_MS = 5000;

/** What the worker is made of. */
export interface ConnectorParts {
  readonly world: World;
  readonly queue: ConnectorQueue;
  readonly connectors: readonly ReadyConnector[];
  readonly log: (sentence: string) => void;
}

/**
 * Starts to run what people let loose.
 *
 * A run is taken, and that is committed, before anything is done; its outcome is recorded afterwards. So a
 * server that dies in between has either done nothing or left a run behind that is recorded as of unknown
 * outcome, and never done again.
 */
export function startConnectors(parts: ConnectorParts): SteadyWork {
  const stopping = new AbortController();
  const running = new Map<string, Promise<void>>();
  let stopped = false;
  let leading = false;
  const work = startSteadyWork({
    name: "Connectors rest",
    everyMs: LOOK_EVERY_MS,
    log: parts.log,
    step: lookAround,
  });
  return {
    wake: work.wake,
    stop: async () => {
      stopped = true;
      await work.stop();
      // The runs at hand may end by themselves; those that take too long are ended.
      const leave = setTimeout(() => stopping.abort(), LEAVE_MS);
      await Promise.all(running.values());
      clearTimeout(leave);
      await parts.queue.close();
    },
  };

  /** Begins the next run, if there is one and a place for it. */
  async function lookAround(): Promise<boolean> {
    const leads = await parts.queue.leads();
    if (leads && !leading) {
      for (const taken of await parts.queue.left()) {
        if (!running.has(taken.run)) await record(taken, LEFT);
      }
    }
    leading = leads;
    if (!leads || running.size >= AT_ONCE) return false;
    const taken = await parts.queue.take();
    if (taken === undefined) return false;
    const run = runOnce(taken)
      .then((result) => recordSurely(taken, result))
      .finally(() => {
        running.delete(taken.run);
        work.wake();
      });
    running.set(taken.run, run);
    return true;
  }

  async function runOnce(taken: TakenRun): Promise<RunResult> {
    if (!taken.authorised) return NOT_AUTHORISED;
    if (taken.played) return PLAYED;
    const ready = parts.connectors.find(({ connector }) => connector.name === taken.connector);
    const serves = ready?.connector.organisations?.includes(taken.asker.organisation) ?? true;
    if (ready === undefined || !serves) return NOT_SET_UP;
    const { connector, secret } = ready;
    const { id, target } = taken.isolation;
    const facts = { isolation: id, run: taken.run, target };
    if (connector.kind === "command") return runCommand({ connector }, facts, stopping.signal);
    return secret === undefined ? NOT_SET_UP : runWebhook({ connector, secret }, facts, stopping.signal);
  }

  /** Tries until it is recorded: the act is done, and only its outcome is missing. */
  async function recordSurely(taken: TakenRun, result: RunResult): Promise<void> {
    for (let tries = 1; ; tries++) {
      try {
        return await record(taken, result);
      } catch (fault) {
        if (tries === 1) parts.log(`The outcome of ${taken.run} waits: ${String(fault)}`);
        // What is not recorded when the server ends is found as left behind when it starts.
        if (stopped) return;
        await new Promise((resolve) => setTimeout(resolve, REST_MS));
      }
    }
  }

  async function record(taken: TakenRun, { outcome, text }: RunResult): Promise<void> {
    const report = { isolation: taken.isolation.id, run: taken.run, outcome, text };
    const recorded = await execute(parts.world, reportRun(report), {
      viewer: taken.asker,
      key: `${taken.run}:${outcome}`,
      input: { run: taken.run },
    });
    if (!recorded.ok) parts.log(`The outcome of ${taken.run} is not recorded: ${recorded.refusal.code}`);
  }
}

const LEFT: RunResult = {
  outcome: "unknown",
  text: "The server ended while it ran. It may have worked: look at the device. It is not run again.",
};
const PLAYED: RunResult = {
  outcome: "done",
  text: "It is played, in an exercise or a demonstration: the connector was not let loose, and nothing was cut off. It counts as done.",
};
const NOT_AUTHORISED: RunResult = {
  outcome: "not_run",
  text: "Nothing was run: the authority to cut it off was gone, or it was cut off meanwhile.",
};
const NOT_SET_UP: RunResult = {
  outcome: "not_run",
  text: "Nothing was run: the connector is not set up on this server any more.",
};
