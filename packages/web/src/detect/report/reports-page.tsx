import "../../ui/filter.css";
import "../../ui/table.css";
import "./reports-page.css";
import { CLAIM_NAMES } from "@jumpkit/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link, Outlet, useMatchRoute, useNavigate, useSearch } from "@tanstack/react-router";
import type { Report } from "../../api/contract.ts";
import { useListKeys } from "../../shell/list-keys.ts";
import { Load } from "../../shell/load.tsx";
import { buttonLooks } from "../../ui/button.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { Moment } from "../../ui/moment.tsx";
import { MoreRows } from "../../ui/more-rows.tsx";
import { PageHead } from "../../ui/page-head.tsx";
import { Side } from "../../ui/side.tsx";
import { Tag } from "../../ui/tag.tsx";
import { reportsQuery } from "./report-queries.ts";

/** What people reported, with or without an account, and who of them waits for an answer. */
export function ReportsPage() {
  const { waiting } = useSearch({ from: "/in/reports" });
  const answer = useInfiniteQuery(reportsQuery(waiting));
  const open = useMatchRoute()({ to: "/reports" }) === false;
  return (
    <Side panel={open ? <Outlet /> : null}>
      <PageHead title="Reports by people" under={<UnderTitle />}>
        <Link to="/reports/add" className={buttonLooks({ weight: open ? "quiet" : "primary" })}>
          Write down a call
        </Link>
      </PageHead>
      <Load answer={answer} label="reports" rows={8}>
        {({ pages }) => (
          <>
            <WaitingFilter waiting={waiting} count={pages[0]?.waiting ?? 0} />
            <ReportTable reports={pages.flatMap((page) => page.items)} waiting={waiting} />
            <MoreRows answer={answer} />
          </>
        )}
      </Load>
    </Side>
  );
}

function UnderTitle() {
  return (
    <>
      Anybody can report at <a href="/report">the form that needs no account</a>.
    </>
  );
}

function WaitingFilter({ waiting, count }: { readonly waiting: "yes" | undefined; readonly count: number }) {
  const looks = (active: boolean) => (active ? "filter-link active" : "filter-link");
  return (
    <nav className="filter-row reports-filter" aria-label="Who waits">
      <Link to="/reports" className={looks(waiting === undefined)}>
        All
      </Link>
      <Link to="/reports" search={{ waiting: "yes" }} className={looks(waiting === "yes")}>
        Wait for an answer: {count}
      </Link>
    </nav>
  );
}

function ReportTable({
  reports,
  waiting,
}: {
  readonly reports: readonly Report[];
  readonly waiting: "yes" | undefined;
}) {
  const navigate = useNavigate();
  const chosen = useListKeys(reports.length, (at) => {
    const report = reports[at];
    if (report) void navigate({ to: "/reports/$report", params: { report: report.id }, search: { waiting } });
  });
  if (reports.length === 0) return <NoReports waiting={waiting} />;
  return (
    <div className="table-wrap cards">
      <table className="table tall">
        <thead>
          <tr>
            <th scope="col">Number</th>
            <th scope="col">What</th>
            <th scope="col">From</th>
            <th scope="col">Received</th>
            <th scope="col">State</th>
          </tr>
        </thead>
        <tbody>
          {reports.map((report, at) => (
            <tr key={report.id} aria-selected={at === chosen}>
              <td>
                <Link
                  to="/reports/$report"
                  params={{ report: report.id }}
                  search={{ waiting }}
                  className="mono report-number"
                >
                  {report.number}
                </Link>
              </td>
              <td>
                {firstLine(report.what)} <span className="meta">{CLAIM_NAMES[report.claim]}</span>
              </td>
              <td>{[report.name, report.affiliation].filter(Boolean).join(", ") || "Unnamed"}</td>
              <td>
                <Moment at={report.receivedAt} />
              </td>
              <td>
                {report.waits ? (
                  <Tag tone="warn" shape="half">
                    Waits for an answer
                  </Tag>
                ) : (
                  <Tag tone="ok" shape="check">
                    Answered
                  </Tag>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function NoReports({ waiting }: { readonly waiting: "yes" | undefined }) {
  if (waiting === "yes") return <EmptyState title="Every reporter has an answer" />;
  return (
    <EmptyState
      title="Nobody has reported anything yet"
      verb={
        <a href="/report" className={buttonLooks({})}>
          Look at the form
        </a>
      }
    >
      Give its address to the people you serve. What they send stands here and in the triage queue at once.
    </EmptyState>
  );
}

/** The first line of what was reported, as the queue shows it. */
function firstLine(text: string): string {
  return text.trim().split("\n", 1)[0] ?? "";
}
