/**
 * The moment, as UTC text with milliseconds, that a wall clock of `zone` shows as `2026-11-22T08:00`;
 * `undefined` for what is no such time or zone. In the hour that a clock goes through twice the first is meant.
 */
export function instantIn(wall: string, zone: string): string | undefined {
  const asUtc = Date.parse(`${wall}Z`);
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/.test(wall) || Number.isNaN(asUtc)) return undefined;
  try {
    const clock = new Intl.DateTimeFormat("sv-SE", {
      timeZone: zone,
      dateStyle: "short",
      timeStyle: "short",
    });
    for (const minutes of OFFSETS) {
      const moment = asUtc - minutes * 60_000;
      if (clock.format(moment).replace(" ", "T") === wall) return new Date(moment).toISOString();
    }
    return undefined;
  } catch {
    return undefined;
  }
}

/** Every offset in use, the furthest ahead first: of two moments with one wall time it names the earlier. */
const OFFSETS: readonly number[] = Array.from({ length: 14 * 4 + 12 * 4 + 1 }, (_, at) => 14 * 60 - at * 15);
