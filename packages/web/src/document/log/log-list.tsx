import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useRef, useState } from "react";
import { LogRowView } from "./log-row.tsx";
import type { LogRow } from "./log-rows.ts";

/** How near the end one must be to be taken along when something new arrives. */
const END_PX = 80;

/**
 * The rows that are in sight, of any number.
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
  const scroller = useRef<HTMLDivElement>(null);
  const [following, setFollowing] = useState(atEnd);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => 28,
    overscan: 20,
    getItemKey: (at) => rows[at]?.entry.incidentSeq ?? at,
  });
  useEffect(() => {
    if (following && rows.length > 0) virtual.scrollToIndex(rows.length - 1, { align: "end" });
  }, [following, rows.length, virtual]);
  useEffect(() => {
    if (chosen >= 0) virtual.scrollToIndex(chosen, { align: "auto" });
  }, [chosen, virtual]);
  return (
    <section
      className="log-rows"
      ref={scroller}
      aria-label="Entries"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reachable by keyboard
      tabIndex={0}
      onScroll={({ currentTarget: { scrollTop, scrollHeight, clientHeight } }) =>
        setFollowing(scrollHeight - scrollTop - clientHeight < END_PX)
      }
    >
      <table className="log-table" aria-label="Entries" aria-rowcount={rows.length}>
        <tbody className="log-space" style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map(({ index, key, start }) => {
            const row = rows[index];
            if (row === undefined) return null;
            return (
              <LogRowView
                key={key}
                incident={incident}
                row={row}
                at={index}
                top={start}
                chosen={index === chosen}
                measure={virtual.measureElement}
              />
            );
          })}
        </tbody>
      </table>
    </section>
  );
}
