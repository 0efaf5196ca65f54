import { useNowAnswer } from "../../api/queries.ts";
import { useChange } from "../../api/use-change.ts";
import { Button } from "../../ui/button.tsx";
import { Moment } from "../../ui/moment.tsx";
import { Notice } from "../../ui/notice.tsx";
import { RefusalNotice } from "../../ui/refusal-notice.tsx";
import { Verbs } from "../../ui/verbs.tsx";
import type { Shift, ShiftCard } from "./shift-queries.ts";

/** An offer that waits: how far the two have come, and for them how to end it. */
export function WaitingShift({
  shift,
  cards,
}: {
  readonly shift: Shift;
  readonly cards: readonly ShiftCard[];
}) {
  const me = useNowAnswer().person.id;
  const take = useChange("shift.take_over", "shift");
  const withdraw = useChange("shift.withdraw", "shift");
  const open = new Set(cards.map((card) => card.incident));
  const counted = shift.cards.filter((card) => open.has(card.incident));
  const understood = counted.filter((card) => card.state === "understood").length;
  const isComing = shift.to === me;
  const isGoing = shift.from === me;
  const pending = take.isPending || withdraw.isPending;
  return (
    <section className="shift-waiting" aria-label={`Shift of ${shift.fromName}`}>
      <Notice tone={isComing ? "warn" : "info"} title={titleOf(shift, isComing, isGoing)}>
        Since <Moment at={shift.offeredAt} />. {understood} of {counted.length} understood.
        {shift.movesDuty ? " The duty moves with it." : " Who is on duty stays as the roster says."}
        {shift.note === "" ? null : <q className="shift-note">{shift.note}</q>}
      </Notice>
      {isComing || isGoing ? (
        <Verbs>
          {isComing ? (
            <Button
              weight="primary"
              disabled={pending || understood < counted.length}
              onClick={() => take.mutate({ shift: shift.id })}
            >
              Take the shift over
            </Button>
          ) : null}
          <Button disabled={pending} onClick={() => withdraw.mutate({ shift: shift.id, reason: "" })}>
            {isComing ? "Decline" : "Take the offer back"}
          </Button>
        </Verbs>
      ) : null}
      <RefusalNotice fault={take.error ?? withdraw.error} />
    </section>
  );
}

function titleOf({ fromName, toName }: Shift, isComing: boolean, isGoing: boolean): string {
  if (isComing) return `${fromName} offers you the shift`;
  return isGoing ? `You offer the shift to ${toName}` : `${fromName} offers the shift to ${toName}`;
}
