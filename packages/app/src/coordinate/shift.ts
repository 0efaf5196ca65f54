import {
  accept,
  brief,
  IncidentId,
  line,
  mustBeOpen,
  offerShift,
  PersonId,
  prose,
  refuse,
  SHIFT_INCIDENTS_MAX,
  type Shift,
  ShiftId,
  sayOfCard,
  takeShift,
  withdrawShift,
} from "@jumpkit/core";
import * as z from "zod";
import { stampOf } from "../happened.ts";
import { operation } from "../operation.ts";
import type { Records } from "../ports.ts";

const Done = z.object({ shift: ShiftId });
const said = (what: string) =>
  prose(2000).refine((text) => text.trim() !== "", { error: `is empty; ${what}` });
const ofShift = {
  phase: "coordinate",
  action: "log.write",
  thing: "shift",
  visibleBy: "incident.read",
} as const;

export const writeBriefing = operation({
  name: "briefing.write",
  phase: "coordinate",
  action: "log.write",
  thing: "incident",
  visibleBy: "incident.read",
  summary: "Say where an incident stands: what you think happened, and what comes next",
  input: z.strictObject({
    incident: IncidentId,
    hypothesis: said("say what you think; “none, ruled out X” is an answer"),
    nextStep: said("say what comes next"),
    owner: PersonId.nullable().default(null).describe("who takes the next step; null for whoever is there"),
  }),
  output: z.object({ incident: IncidentId }),
  load: async (input, records) => {
    const incident = await records.incident(input.incident);
    const owner = input.owner === null ? null : await records.person(input.owner);
    if (incident === undefined || owner === undefined || owner?.status === "inactive") return undefined;
    return { incident, owner };
  },
  decide: ({ incident, owner }, { hypothesis, nextStep }, act) => {
    const wrong = mustBeOpen(incident);
    if (wrong !== undefined) return refuse(wrong);
    const fact = brief(incident.id, stampOf(undefined, act), { hypothesis, nextStep }, owner);
    return accept({ facts: [fact], output: { incident: incident.id } });
  },
});

export const shiftOffer = operation({
  name: "shift.offer",
  phase: "coordinate",
  action: "incident.lead",
  summary: "Offer everything that is open to whoever comes after you",
  input: z.strictObject({
    to: PersonId,
    note: prose(2000).default("").describe("what is about no single incident"),
  }),
  output: Done,
  load: async ({ to }, records, act, { authority }) => {
    const person = await records.person(to);
    if (person?.status !== "active") return undefined;
    const open = await records.shifts.briefed(SHIFT_INCIDENTS_MAX + 1);
    return {
      to: person,
      open,
      waiting: await records.shifts.waitingFrom(act.by.id),
      movesDuty: (await authority.permits(act.by, "duty.manage")).allowed,
      leads: open.some(({ incident }) => incident.lead === act.by.id),
      id: act.newId("shf"),
    };
  },
  // Who leads names who leads after them.
  actionOf: ({ leads }) => (leads ? "incident.lead" : "log.write"),
  decide: ({ to, open, waiting, movesDuty, id }, { note }, act) => {
    const from = { id: act.by.id, name: act.by.name };
    const offer = { id, happened: stampOf(undefined, act), now: act.now, from, to, movesDuty, note };
    const outcome = offerShift(offer, open, waiting);
    return outcome.ok ? accept({ facts: [outcome.value], output: { shift: id } }) : outcome;
  },
});

/** The shift, its row locked before the incident's as everywhere; nothing where the incident does not exist. */
async function loadCard(
  input: { readonly shift: ShiftId; readonly incident: IncidentId },
  records: Records,
): Promise<Shift | undefined> {
  const shift = await records.shifts.shift(input.shift);
  return (await records.incident(input.incident)) === undefined ? undefined : shift;
}

export const shiftUnderstand = operation({
  name: "shift.understand",
  ...ofShift,
  summary: "Say that you have understood where an incident stands",
  input: z.strictObject({ shift: ShiftId, incident: IncidentId }),
  output: Done,
  load: loadCard,
  decide: (shift, { incident }, act) => {
    const outcome = sayOfCard(shift, incident, act.by.id, stampOf(undefined, act), { kind: "understood" });
    return outcome.ok ? accept({ facts: [outcome.value], output: { shift: shift.id } }) : outcome;
  },
});

export const shiftAsk = operation({
  name: "shift.ask",
  ...ofShift,
  summary: "Leave a question about an incident that is handed over to you",
  input: z.strictObject({ shift: ShiftId, incident: IncidentId, question: line(1000) }),
  output: Done,
  load: loadCard,
  decide: (shift, { incident, question }, act) => {
    const word = { kind: "asked", question } as const;
    const outcome = sayOfCard(shift, incident, act.by.id, stampOf(undefined, act), word);
    return outcome.ok ? accept({ facts: [outcome.value], output: { shift: shift.id } }) : outcome;
  },
});

export const shiftReply = operation({
  name: "shift.reply",
  ...ofShift,
  summary: "Answer a question about an incident that you hand over",
  input: z.strictObject({ shift: ShiftId, incident: IncidentId, reply: line(1000) }),
  output: Done,
  load: loadCard,
  decide: (shift, { incident, reply }, act) => {
    const word = { kind: "replied", reply } as const;
    const outcome = sayOfCard(shift, incident, act.by.id, stampOf(undefined, act), word);
    return outcome.ok ? accept({ facts: [outcome.value], output: { shift: shift.id } }) : outcome;
  },
});

export const shiftTakeOver = operation({
  name: "shift.take_over",
  ...ofShift,
  summary: "Take the shift over: the lead of what they led and their duties go to you at that second",
  input: z.strictObject({ shift: ShiftId }),
  output: Done,
  load: async (input, records, act) => {
    const shift = await records.shifts.shift(input.shift);
    if (shift === undefined) return undefined;
    const incidents = await records.shifts.stillOpen(shift.cards.map((card) => card.incident));
    return { shift, incidents, roster: await records.shifts.roster(act.now) };
  },
  decide: ({ shift, incidents, roster }, _input, act) => {
    const moment = { happened: stampOf(undefined, act), now: act.now, zone: act.by.zone };
    const by = { id: act.by.id, name: act.by.name };
    const outcome = takeShift(shift, by, moment, { incidents, roster }, () => act.newId("dty"));
    return outcome.ok ? accept({ facts: outcome.value, output: { shift: shift.id } }) : outcome;
  },
});

export const shiftWithdraw = operation({
  name: "shift.withdraw",
  ...ofShift,
  summary: "End an offer: take it back, or decline it",
  input: z.strictObject({ shift: ShiftId, reason: prose(1000).default("") }),
  output: Done,
  load: (input, records) => records.shifts.shift(input.shift),
  decide: (shift, { reason }, act) => {
    const outcome = withdrawShift(shift, act.by.id, stampOf(undefined, act), reason);
    return outcome.ok ? accept({ facts: [outcome.value], output: { shift: shift.id } }) : outcome;
  },
});
