import "../ui/table.css";
import "../contain/containment-page.css";
import "./learn.css";
import "./cost/cost.css";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { Load } from "../shell/load.tsx";
import { saveText } from "../shell/start-download.ts";
import { Button, buttonLooks } from "../ui/button.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { PageHead } from "../ui/page-head.tsx";
import { TextField } from "../ui/text-field.tsx";
import { CostTotalsSection } from "./cost/cost-totals-section.tsx";
import { RatesSection } from "./cost/rates-section.tsx";
import { metricsQuery } from "./learn-queries.ts";
import { ChooseForm } from "./metrics/choose-form.tsx";
import { Measured } from "./metrics/measured.tsx";
import { NOT_IN_THE_RECORD } from "./metrics/metrics-words.ts";

const EVER = { from: "", to: "" };

/** What the incidents of a period are measured by. */
export function MetricsPage() {
  const [period, setPeriod] = useState(EVER);
  const [choosing, setChoosing] = useState(false);
  const answer = useQuery(metricsQuery(period.from || "1970-01-01", period.to || "9999-12-31"));
  const { data: metrics } = answer;
  return (
    <>
      <PageHead title="Metrics" under="What incidents of a period are measured by, from their record.">
        <Link to="/improvements" className={buttonLooks({ weight: "plain" })}>
          Improvements
        </Link>
        {metrics === undefined || choosing ? null : (
          <Button onClick={() => setChoosing(true)}>Choose measures</Button>
        )}
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
        {metrics === undefined || !choosing ? null : (
          <section aria-label="Measures">
            <h2>What is collected</h2>
            <ChooseForm collected={metrics.collected} onDone={() => setChoosing(false)} />
          </section>
        )}
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
        {metrics?.collected.includes("money") ? (
          <CostTotalsSection from={period.from || "1970-01-01"} to={period.to || "9999-12-31"} />
        ) : null}
        <section aria-label="What no record says">
          <h2>What no record says</h2>
          <ul className="metrics-unsaid quiet">
            {NOT_IN_THE_RECORD.map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
        </section>
        <RatesSection />
      </div>
    </>
  );
}
