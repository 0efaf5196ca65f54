import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";

/** How often one address may send a message, or try a code, in this process. */
export interface FormLimits {
  /** Seconds to wait, or `undefined` when the message may come. */
  message(address: string): Promise<number | undefined>;
  code(address: string): Promise<number | undefined>;
}

/**
 * Ten messages an hour from one address, and thirty tries of a follow-up code in a quarter of an hour. What
 * everybody together may send is a quota of the organisation's, kept in the database.
 */
export function formLimits(): FormLimits {
  const messages = new RateLimiterMemory({ points: 10, duration: 60 * 60 });
  const codes = new RateLimiterMemory({ points: 30, duration: 15 * 60 });
  return {
    message: (address) => spend(messages, address),
    code: (address) => spend(codes, address),
  };
}

async function spend(limiter: RateLimiterMemory, address: string): Promise<number | undefined> {
  try {
    await limiter.consume(address);
    return undefined;
  } catch (reason) {
    if (!(reason instanceof RateLimiterRes)) throw reason;
    return Math.ceil(reason.msBeforeNext / 1000);
  }
}
