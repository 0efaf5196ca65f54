/** What money goes to, in words. */
export const KINDS = [
  { value: "people", label: "People's time" },
  { value: "downtime", label: "Downtime" },
  { value: "equipment", label: "Equipment" },
  { value: "service", label: "Bought services" },
] as const;

/** The word for a kind of cost. */
export function kindWord(kind: string): string {
  return KINDS.find(({ value }) => value === kind)?.label ?? kind;
}

interface Range {
  readonly low: string;
  readonly likely: string;
  readonly high: string;
}

/** `1234.50` as `1 234.50`: thousands stand apart, nothing else changes. */
export function amountText(decimal: string): string {
  const [whole = "", behind] = decimal.split(".");
  const apart = whole.replaceAll(/\B(?=(\d{3})+$)/g, "\u202f");
  return behind === undefined ? apart : `${apart}.${behind}`;
}

/** `87.50 EUR`, or `80.00 to 95.00 EUR` beside it where it is an estimate; empty where it is not. */
export function spreadText({ low, likely, high }: Range): string {
  return low === likely && likely === high ? "" : `${amountText(low)} to ${amountText(high)}`;
}

/** How the amount of a cost follows from what was said: `90 min × 87.50 EUR/h (Handler)`. */
export function formulaText(cost: {
  readonly minutes: { readonly low: number; readonly likely: number; readonly high: number } | null;
  readonly perHour: string | null;
  readonly priced: string;
  readonly rate: string;
  readonly sum: Range | null;
  readonly exchange: { readonly rate: string; readonly source: string } | null;
}): string {
  const { minutes, perHour, priced, rate, sum, exchange } = cost;
  const own =
    sum === null
      ? `${minutes?.likely ?? 0} min × ${amountText(perHour ?? "0")} ${priced}/h${rate === "" ? "" : ` (${rate})`}`
      : `${amountText(sum.likely)} ${priced}`;
  return exchange === null ? own : `${own} × ${exchange.rate} (${exchange.source})`;
}
