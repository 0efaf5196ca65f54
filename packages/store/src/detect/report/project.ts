import { projectReport, type Report } from "@jumpkit/core";
import type pg from "pg";
import { stateOf } from "../../projection/state-of.ts";

export type ReportEntry = Parameters<typeof projectReport>[1];

/** Brings the table of reports up to date with one more entry. */
export async function projectReports(
  client: pg.ClientBase,
  organisation: string,
  entry: ReportEntry,
): Promise<void> {
  const id = entry.body.report;
  if (id === undefined) return;
  const before = await stateOf<Report>(client, "report", organisation, id);
  const after = projectReport(before, entry);
  if (after === undefined) return;
  await client.query(
    `INSERT INTO report (organisation, id, sign, received_seq, waits, state) VALUES ($1, $2, $3, $4, $5, $6)
     ON CONFLICT (organisation, id) DO UPDATE SET waits = $5, state = $6`,
    [organisation, id, after.sign, entry.seq, after.waits, JSON.stringify(after)],
  );
}
