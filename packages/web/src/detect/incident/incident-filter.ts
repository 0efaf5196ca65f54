/** Which incidents a list shows, as its address says. */
export type IncidentFilter = {
  readonly status?: "open" | "closed" | "dismissed" | undefined;
  readonly priority?: string | undefined;
  readonly text?: string | undefined;
};

const STATUSES = ["open", "closed", "dismissed"] as const;

/** The filter that an address holds; what it does not understand is left out. */
export function incidentFilterFrom(search: Record<string, unknown>): IncidentFilter {
  return {
    status: STATUSES.find((status) => status === search["status"]),
    priority: wordOf(search["priority"]),
    text: wordOf(search["text"]),
  };
}

/** The query string that asks the server for what `filter` shows. */
export function incidentFilterText(filter: IncidentFilter, after: string | undefined): string {
  const asked = new URLSearchParams();
  if (filter.status !== undefined) {
    asked.set("status", filter.status === "open" ? "reported,declared" : filter.status);
  }
  if (filter.priority !== undefined) asked.set("priority", filter.priority);
  if (filter.text !== undefined) asked.set("text", filter.text);
  if (after !== undefined) asked.set("after", after);
  return asked.toString();
}

function wordOf(value: unknown): string | undefined {
  return (typeof value === "string" || typeof value === "number") && value !== "" ? String(value) : undefined;
}
