import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useLayoutEffect, useRef, useState } from "react";
import { useOnPaper } from "../../shell/paper.ts";
import { Button } from "../../ui/button.tsx";
import { LogRowView } from "./log-row.tsx";
import type { LogRow } from "./log-rows.ts";

/** How near the end one must be to be taken along when something new arrives. */
const END_PX = 80;

/** The height of a row of one line. */
const ROW_PX = 28;

/**
 * The rows that are in sight, of any number; on paper all of them.
 *
 * Newest at the bottom: it opens there, and stays there while new rows arrive, unless one has scrolled up.
 */
export function LogList({
  incident,
  rows,
  chosen,
  atEnd,
}: {
  readonly incident: string;
  readonly rows: readonly LogRow[];
  readonly chosen: number;
  readonly atEnd: boolean;
}) {
  const scroller = useRef<HTMLElement>(null);
  const seen = useRef({ scrollTop: 0, clientHeight: 0 });
  const [following, setFollowing] = useState(atEnd);
  // Known at once, while the state follows a frame later: a row measured in between must not pull one back.
  const follows = useRef(atEnd);
  const follow = (on: boolean) => {
    follows.current = on;
    setFollowing(on);
  };
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    overscan: 10,
    // A row that turns out higher than guessed may move the others a moment later.
    useFlushSync: false,
    getItemKey: (at) => rows[at]?.entry.incidentSeq ?? at,
  });
  const size = virtual.getTotalSize();
  const first = rows[0]?.entry.incidentSeq;
  const firstBefore = useRef(first);
  // Older entries that arrive above must not push away what is being read.
  useLayoutEffect(() => {
    const before = firstBefore.current;
    firstBefore.current = first;
    if (before === first || follows.current) return;
    const above = rows.findIndex(({ entry }) => entry.incidentSeq === before);
    if (above > 0) scroller.current?.scrollBy({ top: above * ROW_PX });
  }, [first, rows]);
  useEffect(() => {
    const element = scroller.current;
    if (element === null || !following) return;
    const toEnd = () => {
      if (follows.current) element.scrollTop = element.scrollHeight;
    };
    toEnd();
    // Rows that turn out higher than guessed, and a line being written below, both move the end.
    const resized = new ResizeObserver(toEnd);
    for (const each of [element, ...element.children]) resized.observe(each);
    return () => resized.disconnect();
  }, [following]);
  useEffect(() => {
    if (chosen >= 0) virtual.scrollToIndex(chosen, { align: "auto" });
  }, [chosen, virtual]);
  const onScroll = () => {
    const element = scroller.current;
    if (element === null) return;
    const { scrollTop, scrollHeight, clientHeight } = element;
    const before = seen.current;
    seen.current = { scrollTop, clientHeight };
    if (scrollHeight - scrollTop - clientHeight < END_PX) follow(true);
    // Upward in a frame of the same height is a wish to leave the end; a keyboard popping up on a phone is not.
    else if (scrollTop < before.scrollTop && clientHeight === before.clientHeight) follow(false);
  };
  const onPaper = useOnPaper();
  const places = onPaper
    ? rows.map((_, at) => ({ index: at, start: 0 }))
    : virtual.getVirtualItems().map(({ index, start }) => ({ index, start }));
  const shown = places.flatMap(({ index, start }) => {
    const row = rows[index];
    return row === undefined ? [] : [{ at: index, top: start, row }];
  });
  return (
    <div className="log-frame">
      <section
        className="log-rows"
        ref={scroller}
        aria-label="Entries"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reachable by keyboard
        tabIndex={0}
        onScroll={onScroll}
      >
        <table className="log-table" aria-label="Entries" aria-rowcount={rows.length}>
          <tbody className="log-space" style={{ height: size }}>
            {shown.map(({ at, top, row }) => (
              <LogRowView
                key={row.entry.incidentSeq}
                incident={incident}
                row={row}
                at={at}
                top={top}
                chosen={at === chosen}
                measure={virtual.measureElement}
              />
            ))}
          </tbody>
        </table>
      </section>
      {following ? null : (
        <div className="log-to-end no-print">
          <Button onClick={() => follow(true)}>To the newest</Button>
        </div>
      )}
    </div>
  );
}
