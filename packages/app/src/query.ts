import type { ActionId } from "@jumpkit/core";
import type * as z from "zod";
import type { Phase } from "./operation.ts";
import type { Viewer } from "./ports.ts";
import type { Reading } from "./reading.ts";

/** Something a person can look at. It changes nothing, and what they may not see does not exist. */
export interface Query<
  Name extends string = string,
  Input extends z.ZodObject = z.ZodObject,
  Output extends z.ZodObject = z.ZodObject,
> {
  readonly kind: "query";
  readonly name: Name;
  readonly phase: Phase;
  readonly summary: string;
  /** The action of the policy that lets one look; `own` for what every signed-in person may see. */
  readonly action: ActionId | "own";
  /** `true` for what only a person sees who signed in themselves, whatever a token was made for. */
  readonly inPerson?: true;
  /** `true` when a coordinating team may ask it too, of the incidents that it was let into and of no other. */
  readonly shared?: true;
  /** Path with the input fields that stand in it as `{field}`; the other fields come from the query string. */
  readonly path: string;
  readonly input: Input;
  readonly output: Output;
  readonly run: (
    input: z.output<Input>,
    reading: Reading,
    viewer: Viewer,
  ) => Promise<z.input<Output> | undefined>;
}

/** Defines a query; `run` gives `undefined` for what does not exist. */
export function query<const Name extends string, Input extends z.ZodObject, Output extends z.ZodObject>(
  definition: Omit<Query<Name, Input, Output>, "kind">,
): Query<Name, Input, Output> {
  return { kind: "query", ...definition };
}
