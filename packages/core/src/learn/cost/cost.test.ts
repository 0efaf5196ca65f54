import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Incident } from "../../detect/incident/incident.ts";
import { idFrom } from "../../kernel/id.ts";
import { addCost, type CostSaid, chooseCurrency, type Ledger, projectLedger, reverseCost } from "./cost.ts";
import { CURRENCIES, decimalOf, fractionOf, isWhole, minorDigitsOf, minorUnitsOf, sumOf } from "./money.ts";
import { rateOn } from "./rate.ts";
import { costTotals, ledgerTable, totalOf, totalsByKind } from "./total.ts";
import { workedFrom } from "./worked.ts";

const STAMP = { at: "2026-11-22T10:00:00Z", zone: "UTC", precision: "second", said: "" } as const;
const idOf = (at: number) => idFrom("cst", at + 1, new Uint8Array(10));
const incident = (status = "declared") =>
  ({
    ...{ id: idFrom("inc", 1, new Uint8Array(10)), code: "INC-1", title: "www3", vector: "web", status },
  }) as unknown as Incident;
const RATES = [
  { rate: "Handler", perHour: "87.50", currency: "EUR", from: "2026-01-01" },
  { rate: "Handler", perHour: "90", currency: "EUR", from: "2026-07-01" },
];
const same = <Value>(value: Value) => ({ low: value, likely: value, high: value });
const SAID: CostSaid = {
  ...{ cost: idOf(0), kind: "people", what: "Bo at work", day: "2026-06-30", person: null, personName: "" },
  ...{ asset: null, assetName: "", minutes: same(50), rate: "Handler", perHour: null, sum: null },
  ...{ priced: null, exchange: null, basis: "" },
};
const entered = (before: Ledger | undefined, outcome: object): Ledger => {
  const { value } = outcome as { value?: object };
  if (value === undefined) throw new Error(JSON.stringify(outcome));
  return projectLedger(before, { ...value, recordedAt: STAMP.at } as never) as Ledger;
};
const inEuro = entered(
  undefined,
  chooseCurrency(
    incident(),
    { incident: incident().id, currency: null, costs: [], unknownCount: 0 },
    STAMP,
    "EUR",
  ),
);
const withCost = (ledger: Ledger, said: Partial<CostSaid>) =>
  entered(ledger, addCost(incident(), ledger, RATES, STAMP, { ...SAID, ...said }));
const refusalOf = (said: Partial<CostSaid>, ledger = inEuro, about = incident()) =>
  addCost(about, ledger, RATES, STAMP, { ...SAID, ...said }) as { refusal?: { code: string } };

const digits = fc.constantFrom(...CURRENCIES);
const units = fc.bigInt({ min: 0n, max: 10n ** 14n });

describe("money", () => {
  it("comes back from text as it went there, in every currency, and adds up in any order", () => {
    fc.assert(
      fc.property(digits, fc.array(units, { maxLength: 20 }), (currency, amounts) => {
        const texts = amounts.map((amount) => decimalOf(amount, currency));
        expect(texts.map((text) => minorUnitsOf(fractionOf(text), currency))).toEqual(amounts);
        expect(texts.every((text) => isWhole(text, currency))).toBe(true);
        const sum = decimalOf(
          amounts.reduce((one, other) => one + other, 0n),
          currency,
        );
        expect(sumOf(texts, currency)).toBe(sum);
        expect(sumOf(texts.toReversed(), currency)).toBe(sum);
      }),
      { numRuns: 60 },
    );
    expect([minorDigitsOf("JPY"), minorDigitsOf("EUR"), minorDigitsOf("KWD")]).toEqual([0, 2, 3]);
  });

  it("is rounded to the nearest unit, and halves to the even one", () => {
    const rounded = (text: string) => decimalOf(minorUnitsOf(fractionOf(text), "EUR"), "EUR");
    expect(["1.005", "1.015", "1.0151", "0.0049"].map(rounded)).toEqual(["1.00", "1.02", "1.02", "0.00"]);
    expect(isWhole("1.500", "EUR")).toBe(true);
    expect(isWhole("1.5", "JPY")).toBe(false);
  });
});

describe("the cost of an incident", () => {
  it("is minutes by the rate of the day, to the smallest unit", () => {
    expect(withCost(inEuro, {}).costs[0]?.amount).toEqual(same("72.92"));
    expect(withCost(inEuro, { day: "2026-07-01" }).costs[0]).toMatchObject({ amount: same("75.00") });
    expect(rateOn(RATES, "Handler", "2025-12-31")).toBeUndefined();
    expect(refusalOf({ day: "2025-12-31" }).refusal?.code).toBe("cost.no_rate");
  });

  it("keeps estimates in order, and other currencies at a stated rate", () => {
    const sum = { low: "100", likely: "150", high: "200" };
    const bought = { kind: "equipment", minutes: null, rate: "", priced: "USD", sum } as const;
    const exchange = { rate: "0.8637", source: "ECB, 2026-06-30" };
    const { costs } = withCost(inEuro, { ...bought, exchange });
    expect(costs[0]?.amount).toEqual({ low: "86.37", likely: "129.56", high: "172.74" });
    expect(refusalOf(bought).refusal?.code).toBe("cost.exchange");
    expect(refusalOf({ exchange }).refusal?.code).toBe("cost.exchange");
    expect(refusalOf({ minutes: { low: 2, likely: 1, high: 3 } }).refusal?.code).toBe("cost.range");
    expect(refusalOf({ ...bought, priced: "EUR", sum: same("1.005") }).refusal?.code).toBe("cost.too_fine");
    expect(refusalOf({ sum }).refusal?.code).toBe("cost.unpriced");
    expect(refusalOf({ rate: "" }).refusal?.code).toBe("cost.unpriced");
  });

  it("is kept in one currency that stays, of what was an incident", () => {
    const none = { ...inEuro, currency: null };
    expect(refusalOf({}, none).refusal?.code).toBe("cost.no_currency");
    expect(refusalOf({}, inEuro, incident("dismissed")).refusal?.code).toBe("cost.not_an_incident");
    expect(refusalOf({}, inEuro, incident("closed")).refusal).toBeUndefined();
    expect(chooseCurrency(incident(), withCost(inEuro, {}), STAMP, "USD")).toMatchObject({
      refusal: { code: "cost.currency_in_use" },
    });
  });

  it("is the same again once a cost is taken back, once, and shows that it was", () => {
    const minutes = fc.array(fc.nat(100_000), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(minutes, fc.nat(100_000), (before, more) => {
        const start = before.reduce(
          (ledger, each, at) =>
            withCost(ledger, { cost: idOf(at), minutes: { low: 0, likely: each, high: each } }),
          inEuro,
        );
        const cost = idOf(before.length);
        const longer = withCost(start, { cost, minutes: same(more) });
        const last = longer.costs.at(-1);
        if (last === undefined) throw new Error("no cost");
        const back = entered(longer, reverseCost(incident().id, last, STAMP, "counted twice"));
        const total = totalOf(longer.costs, "EUR");
        expect(BigInt(total.low.replace(".", "")) <= BigInt(total.likely.replace(".", ""))).toBe(true);
        expect(totalOf(back.costs, "EUR")).toEqual(totalOf(start.costs, "EUR"));
        expect(totalOf(back.costs.toReversed(), "EUR")).toEqual(totalOf(back.costs, "EUR"));
        const struck = back.costs.at(-1);
        expect(struck?.reversed?.reason).toBe("counted twice");
        expect(struck && reverseCost(incident().id, struck, STAMP, "again")).toMatchObject({ ok: false });
      }),
      { numRuns: 25 },
    );
  });

  it("adds up by incident, vector, asset, month and kind, each currency by itself", () => {
    const host = { kind: "downtime", assetName: "www3", rate: "", perHour: "600" } as const;
    const ledger = withCost(withCost(inEuro, {}), { ...host, cost: idOf(1), day: "2026-07-02" });
    const yen = { ...ledger, incident: idFrom("inc", 2, new Uint8Array(10)), currency: "JPY" };
    const other = { ...incident(), id: yen.incident, code: "INC-2" };
    const jpy = { ...yen, costs: ledger.costs.map((cost) => ({ ...cost, amount: same("900") })) };
    const totals = costTotals(
      [
        { incident: incident(), ledger },
        { incident: other, ledger: jpy },
      ],
      "2026-06-01",
      "2026-07-31",
    );
    expect(totals.all).toMatchObject([
      { currency: "EUR", likely: "572.92" },
      { currency: "JPY", likely: "1800" },
    ]);
    expect(totals.byMonth.map(({ key, likely }) => [key, likely])).toContainEqual(["2026-07", "500.00"]);
    expect(totals.byAsset.filter(({ currency }) => currency === "EUR")).toMatchObject([
      { key: "www3", likely: "500.00" },
    ]);
    expect(totals.byKind[0]).toMatchObject({ key: "downtime", likely: "500.00" });
    expect(totals.byVector).toHaveLength(2);
    expect(totals.byIncident.map(({ code }) => code)).toEqual(["INC-1", "INC-2"]);
    expect(costTotals([{ incident: incident(), ledger }], "2027-01-01", "2027-12-31").all).toEqual([]);
    expect(totalsByKind(ledger).map(({ kind }) => kind)).toEqual(["people", "downtime"]);
    expect(ledgerTable(ledger).split("\r\n")).toHaveLength(4);
  });
});

describe("hours of people", () => {
  const bo = idFrom("psn", 1, new Uint8Array(10));
  const at = (minute: number) => ({
    ...{ person: bo, name: "Bo", at: new Date(Date.UTC(2026, 10, 22, 10, minute)).toISOString() },
  });

  it("are the stretches between entries that follow one another within half an hour", () => {
    const worked = workedFrom([0, 30, 59, 90, 200].map(at), [
      { person: bo, minutes: same(20), reversed: null },
      { person: bo, minutes: same(99), reversed: { reason: "", by: "", at: "" } },
    ]);
    expect(worked).toMatchObject([
      { name: "Bo", minutes: 59 + 5 + 5, stretchCount: 3, entryCount: 5, countedMinutes: 20 },
    ]);
  });

  it("do not depend on the order of entries, and never exceed the time there was", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(2000), { minLength: 1, maxLength: 30 }), (minutes) => {
        const [one] = workedFrom(minutes.map(at));
        expect(workedFrom(minutes.toReversed().map(at))[0]).toEqual(one);
        expect(one?.minutes).toBeLessThanOrEqual(
          Math.max(...minutes) - Math.min(...minutes) + 5 * (one?.stretchCount ?? 0),
        );
      }),
      { numRuns: 40 },
    );
  });
});
