import * as z from "zod";
import type { Incident } from "../../detect/incident/incident.ts";
import { type IncidentFact, nameLead } from "../../detect/incident/life.ts";
import type { Entry, Fact } from "../../document/log/entry.ts";
import { type DutyId, IncidentId, PersonId, ShiftId } from "../../kernel/id.ts";
import { accept, type Result, refuse } from "../../kernel/result.ts";
import { type Instant, type Stamp, unixMsOf } from "../../kernel/time.ts";
import { type DUTY_ENTRIES, type Duty, onDutyAt } from "../../prepare/duty/duty.ts";
import type { Briefing } from "./briefing.ts";

/** A briefing that is older than this tells the next shift what was, not what is. */
export const BRIEFING_FRESH_MS = 12 * 60 * 60_000;

/** The most incidents that one shift hands over. */
export const SHIFT_INCIDENTS_MAX = 200;

/** The entries about one change of shift; what is said of an incident stands in that incident's log. */
export const SHIFT_ENTRIES = {
  "shift.offered": z.object({
    shift: ShiftId,
    from: PersonId,
    fromName: z.string(),
    to: PersonId,
    toName: z.string(),
    incidents: z.array(IncidentId),
    movesDuty: z.boolean(),
    note: z.string(),
  }),
  "shift.understood": z.object({ shift: ShiftId }),
  "shift.asked": z.object({ shift: ShiftId, question: z.string() }),
  "shift.replied": z.object({ shift: ShiftId, reply: z.string() }),
  "shift.taken_over": z.object({ shift: ShiftId, fromName: z.string(), incidents: z.int() }),
  "shift.withdrawn": z.object({ shift: ShiftId, reason: z.string() }),
};
type ShiftFact = Fact<typeof SHIFT_ENTRIES>;

/** What is said while an incident is handed over. */
export interface ShiftTalk {
  readonly by: string;
  readonly at: string;
  readonly text: string;
}

/** How it stands with one incident of a shift. */
export interface ShiftCard {
  readonly incident: IncidentId;
  readonly state: "open" | "asked" | "understood";
  readonly talk: readonly ShiftTalk[];
}

/** A change of shift: offered by who goes, gone through card by card, and taken over by who comes. */
export interface Shift {
  readonly id: ShiftId;
  readonly from: PersonId;
  readonly fromName: string;
  readonly to: PersonId;
  readonly toName: string;
  readonly offeredAt: string;
  readonly endedAt: string | null;
  readonly note: string;
  /** Whether who goes may say who is on duty, so that their duty goes with the shift. */
  readonly movesDuty: boolean;
  readonly state: "offered" | "taken_over" | "withdrawn";
  readonly cards: readonly ShiftCard[];
}

export type ShiftRefusal =
  | { readonly code: "shift.to_oneself" }
  | { readonly code: "shift.offered_already"; readonly shift: ShiftId }
  | { readonly code: "shift.not_briefed"; readonly incidents: readonly string[] }
  | { readonly code: "shift.too_many" }
  | { readonly code: "shift.not_open" }
  | { readonly code: "shift.not_yours"; readonly to: string }
  | { readonly code: "shift.not_understood"; readonly incidents: readonly IncidentId[] };

/** The shift after one more entry about it. */
export function projectShift(
  before: Shift | undefined,
  entry: Entry<typeof SHIFT_ENTRIES>,
): Shift | undefined {
  if (entry.type === "shift.offered") return offered(entry);
  if (before === undefined) return undefined;
  switch (entry.type) {
    case "shift.understood":
      return withCard(before, entry, "understood", "");
    case "shift.asked":
      return withCard(before, entry, "asked", entry.body.question ?? "");
    case "shift.replied":
      return withCard(before, entry, "open", entry.body.reply ?? "");
    case "shift.taken_over":
      return { ...before, state: "taken_over", endedAt: entry.recordedAt };
    case "shift.withdrawn":
      return { ...before, state: "withdrawn", endedAt: entry.recordedAt };
  }
}

function offered({
  body,
  recordedAt,
}: Extract<Entry<typeof SHIFT_ENTRIES>, { type: "shift.offered" }>): Shift | undefined {
  const { shift, from, to, incidents } = body;
  if (shift === undefined || from === undefined || to === undefined) return undefined;
  return {
    id: shift,
    from,
    fromName: body.fromName ?? "",
    to,
    toName: body.toName ?? "",
    offeredAt: recordedAt,
    endedAt: null,
    note: body.note ?? "",
    movesDuty: body.movesDuty ?? false,
    state: "offered",
    cards: (incidents ?? []).map((incident) => ({ incident, state: "open", talk: [] })),
  };
}

function withCard(
  shift: Shift,
  { incident, actor, recordedAt }: Entry<typeof SHIFT_ENTRIES>,
  state: ShiftCard["state"],
  text: string,
): Shift {
  const said = text === "" ? [] : [{ by: actor?.name ?? "", at: recordedAt, text }];
  return {
    ...shift,
    cards: shift.cards.map((card) =>
      card.incident === incident ? { ...card, state, talk: [...card.talk, ...said] } : card,
    ),
  };
}

/** An open incident with what was last said of where it stands. */
export interface Briefed {
  readonly incident: Pick<Incident, "id" | "code" | "lead">;
  readonly briefing: Briefing | undefined;
}

/** Whether the next shift can rely on what a briefing says. */
export function isFresh(briefing: Briefing | undefined, now: Instant): boolean {
  if (briefing === undefined || briefing.hypothesis.trim() === "" || briefing.nextStep.trim() === "")
    return false;
  return unixMsOf(now) - Date.parse(briefing.at) <= BRIEFING_FRESH_MS;
}

/**
 * The entry that offers everything open to whoever comes.
 *
 * Refused to oneself, while another offer of the same person waits, with more than 200 incidents, and as
 * `shift.not_briefed` while an open incident has no hypothesis and next step of the last twelve hours: somebody who
 * takes over a status without a thought behind it does the work again.
 */
export function offerShift(
  said: {
    readonly id: ShiftId;
    readonly happened: Stamp;
    readonly now: Instant;
    readonly from: { readonly id: PersonId; readonly name: string };
    readonly to: { readonly id: PersonId; readonly name: string };
    readonly movesDuty: boolean;
    readonly note: string;
  },
  open: readonly Briefed[],
  waiting: Shift | undefined,
): Result<ShiftFact, ShiftRefusal> {
  const { id, happened, now, from, to, movesDuty, note } = said;
  if (from.id === to.id) return refuse({ code: "shift.to_oneself" });
  if (waiting !== undefined) return refuse({ code: "shift.offered_already", shift: waiting.id });
  if (open.length > SHIFT_INCIDENTS_MAX) return refuse({ code: "shift.too_many" });
  const silent = open.filter(({ briefing }) => !isFresh(briefing, now));
  if (silent.length > 0) {
    return refuse({ code: "shift.not_briefed", incidents: silent.map(({ incident }) => incident.code) });
  }
  const incidents = open.map(({ incident }) => incident.id);
  const names = { from: from.id, fromName: from.name, to: to.id, toName: to.name };
  const body = { shift: id, ...names, incidents, movesDuty, note };
  return accept({ type: "shift.offered", incident: null, happened, body });
}

/** What who comes or goes says of one incident. */
export type CardWord =
  | { readonly kind: "understood" }
  | { readonly kind: "asked"; readonly question: string }
  | { readonly kind: "replied"; readonly reply: string };

/**
 * The entry of one word about a card: who comes understands it or asks, who goes replies.
 *
 * @returns refused as `shift.not_open` once the shift is over or when the incident is not in it, and as
 *          `shift.not_yours` to the other of the two
 */
export function sayOfCard(
  shift: Shift,
  incident: IncidentId,
  by: PersonId,
  happened: Stamp,
  word: CardWord,
): Result<ShiftFact, ShiftRefusal> {
  if (shift.state !== "offered") return refuse({ code: "shift.not_open" });
  if (!shift.cards.some((card) => card.incident === incident)) return refuse({ code: "shift.not_open" });
  const speaker = word.kind === "replied" ? shift.from : shift.to;
  if (by !== speaker) {
    return refuse({ code: "shift.not_yours", to: word.kind === "replied" ? shift.fromName : shift.toName });
  }
  const about = { incident, happened };
  switch (word.kind) {
    case "understood":
      return accept({ type: "shift.understood", ...about, body: { shift: shift.id } });
    case "asked":
      return accept({ type: "shift.asked", ...about, body: { shift: shift.id, question: word.question } });
    case "replied":
      return accept({ type: "shift.replied", ...about, body: { shift: shift.id, reply: word.reply } });
  }
}

type Taken = ShiftFact | IncidentFact | Fact<typeof DUTY_ENTRIES>;

/**
 * The entries by which a shift is taken over, all at the same second: the shift's own, the lead of each open incident
 * that who goes has led, and the duties of theirs that run now until they would have ended.
 *
 * @param current  the incidents of the cards as they are now, and the roster; what was closed meanwhile is left alone
 * @returns refused to anybody but the one it is offered to, and while a card is not understood
 */
export function takeShift(
  shift: Shift,
  by: { readonly id: PersonId; readonly name: string },
  moment: { readonly happened: Stamp; readonly now: Instant; readonly zone: string },
  current: { readonly incidents: readonly Incident[]; readonly roster: readonly Duty[] },
  newDuty: () => DutyId,
): Result<readonly Taken[], ShiftRefusal> {
  if (shift.state !== "offered") return refuse({ code: "shift.not_open" });
  if (by.id !== shift.to) return refuse({ code: "shift.not_yours", to: shift.toName });
  const open = new Set(current.incidents.map((incident) => incident.id));
  const left = shift.cards.filter((card) => card.state !== "understood" && open.has(card.incident));
  if (left.length > 0) {
    return refuse({ code: "shift.not_understood", incidents: left.map(({ incident }) => incident) });
  }
  const led = current.incidents.filter((incident) => incident.lead === shift.from);
  const leads = led.flatMap((incident) => {
    const named = nameLead(incident, moment.happened, by);
    return named.ok ? [named.value] : [];
  });
  const taken: Taken = {
    type: "shift.taken_over",
    incident: null,
    happened: moment.happened,
    body: { shift: shift.id, fromName: shift.fromName, incidents: shift.cards.length },
  };
  return accept([taken, ...leads, ...dutiesTaken(shift, by.id, moment, current.roster, newDuty)]);
}

function dutiesTaken(
  shift: Shift,
  to: PersonId,
  { happened, now, zone }: { readonly happened: Stamp; readonly now: Instant; readonly zone: string },
  roster: readonly Duty[],
  newDuty: () => DutyId,
): Fact<typeof DUTY_ENTRIES>[] {
  if (!shift.movesDuty) return [];
  const onDuty = onDutyAt(roster, now);
  const theirs = onDuty.filter((duty) => duty.person === shift.from);
  const free = theirs.filter(
    ({ duty }) => !onDuty.some((other) => other.person === to && other.duty === duty),
  );
  return free.map(({ duty, until }) => ({
    type: "duty.assigned",
    incident: null,
    happened,
    body: {
      id: newDuty(),
      person: to,
      duty,
      from: now,
      until,
      dutyZone: zone,
      override: true,
      note: `Took the shift over from ${shift.fromName}`.slice(0, 500),
    },
  }));
}

/** The entry that ends an offer: who goes takes it back, or who comes declines it. */
export function withdrawShift(
  shift: Shift,
  by: PersonId,
  happened: Stamp,
  reason: string,
): Result<ShiftFact, ShiftRefusal> {
  if (shift.state !== "offered") return refuse({ code: "shift.not_open" });
  if (by !== shift.from && by !== shift.to) return refuse({ code: "shift.not_yours", to: shift.toName });
  const body = { shift: shift.id, reason };
  return accept({ type: "shift.withdrawn", incident: null, happened, body });
}
