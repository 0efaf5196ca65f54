import {
  type Advisory,
  AdvisoryDraft,
  type AdvisoryFact,
  AdvisoryId,
  accept,
  advisoryMail,
  approveAdvisory,
  ContactId,
  changeAdvisory,
  draftAdvisory,
  dropAdvisory,
  type Letterhead,
  line,
  mayResend,
  prose,
  type Result,
  refuse,
  resendAdvisory,
  Sha256,
  sendAdvisory,
  settleAdvisoryMail,
  stampNow,
  tellAdvised,
} from "@jumpkit/core";
import * as z from "zod";
import { type Act, operation } from "../operation.ts";
import type { Records } from "../ports.ts";
import type { Refusal } from "../refusals.ts";
import { type Advising, advisingAgainOf, advisingOf } from "./advising.ts";
import type { QueuedMail } from "./notification-ports.ts";
import { senderOf } from "./sender.ts";

const SEEN = { phase: "coordinate", visibleBy: "contact.read" } as const;
const WRITES = { ...SEEN, action: "log.write" } as const;
const OF_ONE = { ...SEEN, thing: "advisory" } as const;
const Done = z.object({ advisory: AdvisoryId });
const One = { advisory: AdvisoryId };
const Seen = { ...One, sha256: Sha256.describe("The digest that the preview showed") };

export const advisoryDraft = operation({
  name: "advisory.draft",
  ...WRITES,
  summary: "Draft an advisory to the constituency",
  input: z.strictObject(AdvisoryDraft.shape),
  output: Done,
  load: async (_input, _records, act) => act.newId("adv"),
  decide: (id, draft, act) =>
    accept({ facts: [draftAdvisory(id, now(act), draft)], output: { advisory: id } }),
});

export const advisoryChange = operation({
  name: "advisory.change",
  ...OF_ONE,
  action: "log.write",
  summary: "Write an advisory anew; after it was sent, its next version",
  input: z.strictObject({ ...One, ...AdvisoryDraft.shape }),
  output: Done,
  load: one,
  decide: (found, { advisory: _, ...draft }, act) => single(found, changeAdvisory(found, now(act), draft)),
});

export const advisoryWithdraw = operation({
  name: "advisory.withdraw",
  ...OF_ONE,
  action: "log.write",
  summary: "Draft the version that takes an advisory back; it is approved and sent like every other",
  input: z.strictObject({
    ...One,
    reason: prose(4000).refine((text) => text.trim() !== "", { error: "is empty" }),
  }),
  output: Done,
  load: one,
  decide: (found, { reason }, act) =>
    single(found, changeAdvisory(found, now(act), { ...found.draft, text: reason, advice: "" }, true)),
});

export const advisoryDrop = operation({
  name: "advisory.drop",
  ...OF_ONE,
  action: "log.write",
  summary: "Give up what is drafted; what was sent stays",
  input: z.strictObject({ ...One, reason: line(1000) }),
  output: Done,
  load: one,
  decide: (found, { reason }, act) => single(found, dropAdvisory(found, now(act), reason)),
});

const ready = async (input: { readonly advisory: AdvisoryId }, records: Records, act: Act) => {
  const found = await one(input, records);
  return found && { found, advising: await advisingOf(records.advisories, found, act.sha256) };
};

export const advisoryApprove = operation({
  name: "advisory.approve",
  ...OF_ONE,
  action: "site.contact",
  summary: "Approve the words of an advisory that somebody else wrote",
  input: z.strictObject(Seen),
  output: Done,
  load: ready,
  decide: ({ found, advising }, { sha256: seen }, act) => {
    if (!advising.ok) return advising;
    const { saying: sha256, same } = advising.value;
    return single(found, approveAdvisory(found, act.by.id, now(act), { seen, sha256, same: sameAs(same) }));
  },
});

export const advisorySend = operation({
  name: "advisory.send",
  ...OF_ONE,
  action: "site.contact",
  summary: "Send an approved advisory to its groups: these bytes and no others leave the house",
  input: z.strictObject(Seen),
  output: Done.extend({ sentTo: z.int() }),
  load: ready,
  explain: ({ found, advising }) => ({
    thing: `${found.draft.title} (${found.draft.marking})`,
    consequence: `It leaves the house, to ${advising.ok ? advising.value.mails.length : 0} contacts, and cannot be taken back.`,
  }),
  decide: ({ found, advising }, { sha256: seen }, act) => {
    if (!advising.ok) return advising;
    const { mails, saying, sha256, text, same, letterhead, next } = advising.value;
    const advised = mails.map(({ message: _m, pgpKey: _k, ...each }) => each);
    const said = { seen, sha256, saying, message: text, advised, same: sameAs(same) };
    const outcome = sendAdvisory(found, now(act), said);
    if (!outcome.ok) return outcome;
    const about = { advisory: found.id, version: next.version };
    const effects = mails.map((mail) => queued(about, mail, letterhead, act));
    return accept({ facts: [outcome.value], effects, output: { advisory: found.id, sentTo: mails.length } });
  },
});

export const advisoryResend = operation({
  name: "advisory.resend",
  ...OF_ONE,
  action: "site.contact",
  summary: "Send one mail of the latest version once more, which did not leave or of which nobody knows it",
  input: z.strictObject({
    ...One,
    version: z.int().min(1).describe("the version that was looked at"),
    recipient: ContactId,
    reason: prose(1000).default("").describe("Why it goes again; needed where nobody knows whether it left"),
  }),
  output: Done.extend({ messageId: z.string() }),
  load: async (input, records) => {
    const found = await one(input, records);
    return found && { found, again: await advisingAgainOf(records.advisories, found, input.recipient) };
  },
  explain: ({ found, again }) => ({
    thing: `${found.draft.title}, to ${(again.ok && again.value.to?.name) || "somebody"}`,
    consequence: "It leaves the house once more and cannot be taken back.",
  }),
  decide: ({ found, again }, { recipient, version, reason }, act) => {
    if (!again.ok) return again;
    const { letterhead, to, notWritable } = again.value;
    const may = mayResend(found, recipient, { version, notWritable, reason });
    if (!may.ok) return may;
    if (to === undefined) throw new RangeError("Whoever can be written to is a contact");
    const { sent } = may.value;
    const of = { letterhead, text: sent.message, to };
    const { messageId, message } = advisoryMail(found, { ...sent, composedAt: sent.at }, of);
    const { id: contact, name, email: address, pgpKey } = to;
    const mail = { contact, name, address, messageId, sha256: act.sha256(message) };
    return accept({
      facts: [resendAdvisory(found, version, now(act), { ...mail, reason })],
      effects: [queued({ advisory: found.id, version }, { ...mail, message, pgpKey }, letterhead, act)],
      output: { advisory: found.id, messageId },
    });
  },
});

export const advisoryTell = operation({
  name: "advisory.tell",
  ...OF_ONE,
  action: "log.write",
  summary: "Write down that somebody whose mail may not have left was told in another way",
  input: z.strictObject({
    ...One,
    version: z.int().min(1).describe("the version that they were told of"),
    recipient: ContactId,
    detail: line(2000).describe("How they were told: by phone, whom one spoke to"),
  }),
  output: Done,
  load: one,
  decide: (found, { recipient, version, detail }, act) =>
    single(found, tellAdvised(found, { version, recipient }, now(act), detail)),
});

function queued(
  about: QueuedMail["about"],
  mail: Advising["mails"][number],
  { email, team }: Letterhead,
  act: Act,
): QueuedMail {
  const { contact: recipient, messageId, address, message, pgpKey } = mail;
  const from = { from: email, team, sender: senderOf(act.by) };
  return { kind: "mail_queued", about, recipient, messageId, address, message, pgpKey, ...from };
}

/** What the house itself writes down of a mail that it tried; no route leads to it. */
export const settleAdvisory = operation({
  name: "advisory.settle",
  phase: "coordinate",
  thing: "advisory",
  action: "own",
  summary: "What became of a mail",
  input: z.strictObject({
    ...One,
    ...{ version: z.int(), recipient: ContactId, messageId: z.string() },
    outcome: z.enum(["accepted", "failed", "unknown", "kept"]),
    ...{ detail: z.string().max(2000), wireSha256: z.string() },
  }),
  output: Done,
  load: one,
  decide: (found, { advisory: _, version, recipient, messageId, ...delivery }, act) => {
    const outcome = settleAdvisoryMail(found, { version, recipient, messageId }, now(act), delivery);
    if (!outcome.ok) return outcome;
    const effects = [{ kind: "mail_settled", messageId } as const];
    return accept({ facts: [outcome.value], effects, output: { advisory: found.id } });
  },
});

function one({ advisory }: { readonly advisory: AdvisoryId }, { advisories }: Records) {
  return advisories.advisory(advisory);
}

function now(act: Act) {
  return stampNow(act.now, act.by.zone);
}

function sameAs(same: Advisory | undefined) {
  return same && { advisory: same.id, ref: same.ref };
}

function single({ id: advisory }: Advisory, outcome: Result<AdvisoryFact, Refusal>) {
  return outcome.ok ? accept({ facts: [outcome.value], output: { advisory } }) : refuse(outcome.refusal);
}

export const ADVISORY_OPERATIONS = [
  advisoryDraft,
  advisoryChange,
  advisoryWithdraw,
  advisoryDrop,
  advisoryApprove,
  advisorySend,
  advisoryResend,
  advisoryTell,
] as const;
