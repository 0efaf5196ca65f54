/**
 * The text as the database can hold it: NUL shown as `␀`, half characters (lone surrogates) as `�`.
 *
 * Only what is searched and shown passes here. The original is kept byte for byte.
 */
export function storable(text: string): string {
  const shown = text.includes("\u0000") ? text.replaceAll("\u0000", "\u2400") : text;
  return shown.isWellFormed() ? shown : shown.toWellFormed();
}

/** Any JSON value with every text and name in it {@link storable}. */
export function storableJson(value: unknown): unknown {
  if (typeof value === "string") return storable(value);
  if (Array.isArray(value)) return value.map(storableJson);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([name, each]) => [storable(name), storableJson(each)]);
  return Object.fromEntries(entries);
}
