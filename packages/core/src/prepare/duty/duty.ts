import * as z from "zod";
import type { Entry, Fact } from "../../document/log/entry.ts";
import { DutyId, PersonId } from "../../kernel/id.ts";
import { accept, type Result, refuse } from "../../kernel/result.ts";
import { prose } from "../../kernel/text.ts";
import { Instant, type Stamp, unixMsOf, Zone } from "../../kernel/time.ts";

/**
 * The functions that have to be filled when something happens.
 *
 * @source NIST SP 800-61r2 §2.4.3; CERT/CC: the policy designates who responds
 */
export const DUTY_FUNCTIONS = ["lead", "deputy", "communications", "legal", "custodian"] as const;
export const DutyFunction = z.enum(DUTY_FUNCTIONS);
export type DutyFunction = z.infer<typeof DutyFunction>;

/** Who is on duty in a function from one moment until another; an override stands in for everybody else in it. */
export const DutyDetails = z.strictObject({
  person: PersonId,
  duty: DutyFunction.describe("The function"),
  from: Instant,
  until: Instant,
  dutyZone: Zone.describe("The zone in which the times were meant"),
  override: z.boolean().default(false).describe("Stands in for whoever else is on duty in this function"),
  note: prose(500).default(""),
});
export type DutyDetails = z.infer<typeof DutyDetails>;

export const DUTY_ENTRIES = {
  "duty.assigned": z.object({ id: DutyId, ...DutyDetails.shape }),
  "duty.cancelled": z.object({ id: DutyId, reason: z.string() }),
};

/** A duty as the log says it is now. */
export interface Duty extends DutyDetails {
  readonly id: DutyId;
  readonly status: "planned" | "cancelled";
}

/** The longest that one duty lasts. */
export const DUTY_MAX_MS = 366 * 24 * 60 * 60_000;

export type DutyRefusal = { readonly code: "duty.wrong_times" } | { readonly code: "duty.cancelled" };

/** The duty after one more entry about it. */
export function projectDuty(before: Duty | undefined, entry: Entry<typeof DUTY_ENTRIES>): Duty | undefined {
  if (entry.type === "duty.cancelled") return before && { ...before, status: "cancelled" };
  const { id, person, duty, from, until } = entry.body;
  if (id === undefined || person === undefined || duty === undefined) return before;
  if (from === undefined || until === undefined) return before;
  return {
    id,
    person,
    duty,
    from,
    until,
    dutyZone: entry.body.dutyZone ?? "UTC",
    override: entry.body.override ?? false,
    note: entry.body.note ?? "",
    status: "planned",
  };
}

/** The entry that puts somebody on duty; `duty.wrong_times` when it ends before it begins or lasts over a year. */
export function assignDuty(
  id: DutyId,
  happened: Stamp,
  said: DutyDetails,
): Result<Fact<typeof DUTY_ENTRIES>, DutyRefusal> {
  const lasts = unixMsOf(said.until) - unixMsOf(said.from);
  if (lasts <= 0 || lasts > DUTY_MAX_MS) return refuse({ code: "duty.wrong_times" });
  return accept({ type: "duty.assigned", incident: null, happened, body: { id, ...said } });
}

/** The entry that takes a duty off the roster, or `duty.cancelled` when it is off already. */
export function cancelDuty(
  before: Duty,
  happened: Stamp,
  reason: string,
): Result<Fact<typeof DUTY_ENTRIES>, DutyRefusal> {
  if (before.status === "cancelled") return refuse({ code: "duty.cancelled" });
  return accept({ type: "duty.cancelled", incident: null, happened, body: { id: before.id, reason } });
}

/**
 * Who is on duty at a moment, in the order of the functions, whoever began first before the others.
 *
 * While an override lasts, only overrides count in its function.
 */
export function onDutyAt(roster: readonly Duty[], now: Instant): Duty[] {
  const current = roster.filter((duty) => duty.status === "planned" && duty.from <= now && now < duty.until);
  return DUTY_FUNCTIONS.flatMap((wanted) => {
    const there = current.filter((duty) => duty.duty === wanted);
    const standIns = there.filter((duty) => duty.override);
    return (standIns.length > 0 ? standIns : there).sort((a, b) =>
      `${a.from} ${a.id}` < `${b.from} ${b.id}` ? -1 : 1,
    );
  });
}
