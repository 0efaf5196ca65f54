import * as z from "zod";
import type { Entry, Fact } from "../../document/log/entry.ts";
import { BreakGlassId, type IncidentId, PersonId } from "../../kernel/id.ts";
import { accept, type Result, refuse } from "../../kernel/result.ts";
import { Instant, instantAt, type Stamp, unixMsOf } from "../../kernel/time.ts";

/** What a review finds. */
export const BreakGlassVerdict = z.enum(["justified", "not_justified"]);
export type BreakGlassVerdict = z.infer<typeof BreakGlassVerdict>;

/** The entries about one breaking of the glass: opened for a time, each use, and the review. */
export const BREAK_GLASS_ENTRIES = {
  "breakglass.opened": z.object({
    breakglass: BreakGlassId,
    person: PersonId,
    name: z.string(),
    action: z.string(),
    title: z.string(),
    reason: z.string(),
    clause: z.string(),
    expiresAt: Instant,
  }),
  "breakglass.used": z.object({ breakglass: BreakGlassId, operation: z.string(), thing: z.string() }),
  "breakglass.reviewed": z.object({
    breakglass: BreakGlassId,
    verdict: BreakGlassVerdict,
    text: z.string(),
  }),
};
type Facts = Fact<typeof BREAK_GLASS_ENTRIES>;

/** The longest that the glass stays broken, and the shortest reason for breaking it. */
export const BREAK_GLASS_MINUTES_MAX = 240;
export const BREAK_GLASS_REASON_MIN = 20;

/** A breaking of the glass: one person, one action, one incident, for a time. */
export interface BreakGlass {
  readonly id: BreakGlassId;
  readonly incident: IncidentId;
  readonly person: PersonId;
  readonly name: string;
  readonly action: string;
  readonly title: string;
  readonly reason: string;
  readonly clause: string;
  readonly openedAt: Instant;
  readonly expiresAt: Instant;
  readonly uses: readonly { readonly operation: string; readonly thing: string; readonly at: Instant }[];
  /** `null` until somebody who did not do it has reviewed it. */
  readonly review: {
    readonly by: string;
    readonly at: Instant;
    readonly verdict: BreakGlassVerdict;
    readonly text: string;
  } | null;
}

export type BreakGlassRefusal =
  | { readonly code: "breakglass.not_possible"; readonly clause: string }
  | { readonly code: "breakglass.not_needed" }
  | { readonly code: "breakglass.open_already"; readonly until: Instant }
  | { readonly code: "breakglass.own" }
  | { readonly code: "breakglass.reviewed_already" };

/** The breaking of the glass after one more entry about it. */
export function projectBreakGlass(
  before: BreakGlass | undefined,
  entry: Entry<typeof BREAK_GLASS_ENTRIES>,
): BreakGlass | undefined {
  if (entry.type === "breakglass.opened") return opened(entry);
  if (before === undefined) return undefined;
  if (entry.type === "breakglass.used") {
    const { operation = "(withheld)", thing = "(withheld)" } = entry.body;
    return { ...before, uses: [...before.uses, { operation, thing, at: entry.recordedAt }] };
  }
  const { verdict = "not_justified", text = "(withheld)" } = entry.body;
  const by = entry.actor?.name ?? "(withheld)";
  return { ...before, review: { by, at: entry.recordedAt, verdict, text } };
}

function opened(
  entry: Extract<Entry<typeof BREAK_GLASS_ENTRIES>, { readonly type: "breakglass.opened" }>,
): BreakGlass | undefined {
  const { body, incident, recordedAt } = entry;
  const { breakglass: id, person } = body;
  if (id === undefined || person === undefined || incident === null) return undefined;
  return {
    id,
    incident,
    person,
    name: body.name ?? "(withheld)",
    action: body.action ?? "",
    title: body.title ?? "(withheld)",
    reason: body.reason ?? "(withheld)",
    clause: body.clause ?? "",
    openedAt: recordedAt,
    // An end that was withheld is over, so that nothing can be done with it.
    expiresAt: body.expiresAt ?? recordedAt,
    uses: [],
    review: null,
  };
}

/** Whether it lets its person act at `now`. */
export function isBroken(glass: BreakGlass, now: Instant): boolean {
  return unixMsOf(now) < unixMsOf(glass.expiresAt);
}

/**
 * The entry by which somebody takes the authority that they would need consent for, for a time and for one
 * incident, and answers for it.
 *
 * @param may   what the policy says: whether they may anyway, and whether the glass can be broken for it
 * @param open  their own breaking for this action and incident that lasts still
 * @returns     the fact; `breakglass.not_possible` where the policy does not let them; `breakglass.not_needed`;
 *              `breakglass.open_already`
 */
export function breakGlass(
  incident: IncidentId,
  id: BreakGlassId,
  act: { readonly happened: Stamp; readonly now: Instant },
  by: { readonly id: PersonId; readonly name: string },
  may: { readonly anyway: boolean; readonly byBreaking: boolean; readonly clause: string },
  open: BreakGlass | undefined,
  said: {
    readonly action: string;
    readonly title: string;
    readonly reason: string;
    readonly minutes: number;
  },
): Result<Extract<Facts, { type: "breakglass.opened" }>, BreakGlassRefusal> {
  if (may.anyway) return refuse({ code: "breakglass.not_needed" });
  if (!may.byBreaking) return refuse({ code: "breakglass.not_possible", clause: may.clause });
  if (open !== undefined) return refuse({ code: "breakglass.open_already", until: open.expiresAt });
  const { action, title, reason } = said;
  const expiresAt = instantAt(unixMsOf(act.now) + said.minutes * 60_000);
  const { id: person, name } = by;
  return accept({
    type: "breakglass.opened",
    incident,
    happened: act.happened,
    body: { breakglass: id, person, name, action, title, reason, clause: may.clause, expiresAt },
  });
}

/** The entry that says that an act rested on broken glass; it goes with the act's own entries. */
export function useBrokenGlass(
  glass: BreakGlass,
  happened: Stamp,
  act: { readonly operation: string; readonly thing: string },
): Facts {
  return {
    type: "breakglass.used",
    incident: glass.incident,
    happened,
    body: { breakglass: glass.id, ...act },
  };
}

/**
 * The entry by which somebody else says whether it was justified.
 *
 * @returns the fact; `breakglass.own` to whoever broke it; `breakglass.reviewed_already`
 */
export function reviewBreakGlass(
  glass: BreakGlass,
  happened: Stamp,
  by: PersonId,
  said: { readonly verdict: BreakGlassVerdict; readonly text: string },
): Result<Facts, BreakGlassRefusal> {
  if (glass.person === by) return refuse({ code: "breakglass.own" });
  if (glass.review !== null) return refuse({ code: "breakglass.reviewed_already" });
  return accept({
    type: "breakglass.reviewed",
    incident: glass.incident,
    happened,
    body: { breakglass: glass.id, ...said },
  });
}
