import { entrySentence } from "@jumpkit/core";
import { Link } from "@tanstack/react-router";
import { useEffect, useRef, useState } from "react";
import { useMay, useNameOf, useNowAnswer } from "../../api/queries.ts";
import { useKey } from "../../shell/keyboard.ts";
import { useNow } from "../../shell/now.ts";
import { Button } from "../../ui/button.tsx";
import { Moment } from "../../ui/moment.tsx";
import { durationText } from "../../ui/moment-text.ts";
import { PriorityMark } from "../../ui/priority-mark.tsx";
import { Tag } from "../../ui/tag.tsx";
import { Verbs } from "../../ui/verbs.tsx";
import { BriefingForm } from "./briefing-form.tsx";
import { CardTalkView } from "./card-talk.tsx";
import type { Shift, ShiftCard } from "./shift-queries.ts";

/** One incident of a shift: what is thought, what comes next, what was done last and what is promised. */
export function ShiftCardView({
  card,
  shift,
  current,
}: {
  readonly card: ShiftCard;
  readonly shift: Shift | undefined;
  readonly current: boolean;
}) {
  const me = useNowAnswer().person.id;
  const nameOf = useNameOf();
  const mayWrite = useMay("log.write");
  const [writing, setWriting] = useState(false);
  const place = useRef<HTMLElement>(null);
  useEffect(() => {
    if (current) place.current?.scrollIntoView({ block: "nearest" });
  }, [current]);
  const talk = shift?.cards.find((each) => each.incident === card.incident);
  const canWrite = mayWrite && !writing;
  useKey("e", current && canWrite ? () => setWriting(true) : undefined);
  return (
    <article ref={place} className={current ? "shift-card current" : "shift-card"} aria-label={card.code}>
      <header>
        <h2>
          <Link to="/incidents/$incident" params={{ incident: card.incident }} className="mono">
            {card.code}
          </Link>{" "}
          {card.title}
        </h2>
        <span className="shift-marks">
          <PriorityMark priority={card.priority ?? "unrated"} />
          <span className="meta">{card.lead === null ? "nobody leads" : `led by ${nameOf(card.lead)}`}</span>
          {card.fresh ? null : (
            <Tag tone="warn">{card.briefing === null ? "not briefed" : "old briefing"}</Tag>
          )}
          {current && shift !== undefined ? <CardClock /> : null}
        </span>
      </header>
      {writing ? (
        <BriefingForm card={card} onDone={() => setWriting(false)} />
      ) : (
        <Stands card={card} onWrite={canWrite ? () => setWriting(true) : undefined} />
      )}
      <Lately card={card} />
      <Promised card={card} />
      {shift && talk ? <CardTalkView card={talk} shift={shift} current={current} me={me} /> : null}
    </article>
  );
}

/** Two minutes for each card: long enough to be understood, short enough for a whole shift. */
const CARD_MS = 120_000;

function CardClock() {
  const now = useNow();
  const [since] = useState(() => Date.now());
  const spent = Math.max(0, now - since);
  return (
    <span className={spent > CARD_MS ? "shift-clock over mono" : "shift-clock mono"} role="timer">
      {clockText(spent)} of 2:00
    </span>
  );
}

function clockText(milliseconds: number): string {
  const seconds = Math.floor(milliseconds / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

function Stands({ card, onWrite }: { readonly card: ShiftCard; readonly onWrite: (() => void) | undefined }) {
  const { briefing } = card;
  return (
    <div className="shift-stands">
      {briefing === null ? (
        <p className="quiet">Nobody has said yet what they think and what comes next.</p>
      ) : (
        <dl>
          <dt>Hypothesis</dt>
          <dd>{briefing.hypothesis}</dd>
          <dt>Next step</dt>
          <dd>
            {briefing.nextStep}
            <span className="meta">
              {" "}
              {briefing.ownerName === "" ? "whoever is there" : briefing.ownerName}
            </span>
          </dd>
          <dt>Said</dt>
          <dd className="meta">
            {briefing.by}, <Moment at={briefing.at} />
          </dd>
        </dl>
      )}
      {onWrite ? (
        <Verbs>
          <Button onClick={onWrite}>{briefing === null ? "Say where it stands" : "Say it anew"}</Button>
        </Verbs>
      ) : null}
    </div>
  );
}

function Lately({ card }: { readonly card: ShiftCard }) {
  if (card.latest.length === 0) return null;
  return (
    <ol className="shift-latest" aria-label="Done last">
      {card.latest.map((entry) => (
        <li key={entry.incidentSeq}>
          <Moment at={entry.happenedAt} utcOnly /> <span className="meta">{entry.actor?.name}</span>{" "}
          {entrySentence(entry)}
        </li>
      ))}
    </ol>
  );
}

function Promised({ card }: { readonly card: ShiftCard }) {
  const now = useNow();
  const { nextCheckIn, told, isolations, approvals, evidence } = card;
  const lateMs = nextCheckIn === null ? 0 : now - Date.parse(nextCheckIn);
  return (
    <ul className="shift-promised" aria-label="Promised and held">
      {nextCheckIn === null ? null : (
        <li className={lateMs > 0 ? "shift-late" : undefined}>
          {lateMs > 0 ? `Should have been looked at ${durationText(lateMs)} ago` : "Somebody looks at it by"}{" "}
          {lateMs > 0 ? null : <Moment at={nextCheckIn} />}
        </li>
      )}
      {told.map((each) => (
        <li key={each.notification} className={each.overdue ? "shift-late" : undefined}>
          <Link
            to="/incidents/$incident/notify/$notification"
            params={{ incident: card.incident, notification: each.notification }}
          >
            {each.subject}
          </Link>
          {outsideText(each)}
          {each.names.length === 0 || each.answerBy === null ? null : <Moment at={each.answerBy} />}
        </li>
      ))}
      {approvals.map((approval) => (
        <li key={`${approval.title} ${approval.expiresAt}`}>
          {approval.askerName} waits for consent: {approval.title}, until <Moment at={approval.expiresAt} />
        </li>
      ))}
      {isolations.map((isolation) => (
        <li key={isolation.id} className={isolation.late ? "shift-late" : undefined}>
          {isolation.name} is {isolation.state === "approved" ? "to be cut off" : "cut off"} (
          {isolation.ownerName}){isolation.reviewAt === null ? ", without a review" : ", to be reviewed "}
          {isolation.reviewAt === null ? null : <Moment at={isolation.reviewAt} />}
        </li>
      ))}
      {evidence.map((item) => (
        <li key={item.item}>
          Evidence item {item.number}: {item.custodian}
          {item.state === "in_transit" ? ", on its way" : ""}
        </li>
      ))}
    </ul>
  );
}

/** What is open with those who were told: who is silent, until when, and what they wrote that nobody has read. */
function outsideText({ names, answerBy, overdue, unread }: ShiftCard["told"][number]): string {
  const who = `${names.slice(0, 3).join(", ")}${names.length > 3 ? ` and ${names.length - 3} more` : ""}`;
  const word = overdue ? ", was due " : ", due ";
  const due = answerBy === null ? "" : word;
  return [
    ...(unread === 0 ? [] : [`: ${unread === 1 ? "a reply is" : `${unread} replies are`} unread`]),
    ...(names.length === 0 ? [] : [`${unread === 0 ? ": " : "; "}no answer yet from ${who}${due}`]),
  ].join("");
}
