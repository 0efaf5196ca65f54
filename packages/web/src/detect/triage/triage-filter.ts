/** Which signs the queue shows, and which of them is open beside it, as the address says. */
export type TriageSearch = {
  readonly status?: TriageStatus | undefined;
  readonly text?: string | undefined;
  readonly kind?: "precursor" | "indicator" | undefined;
  readonly source?: string | undefined;
  readonly team?: string | undefined;
  readonly constituent?: string | undefined;
  readonly sign?: string | undefined;
};

/** The part of the address that says which signs are listed. */
export type TriageFilter = Omit<TriageSearch, "sign">;

export const TRIAGE_STATUSES = ["waiting", "snoozed", "dismissed", "accepted", "all"] as const;
export type TriageStatus = (typeof TRIAGE_STATUSES)[number];

const KINDS = ["precursor", "indicator"] as const;

/** What an address asks for; what it does not understand is left out. */
export function triageSearchFrom(search: Record<string, unknown>): TriageSearch {
  return {
    status: TRIAGE_STATUSES.find((status) => status === search["status"] && status !== "waiting"),
    text: wordOf(search["text"]),
    kind: KINDS.find((kind) => kind === search["kind"]),
    source: wordOf(search["source"]),
    team: wordOf(search["team"]),
    constituent: wordOf(search["constituent"]),
    sign: wordOf(search["sign"]),
  };
}

/** The query string that asks the server for a page of what `filter` shows. */
export function triageFilterText(filter: TriageFilter, limit: number, after: string | undefined): string {
  const asked = new URLSearchParams({ limit: String(limit) });
  for (const name of ["status", "text", "kind", "source", "team", "constituent"] as const) {
    const value = filter[name];
    if (value !== undefined && value.trim() !== "") asked.set(name, value);
  }
  if (after !== undefined) asked.set("after", after);
  return asked.toString();
}

function wordOf(value: unknown): string | undefined {
  return (typeof value === "string" || typeof value === "number") && value !== "" ? String(value) : undefined;
}
