import {
  AdvisoryId,
  type Answered,
  AnswerState,
  type Attachment,
  accept,
  ContactId,
  dismissReply,
  line,
  MailRead,
  type MailReply,
  type Match,
  matchOf,
  matchReply,
  NotificationId,
  prose,
  ReplyId,
  ReplyWay,
  receiveReply,
  referenceIn,
  refuse,
  settleReply,
  stampNow,
  UploadId,
} from "@jumpkit/core";
import * as z from "zod";
import { type Act, operation } from "../operation.ts";
import type { Records, Viewer } from "../ports.ts";
import type { Reading } from "../reading.ts";
import type { Refusal } from "../refusals.ts";
import { TicketOutput, ticketFor } from "../ticket.ts";
import type { AnsweredId } from "./reply-ports.ts";

const SEEN = { phase: "coordinate", visibleBy: ["incident.read", "contact.read"] } as const;
const OF_REPLY = { ...SEEN, thing: "reply", action: "log.write" } as const;
const Done = z.object({ reply: ReplyId });
const One = { reply: ReplyId };

const Came = z.strictObject({
  reply: ReplyId,
  upload: UploadId,
  way: ReplyWay,
  mail: MailRead,
  chosen: z
    .union([z.strictObject({ notification: NotificationId }), z.strictObject({ advisory: AdvisoryId })])
    .nullable()
    .describe("The notification or advisory on whose page it was dropped"),
});

/** What became of a mail that was taken in. */
export const TakenReply = z.object({
  reply: ReplyId,
  notification: NotificationId.nullable().describe("what it answers; null while nobody knows"),
  advisory: AdvisoryId.nullable().describe("the advisory that it answers; null for none"),
});

/** What the house itself takes in: it parsed the mail, and no route leads here with what a client says of one. */
const came = {
  phase: "coordinate",
  input: Came,
  output: TakenReply,
  load: async ({ reply: id, upload, mail, chosen }: z.output<typeof Came>, records: Records) => {
    const match = await matchIn(records, mail, chosen);
    if (match === "missing") return undefined;
    const found = await records.upload(upload, id);
    const known = found && (await records.replies.withBytes(found.sha256));
    return {
      match,
      found,
      known,
      twin: mail.messageId !== "" && (await records.replies.bears(mail.messageId)),
    };
  },
  decide: (
    { match, found, known, twin }: Loaded,
    { reply: id, way, mail }: z.output<typeof Came>,
    act: Act,
  ) => {
    if (found === undefined) return refuse({ code: "reply.no_such_upload" } as const);
    if (known !== undefined) return refuse({ code: "reply.known", reply: known } as const);
    const content = { sha256: found.sha256, sizeBytes: found.sizeBytes, name: found.name };
    const fact = receiveReply(stampNow(act.now, act.by.zone), { id, way, mail, content, twin }, match);
    return accept({
      facts: [fact],
      effects: [{ kind: "upload_claimed", upload: found.id, by: id } as const],
      output: { reply: id, ...idsOf(match) },
    });
  },
} as const;

interface Loaded {
  readonly match: Match | undefined;
  readonly found: (Attachment & { readonly id: UploadId }) | undefined;
  readonly known: ReplyId | undefined;
  readonly twin: boolean;
}

/** Takes in what a person dropped. */
export const takeReply = operation({
  name: "reply.take",
  ...came,
  visibleBy: SEEN.visibleBy,
  action: "log.write",
  summary: "Take in a mail that came back, as a file",
});

/** Takes in what the house found in its mailbox. */
export const receiveFromMailbox = operation({
  name: "reply.receive",
  ...came,
  action: "own",
  summary: "Take in a mail that came back into the mailbox",
});

/** Why somebody may not drop a mail here; `undefined` when they may. Asked before a byte is read. */
export async function whyNotTakeReply(reading: Reading, viewer: Viewer): Promise<Refusal | undefined> {
  for (const action of [...SEEN.visibleBy, "log.write"] as const) {
    if (!(await reading.permission(viewer, action)).allowed) return { code: "thing.not_found" };
  }
  return undefined;
}

/** What a mail answers, looked up in this organisation alone; `missing` when the page it was dropped on is gone. */
async function matchIn(records: Records, mail: MailRead, chosen: AnsweredId | null) {
  const { replies } = records;
  const message = await replies.released(mail.references);
  const ref = referenceIn(mail.subject);
  const subject = message === undefined && ref !== "" ? await replies.called(ref) : undefined;
  const which = message ?? subject ?? chosen;
  // Locked once it is known which it is: the incident's row is the first that anybody locks.
  const found = which === null ? undefined : await answeredToChange(records, which);
  if (chosen !== null && (await answeredToChange(records, chosen)) === undefined) return "missing";
  if (found === undefined) return undefined;
  return matchOf(mail, {
    message: message && { of: found, contact: message.contact },
    subject: subject === undefined ? undefined : found,
    chosen: found,
  });
}

/** What a mail answers, its row locked until the transaction ends. */
async function answeredToChange(
  { notifications, advisories }: Records,
  which: AnsweredId,
): Promise<Answered | undefined> {
  if ("advisory" in which) {
    const advisory = await advisories.advisory(which.advisory);
    return advisory && { advisory };
  }
  const notification = await notifications.toChange(which.notification);
  return notification && { notification };
}

function idsOf(match: Match | undefined) {
  const of = match?.of;
  return {
    notification: of !== undefined && "notification" in of ? of.notification.id : null,
    advisory: of !== undefined && "advisory" in of ? of.advisory.id : null,
  };
}

export const replyMatch = operation({
  name: "reply.match",
  ...OF_REPLY,
  summary: "Say which notification or advisory a reply answers, and whose answer it is",
  input: z.strictObject({
    ...One,
    notification: NotificationId.nullable().default(null),
    advisory: AdvisoryId.nullable().default(null).describe("Exactly one of the two is named"),
    recipient: ContactId.nullable().default(null).describe("Whose answer it is; null where nobody knows"),
  }),
  output: Done,
  load: async ({ reply: id, notification, advisory }, records) => {
    const which = whichOf(notification, advisory);
    const of = which && (await answeredToChange(records, which));
    const reply = which && of === undefined ? undefined : await records.replies.toChange(id);
    return reply && { of, reply };
  },
  decide: ({ of, reply }, { recipient }, act) => {
    if (of === undefined) return refuse({ code: "request.malformed", complaints: [ONE_OF_THE_TWO] });
    const outcome = matchReply(reply, of, recipient, stampNow(act.now, act.by.zone));
    return outcome.ok ? accept({ facts: [outcome.value], output: { reply: reply.id } }) : outcome;
  },
});

const ONE_OF_THE_TWO = { path: "notification", problem: "one of notification and advisory is named" };

function whichOf(notification: NotificationId | null, advisory: AdvisoryId | null): AnsweredId | undefined {
  if (notification !== null) return advisory === null ? { notification } : undefined;
  return advisory === null ? undefined : { advisory };
}

export const replyDismiss = operation({
  name: "reply.dismiss",
  ...OF_REPLY,
  summary: "Set a reply aside: it answers nothing of ours",
  input: z.strictObject({ ...One, reason: line(1000) }),
  output: Done,
  load: ({ reply }, records) => records.replies.toChange(reply),
  decide: (reply, { reason }, act) => {
    const outcome = dismissReply(reply, reason, stampNow(act.now, act.by.zone));
    return outcome.ok ? accept({ facts: [outcome.value], output: { reply: reply.id } }) : outcome;
  },
});

export const replySettle = operation({
  name: "reply.settle",
  ...OF_REPLY,
  summary: "Say that a reply was read, and how far that brings its sender",
  input: z.strictObject({
    ...One,
    state: AnswerState.nullable().default(null).describe("How far its sender is now; null changes nothing"),
    said: prose(4000).default("").describe("What they said, in short"),
  }),
  output: Done,
  load: async ({ reply: id }, records) => {
    const reply = await records.replies.toChange(id);
    if (reply === undefined) return undefined;
    const { notification } = reply;
    return { reply, notification: notification && (await records.notifications.toChange(notification)) };
  },
  decide: ({ reply, notification }, { state, said: answer }, act) => {
    const happened = stampNow(act.now, act.by.zone);
    const outcome = settleReply(reply, notification ?? undefined, { state, answer }, happened);
    return outcome.ok ? accept({ facts: outcome.value, output: { reply: reply.id } }) : outcome;
  },
});

export const replySave = operation({
  name: "reply.save",
  ...OF_REPLY,
  action: "evidence.read",
  summary: "Get a link to the very bytes of a reply; the reading is recorded first",
  input: z.strictObject(One),
  output: Done.extend(TicketOutput),
  load: ({ reply }, records) => records.replies.toChange(reply),
  decide: (reply, _input, act) => {
    const { effect, output } = ticketFor(act, { what: "reply", reply: reply.id, ...reply.content });
    return accept({
      facts: [savedFact(reply, act)],
      effects: [effect],
      output: { reply: reply.id, ...output },
    });
  },
});

function savedFact({ id: reply, ref, content, incident }: MailReply, act: Act) {
  const happened = stampNow(act.now, act.by.zone);
  return { type: "reply.saved" as const, incident, happened, body: { reply, ref, content } };
}

export const REPLY_OPERATIONS = [replyMatch, replyDismiss, replySettle, replySave] as const;
