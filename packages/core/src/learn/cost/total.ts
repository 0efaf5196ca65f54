import type { Incident } from "../../detect/incident/incident.ts";
import { writeTable } from "../../kernel/table.ts";
import type { AttackVector } from "../../kernel/vector.ts";
import { type Cost, CostKind, type Ledger, type MoneyRange } from "./cost.ts";
import { type Currency, sumOf } from "./money.ts";

/** What costs come to together, in one currency. */
export interface CostTotal extends MoneyRange {
  readonly currency: Currency;
  readonly count: number;
}

/** The exact total of the costs that were not taken back, whatever their order. */
export function totalOf(costs: readonly Pick<Cost, "amount" | "reversed">[], currency: Currency): CostTotal {
  const standing = costs.filter(({ reversed }) => reversed === null).map(({ amount }) => amount);
  const bound = (name: keyof MoneyRange) =>
    sumOf(
      standing.map((amount) => amount[name]),
      currency,
    );
  return {
    currency,
    low: bound("low"),
    likely: bound("likely"),
    high: bound("high"),
    count: standing.length,
  };
}

/** The total of each kind of cost that a ledger has, in the order kinds are always named. */
export function totalsByKind(ledger: Ledger): readonly (CostTotal & { readonly kind: CostKind })[] {
  const { currency, costs } = ledger;
  if (currency === null) return [];
  return CostKind.options
    .map((kind) => ({
      kind,
      ...totalOf(
        costs.filter((cost) => cost.kind === kind),
        currency,
      ),
    }))
    .filter(({ count }) => count > 0);
}

/** A ledger with what its costs are added up by. */
export interface Charged {
  readonly incident: Pick<Incident, "id" | "code" | "title" | "vector">;
  readonly ledger: Ledger;
}

/** A total with what it is the total of. */
export type KeyedTotal = CostTotal & { readonly key: string };

/** What the incidents of an organisation cost, added up in each way; currencies are never mixed. */
export interface CostTotals {
  readonly all: readonly KeyedTotal[];
  readonly byIncident: readonly (KeyedTotal & { readonly code: string; readonly title: string })[];
  readonly byVector: readonly (KeyedTotal & { readonly key: AttackVector })[];
  /** By the name that the asset had; costs of no asset are left out. */
  readonly byAsset: readonly KeyedTotal[];
  /** By months such as `2026-11`, of the day that a cost is counted on; the earliest first. */
  readonly byMonth: readonly KeyedTotal[];
  readonly byKind: readonly (KeyedTotal & { readonly key: CostKind })[];
}

interface Standing {
  readonly charged: Charged;
  readonly currency: Currency;
  readonly cost: Cost;
}

/**
 * What the costs counted on a day of the period come to.
 *
 * @param from  the first day, `2026-11-01`
 * @param to    the last day
 */
export function costTotals(all: readonly Charged[], from: string, to: string): CostTotals {
  const standing = all.flatMap((charged) =>
    charged.ledger.costs.flatMap((cost): Standing[] => {
      const { currency } = charged.ledger;
      if (currency === null || cost.reversed !== null || cost.day < from || cost.day > to) return [];
      return [{ charged, currency, cost }];
    }),
  );
  const incidents = new Map(all.map(({ incident }) => [incident.id as string, incident]));
  return {
    all: keyed(standing, () => "all"),
    byIncident: mostFirst(keyed(standing, ({ charged }) => charged.incident.id)).map((total) => {
      const { code = "", title = "" } = incidents.get(total.key) ?? {};
      return { ...total, code, title };
    }),
    byVector: mostFirst(keyed(standing, ({ charged }) => charged.incident.vector)),
    byAsset: mostFirst(
      keyed(
        standing.filter(({ cost }) => cost.assetName !== ""),
        ({ cost }) => cost.assetName,
      ),
    ),
    byMonth: keyed(standing, ({ cost }) => cost.day.slice(0, 7)),
    byKind: mostFirst(keyed(standing, ({ cost }) => cost.kind)),
  };
}

/** One total for each key and currency, by key and then by currency. */
function keyed<Key extends string>(rows: readonly Standing[], keyOf: (row: Standing) => Key) {
  const groups = new Map<
    string,
    { readonly key: Key; readonly currency: Currency; readonly costs: Cost[] }
  >();
  for (const row of rows) {
    const key = keyOf(row);
    const group = groups.get(`${row.currency} ${key}`) ?? { key, currency: row.currency, costs: [] };
    group.costs.push(row.cost);
    groups.set(`${row.currency} ${key}`, group);
  }
  return [...groups.values()]
    .map(({ key, currency, costs }) => ({ key, ...totalOf(costs, currency) }))
    .toSorted((a, b) => textOrder(a.key, b.key) || textOrder(a.currency, b.currency));
}

function mostFirst<Total extends KeyedTotal>(totals: readonly Total[]): Total[] {
  const size = ({ likely }: Total) => BigInt(likely.replace(".", ""));
  return totals.toSorted(
    (a, b) => textOrder(a.currency, b.currency) || Number(size(b) > size(a)) - Number(size(a) > size(b)),
  );
}

function textOrder(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}

/** A ledger for spreadsheets: a row for each cost, those taken back with the reason. */
export function ledgerTable({ currency, costs }: Ledger): string {
  const bounds = ["low", "likely", "high"] as const;
  const columns = [
    ...["day", "kind", "what", "person", "asset", "minutes", "rate", "price of an hour", "priced in"],
    ...["exchange rate", "source of the rate", ...bounds.map((bound) => `${bound} ${currency ?? ""}`.trim())],
    ...["basis", "by", "at", "taken back because"],
  ];
  return writeTable(
    columns,
    costs.map((cost) => [
      ...[cost.day, cost.kind, cost.what, cost.personName, cost.assetName],
      ...[String(cost.minutes?.likely ?? ""), cost.rate, cost.perHour ?? "", cost.priced],
      ...[cost.exchange?.rate ?? "", cost.exchange?.source ?? ""],
      ...bounds.map((bound) => cost.amount[bound]),
      ...[cost.basis, cost.by, cost.at, cost.reversed?.reason ?? ""],
    ]),
  );
}
