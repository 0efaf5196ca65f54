import "../../contain/containment-page.css";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useChange } from "../../api/use-change.ts";
import { Load } from "../../shell/load.tsx";
import { useNow } from "../../shell/now.ts";
import { Button } from "../../ui/button.tsx";
import { Form } from "../../ui/form.tsx";
import { TextField } from "../../ui/text-field.tsx";
import { ratesQuery } from "./cost-queries.ts";
import { amountText } from "./cost-words.ts";
import { CurrencyField } from "./currency-field.tsx";

/** What an hour of people's time costs, for every incident, from which day on. */
export function RatesSection() {
  const answer = useQuery(ratesQuery);
  const [adding, setAdding] = useState(false);
  return (
    <section aria-label="Rates">
      <div className="containment-head">
        <h2>Rates of people's time</h2>
        {adding ? null : <Button onClick={() => setAdding(true)}>Set a rate</Button>}
      </div>
      <Load answer={answer} label="the rates" rows={3}>
        {(rates) => (
          <>
            {adding ? (
              <RateForm currency={rates.at(-1)?.currency ?? "EUR"} onDone={() => setAdding(false)} />
            ) : null}
            {rates.length === 0 ? (
              <p className="quiet">
                None yet. A rate is what an hour of a role costs from a day on; hours that are counted take
                the rate of their day.
              </p>
            ) : (
              <div className="table-wrap">
                <table className="table">
                  <thead>
                    <tr>
                      <th scope="col">Rate</th>
                      <th scope="col">From</th>
                      <th scope="col" className="number">
                        An hour
                      </th>
                    </tr>
                  </thead>
                  <tbody>
                    {rates.map(({ rate, from, perHour, currency }) => (
                      <tr key={`${rate} ${from}`}>
                        <td>{rate}</td>
                        <td className="mono">{from}</td>
                        <td className="number">
                          {amountText(perHour)} {currency}
                        </td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              </div>
            )}
          </>
        )}
      </Load>
    </section>
  );
}

function RateForm({ currency, onDone }: { readonly currency: string; readonly onDone: () => void }) {
  const today = new Date(useNow()).toISOString().slice(0, 10);
  const [said, setSaid] = useState({ rate: "", perHour: "", currency, from: today });
  const set = useChange("rate.set", undefined, onDone);
  return (
    <Form
      verb="Set it"
      ready={said.rate.trim() !== "" && said.perHour.trim() !== "" && said.from !== ""}
      pending={set.isPending}
      fault={set.error}
      onCancel={onDone}
      onSubmit={() => set.mutate(said)}
    >
      <TextField
        label="Name of the rate"
        description="A role or a grade, such as Incident handler"
        value={said.rate}
        onChange={(event) => setSaid({ ...said, rate: event.currentTarget.value })}
      />
      <TextField
        label="An hour costs"
        inputMode="decimal"
        value={said.perHour}
        onChange={(event) => setSaid({ ...said, perHour: event.currentTarget.value })}
      />
      <CurrencyField
        label="Currency"
        value={said.currency}
        onChange={(code) => setSaid({ ...said, currency: code })}
      />
      <TextField
        label="From"
        type="date"
        value={said.from}
        onChange={(event) => setSaid({ ...said, from: event.currentTarget.value })}
      />
    </Form>
  );
}
