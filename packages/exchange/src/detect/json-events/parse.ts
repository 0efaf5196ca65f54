import type { SourceReading } from "@jumpkit/core";
import { isMap, parseJson } from "../json.ts";
import { readMapped } from "../mapped.ts";
import { bad, type Read, textOf } from "../record.ts";

/** Reads one JSON object of a source that says by its mapping which of its fields is which of ours. */
export function readJsonEvent(record: Uint8Array, source: SourceReading): Read {
  const text = textOf(record);
  if (text === undefined) return bad("is not UTF-8");
  const parsed = parseJson(text);
  if (!parsed.ok) return bad(parsed.reason);
  return isMap(parsed.value) ? readMapped(parsed.value, source) : bad("is no JSON object");
}
