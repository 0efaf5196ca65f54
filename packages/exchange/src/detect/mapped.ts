import type { FieldName, Mapping, SignAddress, SignEvent, SourceReading } from "@jumpkit/core";
import { type JsonMap, takeOut, valueAt, wordAt } from "./json.ts";
import { bad, type Read } from "./record.ts";
import { storable, storableJson } from "./storable.ts";
import { readTime } from "./time.ts";

/** Reads an object as the source's mapping says; what is not mapped is kept under its own name. */
export function readMapped(map: JsonMap, source: SourceReading): Read {
  const { mapping } = source;
  if (mapping === null) return bad("comes through a source that has no mapping");
  const written = wordAt(map, mapping.time.from);
  if (written === undefined) return bad(`has no ${mapping.time.from}, which should tell its time`);
  const time = readTime(written, mapping.time.format, source);
  if (time === undefined)
    return bad(`its ${mapping.time.from} is no time in the form that the mapping names`);
  const fields = fieldsOf(map, mapping);
  const rule = ruleOf(fields);
  if (rule === undefined) return bad("names no rule");
  const about = String(fields[mapping.entity] ?? source.host).slice(0, 300);
  if (about === "") return bad(`has no ${mapping.entity}, which should tell what it is about`);
  const key = keyOf(map, mapping);
  if (key === undefined) return bad("lacks a field of its key");
  const message = fields["message"];
  for (const { from } of mapping.fields) takeOut(map, from);
  takeOut(map, mapping.time.from);
  const event: SignEvent = {
    ...time,
    timeAsWritten: storable(time.timeAsWritten),
    kind: mapping.kind,
    rule,
    title: String(message ?? `${rule.name}: ${about}`).slice(0, 500),
    entity: about,
    severity: String(fields["event.severity"] ?? "").slice(0, 40),
    addresses: addressesOf(fields, mapping),
    key,
    fields,
    extra: storableJson(map) as SignEvent["extra"],
  };
  return { what: "event", event };
}

function fieldsOf(map: JsonMap, mapping: Mapping): Record<string, string | number | boolean> {
  const fields: Record<string, string | number | boolean> = {};
  for (const { from, to } of mapping.fields) {
    const value = valueAt(map, from);
    if (typeof value === "string" && value !== "") fields[to] = storable(value);
    else if (typeof value === "number" || typeof value === "boolean") fields[to] = value;
  }
  return fields;
}

function ruleOf(fields: SignEvent["fields"]): SignEvent["rule"] | undefined {
  const id = fields["rule.id"] ?? fields["rule.name"];
  if (id === undefined) return undefined;
  return { id: String(id).slice(0, 100), name: String(fields["rule.name"] ?? id).slice(0, 300) };
}

function addressesOf(fields: SignEvent["fields"], mapping: Mapping): SignAddress[] {
  return mapping.fields.flatMap(({ to, role }) => {
    const value = fields[to];
    if (role === undefined || value === undefined) return [];
    const beside = `${to.split(".")[0]}.port` as FieldName;
    const port = Number(fields[beside] ?? Number.NaN);
    const known = Number.isInteger(port) && port >= 0 && port < 65_536;
    return [{ value: String(value).slice(0, 100), role, port: known ? port : null }];
  });
}

/** The values that make the event the same again; `undefined` when one is missing. */
function keyOf(map: JsonMap, mapping: Mapping): readonly string[] | null | undefined {
  if (mapping.key.length === 0) return null;
  const values = mapping.key.flatMap((path) => wordAt(map, path) ?? []);
  return values.length === mapping.key.length ? values : undefined;
}
