import { execute, type NextWork, type Parser, receivePart, type Spool, type World } from "@jumpkit/app";
import { type SteadyWork, startSteadyWork } from "../steady-work.ts";

/** How often a server looks for work that another one took in, or tries to become the one that works. */
const LOOK_EVERY_MS = 500;

/** What intake is made of. */
export interface IntakeParts {
  readonly world: World;
  readonly spool: Spool;
  readonly parser: Parser;
  readonly log: (sentence: string) => void;
}

/**
 * Starts to work batches off, part by part, in the order they came.
 *
 * Each part is parsed apart and then recorded in one transaction with the place where the work stands: after a
 * crash at any moment it goes on where it stood, and counts nothing twice.
 */
export function startIntake(parts: IntakeParts): SteadyWork {
  const work = startSteadyWork({
    name: "Intake rests",
    everyMs: LOOK_EVERY_MS,
    log: parts.log,
    step: async () => {
      const next = (await parts.spool.leads()) ? await parts.spool.next() : undefined;
      if (next !== undefined) await workOff(parts, next);
      return next !== undefined;
    },
  });
  return {
    wake: work.wake,
    stop: async () => {
      await work.stop();
      await parts.parser.close();
      await parts.spool.close();
    },
  };
}

async function workOff({ world, spool, parser }: IntakeParts, { batch, request }: NextWork): Promise<void> {
  const { offset } = batch.cursor;
  let part: Awaited<ReturnType<Parser["parse"]>>;
  try {
    part = await parser.parse(request);
  } catch (fault) {
    await spool.setAside(batch, fault instanceof Error ? fault.message : String(fault));
    return;
  }
  // The token's scopes let the batch in; what it added up to is nothing that a token asks for.
  const { token: _, ...viewer } = batch.sender;
  const outcome = await execute(world, receivePart(part), {
    viewer,
    key: `${batch.id}:${offset}`,
    input: { batch: batch.id, offset },
  });
  // Another server was faster, or the batch is done: either way nothing is left to do here.
  if (
    !outcome.ok &&
    outcome.refusal.code !== "batch.moved_on" &&
    outcome.refusal.code !== "thing.not_found"
  ) {
    await spool.setAside(batch, outcome.refusal.code);
  }
}
