import type { ActionId, AnyFact, Id, Instant, Result } from "@jumpkit/core";
import type * as z from "zod";
import type { Authority, Effect, Records, Viewer } from "./ports.ts";
import type { Refusal } from "./refusals.ts";

/** The phases of the life cycle; every package has the same folders. */
export type Phase = "document" | "prepare" | "detect" | "contain" | "recover" | "coordinate" | "learn";

/** What a rule is told beside state and request: who, when, and where fresh ids and secrets come from. */
export interface Act {
  readonly by: Viewer;
  readonly now: Instant;
  newId<const Prefix extends string>(prefix: Prefix): Id<Prefix>;
  /** A fresh secret of 256 bits and the digest to keep of it. */
  newSecret(): { readonly secret: string; readonly sha256: string };
  sha256(text: string): string;
}

/** What an operation decided: facts for the log, effects beside it, and the answer to the asker. */
export interface Decision<Output> {
  readonly facts: readonly AnyFact[];
  readonly effects?: readonly Effect[];
  readonly output: Output;
  /** Fields of the answer that are told once: a repeated request does not get them again, and nobody keeps them. */
  readonly toldOnce?: { readonly [Field in keyof Output]?: Output[Field] };
}

/** What somebody is told who is asked to consent to an act: by the house, not by whoever asks. */
export interface Explained {
  /** The thing it is done to, in words that a person knows it by. */
  readonly thing: string;
  /** What it breaks or costs. */
  readonly consequence?: string;
  /** What could be done instead. */
  readonly alternative?: string;
}

/** An operation with its thing loaded, ready to decide. */
export interface Prepared<Output> {
  /** The action of the policy that it falls under, now that the thing is known. */
  readonly action: ActionId | "own";
  readonly decide: () => Result<Decision<Output>, Refusal>;
  readonly explained: () => Explained | undefined;
}

/**
 * Something a person can do that changes the record. Route, OpenAPI entry, permission, form and command
 * follow from this one definition.
 */
export interface Operation<
  Name extends string = string,
  Input extends z.ZodObject = z.ZodObject,
  Output extends z.ZodObject = z.ZodObject,
> {
  readonly kind: "operation";
  /** `noun.verb`, present tense. */
  readonly name: Name;
  readonly phase: Phase;
  readonly summary: string;
  /** The action of the policy that it falls under; `own` for what concerns only oneself. */
  readonly action: ActionId | "own";
  /** The input field that names the thing, and so stands in the path; absent for what makes a new thing. */
  readonly thing?: keyof z.output<Input> & string;
  /** Whether the checkpoint is published as soon as it is done, before anybody can say it never was. */
  readonly publishes?: true;
  /** What one must be permitted to know of the things at all; without all of it they do not exist. */
  readonly visibleBy?: ActionId | readonly ActionId[];
  readonly input: Input;
  readonly output: Output;
  readonly prepare: (
    input: z.output<Input>,
    inside: { readonly records: Records; readonly authority: Authority; readonly trying: Trying },
    act: Act,
  ) => Promise<Prepared<z.input<Output>> | undefined>;
}

/** Runs `work` and takes back whatever it wrote or locked; gives what it gave. */
export type Trying = <Value>(work: () => Promise<Value>) => Promise<Value>;

/**
 * Defines an operation.
 *
 * `load` reads what the rule needs and gives `undefined` when the thing does not exist; `decide` is pure.
 * `actionOf` names the action where it depends on the thing; `action` is then the gravest that it can be.
 * `explain` says what somebody should know who is asked to consent.
 */
export function operation<
  const Name extends string,
  Input extends z.ZodObject,
  Output extends z.ZodObject,
  Loaded,
>(definition: {
  readonly name: Name;
  readonly phase: Phase;
  readonly summary: string;
  readonly action: ActionId | "own";
  readonly thing?: keyof z.output<Input> & string;
  readonly publishes?: true;
  readonly visibleBy?: ActionId | readonly ActionId[];
  readonly input: Input;
  readonly output: Output;
  readonly load: (
    input: z.output<Input>,
    records: Records,
    act: Act,
    inside: { readonly authority: Authority; readonly trying: Trying },
  ) => Promise<Loaded | undefined>;
  readonly actionOf?: (loaded: Loaded, input: z.output<Input>) => ActionId | "own";
  readonly explain?: (loaded: Loaded, input: z.output<Input>) => Explained;
  readonly decide: (
    loaded: Loaded,
    input: z.output<Input>,
    act: Act,
  ) => Result<Decision<z.input<Output>>, Refusal>;
}): Operation<Name, Input, Output> {
  const { load, decide, actionOf, explain, ...rest } = definition;
  return {
    kind: "operation",
    ...rest,
    prepare: async (input, inside, act) => {
      const loaded = await load(input, inside.records, act, inside);
      if (loaded === undefined) return undefined;
      return {
        action: actionOf?.(loaded, input) ?? rest.action,
        decide: () => decide(loaded, input, act),
        explained: () => explain?.(loaded, input),
      };
    },
  };
}

/** The path an operation is called at: `/v1/noun/verb`, or `/v1/noun/{thing}/verb`. */
export function routeOf(operation: Pick<Operation, "name" | "thing">): string {
  const [noun, verb] = operation.name.split(".");
  return operation.thing === undefined ? `/v1/${noun}/${verb}` : `/v1/${noun}/{${operation.thing}}/${verb}`;
}
