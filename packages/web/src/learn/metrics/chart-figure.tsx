import { type ComponentProps, lazy, type ReactNode, Suspense, useMemo, useState } from "react";
import type { Chart as Drawn } from "./chart.tsx";
import { type ChartSpec, chartHeight } from "./chart-spec.ts";

/** What draws is heavy: it comes after the numbers are there. Where it does not come, the numbers stay. */
const Chart = lazy(async () => {
  const drawing = await import("./chart.tsx").catch(() => undefined);
  return { default: drawing?.Chart ?? NoChart };
});

function NoChart(_: ComponentProps<typeof Drawn>) {
  return null;
}

/**
 * A table of numbers with the picture of them beside it. The picture stands `alone` where it says every number itself:
 * the table is then for who hears the page, and for paper.
 */
export function ChartFigure({
  spec,
  alone = false,
  children,
}: {
  readonly spec: ChartSpec;
  readonly alone?: boolean;
  readonly children: ReactNode;
}) {
  const [drawn, setDrawn] = useState(false);
  const text = JSON.stringify(spec);
  // The same numbers are drawn once, however often the page is made anew.
  const numbers = useMemo(() => JSON.parse(text) as ChartSpec, [text]);
  return (
    <div className={alone ? "metrics-figure alone" : "metrics-figure"}>
      <div className={alone && drawn ? "unseen on-paper" : "table-wrap"}>{children}</div>
      <Suspense
        fallback={alone ? null : <div className="metrics-chart" style={{ height: chartHeight(spec) }} />}
      >
        <Chart spec={numbers} onDrawn={setDrawn} />
      </Suspense>
    </div>
  );
}
