import type { Tlp } from "@jumpkit/core";
import { exceeds, INDICATORS_NAME } from "@jumpkit/core";
import { useState } from "react";
import { utcText } from "../../ui/moment-text.ts";
import { PlainSelect } from "../../ui/plain-select.tsx";
import { Shape } from "../../ui/shape.tsx";
import { TextArea } from "../../ui/text-area.tsx";
import { TextField } from "../../ui/text-field.tsx";
import { TlpLabel } from "../../ui/tlp-label.tsx";
import type { Candidate, ComposerFields, FactFields } from "./draft-fields.ts";
import { CLASSES, MARKINGS, STRUCK } from "./notify-words.tsx";

/** How many candidates are on screen at once; more are found by their words. */
const SHOWN_MAX = 200;

/** What is told: the marking, and facts picked from observables and the log, each with its label. */
export function WhatColumn({
  candidates,
  fields,
  struck,
  onChange,
}: {
  readonly candidates: readonly Candidate[];
  readonly fields: ComposerFields;
  /** Why a chosen fact is struck out for the recipient who is shown, by its key. */
  readonly struck: Readonly<Record<string, string>>;
  readonly onChange: (part: Partial<ComposerFields>) => void;
}) {
  const [words, setWords] = useState("");
  const asked = words.trim().toLowerCase();
  const among = candidates.filter(
    ({ key, shown }) => key in fields.facts || asked === "" || shown.toLowerCase().includes(asked),
  );
  const set = (key: string, fact: FactFields | undefined) => {
    const { [key]: _, ...others } = fields.facts;
    // What is changed keeps its place among the facts.
    const kept = key in fields.facts ? fields.facts : others;
    onChange({ facts: fact === undefined ? others : { ...kept, [key]: fact } });
  };
  return (
    <section aria-label="What" className="compose-column">
      <h2>What</h2>
      <div className="compose-marking">
        <PlainSelect
          label="Marking"
          empty="Marking"
          choices={MARKINGS}
          value={fields.marking}
          onChange={(marking) => onChange({ marking: marking ?? fields.marking })}
        />
        <TlpLabel label={fields.marking} />
      </div>
      <TextField
        label="Subject"
        value={fields.subject}
        maxLength={200}
        onChange={(event) => onChange({ subject: event.currentTarget.value })}
      />
      <TextArea
        label="What was found"
        description="In a few words; that it may be a sign of compromise is said anyway"
        value={fields.found}
        onChange={(event) => onChange({ found: event.currentTarget.value })}
      />
      <div className="compose-facts-head">
        <h3>{`Facts, ${Object.keys(fields.facts).length} of ${candidates.length}`}</h3>
        {candidates.length > 8 ? (
          <input
            className="compose-find"
            type="search"
            aria-label="Find facts"
            placeholder="Find facts"
            value={words}
            onChange={(event) => setWords(event.currentTarget.value)}
          />
        ) : null}
      </div>
      {candidates.length === 0 ? (
        <p className="quiet">Nothing to pick yet. Lines of the log and confirmed observables appear here.</p>
      ) : (
        <ul className="compose-facts">
          {among.slice(0, SHOWN_MAX).map((candidate) => (
            <FactItem
              key={candidate.key}
              candidate={candidate}
              fact={fields.facts[candidate.key]}
              struck={struck[candidate.key]}
              onChange={(fact) => set(candidate.key, fact)}
            />
          ))}
        </ul>
      )}
      {among.length > SHOWN_MAX ? (
        <p className="meta">{`${among.length - SHOWN_MAX} more: find them by their words.`}</p>
      ) : null}
      <label className="compose-check">
        <input
          type="checkbox"
          checked={fields.indicators === true}
          onChange={(event) => onChange({ indicators: event.currentTarget.checked })}
        />
        {`attach the values as ${INDICATORS_NAME}, for their tools`}
      </label>
      <TextArea
        label="What they may want to do"
        value={fields.advice}
        onChange={(event) => onChange({ advice: event.currentTarget.value })}
      />
      <TextField
        label="Whom they ask for"
        value={fields.callBack}
        maxLength={300}
        onChange={(event) => onChange({ callBack: event.currentTarget.value })}
      />
      <TextField
        label="Answer hoped for, or due by law, by"
        type="datetime-local"
        value={fields.answerBy}
        onChange={(event) => onChange({ answerBy: event.currentTarget.value })}
      />
    </section>
  );
}

function FactItem({
  candidate,
  fact,
  struck,
  onChange,
}: {
  readonly candidate: Candidate;
  readonly fact: FactFields | undefined;
  readonly struck: string | undefined;
  readonly onChange: (fact: FactFields | undefined) => void;
}) {
  const { least, at, shown } = candidate;
  const labels = MARKINGS.filter(({ value }) => least === undefined || !exceeds(least, value as Tlp));
  return (
    <li className={struck ? "fact struck" : "fact"}>
      <label className="fact-pick">
        <input
          type="checkbox"
          checked={fact !== undefined}
          onChange={(event) => onChange(event.currentTarget.checked ? candidate.fields : undefined)}
        />
        <span>
          {at === null ? null : <span className="meta">{`${utcText(at)} `}</span>}
          <span className="fact-words">{shown}</span>
        </span>
      </label>
      {struck ? (
        <p className="fact-why">
          <Shape of="triangle" /> {`Struck out: ${STRUCK[struck] ?? struck}`}
        </p>
      ) : null}
      {fact === undefined ? null : (
        <>
          <input
            className="fact-text"
            aria-label={`Words for ${shown.slice(0, 60)}`}
            placeholder="Words to it"
            value={fact.text}
            maxLength={2000}
            onChange={(event) => onChange({ ...fact, text: event.currentTarget.value })}
          />
          <div className="compose-how">
            <PlainSelect
              label={`Label of ${shown.slice(0, 60)}`}
              hidden
              empty="Label"
              choices={labels}
              value={fact.tlp}
              onChange={(tlp) => onChange({ ...fact, tlp: tlp ?? fact.tlp })}
            />
            <PlainSelect
              label={`About, ${shown.slice(0, 60)}`}
              hidden
              empty="About"
              choices={CLASSES}
              value={fact.class}
              onChange={(kind) => onChange({ ...fact, class: kind ?? fact.class })}
            />
            <label className="compose-check">
              <input
                type="checkbox"
                checked={fact.received}
                onChange={(event) => onChange({ ...fact, received: event.currentTarget.checked })}
              />
              others told us
            </label>
          </div>
        </>
      )}
    </li>
  );
}
