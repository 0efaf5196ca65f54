import {
  careOf,
  EvidenceId,
  IncidentId,
  IncidentStatus,
  IsolationId,
  IsolationState,
  isFresh,
  isOverdue,
  isUnanswered,
  NotificationId,
  needsCare,
  PersonId,
  Priority,
  SHIFT_INCIDENTS_MAX,
  type Shift,
  ShiftId,
  watchDue,
} from "@jumpkit/core";
import * as z from "zod";
import { EntryView, entryView } from "../entry-view.ts";
import { query } from "../query.ts";
import type { Reading } from "../reading.ts";
import type { BriefedIncident } from "./shift-ports.ts";

const Talk = z.object({ by: z.string(), at: z.string(), text: z.string() });

const ShiftView = z
  .object({
    id: ShiftId,
    from: PersonId,
    fromName: z.string(),
    to: PersonId,
    toName: z.string(),
    offeredAt: z.string(),
    endedAt: z.string().nullable(),
    note: z.string(),
    movesDuty: z.boolean().describe("whether the duty of who goes moves with the shift"),
    state: z.enum(["offered", "taken_over", "withdrawn"]),
    cards: z.array(
      z.object({
        incident: IncidentId,
        state: z.enum(["open", "asked", "understood"]),
        talk: z.array(Talk),
      }),
    ),
  })
  .meta({ id: "Shift" });

const Card = z
  .object({
    incident: IncidentId,
    code: z.string(),
    title: z.string(),
    status: IncidentStatus,
    priority: Priority.nullable(),
    lead: PersonId.nullable(),
    briefing: z
      .object({
        hypothesis: z.string(),
        nextStep: z.string(),
        owner: PersonId.nullable(),
        ownerName: z.string(),
        by: z.string(),
        at: z.string(),
      })
      .nullable(),
    fresh: z.boolean().describe("whether the briefing is young enough to be handed over"),
    latest: z.array(EntryView).describe("the last five entries that say what was done, oldest first"),
    approvals: z.array(z.object({ title: z.string(), askerName: z.string(), expiresAt: z.string() })),
    isolations: z.array(
      z.object({
        id: IsolationId,
        name: z.string(),
        state: IsolationState,
        reviewAt: z.string().nullable(),
        ownerName: z.string(),
        late: z.boolean(),
      }),
    ),
    nextCheckIn: z.string().nullable(),
    told: z
      .array(
        z.object({
          notification: NotificationId,
          ref: z.string(),
          subject: z.string(),
          names: z.array(z.string()).describe("who has not answered"),
          answerBy: z.string().nullable(),
          overdue: z.boolean(),
          unread: z.int().describe("replies to it that nobody has read"),
        }),
      )
      .describe("what is open towards outside: answers that are waited for, and replies that wait for us"),
    evidence: z.array(
      z.object({ item: EvidenceId, number: z.int(), custodian: z.string(), state: z.string() }),
    ),
  })
  .meta({ id: "ShiftCard" });

export const listShifts = query({
  name: "shift.waiting",
  phase: "coordinate",
  summary: "Offers of a shift that nobody has answered yet, newest first",
  action: "incident.read",
  path: "/v1/shift-waiting",
  input: z.strictObject({}),
  output: z.object({ items: z.array(ShiftView) }),
  run: async (_input, reading) => ({ items: (await reading.shifts.waiting()).map(shiftView) }),
});

export const showShift = query({
  name: "shift.show",
  phase: "coordinate",
  summary: "What a shift hands over: a card for each open incident, and the offers that wait",
  action: "incident.read",
  path: "/v1/shift",
  input: z.strictObject({}),
  output: z.object({
    waiting: z.array(ShiftView),
    last: ShiftView.nullable().describe("the latest that was taken over"),
    cards: z.array(Card),
    signsWaiting: z.int().nullable().describe("null when you may not see signs"),
    signsSnoozed: z.int().nullable(),
  }),
  run: async (_input, reading, viewer) => {
    const cards = [];
    for (const briefed of await reading.shifts.briefed(SHIFT_INCIDENTS_MAX)) {
      cards.push(await cardOf(briefed, reading));
    }
    const queue = (await reading.permission(viewer, "sign.read")).allowed
      ? await reading.triage.queueState()
      : undefined;
    const last = await reading.shifts.lastTaken();
    return {
      waiting: (await reading.shifts.waiting()).map(shiftView),
      last: last === undefined ? null : shiftView(last),
      cards,
      signsWaiting: queue?.waiting ?? null,
      signsSnoozed: queue?.snoozed ?? null,
    };
  },
});

function shiftView(shift: Shift): z.input<typeof ShiftView> {
  return { ...shift, cards: shift.cards.map((card) => ({ ...card, talk: [...card.talk] })) };
}

/** What is written often and says nothing that the next shift acts on. */
const BOOKKEEPING: ReadonlySet<string> = new Set(["briefing", "shift", "observable", "checklist", "scope"]);
const LATEST = 5;
/** So far back an entry that says something is looked for. */
const LOOKED_THROUGH = 60;

async function cardOf({ incident, briefing }: BriefedIncident, reading: Reading) {
  const now = reading.now();
  const from = Math.max(0, incident.entryCount - LOOKED_THROUGH);
  const entries = await reading.entries(incident.id, from, LOOKED_THROUGH);
  const said = entries.filter(({ type }) => !BOOKKEEPING.has(type.split(".")[0] ?? ""));
  const people = new Set(
    (await reading.people()).filter(({ status }) => status === "active").map(({ id }) => id),
  );
  const isolations = (await reading.contain.isolationsOf(incident.id)).filter(needsCare);
  const approvals = await reading.approvals.ofIncident(incident.id, 50);
  const watch = watchDue(incident, await reading.contain.watchOf(incident.id), now);
  return {
    incident: incident.id,
    code: incident.code,
    title: incident.title,
    status: incident.status,
    priority: incident.rating?.priority ?? null,
    lead: incident.lead,
    briefing: briefing ?? null,
    fresh: isFresh(briefing, now),
    latest: said.slice(-LATEST).map(entryView),
    approvals: approvals
      .filter(({ status, expiresAt }) => status === "requested" && expiresAt > now)
      .map(({ title, askerName, expiresAt }) => ({ title, askerName, expiresAt })),
    isolations: isolations.map(({ id, target, state, reviewAt, owner, ownerName }) => ({
      ...{ id, name: target.name, state, reviewAt, ownerName },
      late: careOf({ owner, reviewAt }, owner !== null && people.has(owner), now) !== "in_time",
    })),
    nextCheckIn: watch?.dueAt ?? null,
    told: await openOutside(incident.id, reading),
    evidence: (await reading.itemsOf(incident.id))
      .filter(({ state }) => state !== "released")
      .map(({ id, number, custodian, state }) => ({ item: id, number, custodian: custodian.name, state })),
  };
}

/** The notifications of an incident whose answers are waited for, or whose replies nobody has read. */
async function openOutside(incident: IncidentId, reading: Reading) {
  const unread = (await reading.replies.open()).filter((reply) => reply.incident === incident);
  return (await reading.notifications.of(incident)).flatMap((notification) => {
    const { id, ref, subject, answerBy, recipients } = notification;
    const copied = new Set(recipients.filter(({ copy }) => copy).map(({ contact }) => contact));
    const silent = notification.told.filter((each) => !copied.has(each.contact) && isUnanswered(each));
    const count = unread.filter((reply) => reply.notification === id).length;
    if (silent.length === 0 && count === 0) return [];
    const overdue = silent.length > 0 && isOverdue(notification, reading.now());
    return [
      {
        notification: id,
        ref,
        subject,
        names: silent.map(({ name }) => name),
        answerBy,
        overdue,
        unread: count,
      },
    ];
  });
}
