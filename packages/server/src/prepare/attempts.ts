import type { Refusal } from "@jumpkit/app";
import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";

type Wait = Extract<Refusal, { code: "request.too_many" }>;

/** The refusal that says how long to wait, or `undefined` when one may go on. */
export function waitFor(seconds: number | undefined): Wait | undefined {
  return seconds === undefined ? undefined : { code: "request.too_many", retryAfterSeconds: seconds };
}

/**
 * How often the strength of a passphrase may be asked for from one address, in this process: six hundred times a
 * minute, because a form asks while one types. Nothing can be guessed there; it is only work.
 */
export function questionLimit(): (address: string) => Promise<Wait | undefined> {
  const questions = new RateLimiterMemory({ points: 600, duration: 60 });
  return async (address) => {
    try {
      await questions.consume(address);
      return undefined;
    } catch (reason) {
      if (!(reason instanceof RateLimiterRes)) throw reason;
      return waitFor(Math.ceil(reason.msBeforeNext / 1000));
    }
  };
}
