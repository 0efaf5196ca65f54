/**
 * The one text of a JSON value, whatever order its keys came in: equal values give equal texts.
 *
 * Keys are sorted by their UTF-16 units and a field that is `undefined` is left out, as JSON does.
 *
 * @source RFC 8785 §3.2, for values that JSON can hold
 */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((each) => canonicalJson(each ?? null)).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value ?? null);
  const fields = Object.entries(value)
    .filter(([, field]) => field !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${fields.map(([name, field]) => `${JSON.stringify(name)}:${canonicalJson(field)}`).join(",")}}`;
}
