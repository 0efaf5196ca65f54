import type * as z from "zod";
import type { IncidentId, PersonId } from "../../kernel/id.ts";
import type { Instant, Stamp } from "../../kernel/time.ts";

/** The person who acted, as they were then: a record that changes later is no record. */
export interface Actor {
  readonly id: PersonId;
  readonly name: string;
  readonly title: string;
  readonly phone: string;
  /** Name of the token by which a program acted for this person; absent when they were there themselves. */
  readonly through?: string;
}

/** Which policy version (by digest) and which of its rules allowed the act. */
export interface AuthorityUsed {
  readonly policy: string;
  readonly rule: string;
}

/** The body schemas of one noun's entries: `noun.past_tense` → what the entry says. */
export type EntryBodies = Readonly<Record<string, z.ZodObject>>;

/** The type of each body in `Bodies`. */
export type BodyOf<Bodies extends EntryBodies, Type extends keyof Bodies> = z.output<Bodies[Type]>;

/** A fact that a rule decided on and that the log is asked to keep. */
export type Fact<Bodies extends EntryBodies = EntryBodies> = {
  readonly [Type in keyof Bodies & string]: {
    readonly type: Type;
    /** The incident whose log this belongs to, or `null` for the organisation's own entries. */
    readonly incident: IncidentId | null;
    readonly happened: Stamp;
    readonly body: BodyOf<Bodies, Type>;
  };
}[keyof Bodies & string];

/**
 * A fact as the log holds it.
 *
 * `happened` is when the person says it was, `recordedAt` when the server received it. Fields of `body`
 * can be missing when they were withheld or erased, so every reader works without them.
 */
export type Entry<Bodies extends EntryBodies = EntryBodies> = {
  readonly [Type in keyof Bodies & string]: {
    readonly type: Type;
    readonly v: number;
    readonly seq: number;
    readonly incident: IncidentId | null;
    readonly incidentSeq: number | null;
    readonly happenedAt: string;
    readonly zone: string | undefined;
    readonly recordedAt: Instant;
    readonly actor: Actor | undefined;
    readonly authority: AuthorityUsed | undefined;
    readonly body: Partial<BodyOf<Bodies, Type>>;
  };
}[keyof Bodies & string];

/** The names that every entry's disclosures share; no body field may be called so. */
export const RESERVED_FIELDS = ["incident", "actor", "zone", "said", "precision", "authority"] as const;
