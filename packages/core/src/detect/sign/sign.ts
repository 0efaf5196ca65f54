import * as z from "zod";
import { type Id, idSchema } from "../../kernel/id.ts";

export type SignId = Id<"sgn">;
export const SignId = idSchema("sgn");

export type SourceId = Id<"src">;
export const SourceId = idSchema("src");

/**
 * What a sign tells: that an incident may come (precursor), or that one may have happened or be happening
 * (indicator).
 *
 * @source NIST SP 800-61r2 §3.2.2
 */
export const SignKind = z.enum(["precursor", "indicator"]);
export type SignKind = z.infer<typeof SignKind>;

/**
 * What an address did in the event: never inferred from the column it stood in, because products disagree
 * about which side is the *source*.
 */
export const AddressRole = z.enum(["offender", "victim", "observer", "unknown"]);
export type AddressRole = z.infer<typeof AddressRole>;

/** An address that an event names, as it was written. */
export interface SignAddress {
  readonly value: string;
  readonly role: AddressRole;
  readonly port: number | null;
}

/**
 * A sign: events of one rule about one entity that came close together, rolled up into one.
 *
 * `severity` is the word of the product that sent it and never ours. Times are RFC 3339 in UTC.
 */
export interface Sign {
  readonly id: SignId;
  /** The source it came through; `null` for what a person reported. */
  readonly source: SourceId | null;
  readonly kind: SignKind;
  readonly rule: { readonly id: string; readonly name: string };
  /** One plain sentence: who did what to whom. */
  readonly title: string;
  /** What it is about: the host name or address of ours that the rule fired for. */
  readonly entity: string;
  readonly severity: string;
  readonly firstAt: string;
  readonly lastAt: string;
  /** How many events it stands for, repeats of the same event not counted. */
  readonly count: number;
  /** How often an event arrived again that had been counted already. */
  readonly repeats: number;
  readonly addresses: readonly SignAddress[];
  /** The first event's fields under ECS names; what had no such name is in `extra`. */
  readonly fields: Readonly<Record<string, string | number | boolean>>;
  readonly extra: Readonly<Record<string, unknown>>;
  /** The first event's time as it was written, and the zone that was assumed when it named none. */
  readonly timeAsWritten: string;
  readonly zoneAssumed: string | null;
  /** The sign of the same rule and entity that was decided on before, when this one goes on where it ended. */
  readonly previous?: SignId;
}
