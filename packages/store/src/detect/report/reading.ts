import type { Reading, ReportWithIncident } from "@jumpkit/app";
import type { IncidentId, Report } from "@jumpkit/core";
import type pg from "pg";
import { formLoad } from "./form-load.ts";

const SELECT = `SELECT r.state, r.received_seq, t.incident FROM report r
  LEFT JOIN sign_triage t ON t.organisation = r.organisation AND t.sign = r.sign
  WHERE r.organisation = $1`;

interface Row {
  readonly state: Report;
  readonly received_seq: string;
  readonly incident: IncidentId | null;
}

/** What queries read of reports. */
export function reportReadingOf(
  client: pg.ClientBase,
  organisation: string,
): Pick<Reading, "report" | "reports" | "reportsWaiting" | "formLoad"> {
  return {
    report: async (id) => {
      const { rows } = await client.query<Row>(`${SELECT} AND r.id = $2`, [organisation, id]);
      return rows.map(withIncident)[0];
    },
    reports: async ({ waiting, after, limit }) => {
      const { rows } = await client.query<Row>(
        `${SELECT} AND r.received_seq < $2 AND (r.waits OR NOT $3) ORDER BY r.received_seq DESC LIMIT $4`,
        [organisation, /^\d{1,15}$/.test(after) ? after : Number.MAX_SAFE_INTEGER, waiting, limit + 1],
      );
      const shown = rows.slice(0, limit);
      return {
        items: shown.map(withIncident),
        next: rows.length > limit ? (shown.at(-1)?.received_seq ?? null) : null,
      };
    },
    reportsWaiting: async () => {
      const { rows } = await client.query<{ count: string }>(
        "SELECT count(*) FROM report WHERE organisation = $1 AND waits",
        [organisation],
      );
      return Number(rows[0]?.count ?? 0);
    },
    formLoad: () => formLoad(client, organisation),
  };
}

function withIncident({ state, incident }: Row): ReportWithIncident {
  return { ...state, incident };
}
