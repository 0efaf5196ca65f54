import { REVIEW_QUESTIONS } from "@jumpkit/core";
import { Facts } from "../../ui/facts.tsx";
import { amountText } from "../cost/cost-words.ts";
import type { Metrics } from "../learn-queries.ts";
import { ChartFigure } from "./chart-figure.tsx";
import { minutesText } from "./chart-spec.ts";
import { incidentsText, MEASURE_WORDS, otherWord, vectorWord } from "./metrics-words.ts";

/** What the incidents of a period are measured by, as far as it is collected. */
export function Measured({ metrics }: { readonly metrics: Metrics }) {
  const { byPriority, byVector, byMonth, byCause, byHarm, ratings, hours, lessons } = metrics;
  return (
    <>
      {metrics.stages.length === 0 ? null : <Times metrics={metrics} />}
      {hours === undefined ? null : <People hours={hours} />}
      <div className="metrics-counts">
        {byPriority && <Counted title="By priority" rows={byPriority} />}
        {byVector && <Counted title="By vector" rows={byVector} word={vectorWord} />}
        {byMonth && <Counted title="By month" rows={byMonth} />}
        {ratings && (
          <Counted
            title="Last rating against first"
            rows={(["same", "raised", "lowered"] as const).map((key) => ({
              key: key === "same" ? "the same" : key,
              count: ratings[key],
            }))}
          />
        )}
        {byCause && <Counted title="Cause" rows={byCause} word={otherWord} />}
        {byHarm && <Counted title="Harm by the first rating" rows={byHarm} word={otherWord} />}
      </div>
      <Recorded metrics={metrics} />
      {lessons === undefined ? null : <Lessons lessons={lessons} count={metrics.count} />}
    </>
  );
}

function Times({ metrics: { stages, count } }: { readonly metrics: Metrics }) {
  return (
    <section aria-label="Times">
      <h2>
        Times <span className="meta">{incidentsText(count)}</span>
      </h2>
      <ChartFigure
        spec={{
          unit: "minutes",
          rows: stages.map(({ stage }) => MEASURE_WORDS[stage].split(",")[0] ?? stage),
          series: [
            { name: "Median", values: stages.map(({ medianMinutes }) => medianMinutes) },
            { name: "Longest", values: stages.map(({ longestMinutes }) => longestMinutes) },
          ],
        }}
      >
        <table className="table metrics-times">
          <thead>
            <tr>
              <th scope="col">Stage</th>
              <th scope="col">Median</th>
              <th scope="col">Longest</th>
              <th scope="col" className="number">
                Incidents
              </th>
            </tr>
          </thead>
          <tbody>
            {stages.map(({ stage, count: of, medianMinutes, longestMinutes }) => (
              <tr key={stage}>
                <th scope="row">{MEASURE_WORDS[stage]}</th>
                <td>{minutesText(medianMinutes)}</td>
                <td>{minutesText(longestMinutes)}</td>
                <td className="number">{of}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ChartFigure>
    </section>
  );
}

function People({ hours }: { readonly hours: NonNullable<Metrics["hours"]> }) {
  const { byVector } = hours;
  return (
    <section aria-label="People's time">
      <h2>
        People's time{" "}
        <span className="meta">as the log suggests it, and as it is written into the cost of incidents</span>
      </h2>
      <ChartFigure
        spec={{
          unit: "minutes",
          rows: byVector.map(({ key }) => vectorWord(key)),
          series: [
            { name: "As the log suggests", values: byVector.map(({ logMinutes }) => logMinutes || null) },
            { name: "Booked", values: byVector.map(({ bookedMinutes }) => bookedMinutes || null) },
          ],
        }}
      >
        <table className="table metrics-times">
          <thead>
            <tr>
              <th scope="col">Vector</th>
              <th scope="col">As the log suggests</th>
              <th scope="col">Booked</th>
              <th scope="col">Downtime</th>
            </tr>
          </thead>
          <tbody>
            {[...byVector, { ...hours, key: "" }].map((each) => (
              <tr key={each.key}>
                <th scope="row">{each.key === "" ? "All" : vectorWord(each.key)}</th>
                <td>{workText(each.logMinutes)}</td>
                <td>{workText(each.bookedMinutes)}</td>
                <td>{workText(each.downtimeMinutes)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ChartFigure>
    </section>
  );
}

function workText(minutes: number): string {
  return minutes === 0 ? "none" : minutesText(minutes);
}

function Counted({
  title,
  rows,
  word = (key) => key,
}: {
  readonly title: string;
  readonly rows: NonNullable<Metrics["byVector"]>;
  readonly word?: (key: string) => string;
}) {
  return (
    <section aria-label={title}>
      <h2>{title}</h2>
      <ChartFigure
        alone
        spec={{
          unit: "count",
          rows: rows.map(({ key }) => word(key)),
          series: [{ name: "Incidents", values: rows.map(({ count }) => count) }],
        }}
      >
        <table className="table metrics-times">
          <tbody>
            {rows.map(({ key, count }) => (
              <tr key={key}>
                <th scope="row">{word(key)}</th>
                <td className="number">{count}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ChartFigure>
    </section>
  );
}

/** What stands in the record and needs no picture. */
function Recorded({ metrics: { count, precursors, recurredCount, cost } }: { readonly metrics: Metrics }) {
  const of = (some: number) => `${some} of ${incidentsText(count)}`;
  const rows: [string, string][] = [];
  if (precursors !== undefined) {
    rows.push(["Had precursors on record", of(precursors.recorded)]);
    rows.push(["Nobody had acted on one before it began", of(precursors.unheeded)]);
  }
  if (recurredCount !== undefined) rows.push(["Shares an observable with one before it", of(recurredCount)]);
  for (const { currency, likely, count: some } of cost ?? []) {
    rows.push([`Cost in ${currency}`, `${amountText(likely)} ${currency}, ${incidentsText(some)}`]);
  }
  if (rows.length === 0) return null;
  return (
    <section aria-label="On record">
      <h2>On record</h2>
      <Facts of={rows} />
    </section>
  );
}

function Lessons({
  lessons: { heldCount, improvements, questions },
  count,
}: {
  readonly lessons: NonNullable<Metrics["lessons"]>;
  readonly count: number;
}) {
  const { open, done, dropped } = improvements;
  return (
    <section aria-label="Lessons">
      <h2>
        Lessons{" "}
        <span className="meta">
          {heldCount} of {incidentsText(count)} reviewed; improvements: {open} open, {done} done, {dropped}{" "}
          dropped
        </span>
      </h2>
      <ul className="metrics-questions">
        {questions.map(({ question, count: answers, latest }) => (
          <li key={question}>
            <span>{REVIEW_QUESTIONS[question]}</span>
            <span className="meta">{answers === 1 ? "1 answer" : `${answers} answers`}</span>
            {latest.map(({ code, text }) => (
              <blockquote key={code}>
                {text} <cite className="meta">{code}</cite>
              </blockquote>
            ))}
          </li>
        ))}
      </ul>
    </section>
  );
}
