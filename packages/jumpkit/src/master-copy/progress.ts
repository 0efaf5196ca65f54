/** What was done so far of a long task over many files. */
interface Done {
  readonly entryCount: number;
  readonly readBytes: number;
}

/** One line of a terminal that is written again and again. */
export interface ProgressLine {
  show(done: Done): void;
  /** Takes the line away. */
  clear(): void;
}

const EVERY_MS = 200;

/** Shows how much of `total` entries is done, how fast, and how long the rest takes at that speed. */
export function progressLine(total: number, out: { write(text: string): unknown }): ProgressLine {
  const startedMs = performance.now();
  let shownMs = 0;
  return {
    show: (done) => {
      const nowMs = performance.now();
      if (nowMs - shownMs < EVERY_MS) return;
      shownMs = nowMs;
      out.write(`\r\u001b[K${progressText(done, total, nowMs - startedMs)}`);
    },
    clear: () => {
      if (shownMs > 0) out.write("\r\u001b[K");
    },
  };
}

/** The line itself: `1,200 of 9,000 entries, 45 MB, 600/s, 13 s left`. */
export function progressText({ entryCount, readBytes }: Done, total: number, elapsedMs: number): string {
  const perSecond = entryCount / Math.max(elapsedMs / 1000, 0.001);
  const leftSeconds = Math.ceil(Math.max(total - entryCount, 0) / Math.max(perSecond, 1));
  const counted = `${grouped(entryCount)} of ${grouped(total)} entries, ${grouped(readBytes / 1e6)} MB`;
  return `${counted}, ${grouped(perSecond)}/s, ${duration(leftSeconds)} left`;
}

function duration(seconds: number): string {
  return seconds < 120 ? `${seconds} s` : `${Math.ceil(seconds / 60)} min`;
}

function grouped(value: number): string {
  return Math.round(value).toLocaleString("en-US");
}
