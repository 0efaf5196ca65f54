import { defangText } from "@jumpkit/core";
import { useVirtualizer } from "@tanstack/react-virtual";
import { memo, useEffect, useId, useRef } from "react";
import { useNow } from "../../shell/now.ts";
import { Onlookers } from "../../shell/onlookers.tsx";
import { durationText, utcText } from "../../ui/moment-text.ts";
import { PriorityMark } from "../../ui/priority-mark.tsx";
import { Tag } from "../../ui/tag.tsx";
import type { SignRow } from "./triage-answers.ts";
import { timesText } from "./triage-words.ts";

const ROW_PX = 44;
/** How many rows before the end the next page is asked for. */
const AHEAD = 60;

/** The rows of the queue that are in sight, of any number; the one that is open beside it is marked. */
export function QueueList({
  signs,
  chosen,
  selected,
  more,
  onMore,
  onChoose,
}: {
  readonly signs: readonly SignRow[];
  readonly chosen: number;
  readonly selected: ReadonlySet<string>;
  readonly more: boolean;
  readonly onMore: () => void;
  readonly onChoose: (id: string) => void;
}) {
  const scroller = useRef<HTMLDivElement>(null);
  const id = useId();
  const virtual = useVirtualizer({
    count: signs.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    overscan: 12,
    getItemKey: (at) => signs[at]?.id ?? at,
  });
  const items = virtual.getVirtualItems();
  const end = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (more && end >= signs.length - AHEAD) onMore();
  }, [more, end, signs.length, onMore]);
  // On a phone the queue is hidden while a sign is read: a list without height cannot tell where a row is.
  const shown = (virtual.scrollRect?.height ?? 0) > 0;
  useEffect(() => {
    if (shown && chosen >= 0) virtual.scrollToIndex(chosen, { align: "auto" });
  }, [chosen, shown, virtual]);
  return (
    <div
      ref={scroller}
      className="queue-rows"
      role="listbox"
      aria-label="Signs"
      aria-multiselectable="true"
      aria-activedescendant={chosen >= 0 ? `${id}-${chosen}` : undefined}
      tabIndex={0}
    >
      <div className="queue-space" role="presentation" style={{ height: virtual.getTotalSize() }}>
        {items.map(({ index, start }) => {
          const sign = signs[index];
          return sign === undefined ? null : (
            <QueueRow
              key={sign.id}
              id={`${id}-${index}`}
              sign={sign}
              top={start}
              place={index + 1}
              count={signs.length}
              chosen={index === chosen}
              selected={selected.has(sign.id)}
              onChoose={onChoose}
            />
          );
        })}
      </div>
    </div>
  );
}

const QueueRow = memo(function QueueRow({
  id,
  sign,
  top,
  place,
  count,
  chosen,
  selected,
  onChoose,
}: {
  readonly id: string;
  readonly sign: SignRow;
  readonly top: number;
  readonly place: number;
  readonly count: number;
  readonly chosen: boolean;
  readonly selected: boolean;
  readonly onChoose: (id: string) => void;
}) {
  const owner = sign.place?.asset?.owner;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: J, K and Enter act on the list, whose active option this is
    <div
      id={id}
      role="option"
      aria-selected={selected}
      aria-setsize={count}
      aria-posinset={place}
      tabIndex={-1}
      className={["queue-row", chosen ? "chosen" : "", selected ? "selected" : ""].join(" ")}
      style={{ transform: `translateY(${top}px)` }}
      onClick={() => onChoose(sign.id)}
    >
      <PriorityMark priority={sign.priority ?? "unrated"} short />
      <span className="line">
        <span className="title cut">{defangText(sign.title)}</span>
        <span className="count mono" title={`${sign.count} events`}>
          {timesText(sign.count)}
        </span>
      </span>
      <span className="line">
        <span className="about cut">
          {sign.entity ? <b>{sign.entity}</b> : null}
          {aboutText(sign, owner)}
        </span>
        <span className="seen">
          <Onlookers thing={sign.id} short />
          <Standing sign={sign} />
          <Seen sign={sign} />
        </span>
      </span>
    </div>
  );
});

/** Whose it is, how critical, and whether it only announces something; after what it is about, if that is known. */
function aboutText({ entity, kind, place }: SignRow, owner: string | undefined): string {
  const parts = [
    owner,
    place?.asset?.criticality === "critical" ? "critical" : undefined,
    kind === "precursor" ? "precursor" : undefined,
  ].filter((part) => part !== undefined && part !== "");
  return `${entity && parts.length > 0 ? " · " : ""}${parts.join(" · ")}`;
}

function Standing({ sign: { status, decision } }: { readonly sign: SignRow }) {
  const grown = decision && decision.grownBy > 0 ? ` +${decision.grownBy}` : "";
  if (status === "waiting") return null;
  if (status === "snoozed") return <Tag shape="dots">{`Snoozed${grown}`}</Tag>;
  if (status === "dismissed") return <Tag shape="cross">{`Dismissed${grown}`}</Tag>;
  return <Tag shape="check">{`${decision?.incidentCode ?? "Taken"}${grown}`}</Tag>;
}

function Seen({ sign }: { readonly sign: SignRow }) {
  const now = useNow();
  const span = Date.parse(sign.lastAt) - Date.parse(sign.firstAt);
  return (
    <time dateTime={sign.lastAt} title={`${utcText(sign.firstAt)} to ${utcText(sign.lastAt)}`}>
      {durationText(now - Date.parse(sign.lastAt))} ago{span >= 60_000 ? `, over ${durationText(span)}` : ""}
    </time>
  );
}
