import { openIsolations } from "../../contain/isolation/isolate.ts";
import type { Isolation } from "../../contain/isolation/isolation.ts";
import type { Notification } from "../../coordinate/notification/notification.ts";
import type { Incident } from "../../detect/incident/incident.ts";
import type { Observable } from "../../detect/observable/confirm.ts";
import { defang } from "../../detect/observable/defang.ts";
import { ObservableKind } from "../../detect/observable/recognise.ts";
import type { EvidenceItem } from "../../document/evidence/item.ts";
import { entrySentence } from "../../entry-sentence.ts";
import type { ToldBody } from "../../kernel/sentence.ts";
import { instantOf, withOffset } from "../../kernel/time.ts";
import { stricter, Tlp } from "../../kernel/tlp.ts";
import { GATE_TEXTS, GATES } from "../../prepare/playbook/gate.ts";
import type { GatePlan, RecoveringHost } from "../../recover/host/host.ts";
import { gateState, stageOf } from "../../recover/host/matrix.ts";
import type { Ledger } from "../cost/cost.ts";
import { totalOf, totalsByKind } from "../cost/total.ts";
import type { Improvement } from "../improvement/improvement.ts";
import { REVIEW_QUESTIONS } from "../review/question.ts";
import { type Review, reviewMatters } from "../review/review.ts";
import { lineLabels } from "./line-label.ts";
import type { FollowupPart, FollowupRow, Seen } from "./part.ts";
import type { FollowupSection } from "./template.ts";

/** An entry as a report tells it. */
export interface ToldEntry {
  readonly type: string;
  readonly incidentSeq: number | null;
  readonly happenedAt: string;
  readonly zone: string | undefined;
  readonly recordedAt: string;
  readonly actor: { readonly name: string; readonly title: string } | undefined;
  readonly body: ToldBody;
}

/** Everything that a report of an incident follows from. */
export interface FollowupSources {
  readonly incident: Incident;
  readonly leadName: string;
  /** The whole log of the incident, oldest first. */
  readonly entries: readonly ToldEntry[];
  readonly items: readonly EvidenceItem[];
  readonly isolations: readonly Isolation[];
  readonly hosts: readonly RecoveringHost[];
  readonly plan: GatePlan | undefined;
  readonly observables: readonly Observable[];
  readonly notifications: readonly Notification[];
  readonly ledger: Ledger;
  readonly review: Review;
  readonly improvements: readonly Improvement[];
}

/** The parts of one section, each under its label; a section of nothing says that there was nothing. */
export function followupParts(section: FollowupSection, sources: FollowupSources): readonly FollowupPart[] {
  const parts = SECTIONS[section](sources);
  if (parts.length > 0) return parts;
  return [{ kind: "paragraph", text: NOTHING[section], tlp: sources.incident.tlp }];
}

/** Everything that was ever seen under a label of its own, also what was withdrawn since. */
export function seenIn({ entries }: Pick<FollowupSources, "entries">): Seen[] {
  return entries.flatMap(({ type, body }) => {
    if (type !== "observable.promoted") return [];
    const kind = ObservableKind.safeParse(body["kind"]);
    const value = body["value"];
    if (!kind.success || typeof value !== "string") return [];
    const label = Tlp.safeParse(body["tlp"]);
    return [{ kind: kind.data, value, tlp: label.success ? label.data : "TLP:RED" }];
  });
}

const SECTIONS: Readonly<Record<FollowupSection, (sources: FollowupSources) => readonly FollowupPart[]>> = {
  summary: summaryParts,
  impact: impactParts,
  cost: costParts,
  chronology: chronologyParts,
  containment: containmentParts,
  recovery: recoveryParts,
  notifications: notificationParts,
  evidence: evidenceParts,
  observables: observableParts,
  lessons: lessonParts,
  open: openParts,
};

const NOTHING: Readonly<Record<FollowupSection, string>> = {
  summary: "Nothing is said.",
  impact: "It was not rated.",
  cost: "Nobody wrote down what it cost.",
  chronology: "The log is empty.",
  containment: "Nothing was cut off.",
  recovery: "No host was taken over for recovery.",
  notifications: "Nobody outside was told.",
  evidence: "No evidence was taken.",
  observables: "No observable was confirmed.",
  lessons: "Its lessons were not reviewed, and nothing was proposed to improve.",
  open: "Nothing is open.",
};

function summaryParts({ incident, leadName, entries }: FollowupSources): FollowupPart[] {
  const { tlp, title, description, status, vector, origin, ongoing } = incident;
  const closing = entries.findLast(({ type }) => type === "incident.closed")?.body["summary"];
  const parts: FollowupPart[] = [
    {
      kind: "facts",
      tlp,
      rows: [
        ["Incident", incident.code],
        ["What", title],
        ["State", status],
        ["Lead", leadName],
        ["Attack vector", words(vector)],
        ["Where from", words(origin)],
        ["Going on", ongoing],
        ["Reported by", incident.reportedBy],
        ["Reported", momentText(incident.reportedAt)],
        ["Declared", momentOr(incident.declaredAt)],
        ["Closed", momentOr(incident.closedAt)],
        ["Marked", tlp],
      ],
    },
  ];
  if (![title, ""].includes(description.trim())) parts.push({ kind: "paragraph", text: description, tlp });
  if (typeof closing === "string") {
    parts.push({ kind: "heading", text: "How it ended" }, { kind: "paragraph", text: closing, tlp });
  }
  return parts;
}

function impactParts({ incident, entries }: FollowupSources): FollowupPart[] {
  const { rating, tlp } = incident;
  if (rating === null) return [];
  const rows = entries
    .filter(({ type }) => type === "incident.assessed")
    .map((entry) => rowOf(entry, [String(entry.body["priority"] ?? "(withheld)"), sentenceOf(entry)], tlp));
  return [
    {
      kind: "facts",
      tlp,
      rows: [
        ["Priority", rating.priority],
        ["First rated", incident.firstRating?.priority ?? ""],
        ["Functional impact", words(rating.functionalImpact ?? "")],
        ["If it goes on", words(rating.functionalImpactLikely ?? "")],
        ["Information impact", (rating.informationImpact ?? []).map(words).join(", ")],
        ["Recoverability", words(rating.recoverability ?? "")],
        ["Because", rating.because],
      ],
    },
    { kind: "heading", text: "How the rating came about" },
    table(["No.", "When", "Priority", "Why"], [1, 4, 2, 9], rows),
  ];
}

function costParts({ ledger, incident: { tlp } }: FollowupSources): FollowupPart[] {
  const { currency, costs } = ledger;
  if (currency === null || costs.length === 0) return [];
  const total = totalOf(costs, currency);
  const spread = total.low === total.high ? "" : ` (estimated ${total.low} to ${total.high})`;
  const rows = costs
    .filter(({ reversed }) => reversed === null)
    .map(({ day, kind, what, personName, assetName, amount }) => ({
      cells: [
        day,
        words(kind),
        [what, personName, assetName].filter(Boolean).join(", "),
        `${amount.likely} ${currency}`,
      ],
      tlp,
    }));
  return [
    {
      kind: "facts",
      tlp,
      rows: [
        ["Total", `${total.likely} ${currency}${spread}`],
        ...totalsByKind(ledger).map((each) => [words(each.kind), `${each.likely} ${currency}`] as const),
      ],
    },
    {
      kind: "table",
      columns: [
        { title: "Day", share: 2 },
        { title: "Kind", share: 2 },
        { title: "What", share: 8 },
        { title: "Amount", share: 3, right: true },
      ],
      rows,
    },
    {
      kind: "paragraph",
      text: "Time is minutes × price of an hour ÷ 60; other currencies are converted at the rate stated in the ledger. Each line is rounded once, to the smallest unit of the currency.",
      tlp: "TLP:CLEAR",
    },
  ];
}

function chronologyParts({ entries, items, incident: { tlp } }: FollowupSources): FollowupPart[] {
  const numbers = new Map(items.map(({ id, number }) => [id as string, number]));
  const labels = new Map<string, Tlp>();
  const lines = lineLabels(entries, seenIn({ entries }), tlp);
  const rows = entries.map((entry) => {
    const who = [entry.actor?.name, entry.actor?.title].filter(Boolean).join(", ");
    const said = entrySentence(entry, (item) => numbers.get(item));
    const label = lines.get(entry.incidentSeq ?? 0) ?? entryLabel(entry, labels, tlp);
    return rowOf(entry, [who, said], label);
  });
  return rows.length === 0 ? [] : [table(["No.", "When", "Who", "What"], [1, 4, 3, 9], rows)];
}

/**
 * The label of an entry: that of the incident, or the stricter one of what it is about. Later entries about the same
 * thing keep it.
 *
 * @param labels  of the things so far, by what entries call them
 */
function entryLabel(entry: ToldEntry, labels: Map<string, Tlp>, tlp: Tlp): Tlp {
  const { body } = entry;
  const thing = ["notification", "value"].map((name) => body[name]).find((id) => typeof id === "string");
  const known = thing === undefined ? tlp : (labels.get(String(thing)) ?? tlp);
  const own = stricter(labelIn(body, known, tlp), known);
  if (thing !== undefined) labels.set(String(thing), own);
  return own;
}

/** The label that an entry's body names, never below that of the incident; `otherwise` where it names none. */
function labelIn(body: ToldBody, otherwise: Tlp, tlp: Tlp): Tlp {
  const said = Tlp.safeParse(body["tlp"] ?? body["marking"]);
  return stricter(said.success ? said.data : otherwise, tlp);
}

function containmentParts({ isolations, incident: { tlp } }: FollowupSources): FollowupPart[] {
  if (isolations.length === 0) return [];
  const rows = isolations.flatMap(({ target, state, why, ownerName, history }) => [
    { cells: [target.name, words(state), why, ownerName], tlp },
    ...history.map(({ at, by, state: step, text }) => ({
      cells: ["", momentText(at), `${words(step)}${text === "" ? "" : `: ${text}`}`, by],
      tlp,
    })),
  ]);
  return [table(["What", "State, when", "Why, how", "Who"], [3, 3, 6, 3], rows)];
}

function recoveryParts({ hosts, plan, incident }: FollowupSources): FollowupPart[] {
  if (hosts.length === 0) return [];
  const at = instantOf({ at: incident.lastEntryAt });
  const rows = hosts.map((host) => {
    const gates = GATES.filter((gate) => gateState(host, plan, gate, at) !== "left_out").map(
      (gate) => `${GATE_TEXTS[gate].title}: ${words(gateState(host, plan, gate, at))}`,
    );
    const end = host.end === null ? "" : `${momentText(host.end.at)} ${host.end.reason}`.trim();
    return { cells: [host.name, words(stageOf(host, plan, at)), gates.join("; "), end], tlp: incident.tlp };
  });
  return [table(["Host", "Stage", "Gates", "Ended"], [3, 2, 8, 3], rows)];
}

function notificationParts({ notifications, incident: { tlp } }: FollowupSources): FollowupPart[] {
  if (notifications.length === 0) return [];
  const rows = notifications.flatMap(({ ref, subject, marking, told, dropped }) => {
    const label = stricter(marking, tlp);
    const head = { cells: [ref, marking, subject, dropped === "" ? "" : `Dropped: ${dropped}`], tlp: label };
    const each = told.map(({ name, released, answer }) => ({
      cells: ["", "", name, answer?.state ?? released?.outcome ?? "released"],
      tlp: label,
    }));
    return [head, ...each];
  });
  return [table(["Reference", "Marked", "Subject, to whom", "What became of it"], [3, 3, 6, 4], rows)];
}

function evidenceParts({ items, incident: { tlp } }: FollowupSources): FollowupPart[] {
  if (items.length === 0) return [];
  const rows = items.map(({ number, identification, state, custodian, place, chain, content }) => ({
    cells: [
      String(number),
      [identification.what, content === null ? "" : `SHA-256 ${content.sha256}`].filter(Boolean).join("\n"),
      words(state),
      `${custodian.name}, ${place}`,
      `${chain.length}, the first ${momentText(chain[0]?.at ?? null)}`,
    ],
    tlp,
  }));
  const columns = ["No.", "What", "State", "In whose hands, where", "Links of custody"];
  return [table(columns, [1, 7, 2, 4, 3], rows)];
}

function observableParts({ observables, incident: { tlp } }: FollowupSources): FollowupPart[] {
  const rows = observables
    .filter(({ confirmed }) => confirmed)
    .map((each) => ({
      cells: [defang(each), words(each.kind), words(each.role), each.tlp],
      tlp: stricter(each.tlp, tlp),
    }));
  return rows.length === 0 ? [] : [table(["Value", "Kind", "Role", "Marked"], [7, 2, 2, 3], rows)];
}

function lessonParts({ review, improvements, incident: { tlp } }: FollowupSources): FollowupPart[] {
  const parts: FollowupPart[] = [];
  if (review.held !== null) {
    const { at, present, agreed } = review.held;
    parts.push({
      kind: "facts",
      tlp,
      rows: [
        ["Reviewed", momentText(at)],
        ["Moderated by", review.plan?.moderatorName ?? ""],
        ["Present", present.join(", ")],
        ["Agreed", agreed],
      ],
    });
  }
  if (review.answers.length > 0) {
    const rows = review.answers.map(({ question, text }) => ({
      cells: [REVIEW_QUESTIONS[question], text],
      tlp,
    }));
    parts.push(table(["Question", "Answer"], [1, 2], rows));
  }
  if (improvements.length > 0) {
    const rows = improvements.map(({ what, ownerName, dueOn, state, outcome }) => ({
      cells: [what, ownerName, dueOn ?? "", [state, outcome].filter(Boolean).join(": ")],
      tlp,
    }));
    parts.push({ kind: "heading", text: "Improvements" });
    parts.push(table(["What is to be better", "Owner", "Due on", "State"], [6, 3, 2, 4], rows));
  }
  return parts;
}

function openParts({ incident, items, isolations, hosts, review, improvements }: FollowupSources) {
  const matters = [
    ...items.flatMap(({ number, pending }) =>
      pending === null ? [] : [`Evidence item ${number} is offered to ${pending.toName} and not taken over`],
    ),
    ...openIsolations(isolations).map(({ what }) => what),
    ...hosts.filter(({ end }) => end === null).map(({ name }) => `${name} is on its way back`),
    ...reviewMatters(incident, review).map(({ what }) => what),
    ...improvements
      .filter(({ state }) => state === "open")
      .map(({ what, ownerName, dueOn }) => `To improve: ${what} (${ownerName}, by ${dueOn ?? "(withheld)"})`),
  ];
  if (matters.length === 0) return [];
  const rows = matters.map((matter, at) => ({ cells: [String(at + 1), matter], tlp: incident.tlp }));
  return [table(["No.", "What"], [1, 16], rows)];
}

function table(
  titles: readonly string[],
  shares: readonly number[],
  rows: readonly FollowupRow[],
): FollowupPart {
  return { kind: "table", columns: titles.map((title, at) => ({ title, share: shares[at] ?? 1 })), rows };
}

/** A row that starts with the place of an entry in the log and when it happened. */
function rowOf(entry: ToldEntry, rest: readonly string[], tlp: Tlp): FollowupRow {
  return { cells: [String(entry.incidentSeq ?? ""), whenText(entry), ...rest], tlp };
}

function sentenceOf(entry: ToldEntry): string {
  return String(entry.body["because"] ?? entrySentence(entry));
}

/** When something happened, in UTC and on the clock it was said on; when it was recorded where that was later. */
function whenText({ happenedAt, zone, recordedAt }: ToldEntry): string {
  const instant = instantOf({ at: happenedAt });
  const local =
    zone === undefined || zone === "UTC" ? "" : `\n${withOffset(instant, zone).slice(11, 16)} ${zone}`;
  const late = Date.parse(recordedAt) - Date.parse(instant) >= 60_000;
  return `${momentText(instant)}${local}${late ? `\nrecorded ${momentText(recordedAt)}` : ""}`;
}

/** `2026-11-22 10:41:07Z`; the empty text for what did not happen. */
function momentText(at: string | null): string {
  if (at === null) return "";
  const instant = instantOf({ at });
  return `${instant.slice(0, 10)} ${instant.slice(11, 19)}Z`;
}

function momentOr(at: string | null): string {
  return at === null ? "not yet" : momentText(at);
}

function words(code: string): string {
  return code.replaceAll("_", " ");
}
