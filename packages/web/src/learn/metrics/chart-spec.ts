import { durationText } from "../../ui/moment-text.ts";

/** What one chart draws: a bar for each row and series, longest numbers to the right. */
export interface ChartSpec {
  readonly rows: readonly string[];
  readonly series: readonly { readonly name: string; readonly values: readonly (number | null)[] }[];
  /** Minutes stand on a logarithmic scale: a minute and a month are both to be seen. */
  readonly unit: "count" | "minutes";
}

/** Minutes as people say them; the log knows no less than one. */
export function minutesText(minutes: number | null): string {
  if (minutes === null) return "not known";
  return minutes === 0 ? "under a minute" : durationText(minutes * 60_000);
}

/** How high a chart is, so that each bar has the same room. */
export function chartHeight({ rows, series }: ChartSpec): number {
  return rows.length * (series.length * 18 + 10) + (series.length > 1 ? 40 : 12);
}
