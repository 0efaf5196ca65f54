import {
  AssetId,
  accept,
  addCost,
  CostId,
  CostKind,
  Currency,
  chooseCurrency,
  costTotals,
  Decimal,
  Exchange,
  IncidentId,
  ledgerTable,
  line,
  MinutesRange,
  MoneyRange,
  PersonId,
  prose,
  RateName,
  reverseCost,
  setRate,
  type Trace,
  totalOf,
  totalsByKind,
  WORK_GAP_MINUTES,
  WORK_LEAST_MINUTES,
  workedFrom,
} from "@jumpkit/core";
import * as z from "zod";
import { happened, stampOf } from "../happened.ts";
import { operation } from "../operation.ts";
import { query } from "../query.ts";
import type { Reading } from "../reading.ts";

const CHANGES = {
  phase: "learn",
  action: "log.write",
  thing: "incident",
  visibleBy: "incident.read",
} as const;
const Words = (max: number) =>
  prose(max).refine((text) => text.trim() !== "", { error: "is empty; the record needs it" });

export const costChooseCurrency = operation({
  name: "cost.choose_currency",
  ...CHANGES,
  summary: "Say in which one currency the cost of an incident is kept, before the first cost",
  input: z.strictObject({ incident: IncidentId, currency: Currency.describe("Such as EUR") }),
  output: z.object({ incident: IncidentId }),
  load: async ({ incident: id }, records) => {
    const incident = await records.incident(id);
    return incident && { incident, ledger: await records.learning.ledger(id) };
  },
  decide: ({ incident, ledger }, { currency }, act) => {
    const outcome = chooseCurrency(incident, ledger, stampOf(undefined, act), currency);
    return outcome.ok ? accept({ facts: [outcome.value], output: { incident: incident.id } }) : outcome;
  },
});

const Added = z.object({ incident: IncidentId, cost: CostId });

export const costAdd = operation({
  name: "cost.add",
  ...CHANGES,
  summary: "Write down something that an incident cost: time at a price for an hour, or a sum",
  input: z.strictObject({
    incident: IncidentId,
    kind: CostKind,
    what: line(300).describe("Such as the role whose time it is, what was down, what was bought"),
    day: z.iso.date().describe("The day that it is counted on"),
    person: PersonId.optional().describe("Whose time it is"),
    asset: AssetId.optional().describe("The host or service that it is charged to"),
    minutes: MinutesRange.optional().describe("At the least, most likely, at the most; or a sum instead"),
    rate: RateName.optional().describe("A name on the list of rates; or the price of an hour instead"),
    perHour: Decimal.optional(),
    sum: MoneyRange.optional(),
    priced: Currency.optional().describe("The currency of price or sum; that of the incident when absent"),
    exchange: Exchange.optional().describe("What one unit of it is worth, and who says so"),
    basis: prose(1000).default("").describe("What it rests on, such as the number of an invoice"),
    happened,
  }),
  output: Added,
  load: async (input, records, act) => {
    const incident = await records.incident(input.incident);
    if (incident === undefined) return undefined;
    const person = input.person && (await records.person(input.person));
    const asset = input.asset && (await records.register.asset(input.asset));
    if (input.person !== undefined && person === undefined) return undefined;
    if (input.asset !== undefined && asset === undefined) return undefined;
    return {
      incident,
      ledger: await records.learning.ledger(incident.id),
      rates: await records.learning.rates(),
      names: { personName: person?.name ?? "", assetName: asset?.name ?? "" },
      id: act.newId("cst"),
    };
  },
  decide: ({ incident, ledger, rates, names, id }, { incident: _, happened: said, ...input }, act) => {
    const outcome = addCost(incident, ledger, rates, stampOf(said, act), {
      ...{ cost: id, kind: input.kind, what: input.what, day: input.day, basis: input.basis, ...names },
      ...{ person: input.person ?? null, asset: input.asset ?? null, minutes: input.minutes ?? null },
      ...{ rate: input.rate ?? "", perHour: input.perHour ?? null, sum: input.sum ?? null },
      ...{ priced: input.priced ?? null, exchange: input.exchange ?? null },
    });
    if (!outcome.ok) return outcome;
    return accept({ facts: [outcome.value], output: { incident: incident.id, cost: id } });
  },
});

export const costReverse = operation({
  name: "cost.reverse",
  ...CHANGES,
  summary: "Take a cost back, and say why; it stays in the ledger, struck out",
  input: z.strictObject({ incident: IncidentId, cost: CostId, reason: Words(2000) }),
  output: Added,
  load: async (input, records) => {
    const incident = await records.incident(input.incident);
    if (incident === undefined) return undefined;
    const { costs } = await records.learning.ledger(incident.id);
    const cost = costs.find((each) => each.cost === input.cost);
    return cost && { incident, cost };
  },
  decide: ({ incident, cost }, { reason }, act) => {
    const outcome = reverseCost(incident.id, cost, stampOf(undefined, act), reason);
    if (!outcome.ok) return outcome;
    return accept({ facts: [outcome.value], output: { incident: incident.id, cost: cost.cost } });
  },
});

const RateView = z
  .object({ rate: z.string(), perHour: z.string(), currency: z.string(), from: z.string() })
  .meta({ id: "Rate" });

export const rateSet = operation({
  name: "rate.set",
  phase: "learn",
  summary: "Say what an hour of somebody's time costs from a day on, for the whole organisation",
  action: "people.manage",
  input: z.strictObject({
    rate: RateName.describe("A role or a grade, such as Incident handler"),
    perHour: Decimal,
    currency: Currency,
    from: z.iso.date().describe("The first day that it holds on"),
  }),
  output: z.object({ rate: z.string() }),
  load: async () => ({}),
  decide: (_, input, act) => {
    const outcome = setRate(stampOf(undefined, act), input);
    return outcome.ok ? accept({ facts: [outcome.value], output: { rate: input.rate } }) : outcome;
  },
});

export const listRates = query({
  name: "rate.list",
  phase: "learn",
  summary: "What an hour of people's time costs, by name and then by the day that it holds from",
  action: "incident.read",
  path: "/v1/rate",
  input: z.strictObject({}),
  output: z.object({ items: z.array(RateView) }),
  run: async (_input, reading) => ({ items: [...(await reading.learning.rates())] }),
});

const Money = { low: z.string(), likely: z.string(), high: z.string() };
const Total = { currency: z.string(), ...Money, count: z.int() };

const CostView = z
  .object({
    cost: CostId,
    kind: CostKind,
    what: z.string(),
    day: z.string(),
    person: PersonId.nullable(),
    personName: z.string(),
    asset: AssetId.nullable(),
    assetName: z.string(),
    minutes: z.object({ low: z.int(), likely: z.int(), high: z.int() }).nullable(),
    rate: z.string(),
    perHour: z.string().nullable(),
    sum: z.object(Money).nullable(),
    priced: z.string(),
    exchange: z.object({ rate: z.string(), source: z.string() }).nullable(),
    basis: z.string(),
    amount: z.object(Money).describe("in the currency of the incident, rounded once"),
    by: z.string(),
    at: z.string(),
    reversed: z.object({ reason: z.string(), by: z.string(), at: z.string() }).nullable(),
  })
  .meta({ id: "Cost" });

export const showLedger = query({
  name: "cost.of_incident",
  phase: "learn",
  summary: "What an incident cost, line by line, and what it comes to",
  action: "incident.read",
  path: "/v1/incident/{incident}/cost",
  input: z.strictObject({ incident: IncidentId }),
  output: z.object({
    currency: z.string().nullable().describe("the one currency that it is kept in; null until chosen"),
    items: z.array(CostView).describe("in the order they were written down"),
    unknownCount: z.int().describe("costs whose amount was withheld or erased"),
    total: z.object(Total).nullable(),
    byKind: z.array(z.object({ kind: CostKind, ...Total })),
    csv: z.string(),
  }),
  run: async (input, reading) => {
    const incident = await reading.incident(input.incident);
    if (incident === undefined) return undefined;
    const ledger = await reading.learning.ledger(incident.id);
    const { currency, costs, unknownCount } = ledger;
    return {
      currency,
      items: [...costs],
      unknownCount,
      total: currency === null ? null : totalOf(costs, currency),
      byKind: [...totalsByKind(ledger)],
      csv: ledgerTable(ledger),
    };
  },
});

export const suggestHours = query({
  name: "cost.hours",
  phase: "learn",
  summary: "How long people seem to have worked on an incident, as their entries and ticked steps say",
  action: "incident.read",
  path: "/v1/incident/{incident}/hours",
  input: z.strictObject({ incident: IncidentId }),
  output: z.object({
    gapMinutes: z.int().describe("a longer pause ends a stretch"),
    leastMinutes: z.int().describe("what a stretch counts at the least"),
    people: z.array(
      z.object({
        person: PersonId,
        name: z.string(),
        minutes: z.int(),
        stretchCount: z.int(),
        entryCount: z.int(),
        lastDay: z.string(),
        countedMinutes: z.int().describe("of this person in the ledger already"),
      }),
    ),
  }),
  run: async (input, reading) => {
    const incident = await reading.incident(input.incident);
    if (incident === undefined) return undefined;
    const { costs } = await reading.learning.ledger(incident.id);
    return {
      gapMinutes: WORK_GAP_MINUTES,
      leastMinutes: WORK_LEAST_MINUTES,
      people: workedFrom(await tracesOf(reading, incident.id), costs),
    };
  },
});

/** How many entries are read at a time. */
const PAGE = 5000;

/** Who wrote an entry of an incident when, by the server's clock; what bookkeeping itself wrote is left out. */
async function tracesOf(reading: Reading, incident: IncidentId): Promise<Trace[]> {
  const traces: Trace[] = [];
  for (let after = 0; ; ) {
    const entries = await reading.entries(incident, after, PAGE);
    for (const { actor, recordedAt, type } of entries) {
      if (actor === undefined || type.startsWith("cost.")) continue;
      traces.push({ person: actor.id, name: actor.name, at: recordedAt });
    }
    if (entries.length < PAGE) return traces;
    after = entries.at(-1)?.incidentSeq ?? 0;
  }
}

const Keyed = z.array(z.object({ key: z.string(), ...Total }));

export const showCostTotals = query({
  name: "cost.totals",
  phase: "learn",
  summary:
    "What incidents cost in a period, by incident, vector, asset, month and kind; never across currencies",
  action: "incident.read",
  path: "/v1/cost",
  input: z.strictObject({
    from: z.iso.date().default("1970-01-01").describe("The first day that a cost is counted on"),
    to: z.iso.date().default("9999-12-31").describe("The last"),
  }),
  output: z.object({
    all: Keyed,
    byIncident: z.array(z.object({ key: z.string(), ...Total, code: z.string(), title: z.string() })),
    byVector: Keyed,
    byAsset: Keyed,
    byMonth: Keyed,
    byKind: Keyed,
  }),
  run: async ({ from, to }, reading) => {
    const totals = costTotals(await reading.learning.charged(), from, to);
    return {
      all: [...totals.all],
      byIncident: [...totals.byIncident],
      byVector: [...totals.byVector],
      byAsset: [...totals.byAsset],
      byMonth: [...totals.byMonth],
      byKind: [...totals.byKind],
    };
  },
});
