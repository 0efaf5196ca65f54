import "../../ui/table.css";
import "../../contain/containment-page.css";
import "./cost.css";
import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { useState } from "react";
import { incidentIdOf } from "../../api/ids.ts";
import { incidentQuery } from "../../api/queries.ts";
import { useChange } from "../../api/use-change.ts";
import { Load } from "../../shell/load.tsx";
import { saveText } from "../../shell/start-download.ts";
import { Button } from "../../ui/button.tsx";
import { Form } from "../../ui/form.tsx";
import { AddCostForm } from "./add-cost-form.tsx";
import { type Ledger, ledgerQuery, ratesQuery } from "./cost-queries.ts";
import { amountText, kindWord, spreadText } from "./cost-words.ts";
import { CurrencyField } from "./currency-field.tsx";
import { HoursSection } from "./hours-section.tsx";
import { LedgerTable } from "./ledger-table.tsx";

/** What one incident cost: its ledger, what it comes to and how, and the hours that the log suggests. */
export function CostPage() {
  const { incident: id } = useParams({ from: "/in/incidents/$incident" });
  const { data: incident } = useQuery(incidentQuery(id));
  const answer = useQuery(ledgerQuery(id));
  const isOne = incident?.status === "declared" || incident?.status === "closed";
  return (
    <div className="containment cost">
      {incident !== undefined && !isOne ? (
        <section aria-label="Cost">
          <h2>Cost</h2>
          <p className="quiet">
            {incident.status === "dismissed"
              ? "It was no incident, so it has no cost."
              : "Once it is declared an incident, what it costs is kept here."}
          </p>
        </section>
      ) : (
        <Load answer={answer} label="the cost" rows={8}>
          {(ledger) =>
            ledger.currency === null ? (
              <ChooseCurrency incident={id} />
            ) : (
              <Kept
                incident={id}
                code={incident?.code ?? "incident"}
                ledger={ledger}
                currency={ledger.currency}
              />
            )
          }
        </Load>
      )}
    </div>
  );
}

function ChooseCurrency({ incident }: { readonly incident: string }) {
  const { data: rates = [] } = useQuery(ratesQuery);
  const [said, setSaid] = useState<string>();
  const currency = said ?? rates.at(-1)?.currency ?? "EUR";
  const choose = useChange("cost.choose_currency", "incident");
  return (
    <section aria-label="Cost">
      <h2>Cost</h2>
      <p className="quiet">
        Nobody has written down what this incident costs. It is kept in one currency; costs in others are
        converted at a rate that is stated with them.
      </p>
      <Form
        verb={`Keep it in ${currency}`}
        pending={choose.isPending}
        fault={choose.error}
        onSubmit={() => choose.mutate({ incident: incidentIdOf(incident), currency })}
      >
        <CurrencyField label="Currency of this incident" value={currency} onChange={setSaid} />
      </Form>
    </section>
  );
}

type Known = {
  readonly incident: string;
  readonly code: string;
  readonly ledger: Ledger;
  readonly currency: string;
};

function Kept({ incident, code, ledger, currency }: Known) {
  const [adding, setAdding] = useState(false);
  return (
    <>
      <section aria-label="Total">
        <div className="containment-head">
          <h2>Cost</h2>
          <span className="cost-verbs">
            {ledger.items.length === 0 ? null : (
              <Button onClick={() => saveText(`${code}-cost.csv`, "text/csv;charset=utf-8", ledger.csv)}>
                Save as CSV
              </Button>
            )}
            {adding ? null : (
              <Button weight="primary" onClick={() => setAdding(true)}>
                Write down a cost
              </Button>
            )}
          </span>
        </div>
        <Total ledger={ledger} currency={currency} />
        {adding ? (
          <AddCostForm incident={incident} currency={currency} onDone={() => setAdding(false)} />
        ) : null}
      </section>
      <section aria-label="Ledger">
        <h2>Ledger</h2>
        {ledger.items.length === 0 ? (
          <p className="quiet">
            Nothing yet. Count the hours that the log suggests below, or write down what was bought and what
            was down.
          </p>
        ) : (
          <LedgerTable incident={incident} ledger={ledger} currency={currency} />
        )}
        {ledger.unknownCount > 0 ? (
          <p className="quiet">{ledger.unknownCount} more were withheld; they are in no total.</p>
        ) : null}
      </section>
      <HoursSection incident={incident} />
    </>
  );
}

function Total({ ledger, currency }: { readonly ledger: Ledger; readonly currency: string }) {
  const { total, byKind } = ledger;
  if (total === null) return null;
  const spread = spreadText(total);
  return (
    <>
      <p className="cost-total">
        <strong>
          {amountText(total.likely)} {currency}
        </strong>
        {spread === "" ? null : <span className="meta">estimated {spread}</span>}
      </p>
      {byKind.length < 2 ? null : (
        <dl className="cost-kinds">
          {byKind.map((each) => (
            <div key={each.kind}>
              <dt className="meta">{kindWord(each.kind)}</dt>
              <dd>{amountText(each.likely)}</dd>
            </div>
          ))}
        </dl>
      )}
      <p className="meta">
        Time: minutes × price of an hour ÷ 60. Other currencies: × the stated rate. Each line is rounded once,
        to the nearest unit, halves to the even one; totals add the lines that stand.
      </p>
    </>
  );
}
