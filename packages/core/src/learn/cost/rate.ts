import * as z from "zod";
import type { Entry, Fact } from "../../document/log/entry.ts";
import { accept, type Result } from "../../kernel/result.ts";
import { line } from "../../kernel/text.ts";
import type { Stamp } from "../../kernel/time.ts";
import { Currency, Decimal } from "./money.ts";

/** What an hour of somebody's time is called on the list of rates: a role, a grade, a supplier's price. */
export const RateName = line(80);

export const RATE_ENTRIES = {
  "rate.set": z.object({
    rate: RateName,
    perHour: Decimal,
    currency: Currency,
    /** The first day that it holds on. */
    from: z.iso.date(),
  }),
};
export type RateFact = Fact<typeof RATE_ENTRIES>;

/** What an hour costs from a day on. */
export interface Rate {
  readonly rate: string;
  readonly perHour: Decimal;
  readonly currency: Currency;
  readonly from: string;
}

/** The rate that one more entry sets, or `undefined` where what it says was withheld. */
export function rateIn({ body }: Entry<typeof RATE_ENTRIES>): Rate | undefined {
  const { rate, perHour, currency, from } = body;
  if (rate === undefined || perHour === undefined || currency === undefined || from === undefined) return;
  return { rate, perHour, currency, from };
}

/** The entry that says what an hour costs from a day on; said of the same day again, the last word stands. */
export function setRate(happened: Stamp, body: Rate): Result<RateFact, never> {
  return accept({ type: "rate.set", incident: null, happened, body });
}

/** The rate of a name that holds on a day; `undefined` before its first. */
export function rateOn(rates: readonly Rate[], name: string, day: string): Rate | undefined {
  return rates
    .filter(({ rate, from }) => rate === name && from <= day)
    .toSorted((one, other) => (one.from < other.from ? -1 : 1))
    .at(-1);
}
