import { type AnyFact, accept, prose, type Result } from "@jumpkit/core";
import * as z from "zod";
import type { Refusal } from "../../refusals.ts";

/** What every operation on the register falls under. */
export const MANAGED = { phase: "prepare", action: "asset.manage" } as const;
/** What every change of a thing falls under; who may not look things up is not told that it exists. */
export const VISIBLE = { ...MANAGED, visibleBy: "asset.read" } as const;

export const Seen = z.int().min(0).describe("changedSeq of what you had in front of you");
export const Why = prose(1000).default("").describe("Why it is retired");

/** The one fact of an operation with its answer, or the refusal. */
export function single<Output>(outcome: Result<AnyFact, Refusal>, output: Output) {
  return outcome.ok ? accept({ facts: [outcome.value], output }) : outcome;
}
