import { type UseMutationResult, useMutation } from "@tanstack/react-query";
import { useRef } from "react";
import { newKey, perform } from "./call.ts";
import type { OperationInput, OperationName, OperationReply } from "./contract.ts";

/**
 * An operation as a form uses it. Sending the same input again sends the same key, so that a second click
 * after a lost answer changes nothing twice.
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
  return useMutation({
    mutationFn: (input: OperationInput<Name>) => {
      const text = JSON.stringify(input);
      if (last.current.input !== text) last.current = { input: text, key: newKey() };
      return perform(name, thing, input, last.current.key);
    },
    onSuccess: async (reply) => {
      last.current = { input: "", key: "" };
      await onDone?.(reply);
    },
  });
}
