/** Which assets the list shows, as its address says. */
export type AssetFilter = {
  readonly text?: string | undefined;
  readonly kind?: string | undefined;
  readonly criticality?: string | undefined;
  readonly retired?: true | undefined;
};

/** The filter that an address holds; what it does not understand is left out. */
export function assetFilterFrom(search: Record<string, unknown>): AssetFilter {
  return {
    text: wordOf(search["text"]),
    kind: wordOf(search["kind"]),
    criticality: wordOf(search["criticality"]),
    retired: search["retired"] === true ? true : undefined,
  };
}

/** The query string that asks the server for what `filter` shows. */
export function assetFilterText(filter: object, after: string | undefined): string {
  const asked = new URLSearchParams();
  for (const [name, value] of Object.entries({ ...filter, after })) {
    if (value !== undefined) asked.set(name, String(value));
  }
  return asked.toString();
}

function wordOf(value: unknown): string | undefined {
  return (typeof value === "string" || typeof value === "number") && value !== "" ? String(value) : undefined;
}
