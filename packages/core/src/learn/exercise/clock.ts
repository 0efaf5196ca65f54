/** What an exercise's own clock is read from; moments as texts of UTC. */
export interface ExerciseClock {
  readonly beganAt: string | null;
  readonly endedAt: string | null;
  /** How much faster than ours it runs. */
  readonly factor: number;
  /** In their order, none in another; `until` is null for one that lasts. */
  readonly pauses: readonly { readonly from: string; readonly until: string | null }[];
}

/**
 * How many whole minutes were played by `nowMs`, on the exercise's own clock; 0 before it begins.
 *
 * The clock runs `factor` times as fast as ours, and stands still while play is paused and once it has ended.
 */
export function playedMinute({ beganAt, endedAt, factor, pauses }: ExerciseClock, nowMs: number): number {
  if (beganAt === null) return 0;
  const beganMs = Date.parse(beganAt);
  const endMs = Math.max(beganMs, endedAt === null ? nowMs : Math.min(nowMs, Date.parse(endedAt)));
  const within = (ms: number): number => Math.min(endMs, Math.max(beganMs, ms));
  const pausedMs = pauses.reduce(
    (sum, { from, until }) =>
      sum + within(until === null ? endMs : Date.parse(until)) - within(Date.parse(from)),
    0,
  );
  return Math.floor(((endMs - beganMs - pausedMs) * factor) / 60_000);
}

/** Since when play is paused; null while it goes on. */
export function pausedSince({ endedAt, pauses }: Pick<ExerciseClock, "endedAt" | "pauses">): string | null {
  const last = pauses.at(-1);
  return endedAt === null && last !== undefined && last.until === null ? last.from : null;
}
