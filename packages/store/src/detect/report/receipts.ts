import { createHash } from "node:crypto";
import type { Receipts } from "@jumpkit/app";
import type { OrganisationId, ReportId } from "@jumpkit/core";
import type pg from "pg";
import { runStatement } from "../../database/transaction.ts";

/** The codes that reporters without an account follow up with. Only their SHA-256 is kept. */
export class PostgresReceipts implements Receipts {
  readonly #pool: pg.Pool;

  constructor(pool: pg.Pool) {
    this.#pool = pool;
  }

  async onlyOrganisation(): Promise<OrganisationId | undefined> {
    const { rows } = await runStatement<{ organisation: OrganisationId }>(
      this.#pool,
      "SELECT organisation FROM organisation LIMIT 2",
    );
    return rows.length === 1 ? rows[0]?.organisation : undefined;
  }

  async organisationName(organisation: OrganisationId): Promise<string | undefined> {
    const { rows } = await runStatement<{ name: string }>(
      this.#pool,
      "SELECT name FROM organisation WHERE organisation = $1",
      [organisation],
    );
    return rows[0]?.name;
  }

  async reportOf(code: string) {
    const { rows } = await runStatement<{ organisation: OrganisationId; report: ReportId }>(
      this.#pool,
      "SELECT organisation, report FROM report_receipt WHERE secret_sha256 = $1",
      [createHash("sha256").update(code).digest("hex")],
    );
    return rows[0];
  }
}
