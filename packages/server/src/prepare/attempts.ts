import type { Refusal } from "@jumpkit/app";
import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";

type Wait = Extract<Refusal, { code: "request.too_many" }>;

/**
 * How often the doors before sign-in may be tried, in this process.
 *
 * Ten tries a name in fifteen minutes, whether or not there is such a person; sixty a minute from one address;
 * questions about a passphrase's strength ten times as often, because a form asks while one types.
 */
export function limits() {
  const names = new RateLimiterMemory({ points: 10, duration: 15 * 60 });
  const addresses = new RateLimiterMemory({ points: 60, duration: 60 });
  const questions = new RateLimiterMemory({ points: 600, duration: 60 });
  return {
    signIn: (name: string) => spend(names, name.slice(0, 64)),
    address: (address: string) => spend(addresses, address),
    question: (address: string) => spend(questions, address),
    /** Somebody who got in has no failed tries behind them any more. */
    forgive: (name: string) => names.delete(name.slice(0, 64)),
  };
}

async function spend(limiter: RateLimiterMemory, key: string): Promise<Wait | undefined> {
  try {
    await limiter.consume(key);
    return undefined;
  } catch (reason) {
    if (!(reason instanceof RateLimiterRes)) throw reason;
    return { code: "request.too_many", retryAfterSeconds: Math.ceil(reason.msBeforeNext / 1000) };
  }
}
