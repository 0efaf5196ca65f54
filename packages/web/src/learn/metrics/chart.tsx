import { BarChart } from "echarts/charts";
import { GridComponent, LegendComponent } from "echarts/components";
import { type EChartsCoreOption, init, use } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";
import { useEffect, useRef } from "react";
import { type ChartSpec, chartHeight, minutesText } from "./chart-spec.ts";

use([BarChart, GridComponent, LegendComponent, SVGRenderer]);

/** Patterns tell series apart where colours cannot: for who does not see them, and on paper. */
const STRIPES = { symbol: "rect", dashArrayX: [1, 0], dashArrayY: [2, 4], rotation: -Math.PI / 4 };

/**
 * Bars of one chart. Its colours are the tokens themselves, so that it follows light, dark and paper without being
 * drawn anew. It is a picture of a table that stands beside it, and hidden from who hears the page.
 */
export function Chart({
  spec,
  onDrawn,
}: {
  readonly spec: ChartSpec;
  readonly onDrawn: (drawn: boolean) => void;
}) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = place.current;
    if (element === null) return;
    const chart = init(element, undefined, { renderer: "svg", height: chartHeight(spec) });
    // The library measures text before it draws it, so it has to be told the typeface by its name.
    chart.setOption(optionOf(spec, getComputedStyle(element).fontFamily));
    onDrawn(true);
    const watcher = new ResizeObserver(() => chart.resize({ height: chartHeight(spec) }));
    watcher.observe(element);
    return () => {
      watcher.disconnect();
      chart.dispose();
    };
  }, [spec, onDrawn]);
  return <div ref={place} className="metrics-chart" aria-hidden="true" />;
}

function optionOf({ rows, series, unit }: ChartSpec, fontFamily: string): EChartsCoreOption {
  const words = { color: "var(--jk-text)", fontFamily, fontSize: 12 };
  return {
    animation: false,
    textStyle: words,
    grid: { left: 12, right: 88, top: series.length > 1 ? 32 : 4, bottom: 4, outerBoundsMode: "same" },
    legend: {
      ...{ show: series.length > 1, left: 0, top: 0, selectedMode: false, textStyle: words },
      ...{ itemWidth: 16, itemHeight: 10, itemGap: 20 },
    },
    xAxis: {
      show: false,
      ...(unit === "minutes"
        ? { type: "log", min: 1, max: ({ max }: { readonly max: number }) => Math.max(60, max) }
        : { type: "value" }),
    },
    yAxis: {
      type: "category",
      inverse: true,
      data: rows,
      axisTick: { show: false },
      axisLine: { lineStyle: { color: "var(--jk-line)" } },
      axisLabel: { ...words, width: 168, overflow: "truncate" },
    },
    series: series.map(({ name, values }, at) => ({
      type: "bar",
      name,
      silent: true,
      barMaxWidth: 14,
      barMinHeight: 2,
      data: values.map((value) => (value === null ? "-" : Math.max(value, unit === "minutes" ? 1 : 0))),
      itemStyle: {
        color: at === 0 ? "var(--jk-accent)" : "var(--jk-sunken)",
        borderColor: "var(--jk-accent)",
        borderWidth: 1,
        ...(at > 0 && { decal: { ...STRIPES, color: "var(--jk-accent)" } }),
      },
      label: {
        ...words,
        show: true,
        position: "right",
        formatter: ({ dataIndex }: { readonly dataIndex: number }) => {
          const value = values[dataIndex] ?? null;
          return unit === "minutes" ? minutesText(value) : String(value ?? "");
        },
      },
    })),
  };
}
