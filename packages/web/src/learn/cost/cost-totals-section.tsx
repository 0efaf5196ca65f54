import { useQuery } from "@tanstack/react-query";
import { VECTORS } from "../../detect/incident/words.ts";
import { Load } from "../../shell/load.tsx";
import { costTotalsQuery } from "./cost-queries.ts";
import { amountText, kindWord, spreadText } from "./cost-words.ts";

type Row = {
  readonly key: string;
  readonly currency: string;
  readonly low: string;
  readonly likely: string;
  readonly high: string;
};

/** What incidents cost from the one day to the other, added up in each way. */
export function CostTotalsSection({ from, to }: { readonly from: string; readonly to: string }) {
  const answer = useQuery(costTotalsQuery(from, to));
  const vectorWord = (key: string) => VECTORS.find(({ value }) => value === key)?.label ?? key;
  return (
    <section aria-label="Cost">
      <h2>
        Cost <span className="meta">of what is counted on a day of the period</span>
      </h2>
      <Load answer={answer} label="the cost" rows={4}>
        {(totals) =>
          totals.all.length === 0 ? (
            <p className="quiet">
              No incident has a cost in this period. It is written down under an incident's Cost.
            </p>
          ) : (
            <>
              {totals.all.map((total) => (
                <p key={total.currency} className="cost-total">
                  <strong>
                    {amountText(total.likely)} {total.currency}
                  </strong>
                  {spreadText(total) === "" ? null : (
                    <span className="meta">estimated {spreadText(total)}</span>
                  )}
                </p>
              ))}
              <div className="metrics-counts">
                <Sums title="By kind" rows={totals.byKind} word={kindWord} />
                <Sums title="By vector" rows={totals.byVector} word={vectorWord} />
                <Sums title="By host or service" rows={totals.byAsset} />
                <Sums title="By month" rows={totals.byMonth} />
                <Sums
                  title="By incident"
                  rows={totals.byIncident}
                  word={(key) => totals.byIncident.find((each) => each.key === key)?.code ?? key}
                />
              </div>
            </>
          )
        }
      </Load>
    </section>
  );
}

function Sums({
  title,
  rows,
  word = (key) => key,
}: {
  readonly title: string;
  readonly rows: readonly Row[];
  readonly word?: (key: string) => string;
}) {
  if (rows.length === 0) return null;
  return (
    <section aria-label={`Cost ${title.toLowerCase()}`}>
      <h3>{title}</h3>
      <table className="cost-sums">
        <tbody>
          {rows.slice(0, 20).map((row) => (
            <tr key={`${row.key} ${row.currency}`}>
              <th scope="row">{word(row.key)}</th>
              <td>
                {amountText(row.likely)} {row.currency}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length > 20 ? (
        <p className="meta">and {rows.length - 20} more, in the ledger of each incident</p>
      ) : null}
    </section>
  );
}
