import type * as z from "zod";
import type { OPERATIONS, QUERIES } from "./operations.ts";
import type { Recorded } from "./ports.ts";

type AnyOperation = (typeof OPERATIONS)[number];
type AnyQuery = (typeof QUERIES)[number];

export type OperationName = AnyOperation["name"];
export type QueryName = AnyQuery["name"];

/** What the caller of an operation sends. */
export type OperationInput<Name extends OperationName> = z.input<
  Extract<AnyOperation, { name: Name }>["input"]
>;

/** What an accepted operation answers, with its places in the record. */
export type OperationReply<Name extends OperationName> = z.output<
  Extract<AnyOperation, { name: Name }>["output"]
> & { readonly recorded: readonly Recorded[] };

/** What the caller of a query sends. */
export type QueryInput<Name extends QueryName> = z.input<Extract<AnyQuery, { name: Name }>["input"]>;

/** What a query answers. */
export type QueryOutput<Name extends QueryName> = z.output<Extract<AnyQuery, { name: Name }>["output"]>;

/** How a refusal is told over HTTP, under every status that is not 2xx. */
export interface RefusalBody {
  readonly code: string;
  readonly message: string;
  readonly next: string;
  readonly details: { readonly [key: string]: unknown };
}
