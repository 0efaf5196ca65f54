import type { Records } from "@jumpkit/app";
import type { IncidentId, Report } from "@jumpkit/core";
import type pg from "pg";
import { formLoad } from "./form-load.ts";

/** What rules ask about reports, read and locked in the running transaction. */
export function reportRecordsIn(
  client: pg.ClientBase,
  organisation: string,
): Pick<Records, "report" | "formLoad" | "incidentOfSign"> {
  return {
    report: async (id) => {
      const { rows } = await client.query<{ state: Report }>(
        "SELECT state FROM report WHERE organisation = $1 AND id = $2 FOR UPDATE",
        [organisation, id],
      );
      return rows[0]?.state;
    },
    formLoad: () => formLoad(client, organisation),
    incidentOfSign: async (sign) => {
      const { rows } = await client.query<{ incident: IncidentId | null }>(
        "SELECT incident FROM sign_triage WHERE organisation = $1 AND sign = $2",
        [organisation, sign],
      );
      return rows[0]?.incident ?? null;
    },
  };
}
