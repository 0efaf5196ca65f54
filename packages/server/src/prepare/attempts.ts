import { complaintsOf, type Refusal } from "@jumpkit/app";
import { type Result, refuse } from "@jumpkit/core";
import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import type * as z from "zod";

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

/** The body as one schema reads it, or the refusal that names what is wrong. */
export function parsed<Schema extends z.ZodType>(
  schema: Schema,
  body: unknown,
): Result<z.output<Schema>, Refusal> {
  const outcome = schema.safeParse(body ?? {});
  if (outcome.success) return { ok: true, value: outcome.data };
  return refuse({ code: "request.malformed", complaints: complaintsOf(outcome.error) });
}
