import "./notify.css";
import {
  type Instant,
  instantAt,
  type Letter,
  type LetterParts,
  letterOf,
  type NotificationId,
} from "@jumpkit/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate, useParams } from "@tanstack/react-router";
import { useDeferredValue, useMemo, useState } from "react";
import type { Incident } from "../../api/contract.ts";
import { incidentIdOf } from "../../api/ids.ts";
import { incidentQuery, useNowAnswer } from "../../api/queries.ts";
import { useChange } from "../../api/use-change.ts";
import { observablesQuery } from "../../detect/observable/observable-answers.ts";
import { entriesQuery } from "../../document/log/entries.ts";
import { type Contact, contactsQuery } from "../../prepare/contact/contact-queries.ts";
import { useDraft } from "../../shell/draft.ts";
import { useKey } from "../../shell/keyboard.ts";
import { Load } from "../../shell/load.tsx";
import { Button } from "../../ui/button.tsx";
import { Notice } from "../../ui/notice.tsx";
import { RefusalNotice } from "../../ui/refusal-notice.tsx";
import { Verbs } from "../../ui/verbs.tsx";
import {
  type ComposerFields,
  candidatesOf,
  draftOf,
  EMPTY_DRAFT,
  fieldsOfDraft,
  withChosen,
} from "./draft-fields.ts";
import { IndicatorsTable } from "./indicators-table.tsx";
import { LetterText } from "./letter-text.tsx";
import { LetterheadNeeded } from "./letterhead-form.tsx";
import { type Letterhead, letterheadQuery, notificationQuery } from "./notify-queries.ts";
import { ToColumn } from "./to-column.tsx";
import { WhatColumn } from "./what-column.tsx";

/** Drafts what others are told: to whom, what, and beside it exactly how it will arrive. */
export function ComposePage() {
  const { incident } = useParams({ from: "/in/incidents/$incident" });
  return <Composer key="new" incident={incident} id={undefined} start={EMPTY_DRAFT} />;
}

/** Writes a notification anew. */
export function RewritePage() {
  const { incident, notification } = useParams({
    from: "/in/incidents/$incident/notify/$notification/change",
  });
  const { zone } = useNowAnswer().person;
  const answer = useQuery(notificationQuery(incident, notification));
  return (
    <Load answer={answer} label="the notification" rows={12}>
      {({ draft }) => (
        <Composer
          key={notification}
          incident={incident}
          id={notification}
          start={fieldsOfDraft(draft, zone)}
        />
      )}
    </Load>
  );
}

function Composer({
  incident: incidentId,
  id,
  start,
}: {
  readonly incident: string;
  readonly id: string | undefined;
  readonly start: ComposerFields;
}) {
  const answer = useQuery(incidentQuery(incidentId));
  const head = useQuery(letterheadQuery);
  return (
    <Load answer={answer} label="the incident" rows={12}>
      {(incident) => (
        <Load answer={head} label="the letterhead" rows={12}>
          {(letterhead) =>
            letterhead === null ? (
              <LetterheadNeeded />
            ) : (
              <Columns incident={incident} id={id} start={start} letterhead={letterhead} />
            )
          }
        </Load>
      )}
    </Load>
  );
}

function Columns({
  incident,
  id,
  start,
  letterhead,
}: {
  readonly incident: Incident;
  readonly id: string | undefined;
  readonly start: ComposerFields;
  readonly letterhead: Letterhead;
}) {
  const { zone } = useNowAnswer().person;
  const { data: entries = [] } = useQuery(entriesQuery(useQueryClient(), incident.id));
  const { data: observables } = useQuery(observablesQuery(incident.id));
  const { data: contacts = [] } = useQuery(contactsQuery);
  const [fields, setFields, discard] = useDraft(`notification.${id ?? incident.id}`, start);
  const [shown, setShown] = useState<string>();
  const candidates = useMemo(
    () => withChosen(candidatesOf(entries, observables?.confirmed ?? [], incident.tlp), fields.facts),
    [entries, observables, incident.tlp, fields.facts],
  );
  const current = fields.recipients.find(({ contact }) => contact === shown) ?? fields.recipients[0];
  const deferred = useDeferredValue(fields);
  const letter = useMemo(
    () =>
      letterFor(
        deferred,
        current?.contact,
        contacts,
        letterhead,
        incident,
        observables?.confirmed ?? [],
        zone,
      ),
    [deferred, current?.contact, contacts, letterhead, incident, observables, zone],
  );
  const keys = Object.keys(deferred.facts);
  const struck = Object.fromEntries(
    (letter?.struck ?? []).map(({ fact, because }) => [keys[fact] ?? "", because]),
  );
  const save = useSave(incident.id, id, discard);
  const draft = draftOf(fields, zone);
  const send = () => {
    if (draft !== undefined && !save.pending) save.save(draft);
  };
  useKey("ctrl+enter", send);
  const change = (part: Partial<ComposerFields>) => setFields({ ...fields, ...part });
  return (
    <form
      className="compose"
      aria-label="Notification"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <ToColumn
        incident={incident.id}
        contacts={contacts}
        recipients={fields.recipients}
        shown={current?.contact}
        onShow={setShown}
        onChange={(recipients) => change({ recipients })}
      />
      <WhatColumn candidates={candidates} fields={fields} struck={struck} onChange={change} />
      <section aria-label="As it will arrive" className="compose-column">
        <h2>As it will arrive</h2>
        {letter === undefined ? (
          <p className="quiet">Choose somebody to tell, and their letter appears here as you write.</p>
        ) : (
          <>
            <SaysTooMuch letter={letter} />
            <p className="meta">{`Subject: ${letter.subject}`}</p>
            <LetterText text={letter.text} />
            {letter.indicators === undefined ? null : <IndicatorsTable indicators={letter.indicators} />}
            <p className="meta">
              The reference is given when it is kept. What leaves is what the next page shows, byte for byte.
            </p>
          </>
        )}
      </section>
      <div className="compose-foot">
        <RefusalNotice fault={save.fault} />
        <Verbs>
          <Button type="submit" weight="primary" disabled={draft === undefined || save.pending}>
            Keep the draft and review it
          </Button>
          <span className="meta">{missingIn(fields)}</span>
        </Verbs>
      </div>
    </form>
  );
}

const PARTS = {
  subject: "the subject",
  found: "what was found",
  advice: "what they may want to do",
  callBack: "whom to ask for",
} as const;

/** Says while one writes what would be refused later. */
function SaysTooMuch({ letter: { repeats } }: { readonly letter: Letter }) {
  if (repeats.length === 0) return null;
  return (
    <Notice tone="warn" title="The words repeat what is marked above the message, or struck out of it">
      {`Look at ${repeats.map((part) => PARTS[part]).join(", ")}: it cannot be released like this.`}
    </Notice>
  );
}

function missingIn({ recipients, subject }: ComposerFields): string {
  if (recipients.length === 0) return "It needs a recipient.";
  return subject.trim() === "" ? "It needs a subject." : "Nothing leaves yet.";
}

function useSave(incident: string, id: string | undefined, discard: () => void) {
  const navigate = useNavigate();
  const done = ({ notification }: { readonly notification: string }) => {
    discard();
    return navigate({
      to: "/incidents/$incident/notify/$notification",
      params: { incident, notification },
    });
  };
  const draft = useChange("notification.draft", undefined, done);
  const rewrite = useChange("notification.change", "notification", done);
  type Said = NonNullable<ReturnType<typeof draftOf>>;
  return {
    pending: draft.isPending || rewrite.isPending,
    fault: draft.error ?? rewrite.error,
    save: (said: Said) =>
      id === undefined
        ? draft.mutate({ incident: incidentIdOf(incident), ...said })
        : rewrite.mutate({ notification: id as NotificationId, ...said }),
  };
}

/** The letter to one recipient while it is written, by the very rule that the house renders it with. */
function letterFor(
  fields: ComposerFields,
  contact: string | undefined,
  contacts: readonly Contact[],
  letterhead: Letterhead,
  incident: Incident,
  marked: LetterParts["marked"],
  zone: string,
): Letter | undefined {
  const recipient = fields.recipients.find((each) => each.contact === contact);
  const to = contacts.find(({ id }) => id === contact);
  const draft = draftOf({ ...fields, subject: fields.subject.trim() === "" ? "…" : fields.subject }, zone);
  if (recipient === undefined || to === undefined || draft === undefined) return undefined;
  const via = recipient.via === null ? null : (contacts.find(({ id }) => id === recipient.via) ?? null);
  const parts: LetterParts = {
    ...{ letterhead, draft, recipient, via: via && asContact(via), to: asContact(to) },
    ref: "N-····-····-····",
    composedAt: NOT_YET,
    copies: [],
    earlier: [],
    ourNames: [letterhead.team, letterhead.email.slice(letterhead.email.indexOf("@") + 1), incident.code],
    marked,
  };
  return letterOf(parts);
}

const NOT_YET: Instant = instantAt(0);

function asContact({ stale: _s, open: _o, ...contact }: Contact): LetterParts["to"] {
  return contact;
}
