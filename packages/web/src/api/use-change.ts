import { type UseMutationResult, useMutation } from "@tanstack/react-query";
import { useRef } from "react";
import { newKey, perform } from "./call.ts";
import type { OperationInput, OperationName, OperationReply } from "./contract.ts";
import { Refusal, type Wish } from "./refusal.ts";

/**
 * An operation as a form uses it. Sending the same input again sends the same key, so that a second click
 * after a lost answer changes nothing twice. Where the policy wants somebody's consent, the refusal it ends in
 * lets one ask for it, wherever that refusal is shown, and do it once it is given.
 *
 * @param thing   the input field that names the thing; `undefined` for a new thing
 * @param onDone  called with the reply once the change is recorded
 */
export function useChange<Name extends OperationName>(
  name: Name,
  thing: (keyof OperationInput<Name> & string) | undefined,
  onDone?: (reply: OperationReply<Name>) => unknown,
): UseMutationResult<OperationReply<Name>, Error, OperationInput<Name>> {
  const last = useRef({ input: "", key: "" });
  const consent = useRef<string | undefined>(undefined);
  const mutation = useMutation({
    mutationFn: async (input: OperationInput<Name>) => {
      const approval = consent.current;
      consent.current = undefined;
      const text = JSON.stringify([input, approval]);
      if (last.current.input !== text) last.current = { input: text, key: newKey() };
      try {
        return await perform(name, thing, input, last.current.key, approval);
      } catch (fault) {
        throw withWish(fault, { operation: name, parameters: input, doWith: (given) => again(input, given) });
      }
    },
    onSuccess: async (reply) => {
      last.current = { input: "", key: "" };
      await onDone?.(reply);
    },
  });
  function again(input: OperationInput<Name>, approval: string | undefined): void {
    consent.current = approval;
    mutation.mutate(input);
  }
  return mutation;
}

/** The refusal with what was wanted, where somebody's consent is missing: so that it can be asked for there. */
function withWish(fault: unknown, wish: Wish): unknown {
  if (fault instanceof Refusal && fault.code === "authority.needs_approval") fault.wish = wish;
  return fault;
}
