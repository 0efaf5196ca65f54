import * as z from "zod";
import type { Incident } from "../../detect/incident/incident.ts";
import type { Entry, Fact } from "../../document/log/entry.ts";
import { AssetId, CostId, type IncidentId, PersonId } from "../../kernel/id.ts";
import { accept, type Result, refuse } from "../../kernel/result.ts";
import { line, prose } from "../../kernel/text.ts";
import type { Stamp } from "../../kernel/time.ts";
import { Currency, Decimal, decimalOf, fractionOf, isWhole, minorUnitsOf, times } from "./money.ts";
import { type Rate, RateName, rateOn } from "./rate.ts";

/** What money goes to in an incident. */
export const CostKind = z.enum(["people", "downtime", "equipment", "service"]);
export type CostKind = z.infer<typeof CostKind>;

/** An estimate: at the least, most likely, at the most. What is known exactly is three times the same. */
const rangeOf = <Value extends z.ZodType>(value: Value) =>
  z.strictObject({ low: value, likely: value, high: value });

export const MinutesRange = rangeOf(z.int().min(0).max(10_000_000));
export const MoneyRange = rangeOf(Decimal);
export type MinutesRange = z.infer<typeof MinutesRange>;
export type MoneyRange = z.infer<typeof MoneyRange>;

/** How much of a currency one unit of another is worth, and who says so. */
export const Exchange = z.strictObject({
  rate: Decimal.refine((text) => /[1-9]/.test(text), { error: "is nothing" }),
  source: line(200),
});
export type Exchange = z.infer<typeof Exchange>;

/** What is said of a cost: time at a price for an hour, or a sum. */
const SAID = {
  kind: CostKind,
  what: line(300),
  /** The day that it is counted on. */
  day: z.iso.date(),
  /** Whose time it is; `null` for a role, a host or a thing. */
  person: PersonId.nullable(),
  asset: AssetId.nullable(),
  minutes: MinutesRange.nullable(),
  /** The name on the list of rates that the price of an hour was taken from; empty for a price of its own. */
  rate: z.union([RateName, z.literal("")]),
  perHour: Decimal.nullable(),
  sum: MoneyRange.nullable(),
  /** The currency of the price or the sum. */
  priced: Currency,
  /** Present where that is not the currency of the incident. */
  exchange: Exchange.nullable(),
  /** What it rests on, such as the invoice or how the time was counted. */
  basis: prose(1000),
};

export const COST_ENTRIES = {
  "cost.currency_chosen": z.object({ currency: Currency }),
  "cost.added": z.object({
    cost: CostId,
    ...SAID,
    personName: z.string(),
    assetName: z.string(),
    /** What it comes to in the currency of the incident. */
    amount: MoneyRange,
  }),
  "cost.reversed": z.object({ cost: CostId, reason: prose(2000) }),
};
export type CostFact = Fact<typeof COST_ENTRIES>;
export type CostBody = Extract<CostFact, { type: "cost.added" }>["body"];

/** A cost as it stands in the ledger: what was said, who wrote it down, and whether it was taken back. */
export interface Cost extends CostBody {
  readonly by: string;
  readonly at: string;
  readonly reversed: { readonly reason: string; readonly by: string; readonly at: string } | null;
}

/** What an incident cost, line by line, in the order it was written down. */
export interface Ledger {
  readonly incident: IncidentId;
  /** The one currency that it is kept in; `null` until somebody chose. */
  readonly currency: Currency | null;
  readonly costs: readonly Cost[];
  /** Costs whose amount was withheld or erased. */
  readonly unknownCount: number;
}

export type CostRefusal =
  | { readonly code: "cost.not_an_incident" }
  | { readonly code: "cost.no_currency" }
  | { readonly code: "cost.currency_in_use"; readonly currency: string }
  | { readonly code: "cost.unpriced" }
  | { readonly code: "cost.no_rate"; readonly rate: string; readonly day: string }
  | { readonly code: "cost.range" }
  | { readonly code: "cost.too_fine"; readonly currency: string }
  | { readonly code: "cost.exchange"; readonly from: string; readonly to: string }
  | { readonly code: "cost.reversed"; readonly at: string }
  | { readonly code: "cost.too_many"; readonly max: number };

type Decided = Result<CostFact, CostRefusal>;

/** How many costs one ledger keeps. */
export const COSTS_MAX = 1000;

/** The ledger of an incident of which nobody has said what it cost. */
export function nothingSpent(incident: IncidentId): Ledger {
  return { incident, currency: null, costs: [], unknownCount: 0 };
}

/** The ledger after one more entry about it. */
export function projectLedger(
  before: Ledger | undefined,
  entry: Entry<typeof COST_ENTRIES>,
): Ledger | undefined {
  if (entry.incident === null) return before;
  const ledger = before ?? nothingSpent(entry.incident);
  const [by, at] = [entry.actor?.name ?? "(withheld)", entry.recordedAt];
  switch (entry.type) {
    case "cost.currency_chosen":
      return { ...ledger, currency: entry.body.currency ?? ledger.currency };
    case "cost.added": {
      const said = wholeIn(entry.body);
      if (said === undefined) return { ...ledger, unknownCount: ledger.unknownCount + 1 };
      return { ...ledger, costs: [...ledger.costs, { ...said, by, at, reversed: null }] };
    }
    case "cost.reversed": {
      const { cost, reason = "(withheld)" } = entry.body;
      const costs = ledger.costs.map((each) =>
        each.cost === cost ? { ...each, reversed: { reason, by, at } } : each,
      );
      return { ...ledger, costs };
    }
  }
}

/** The cost an entry speaks of: words may be withheld, its amount and kind may not. */
function wholeIn(body: Partial<CostBody>): CostBody | undefined {
  const { cost, kind, day, priced, amount } = body;
  if (cost === undefined || kind === undefined || day === undefined) return;
  if (priced === undefined || amount === undefined) return;
  const { what = "(withheld)", personName = "", assetName = "", rate = "", basis = "" } = body;
  const { person = null, asset = null, minutes = null, perHour = null, sum = null, exchange = null } = body;
  return {
    ...{ cost, kind, day, priced, amount, what, personName, assetName, rate, basis },
    ...{ person, asset, minutes, perHour, sum, exchange },
  };
}

/** The entry that says in which currency the ledger is kept; it can be changed before the first cost. */
export function chooseCurrency(
  incident: Incident,
  ledger: Ledger,
  happened: Stamp,
  currency: Currency,
): Decided {
  if (!isIncident(incident)) return refuse({ code: "cost.not_an_incident" });
  if (ledger.currency !== null && ledger.costs.length > 0) {
    return refuse({ code: "cost.currency_in_use", currency: ledger.currency });
  }
  return accept({ type: "cost.currency_chosen", incident: incident.id, happened, body: { currency } });
}

/** What a person says of a cost before its price is looked up and its amount is worked out. */
export type CostSaid = Omit<CostBody, "amount" | "priced" | "perHour"> & {
  readonly priced: Currency | null;
  readonly perHour: Decimal | null;
};

/**
 * The entry with one more cost, also after closing: invoices come late.
 *
 * Its amount is minutes × price of an hour ÷ 60, or the sum, × the exchange rate where it is of another currency;
 * each bound of the estimate is rounded once, to the smallest unit of the incident's currency.
 */
export function addCost(
  incident: Incident,
  ledger: Ledger,
  rates: readonly Rate[],
  happened: Stamp,
  said: CostSaid,
): Decided {
  if (!isIncident(incident)) return refuse({ code: "cost.not_an_incident" });
  const { currency } = ledger;
  if (currency === null) return refuse({ code: "cost.no_currency" });
  if (ledger.costs.length >= COSTS_MAX) return refuse({ code: "cost.too_many", max: COSTS_MAX });
  const price = priceOf(said, rates, currency);
  if (!price.ok) return price;
  const { priced, perHour } = price.value;
  const wrong = mustHold(said, priced, currency);
  if (wrong !== undefined) return refuse(wrong);
  const body = { ...said, priced, perHour };
  return accept({
    type: "cost.added",
    incident: incident.id,
    happened,
    body: { ...body, amount: amountOf(body, currency) },
  });
}

/** What an hour of it costs and in which currency: from the list of rates on its day, or as said. */
function priceOf(
  { rate, day, perHour, priced, minutes, sum }: CostSaid,
  rates: readonly Rate[],
  currency: Currency,
): Result<{ priced: Currency; perHour: Decimal | null }, CostRefusal> {
  if ((minutes === null) === (sum === null)) return refuse({ code: "cost.unpriced" });
  if (sum !== null) return accept({ priced: priced ?? currency, perHour: null });
  if (rate !== "") {
    const found = rateOn(rates, rate, day);
    if (found === undefined) return refuse({ code: "cost.no_rate", rate, day });
    return accept({ priced: found.currency, perHour: found.perHour });
  }
  if (perHour === null) return refuse({ code: "cost.unpriced" });
  return accept({ priced: priced ?? currency, perHour });
}

function mustHold(said: CostSaid, priced: Currency, currency: Currency): CostRefusal | undefined {
  const { minutes, sum, exchange } = said;
  if ((priced !== currency) !== (exchange !== null)) {
    return { code: "cost.exchange", from: priced, to: currency };
  }
  if (minutes !== null && !(minutes.low <= minutes.likely && minutes.likely <= minutes.high)) {
    return { code: "cost.range" };
  }
  if (sum === null) return;
  const bounds = [sum.low, sum.likely, sum.high];
  if (!bounds.every((bound) => isWhole(bound, priced))) return { code: "cost.too_fine", currency: priced };
  const [low = 0n, likely = 0n, high = 0n] = bounds.map((bound) => minorUnitsOf(fractionOf(bound), priced));
  return low <= likely && likely <= high ? undefined : { code: "cost.range" };
}

/** What a priced cost comes to in the currency of the incident. */
export function amountOf(
  { minutes, perHour, sum, exchange }: Pick<CostBody, "minutes" | "perHour" | "sum" | "exchange">,
  currency: Currency,
): MoneyRange {
  const worth = (bound: keyof MoneyRange): Decimal => {
    const own =
      sum === null
        ? times(fractionOf(perHour ?? "0"), { over: BigInt(minutes?.[bound] ?? 0), under: 60n })
        : fractionOf(sum[bound]);
    const exact = exchange === null ? own : times(own, fractionOf(exchange.rate));
    return decimalOf(minorUnitsOf(exact, currency), currency);
  };
  return { low: worth("low"), likely: worth("likely"), high: worth("high") };
}

/** The entry that takes a cost back; what it said stays in the ledger, struck out. */
export function reverseCost(incident: IncidentId, cost: Cost, happened: Stamp, reason: string): Decided {
  if (cost.reversed !== null) return refuse({ code: "cost.reversed", at: cost.reversed.at });
  return accept({ type: "cost.reversed", incident, happened, body: { cost: cost.cost, reason } });
}

/** What was dismissed, or not declared yet, costs nothing that an incident is charged with. */
function isIncident({ status }: Incident): boolean {
  return status === "declared" || status === "closed";
}
