import { accept, type Result, refuse } from "../../kernel/result.ts";

/** What everything in the register has beside its own details. */
export interface Registered<Id> {
  readonly id: Id;
  /** What is retired stays on record and is found no more. */
  readonly status: "active" | "retired";
  /** Sequence of the entry that last changed it; what a change must have seen. */
  readonly changedSeq: number;
}

export type RegisterRefusal =
  | { readonly code: "register.name_taken"; readonly name: string }
  | { readonly code: "register.stale"; readonly current: number }
  | { readonly code: "register.retired" };

/** `undefined`, or `register.name_taken` when another active thing of the kind bears the name. */
export function nameTaken(name: string, taken: boolean): RegisterRefusal | undefined {
  return taken ? { code: "register.name_taken", name } : undefined;
}

/** `undefined`, or why a thing of the register cannot be changed: it is retired, or was changed meanwhile. */
export function whyNotChange(thing: Registered<unknown>, seen: number): RegisterRefusal | undefined {
  if (thing.status === "retired") return { code: "register.retired" };
  return thing.changedSeq === seen ? undefined : { code: "register.stale", current: thing.changedSeq };
}

/** The fact, unless something speaks against it. */
export function unless<Value>(
  refusal: RegisterRefusal | undefined,
  fact: Value,
): Result<Value, RegisterRefusal> {
  return refusal === undefined ? accept(fact) : refuse(refusal);
}
