import * as z from "zod";
import { type Instant, instantAt, offsetMs, unixMsOf } from "../../kernel/time.ts";

const Clock = z
  .string()
  .regex(/^(?:[01]\d|2[0-3]):[0-5]\d$|^24:00$/, { error: "is not a time such as 08:30" });

/** When somebody answers, on the wall clock of their own zone; days are 1 for Monday to 7 for Sunday. */
export const Hours = z
  .strictObject({
    days: z.array(z.int().min(1).max(7)).min(1).max(7),
    from: Clock,
    until: Clock,
  })
  .meta({ id: "Hours" });
export type Hours = z.infer<typeof Hours>;

/** Around the clock, every day. */
export const ALWAYS: Hours = { days: [1, 2, 3, 4, 5, 6, 7], from: "00:00", until: "24:00" };

/**
 * Whether somebody answers at a moment: hours that end before they begin go on into the next day.
 *
 * @param zone  the IANA zone that the hours are meant in
 */
export function isOpenAt(hours: Hours, zone: string, now: Instant): boolean {
  const there = instantAt(unixMsOf(now) + offsetMs(unixMsOf(now), zone));
  const clock = there.slice(11, 16);
  const today = new Date(there).getUTCDay() || 7;
  const yesterday = today === 1 ? 7 : today - 1;
  if (hours.from < hours.until) {
    return hours.days.includes(today) && hours.from <= clock && clock < hours.until;
  }
  return (
    (hours.days.includes(today) && clock >= hours.from) ||
    (hours.days.includes(yesterday) && clock < hours.until)
  );
}
