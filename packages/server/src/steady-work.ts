/** How long work rests after a fault of the database, which is told once. */
export const REST_MS = 2000;

/** Work that a server does for as long as it runs, one step after another. */
export interface SteadyWork {
  /** Something changed: take the next step now. */
  wake(): void;
  /** Ends after the step at hand. */
  stop(): Promise<void>;
}

/**
 * Takes step after step until it is stopped: at once while there is something to do, else each `everyMs` or when woken.
 *
 * A step that fails is told once in the server's log, by `name`, and tried again two seconds later.
 *
 * @param step  gives whether there was something to do
 */
export function startSteadyWork(parts: {
  readonly name: string;
  readonly everyMs: number;
  readonly step: () => Promise<boolean>;
  readonly log: (sentence: string) => void;
}): SteadyWork {
  let stopped = false;
  let ring: () => void = () => {};
  let rung = false;
  const rest = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      if (rung || stopped) resolve();
      const timer = setTimeout(resolve, ms);
      ring = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  const working = work();
  return {
    wake: () => {
      rung = true;
      ring();
    },
    stop: async () => {
      stopped = true;
      ring();
      await working;
    },
  };

  async function work(): Promise<void> {
    let told = "";
    while (!stopped) {
      try {
        rung = false;
        if (!(await parts.step())) await rest(parts.everyMs);
        told = "";
      } catch (fault) {
        const sentence = `${parts.name}: ${fault instanceof Error ? fault.message : String(fault)}`;
        if (sentence !== told && !stopped) parts.log(sentence);
        told = sentence;
        await rest(REST_MS);
      }
    }
  }
}
