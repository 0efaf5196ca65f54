import { lazy, type ReactNode, Suspense, useMemo } from "react";
import type { ChartSpec } from "./chart-spec.ts";

/** What draws is heavy: it comes after the numbers are there. */
const Chart = lazy(async () => ({ default: (await import("./chart.tsx")).Chart }));

/** A table of numbers with the picture of them beside it, or `alone` where the picture says every number itself. */
export function ChartFigure({
  spec,
  alone = false,
  children,
}: {
  readonly spec: ChartSpec;
  readonly alone?: boolean;
  readonly children: ReactNode;
}) {
  const text = JSON.stringify(spec);
  // The same numbers are drawn once, however often the page is made anew.
  const drawn = useMemo(() => JSON.parse(text) as ChartSpec, [text]);
  return (
    <div className={alone ? "metrics-figure alone" : "metrics-figure"}>
      <div className="table-wrap">{children}</div>
      <Suspense fallback={null}>
        <Chart spec={drawn} />
      </Suspense>
    </div>
  );
}
