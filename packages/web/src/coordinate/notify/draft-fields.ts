import {
  type ContactId,
  defang,
  type Instant,
  NotificationDraft,
  Tlp,
  type ToldFact,
  withOffset,
} from "@jumpkit/core";
import type { Entry } from "../../api/contract.ts";
import type { Confirmed } from "../../detect/observable/observable-answers.ts";
import { instantIn } from "../../prepare/duty/wall-clock.ts";
import type { Draft } from "./notify-queries.ts";

export type RecipientFields = Draft["recipients"][number];

/** How a fact is told that was chosen; which fact it is stands in its key. */
export type FactFields = {
  readonly text: string;
  readonly tlp: Tlp;
  readonly class: ToldFact["class"];
  readonly received: boolean;
};

/** What the composer holds while it is written. */
export type ComposerFields = {
  readonly subject: string;
  readonly marking: Tlp;
  readonly recipients: readonly RecipientFields[];
  readonly found: string;
  readonly advice: string;
  readonly callBack: string;
  readonly answerBy: string;
  /** Whether the values go along as a table. */
  readonly indicators: boolean;
  /** Chosen facts by their key, in the order in which they are told. */
  readonly facts: Readonly<Record<string, FactFields>>;
};

export const EMPTY_DRAFT: ComposerFields = {
  subject: "",
  marking: "TLP:AMBER",
  recipients: [],
  found: "",
  advice: "",
  callBack: "",
  answerBy: "",
  indicators: false,
  facts: {},
};

/** Something that can be told: a line of the log or a confirmed observable. */
export type Candidate = {
  readonly key: string;
  readonly at: string | null;
  readonly shown: string;
  /** The mildest label that it can be told under; `undefined` where its source has none. */
  readonly least: Tlp | undefined;
  readonly fields: FactFields;
};

/** What the log and the observables of an incident offer to be told, oldest first. */
export function candidatesOf(
  entries: readonly Entry[],
  confirmed: readonly Confirmed[],
  tlp: Tlp,
): readonly Candidate[] {
  const observables = confirmed.map(
    (each): Candidate => ({
      key: `o ${each.kind} ${each.value}`,
      at: null,
      shown: `${defang(each)} (${each.role === "unknown" ? each.kind : `${each.kind}, ${each.role}`})`,
      least: each.tlp,
      fields: { text: each.note, tlp: each.tlp, class: "technical", received: false },
    }),
  );
  const lines = entries
    .filter(({ type }) => type === "log.noted" || type === "log.corrected")
    .map((entry): Candidate => {
      const text = String(entry.body["text"] ?? "");
      const own = Tlp.safeParse(entry.body["tlp"]).data;
      return {
        key: `e ${entry.incidentSeq} ${new Date(entry.happenedAt).toISOString()}`,
        at: entry.happenedAt,
        shown: text,
        least: own,
        fields: { text: text.slice(0, 2000), tlp: own ?? tlp, class: "technical", received: false },
      };
    });
  return [...observables, ...lines];
}

/** The candidates, and after them what was chosen that is none any more, so that it can be left out. */
export function withChosen(
  candidates: readonly Candidate[],
  facts: ComposerFields["facts"],
): readonly Candidate[] {
  const known = new Set(candidates.map(({ key }) => key));
  const others = Object.entries(facts).filter(([key]) => !known.has(key));
  return [
    ...candidates,
    ...others.map(([key, fields]) => ({
      ...{ key, at: null, least: undefined, fields },
      shown: fields.text === "" ? key.slice(2) : fields.text,
    })),
  ];
}

/** A chosen fact as the record takes it. */
export function toldFact(key: string, fields: FactFields): ToldFact {
  const [sort = "", second = "", ...rest] = key.split(" ");
  const third = rest.join(" ");
  return sort === "o"
    ? {
        ...fields,
        entry: null,
        observable: { kind: second, value: third } as ToldFact["observable"],
        at: null,
      }
    : {
        ...fields,
        entry: second === "" ? null : Number(second),
        observable: null,
        at: (third || null) as Instant | null,
      };
}

/** The draft as the record takes it, or `undefined` while something is missing. */
export function draftOf(fields: ComposerFields, zone: string): NotificationDraft | undefined {
  const answerBy = fields.answerBy === "" ? null : instantIn(fields.answerBy, zone);
  if (answerBy === undefined) return undefined;
  const facts = Object.entries(fields.facts).map(([key, fact]) => toldFact(key, fact));
  const parsed = NotificationDraft.safeParse({ ...fields, answerBy, facts });
  return parsed.success ? parsed.data : undefined;
}

/** A draft of the record as the composer shows it. */
export function fieldsOfDraft(draft: Draft, zone: string): ComposerFields {
  const facts = Object.fromEntries(
    draft.facts.map(({ entry, observable, at, ...fact }) => [
      observable === null
        ? `e ${entry ?? ""} ${at ?? ""}`.trimEnd()
        : `o ${observable.kind} ${observable.value}`,
      fact,
    ]),
  );
  return {
    ...draft,
    facts,
    answerBy: draft.answerBy === null ? "" : withOffset(draft.answerBy, zone).slice(0, 16),
  };
}

/** Somebody as a new recipient: by mail where there is an address that may be written to. */
export function newRecipient(contact: ContactId, byMail: boolean, copy: boolean): RecipientFields {
  return { contact, channel: byMail ? "mail" : "call", via: null, copy, named: "" };
}
