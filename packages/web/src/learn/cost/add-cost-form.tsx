import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { assetIdOf, incidentIdOf, personIdOf } from "../../api/ids.ts";
import { peopleQuery } from "../../api/queries.ts";
import { useChange } from "../../api/use-change.ts";
import { assetPagesQuery } from "../../prepare/register/register-queries.ts";
import { useDraft } from "../../shell/draft.ts";
import { useNow } from "../../shell/now.ts";
import { Form } from "../../ui/form.tsx";
import { SelectField } from "../../ui/select-field.tsx";
import { TextField } from "../../ui/text-field.tsx";
import { ratesQuery } from "./cost-queries.ts";
import { KINDS } from "./cost-words.ts";
import { CurrencyField } from "./currency-field.tsx";

const EMPTY = {
  kind: "people" as (typeof KINDS)[number]["value"],
  ...{ what: "", day: "", person: "", asset: "", by: "time" as "time" | "sum" },
  ...{
    rate: "",
    perHour: "",
    low: "",
    likely: "",
    high: "",
    currency: "",
    exchange: "",
    source: "",
    basis: "",
  },
};
type Draft = typeof EMPTY;

const OWN_PRICE = "a price of its own";

/** One more cost: time at a price for an hour, or a sum. */
export function AddCostForm({
  incident,
  currency,
  onDone,
}: {
  readonly incident: string;
  readonly currency: string;
  readonly onDone: () => void;
}) {
  const today = new Date(useNow()).toISOString().slice(0, 10);
  const { data: rates = [] } = useQuery(ratesQuery);
  const [draft, setDraft, discard] = useDraft(`cost.${incident}`, EMPTY);
  const add = useChange("cost.add", "incident", () => {
    discard();
    onDone();
  });
  const names = [...new Set(rates.map(({ rate }) => rate))];
  const timed = draft.by === "time";
  const rate = draft.rate === "" ? (names[0] ?? OWN_PRICE) : draft.rate;
  const listed = timed && rate !== OWN_PRICE;
  const listedIn = listed ? rates.findLast((each) => each.rate === rate)?.currency : undefined;
  const priced = listedIn ?? (draft.currency === "" ? currency : draft.currency);
  const foreign = priced !== currency;
  const change = (part: Partial<Draft>) => setDraft({ ...draft, ...part });
  const bounds = boundsOf(draft);
  return (
    <Form
      verb="Write it down"
      ready={
        draft.what.trim() !== "" &&
        draft.likely.trim() !== "" &&
        (!timed || listed || draft.perHour !== "") &&
        (!foreign || (draft.exchange !== "" && draft.source !== ""))
      }
      pending={add.isPending}
      fault={add.error}
      onCancel={onDone}
      onSubmit={() =>
        add.mutate({
          ...{ incident: incidentIdOf(incident), kind: draft.kind, what: draft.what, basis: draft.basis },
          day: draft.day || today,
          ...(draft.kind === "people" && draft.person ? { person: personIdOf(draft.person) } : {}),
          ...(draft.kind !== "people" && draft.asset ? { asset: assetIdOf(draft.asset) } : {}),
          ...(timed
            ? {
                minutes: {
                  low: Number(bounds.low),
                  likely: Number(bounds.likely),
                  high: Number(bounds.high),
                },
              }
            : { sum: bounds }),
          ...(listed ? { rate } : {}),
          ...(timed && !listed ? { perHour: draft.perHour } : {}),
          ...(listed ? {} : { priced }),
          ...(foreign ? { exchange: { rate: draft.exchange, source: draft.source } } : {}),
        })
      }
    >
      <SelectField
        label="Kind"
        allowDeselect={false}
        data={[...KINDS]}
        value={draft.kind}
        onChange={(kind) => {
          const known = KINDS.find(({ value }) => value === kind);
          if (known) change({ kind: known.value, by: known.value === "people" ? "time" : "sum" });
        }}
      />
      <TextField
        label="What"
        description={draft.kind === "people" ? "Such as: Rebuilt www3" : "Such as: Payroll was down"}
        value={draft.what}
        onChange={(event) => change({ what: event.currentTarget.value })}
      />
      <TextField
        label="Counted on"
        type="date"
        value={draft.day || today}
        onChange={(event) => change({ day: event.currentTarget.value })}
      />
      {draft.kind === "people" ? (
        <WhoField value={draft.person} onChange={(person) => change({ person })} />
      ) : (
        <AssetField value={draft.asset} onChange={(asset) => change({ asset })} />
      )}
      <SelectField
        label="Counted by"
        allowDeselect={false}
        data={[
          { value: "time", label: "Time at a price for an hour" },
          { value: "sum", label: "A sum" },
        ]}
        value={draft.by}
        onChange={(by) => change({ by: by === "sum" ? "sum" : "time" })}
      />
      {timed ? (
        <SelectField
          label="Price of an hour"
          allowDeselect={false}
          data={[...names, OWN_PRICE]}
          value={rate}
          onChange={(name) => change({ rate: name ?? "" })}
        />
      ) : null}
      {timed && !listed ? (
        <TextField
          label="An hour costs"
          inputMode="decimal"
          value={draft.perHour}
          onChange={(event) => change({ perHour: event.currentTarget.value })}
        />
      ) : null}
      {listed ? null : (
        <CurrencyField
          label={timed ? "Currency of the price" : "Currency of the sum"}
          value={priced}
          onChange={(code) => change({ currency: code })}
        />
      )}
      <div className="cost-bounds">
        <TextField
          label={timed ? "Minutes" : "Sum"}
          inputMode="decimal"
          value={draft.likely}
          onChange={(event) => change({ likely: event.currentTarget.value })}
        />
        <TextField
          label="At the least"
          inputMode="decimal"
          placeholder={draft.likely}
          value={draft.low}
          onChange={(event) => change({ low: event.currentTarget.value })}
        />
        <TextField
          label="At the most"
          inputMode="decimal"
          placeholder={draft.likely}
          value={draft.high}
          onChange={(event) => change({ high: event.currentTarget.value })}
        />
      </div>
      {foreign ? (
        <div className="cost-bounds">
          <TextField
            label={`One ${priced} is worth, in ${currency}`}
            inputMode="decimal"
            value={draft.exchange}
            onChange={(event) => change({ exchange: event.currentTarget.value })}
          />
          <TextField
            label="Who says so, and of which day"
            value={draft.source}
            onChange={(event) => change({ source: event.currentTarget.value })}
          />
        </div>
      ) : null}
      <TextField
        label="What it rests on"
        description="Such as the number of the invoice; may stay empty"
        value={draft.basis}
        onChange={(event) => change({ basis: event.currentTarget.value })}
      />
    </Form>
  );
}

/** Bounds left empty are the likely one. */
function boundsOf({ low, likely, high }: Draft) {
  const said = likely.trim();
  return { low: low.trim() || said, likely: said, high: high.trim() || said };
}

type FieldOf = { readonly value: string; readonly onChange: (id: string) => void };

function WhoField({ value, onChange }: FieldOf) {
  const { data: people = [] } = useQuery(peopleQuery);
  return (
    <SelectField
      label="Whose time"
      placeholder="Nobody of the team, or several"
      clearable
      data={people.map(({ id, name, title }) => ({ value: id, label: `${name}, ${title}` }))}
      value={value === "" ? null : value}
      onChange={(person) => onChange(person ?? "")}
    />
  );
}

function AssetField({ value, onChange }: FieldOf) {
  const { data } = useInfiniteQuery(assetPagesQuery({}));
  const assets = data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <SelectField
      label="Charged to the host or service"
      placeholder="None"
      clearable
      data={assets.map(({ id, name }) => ({ value: id, label: name }))}
      value={value === "" ? null : value}
      onChange={(asset) => onChange(asset ?? "")}
    />
  );
}
