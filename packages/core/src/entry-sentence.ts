import { CONTAIN_SENTENCES } from "./contain/sentences.ts";
import { COORDINATE_SENTENCES } from "./coordinate/sentences.ts";
import { defang } from "./detect/observable/defang.ts";
import { ObservableKind } from "./detect/observable/recognise.ts";
import type { Field, Sentence, ToldBody } from "./kernel/sentence.ts";
import { sizeText } from "./kernel/size.ts";
import { LEARN_SENTENCES } from "./learn/sentences.ts";
import { CHECKLIST_SENTENCES } from "./prepare/playbook/sentences.ts";
import { RECOVERY_SENTENCES } from "./recover/sentences.ts";

/**
 * What an entry says, in one plain sentence without its author and time.
 *
 * @param numberOf  the numbers of the incident's evidence items
 *
 * Fields that were withheld or erased read `(withheld)`; an entry of a type this release does not know reads
 * as its type.
 */
export function entrySentence(
  entry: { readonly type: string; readonly body: ToldBody },
  numberOf: NumberOf = () => undefined,
): string {
  const say = SENTENCES[entry.type];
  if (say === undefined) return entry.type;
  const number = numberOf(String(entry.body["item"]));
  return say(
    (name) => fieldText(entry.body, name),
    entry.body,
    number === undefined ? "an item" : `item ${number}`,
  );
}

/** The number by which people know an evidence item; `undefined` while it is not known. */
export type NumberOf = (item: string) => number | undefined;

const SENTENCES: Readonly<Record<string, Sentence>> = {
  ...CONTAIN_SENTENCES,
  ...LEARN_SENTENCES,
  "log.noted": (field) => field("text"),
  "log.corrected": (field) => field("text"),
  "incident.reported": (field) =>
    `Reported ${field("code")}: ${field("title")}. Told by ${field("reportedBy")}`,
  "incident.declared": (field, { policyClause }) =>
    policyClause ? `Declared an incident. Clause: ${field("policyClause")}` : "Declared an incident",
  "incident.assessed": (field) => `Rated ${field("priority")}, because ${field("because")}`,
  "incident.lead_named": (field) => `Named ${field("name")} lead`,
  "incident.described": (field) =>
    `Described it as “${field("title")}”; vector ${words(field("vector"))}, from ${field("origin")}, going on: ${field("ongoing")}, ${field("tlp")}`,
  "incident.dismissed": (field, { cut }) => `Dismissed it as no incident: ${field("reason")}${cutText(cut)}`,
  "incident.closed": (field) => `Closed the incident: ${field("summary")}`,
  "incident.reopened": (field) => `Opened it again: ${field("reason")}`,
  "incident.assigned": (field, { because }) =>
    because ? `Gave it to ${field("name")}: ${field("because")}` : `Gave it to ${field("name")}`,
  "scope.widened": (field) =>
    `Took ${field("kind")} ${field("name")} into the scope as ${field("state")}: ${field("reason")}`,
  "scope.changed": (field) => `${field("name")} is ${field("state")}: ${field("reason")}`,
  "scope.narrowed": (field) => `Ruled ${field("name")} out of the scope: ${field("reason")}`,
  "grant.given": (field) => `Let ${field("name")} read this incident and advise`,
  "grant.ended": (field) => `Ended what ${field("name")} may see of this incident`,
  "advice.given": (field) => `Advice of ${field("team")}: ${field("text")}`,
  "approval.requested": (field) =>
    `Asked for consent: ${field("title")}, ${field("thing")}. ${field("reason")}`,
  "approval.approved": (field) =>
    `${field("name")} consented${field("condition") === "" ? "" : ` under a condition: ${field("condition")}`}`,
  "approval.refused": (field) => `Refused consent: ${field("reason")}`,
  "approval.withdrawn": () => "Took a request for consent back",
  "policy.drafted": (field) => `Wrote revision ${field("revision")} of the next policy: ${field("note")}`,
  "policy.consented": (field) => `${field("name")} consented to revision ${field("revision")} of the policy`,
  "policy.discarded": (field) => `Gave the draft of the policy up: ${field("reason")}`,
  "authority.delegated": (field) =>
    `${field("borrowerName")} stands in for ${field("lenderName")} as ${field("role")}: ${field("reason")}`,
  "briefing.written": (field, body) =>
    `Hypothesis: ${field("hypothesis")}. Next step${body["ownerName"] ? ` (${field("ownerName")})` : ""}: ${field("nextStep")}`,
  "shift.offered": (field) => `${field("fromName")} offered the shift to ${field("toName")}`,
  "shift.understood": () => "Understood where this stands, at the change of shift",
  "shift.asked": (field) => `Asked at the change of shift: ${field("question")}`,
  "shift.replied": (field) => `Replied at the change of shift: ${field("reply")}`,
  "shift.taken_over": (field) => `Took the shift over from ${field("fromName")}`,
  "shift.withdrawn": (field) => `Ended the offer of a shift ${field("reason")}`.trim(),
  "authority.ended": (field) => `Ended a delegation of the role ${field("role")}: ${field("reason")}`,
  "breakglass.opened": (field) => `Broke the glass to “${field("title")}”: ${field("reason")}`,
  "breakglass.used": (field) => `Did ${field("operation")} by broken glass`,
  "breakglass.reviewed": (field) =>
    `Reviewed the broken glass: ${field("verdict") === "justified" ? "justified" : "not justified"}. ${field("text")}`,
  "card.printed": () => "Printed a card of read-back codes",
  "card.misread": (field) => `A wrong code was read out for the card of ${field("name")}`,
  "approval.used": (field) => `Used the consent to ${field("operation")}, ${field("thing")}`,
  "incident.exported": (field) => `Handed the case file to ${field("recipient")}: ${field("purpose")}`,
  "sign.rated": (field) => `Rated a sign ${field("priority")}`,
  "sign.dismissed": (field, { about }) => `Dismissed a sign, ${titleIn(about)}: ${field("reason")}`,
  "sign.snoozed": (field, { about }) => `Put a sign off until ${field("until")}: ${titleIn(about)}`,
  "sign.accepted": (_field, { about }) => `Took a sign as this incident: ${titleIn(about)}`,
  "sign.merged": (field, { about, because }) =>
    `Linked a sign: ${titleIn(about)}${because ? `, because it ${field("because")}` : ""}`,
  "sign.returned": (field, { reason }) =>
    `Put a sign back into the queue${reason ? `: ${field("reason")}` : ""}`,
  "report.received": (field) => `Report ${field("number")}: ${field("what")}`,
  "report.continued": (field) => `The reporter adds: ${field("text")}`,
  "report.answered": (field) => `Answered the reporter: ${field("text")}`,
  "report.attachment_read": (_field, { attachment }) => `Read ${nameIn(attachment)}, attached to a report`,
  "observable.promoted": (field, { note }) =>
    `Confirmed ${valueIn(field)} (${field("kind")}, ${field("role")}, ${field("tlp")}, ${field("pap")})${note ? `: ${field("note")}` : ""}`,
  "observable.withdrawn": (field) => `Withdrew ${valueIn(field)}: ${field("reason")}`,
  "evidence.collected": (field, { content }) =>
    `Took evidence item ${field("number")}: ${field("what")}${contentText(content)}. Kept at ${field("place")}`,
  "evidence.sealed": (field, _body, item) => `Sealed ${item} with seal ${field("seal")}`,
  "evidence.stored": (field, _body, item) => `Stored ${item} at ${field("place")}`,
  "evidence.released": (field, _body, item) =>
    `Released ${item} to ${field("toName")}, ${field("organisation")}: ${field("purpose")}`,
  "evidence.returned": (field, _body, item) =>
    `Took ${item} back; seal ${words(field("condition"))}; kept at ${field("place")}`,
  "evidence.read": (field, _body, item) => `Read the content of ${item}: ${field("purpose")}`,
  "handover.offered": (field, { to }, item) => `Offered ${item} to ${nameIn(to)}: ${field("purpose")}`,
  "handover.accepted": (field, { from }, item) =>
    `Took ${item} over from ${nameIn(from)}; seal ${words(field("condition"))}; kept at ${field("place")}`,
  "handover.refused": (field, _body, item) => `Refused ${item}: ${field("reason")}`,
  "handover.withdrawn": (field, _body, item) => `Withdrew the offer of ${item}: ${field("reason")}`,
  ...RECOVERY_SENTENCES,
  ...COORDINATE_SENTENCES,
  ...CHECKLIST_SENTENCES,
};

/** A field of an entry as text; `(withheld)` where the record no longer shows it. */
export function fieldText(body: ToldBody, name: string): string {
  const value = body[name];
  return value === undefined || value === null ? "(withheld)" : String(value);
}

function cutText(cut: unknown): string {
  if (!Array.isArray(cut)) return "";
  if (cut.length === 0) return ". Nothing was cut off";
  const things = cut.map(({ what, now, reason }) =>
    now === "restored" ? `${String(what)}: connected again` : `${String(what)}: stays cut, ${String(reason)}`,
  );
  return `. Cut off before: ${things.join("; ")}`;
}

/** The confirmed value, defanged where its kind is known. */
function valueIn(field: Field): string {
  const kind = ObservableKind.safeParse(field("kind"));
  return kind.success ? defang({ kind: kind.data, value: field("value") }) : field("value");
}

function titleIn(about: unknown): string {
  const isAbout = typeof about === "object" && about !== null && "title" in about;
  return isAbout ? String(about.title) : "(withheld)";
}

function contentText(content: unknown): string {
  if (typeof content !== "object" || content === null) return "";
  const { name, sizeBytes } = content as { readonly name?: unknown; readonly sizeBytes?: unknown };
  return ` (${String(name)}, ${typeof sizeBytes === "number" ? sizeText(sizeBytes) : "size withheld"})`;
}

function nameIn(holder: unknown): string {
  const isHolder = typeof holder === "object" && holder !== null && "name" in holder;
  return isHolder ? String(holder.name) : "(withheld)";
}

function words(code: string): string {
  return code.replaceAll("_", " ");
}
