import { defang, defangText } from "../../detect/observable/defang.ts";
import type { ObservableKind } from "../../detect/observable/recognise.ts";
import type { Instant } from "../../kernel/time.ts";
import { TLP_MEANS } from "../../kernel/tlp.ts";
import type { Contact } from "../../prepare/contact/contact.ts";
import { INDICATORS_NAME, type Indicators, indicatorsOf } from "./indicators.ts";
import { callBackOf, clean, indented, joined, mailOf, meaning, nameOf, timeText, wrapped } from "./layout.ts";
import type { Letterhead } from "./letterhead.ts";
import type { NotificationDraft, Recipient, ToldFact } from "./notification.ts";
import { type MarkedValue, repeating } from "./repeats.ts";
import { type StruckBecause, whyStruck } from "./sharing.ts";

/** Everything that a message to one recipient follows from. */
export interface LetterParts {
  readonly letterhead: Letterhead;
  readonly ref: string;
  readonly draft: Omit<NotificationDraft, "recipients">;
  readonly composedAt: Instant;
  readonly recipient: Recipient;
  readonly to: Contact;
  /** The intermediary who passes it on without naming us; `null` when we write ourselves. */
  readonly via: Contact | null;
  /** Who gets to know of it besides, by name. */
  readonly copies: readonly string[];
  /** Ids of the messages that this recipient was sent before. */
  readonly earlier: readonly string[];
  /** What would say who we are: names, domains, the incident's code. */
  readonly ourNames: readonly string[];
  /** What the incident knows, with its labels: what is marked above the message stands nowhere in it. */
  readonly marked: readonly MarkedValue[];
  /** Whether it is of an exercise: every page and mail then says so first. */
  readonly played?: boolean;
}

/** A fact that does not stand in the message, by its place among the facts, and why. */
export interface Struck {
  readonly fact: number;
  readonly because: StruckBecause;
}

/** What one recipient is told, as it will arrive. */
export interface Letter {
  readonly subject: string;
  /** The words, for people. */
  readonly text: string;
  /** The bytes that are released, all of them ASCII: a mail, or for a call the script with its words as they are. */
  readonly message: string;
  readonly messageId: string;
  /** The table of values that is attached; `undefined` for none. */
  readonly indicators: Indicators | undefined;
  readonly struck: readonly Struck[];
  /** Parts of the draft that would say who we are though it is withheld. */
  readonly namesUs: readonly Words[];
  /** Parts of the draft that repeat what is marked above the message, or struck out of it. */
  readonly repeats: readonly Words[];
}

/** The parts of a draft that are free words. */
export type Words = (typeof WORDS)[number];
const WORDS = ["subject", "found", "advice", "callBack"] as const;

/** The facts that may stand in a message to its recipient, and those that are struck out. */
export function sift(parts: Pick<LetterParts, "draft" | "to" | "via" | "ourNames" | "marked">): {
  readonly carried: readonly ToldFact[];
  readonly struck: readonly Struck[];
} {
  const { draft, to, via, ourNames, marked } = parts;
  const parties = via === null ? [to] : [to, via];
  const above = repeating(draft.marking, marked, []);
  const carried: ToldFact[] = [];
  const struck: Struck[] = [];
  draft.facts.forEach((fact, at) => {
    const told = `${fact.text} ${fact.observable?.value ?? ""}`;
    const because =
      whyStruck(fact, draft.marking, parties) ??
      (above(told) ? ("repeats" as const) : undefined) ??
      (via !== null && names(told, ourNames) ? ("names_us" as const) : undefined);
    if (because === undefined) carried.push(fact);
    else struck.push({ fact: at, because });
  });
  return { carried, struck };
}

/**
 * What one recipient is told, from the draft: always the same bytes for the same parts.
 *
 * @source CERT/CC: what was found, that it may be a sign of compromise, what they may want to do, times with
 *         zones, contact information. FIRST TLP 2.0 §2: the label in the subject and before the text, in capitals
 */
export function letterOf(parts: LetterParts): Letter {
  const { draft, ref, recipient, letterhead, via, to, earlier } = parts;
  const { carried, struck } = sift(parts);
  const subject = `${parts.played ? "EXERCISE " : ""}[${draft.marking}] ${draft.subject} [${ref}]`;
  const call = recipient.channel === "call";
  const indicators = call || !draft.indicators ? undefined : indicatorsOf(carried);
  const words = call ? scriptText(parts, carried) : letterText(parts, carried, indicators);
  const text = parts.played ? joined([PLAYED, words]) : words;
  const domain = letterhead.email.slice(letterhead.email.lastIndexOf("@") + 1);
  const messageId = `<${ref.toLowerCase()}.${to.id.slice(-8)}.${earlier.length + 1}@${domain}>`;
  const namesUs = via === null ? [] : WORDS.filter((part) => names(draft[part], parts.ourNames));
  const said = repeating(
    draft.marking,
    parts.marked,
    struck.map(({ fact }) => draft.facts[fact]?.text ?? ""),
  );
  const repeats = WORDS.filter((part) => said(draft[part]));
  const message = call ? text : mailOf({ ...parts, subject, text, messageId, indicators, at: via ?? to });
  return { subject, text, message, messageId, indicators, struck, namesUs, repeats };
}

const PLAYED = "EXERCISE EXERCISE EXERCISE: nothing in this message has happened.";

function names(text: string, ours: readonly string[]): boolean {
  const folded = text.toLowerCase();
  return ours.some((name) => name.trim().length > 2 && folded.includes(name.trim().toLowerCase()));
}

function letterText(
  parts: LetterParts,
  facts: readonly ToldFact[],
  indicators: Indicators | undefined,
): string {
  const { draft, via, to, ref, letterhead } = parts;
  if (via === null) {
    return joined([
      draft.marking,
      addressed(to),
      ...told(parts, facts, indicators),
      signed(parts),
      meaning(draft.marking),
    ]);
  }
  const rule = "-".repeat(72);
  return joined([
    draft.marking,
    addressed(via),
    wrapped(
      `Please pass what stands between the two lines on to ${nameOf(to)}${to.email === "" ? "" : ` (${to.email})`}, ` +
        `and do not say whom it comes from. Their answer reaches us through you, under the reference ${ref}.`,
    ),
    rule,
    draft.marking,
    ...told(parts, facts, indicators),
    meaning(draft.marking),
    rule,
    callBackOf(letterhead, draft.callBack),
  ]);
}

/** What is said on the phone, in the order in which it is said. */
function scriptText(parts: LetterParts, facts: readonly ToldFact[]): string {
  const { draft, to, via, recipient, ref, letterhead } = parts;
  const person = recipient.named.trim() === "" ? to.name : recipient.named.trim();
  const called = via ?? to;
  const reach = [called.phone, called.secondChannel].filter((each) => each !== "").join(", or ");
  return joined([
    `${draft.marking}: call script. It is read out to ${person}, and left on no machine.`,
    [
      `1. Call ${nameOf(called)}: ${reach === "" ? "no number is known" : reach}.`,
      `2. Make sure that ${via === null ? person : called.name} is on the line and that nobody listens.`,
      via === null
        ? `3. Say who you are: ${letterhead.team}, and that you can be called back at ${letterhead.phone}.`
        : `3. Ask for it to be passed on to ${person}, without saying whom it comes from.`,
      `4. Say that this is ${draft.marking}. ${TLP_MEANS[draft.marking]}`,
      "5. Read out what follows.",
    ].join("\n"),
    ...told(parts, facts),
    [
      `6. Have the reference read back: ${ref}.`,
      "7. Write down whom you spoke to, when, and what they said.",
    ].join("\n"),
  ]);
}

function told(parts: LetterParts, facts: readonly ToldFact[], indicators?: Indicators): readonly string[] {
  const { draft, to, copies, recipient, ref } = parts;
  const zone = to.homeZone;
  const found = [
    "What was found",
    ...(recipient.copy ? [wrapped("This is a copy for you to know; others are asked to act.")] : []),
    ...(draft.found.trim() === "" ? [] : [wrapped(clean(draft.found))]),
    wrapped(
      "It may be a sign that systems have been compromised. It may also have another cause, " +
        "and nothing is held against anybody.",
    ),
  ].join("\n\n");
  const facing =
    zone === null ? "Times are in UTC." : `Times are in UTC, and beside it on the clocks of ${zone}.`;
  return [
    found,
    ...(facts.length === 0
      ? []
      : [facts.map((fact, at) => factText(fact, at + 1, zone)).join("\n"), wrapped(facing)]),
    ...(indicators === undefined ? [] : [attachedText(indicators)]),
    ...(draft.advice.trim() === "" ? [] : [`What you may want to do\n\n${wrapped(clean(draft.advice))}`]),
    wrapped(
      [
        `Please answer${draft.answerBy === null ? "" : ` by ${timeText(draft.answerBy, zone)}`} and quote the reference ${ref}.`,
        ...(copies.length === 0 ? [] : [`A copy goes to ${copies.join(", ")}.`]),
      ].join(" "),
    ),
  ];
}

function attachedText({ count }: Indicators): string {
  const values = count === 1 ? "One value is" : `${count} values are`;
  return wrapped(
    `${values} attached as ${INDICATORS_NAME}, each with its label, for your tools. They stand there as they are, ` +
      "not defanged: do not open or visit them.",
  );
}

function factText({ at, text, observable, tlp }: ToldFact, number: number, zone: string | null): string {
  const named =
    observable === null ? "" : `${KIND_WORDS[observable.kind] ?? observable.kind} ${defang(observable)}`;
  const words = [named, defangText(clean(text)).trim()].filter((each) => each !== "").join(": ");
  const when = at === null ? "" : `${timeText(at, zone)}\n`;
  return indented(`${String(number).padStart(3)}. `, `${when}${words} [${tlp}]`);
}

const KIND_WORDS: Readonly<Partial<Record<ObservableKind, string>>> = {
  ipv4: "address",
  ipv6: "address",
  domain: "name",
  url: "address",
  email: "mail address",
};

function addressed(to: Contact): string {
  return `To: ${nameOf(to)}`;
}

function signed({ letterhead, draft }: LetterParts): string {
  return callBackOf(letterhead, draft.callBack);
}
