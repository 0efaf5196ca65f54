import "../ui/table.css";
import "../contain/containment-page.css";
import "./learn.css";
import "./cost/cost.css";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { VECTORS } from "../detect/incident/words.ts";
import { Load } from "../shell/load.tsx";
import { saveText } from "../shell/start-download.ts";
import { Button, buttonLooks } from "../ui/button.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { durationText } from "../ui/moment-text.ts";
import { PageHead } from "../ui/page-head.tsx";
import { TextField } from "../ui/text-field.tsx";
import { CostTotalsSection } from "./cost/cost-totals-section.tsx";
import { RatesSection } from "./cost/rates-section.tsx";
import { type Metrics, metricsQuery } from "./learn-queries.ts";

const EVER = { from: "", to: "" };

/** What the incidents of a period are measured by. */
export function MetricsPage() {
  const [period, setPeriod] = useState(EVER);
  const answer = useQuery(metricsQuery(period.from || "1970-01-01", period.to || "9999-12-31"));
  const { data: metrics } = answer;
  return (
    <>
      <PageHead title="Metrics" under="What incidents of a period are measured by, from their record.">
        <Link to="/improvements" className={buttonLooks({ weight: "plain" })}>
          Improvements
        </Link>
        {metrics === undefined || metrics.count === 0 ? null : (
          <Button onClick={() => saveText("metrics.csv", "text/csv;charset=utf-8", metrics.csv)}>
            Save as CSV
          </Button>
        )}
      </PageHead>
      <div className="containment">
        <div className="metrics-period">
          <TextField
            label="Reported from"
            type="date"
            value={period.from}
            onChange={(event) => setPeriod({ ...period, from: event.currentTarget.value })}
          />
          <TextField
            label="to"
            type="date"
            value={period.to}
            onChange={(event) => setPeriod({ ...period, to: event.currentTarget.value })}
          />
        </div>
        <Load answer={answer} label="the metrics" rows={8}>
          {(loaded) =>
            loaded.count === 0 ? (
              <EmptyState title="No incident in this period">
                Every declared incident is measured here by its own record, from the report to closing.
              </EmptyState>
            ) : (
              <Measured metrics={loaded} />
            )
          }
        </Load>
        <CostTotalsSection from={period.from || "1970-01-01"} to={period.to || "9999-12-31"} />
        <RatesSection />
      </div>
    </>
  );
}

const STAGE_WORDS = {
  detect: "To detect, since it began",
  declare: "To declare, since the report",
  contain: "To contain, since the report",
  recover: "To recover, since the report",
  close: "To close, since the report",
} as const;

function Measured({ metrics }: { readonly metrics: Metrics }) {
  const { same, raised, lowered } = metrics.ratings;
  const vectorWord = (key: string) => VECTORS.find(({ value }) => value === key)?.label ?? key;
  return (
    <>
      <section aria-label="Times">
        <h2>
          Times <span className="meta">{incidentsText(metrics.count)}</span>
        </h2>
        <div className="table-wrap">
          <table className="table metrics-times">
            <thead>
              <tr>
                <th scope="col">Stage</th>
                <th scope="col">Median</th>
                <th scope="col">Longest</th>
                <th scope="col">Incidents</th>
              </tr>
            </thead>
            <tbody>
              {metrics.stages.map(({ stage, count, medianMinutes, longestMinutes }) => (
                <tr key={stage}>
                  <th scope="row">{STAGE_WORDS[stage]}</th>
                  <td>{timeText(medianMinutes)}</td>
                  <td>{timeText(longestMinutes)}</td>
                  <td>{count}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </section>
      <div className="metrics-counts">
        <Bars title="By priority" rows={metrics.byPriority} />
        <Bars title="By vector" rows={metrics.byVector} word={vectorWord} />
        <Bars title="By month" rows={metrics.byMonth} />
        <Bars
          title="Last rating against first"
          rows={[
            { key: "the same", count: same },
            { key: "raised", count: raised },
            { key: "lowered", count: lowered },
          ]}
        />
      </div>
    </>
  );
}

function Bars({
  title,
  rows,
  word = (key) => key,
}: {
  readonly title: string;
  readonly rows: Metrics["byVector"];
  readonly word?: (key: string) => string;
}) {
  const most = Math.max(1, ...rows.map(({ count }) => count));
  return (
    <section aria-label={title}>
      <h2>{title}</h2>
      <table className="metrics-bars">
        <tbody>
          {rows.map(({ key, count }) => (
            <tr key={key}>
              <th scope="row">{word(key)}</th>
              <td>{count}</td>
              <td aria-hidden="true" className="metrics-bar">
                <svg viewBox="0 0 100 8" preserveAspectRatio="none">
                  <title>{`${word(key)}: ${count}`}</title>
                  <rect width={(100 * count) / most} height="8" />
                </svg>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function timeText(minutes: number | null): string {
  return minutes === null ? "not known" : durationText(minutes * 60_000);
}

function incidentsText(count: number): string {
  return count === 1 ? "1 incident" : `${count} incidents`;
}
