import "./shift.css";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useNowAnswer } from "../../api/queries.ts";
import { useListKeys } from "../../shell/list-keys.ts";
import { Load } from "../../shell/load.tsx";
import { Button } from "../../ui/button.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { Moment } from "../../ui/moment.tsx";
import { PageHead } from "../../ui/page-head.tsx";
import { Side } from "../../ui/side.tsx";
import { OfferPanel } from "./offer-panel.tsx";
import { ShiftCardView } from "./shift-card.tsx";
import { type Shift, type ShiftAnswer, shiftQuery } from "./shift-queries.ts";
import { WaitingShift } from "./waiting-shift.tsx";

/** What the next shift walks into: a card for each open incident, gone through by the two of them. */
export function ShiftPage() {
  const answer = useQuery(shiftQuery);
  const me = useNowAnswer().person;
  const [offering, setOffering] = useState(false);
  const isOffered = answer.data?.waiting.some((shift) => shift.to === me.id) ?? false;
  const mine = answer.data?.waiting.find((shift) => shift.from === me.id);
  return (
    <Side panel={offering ? <OfferPanel onClose={() => setOffering(false)} /> : null}>
      <PageHead title="Shift hand-over" under={situation(answer.data)}>
        <Button onClick={() => window.print()}>Print</Button>
        {mine === undefined ? (
          <Button weight={offering || isOffered ? "quiet" : "primary"} onClick={() => setOffering(true)}>
            Offer the shift
          </Button>
        ) : null}
      </PageHead>
      <Load answer={answer} label="the shift" rows={6}>
        {(data) => <Shifts data={data} />}
      </Load>
    </Side>
  );
}

function Shifts({ data }: { readonly data: ShiftAnswer }) {
  const me = useNowAnswer().person;
  const { waiting, cards, last } = data;
  const shift = waiting.find(({ to, from }) => to === me.id || from === me.id);
  const at = useListKeys(cards.length, () => {});
  return (
    <>
      {waiting.map((each) => (
        <WaitingShift key={each.id} shift={each} cards={cards} />
      ))}
      {cards.length === 0 ? <NothingOpen data={data} /> : null}
      <div className="shift-cards">
        {cards.map((card, index) => (
          <ShiftCardView key={card.incident} card={card} shift={shift} current={index === at} />
        ))}
      </div>
      {last === null ? null : <LastTaken shift={last} />}
    </>
  );
}

function NothingOpen({ data }: { readonly data: ShiftAnswer }) {
  return (
    <EmptyState title="Nothing is open">
      {`${signsText(data.signsWaiting ?? 0)} and ${data.signsSnoozed ?? "none"} are snoozed into the next shift. Offer the shift all the same, so that duty and the record move with it.`}
    </EmptyState>
  );
}

function LastTaken({ shift }: { readonly shift: Shift }) {
  return (
    <p className="meta">
      {shift.toName} took the last shift over from {shift.fromName}
      {shift.endedAt === null ? null : (
        <>
          {" "}
          at <Moment at={shift.endedAt} />
        </>
      )}
      .
    </p>
  );
}

function situation(data: ShiftAnswer | undefined): string {
  if (data === undefined) return "What the next shift walks into.";
  const { cards, signsWaiting } = data;
  const old = cards.filter((card) => !card.fresh).length;
  const open = cards.length === 1 ? "1 incident is open" : `${cards.length} incidents are open`;
  const signs = signsWaiting === null ? "" : ` ${signsText(signsWaiting)}.`;
  if (old === 0) return `${open}.${signs}`;
  return `${open}; ${old} still ${old === 1 ? "needs" : "need"} a hypothesis and a next step.${signs}`;
}

function signsText(count: number): string {
  if (count === 0) return "No sign waits";
  return count === 1 ? "One sign waits" : `${count.toLocaleString("en")} signs wait`;
}
