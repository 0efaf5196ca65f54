let aheadMs = 0;

/**
 * Learns from an answer's `Date` header how far the server's clock is ahead of this machine's.
 *
 * The header has whole seconds, so less than two seconds count as none.
 */
export function learnServerTime(date: string | null, now: number = Date.now()): void {
  const told = date === null ? Number.NaN : Date.parse(date);
  if (Number.isNaN(told)) return;
  const difference = told - now;
  aheadMs = Math.abs(difference) < 2000 ? 0 : difference;
}

/** Milliseconds since 1970 by the server's clock, which stamps the record. */
export function serverNow(): number {
  return Date.now() + aheadMs;
}
