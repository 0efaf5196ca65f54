import type { FieldName, SignAddress, SignEvent, SourceReading } from "@jumpkit/core";
import { isInside } from "../address.ts";
import { isMap, type JsonMap, parseJson } from "../json.ts";
import { bad, type Read, skipped, textOf } from "../record.ts";
import { storable, storableJson } from "../storable.ts";
import { readTime } from "../time.ts";

/**
 * Reads one line of Suricata's `eve.json`.
 *
 * Alerts and anomalies are signs; flows, DNS, TLS and the other records of mere traffic are skipped. An alert
 * of a rule that looks for scanners is a precursor, every other an indicator.
 *
 * @source Suricata User Guide, *EVE JSON Format*
 */
export function readEve(record: Uint8Array, source: SourceReading): Read {
  const text = textOf(record);
  if (text === undefined) return bad("is not UTF-8");
  const parsed = parseJson(text);
  if (!parsed.ok) return bad(parsed.reason);
  const map = parsed.value;
  if (!isMap(map)) return bad("is no JSON object");
  const type = word(map, "event_type");
  if (type === undefined) return bad("has no event_type, so it is no EVE record");
  if (type !== "alert" && type !== "anomaly") return skipped(`event_type ${type.slice(0, 40)}`);
  const time = readTime(word(map, "timestamp") ?? "", "iso", source);
  if (time === undefined) return bad("has no timestamp that can be read");
  const about = type === "alert" ? alertOf(map) : anomalyOf(map);
  if (about === undefined) return bad(`is of type ${type} without saying which one`);
  const from = word(map, "src_ip") ?? "";
  const to = word(map, "dest_ip") ?? "";
  const addresses = addressesOf(map, from, to);
  const event: SignEvent = {
    ...time,
    timeAsWritten: storable(time.timeAsWritten),
    kind: about.kind,
    rule: { id: storable(about.id), name: storable(about.name) },
    title: storable(`Suricata saw “${about.name}” ${between(from, to)}`).slice(0, 500),
    entity: storable(entityOf(map, addresses, from, to, source)).slice(0, 300),
    severity: storable(about.severity),
    addresses,
    key: keyOf(map, time.timeAsWritten, about.id),
    ...sorted(map, type, about),
  };
  return { what: "event", event };
}

interface About {
  readonly kind: SignEvent["kind"];
  readonly id: string;
  readonly name: string;
  readonly severity: string;
}

function alertOf(map: JsonMap): About | undefined {
  const alert = mapIn(map, "alert");
  const id = word(alert, "signature_id");
  if (id === undefined) return undefined;
  const name = word(alert, "signature") ?? `signature ${id}`;
  const scan = /\bSCAN\b/.test(name) || word(alert, "category") === "Detection of a Network Scan";
  const severity = firstWord(mapIn(alert, "metadata"), "signature_severity") ?? word(alert, "severity") ?? "";
  return {
    kind: scan ? "precursor" : "indicator",
    id: `${word(alert, "gid") ?? "1"}:${id}`.slice(0, 100),
    name: name.slice(0, 300),
    severity: severity.slice(0, 40),
  };
}

function anomalyOf(map: JsonMap): About | undefined {
  const anomaly = mapIn(map, "anomaly");
  const what = word(anomaly, "event") ?? word(anomaly, "code");
  if (what === undefined) return undefined;
  const kind = word(anomaly, "type") ?? "anomaly";
  return { kind: "indicator", id: `${kind}:${what}`.slice(0, 100), name: what.slice(0, 300), severity: "" };
}

function between(from: string, to: string): string {
  if (from === "" && to === "") return "without an address";
  return to === "" ? `from ${from}` : `from ${from} to ${to}`;
}

/** What each end did: as the alert says it, else as the rule's target and the ends of the flow tell. */
function addressesOf(map: JsonMap, from: string, to: string): SignAddress[] {
  const attacker = word(mapIn(mapIn(map, "alert"), "source"), "ip") ?? guessAttacker(map, from, to);
  return [
    { value: from, port: portAt(map, "src_port") },
    { value: to, port: portAt(map, "dest_port") },
  ]
    .filter(({ value }) => value !== "")
    .map(({ value, port }) => ({
      value: storable(value).slice(0, 100),
      port,
      role: roleOf(value, attacker),
    }));
}

function roleOf(value: string, attacker: string | undefined): SignAddress["role"] {
  if (attacker === undefined) return "unknown";
  return value === attacker ? "offender" : "victim";
}

/** The end that does not match what the rule says it protects; `undefined` when that cannot be told. */
function guessAttacker(map: JsonMap, from: string, to: string): string | undefined {
  const target = firstWord(mapIn(mapIn(map, "alert"), "metadata"), "attack_target") ?? "";
  const server = serverOf(map, from, to);
  if (server === undefined || from === to) return undefined;
  const client = server === from ? to : from;
  if (/server/i.test(target)) return client;
  return /client/i.test(target) ? server : undefined;
}

function serverOf(map: JsonMap, from: string, to: string): string | undefined {
  const direction = word(map, "direction");
  if (direction === "to_server") return to;
  if (direction === "to_client") return from;
  const fromPort = portAt(map, "src_port") ?? 0;
  const toPort = portAt(map, "dest_port") ?? 0;
  if (toPort < 1024 && fromPort >= 1024) return to;
  return fromPort < 1024 && toPort >= 1024 ? from : undefined;
}

/** The end that is ours: the victim, else the one inside a private network, else the one connected to. */
function entityOf(
  map: JsonMap,
  addresses: readonly SignAddress[],
  from: string,
  to: string,
  source: SourceReading,
): string {
  const victim = addresses.find((each) => each.role === "victim")?.value;
  if (victim !== undefined) return victim;
  if (isInside(from) && !isInside(to)) return from;
  return to || from || word(map, "host") || source.host || "unknown";
}

/** Sensor, flow and rule name an alert; the time and transaction tell apart those of one flow. */
function keyOf(map: JsonMap, written: string, rule: string): readonly string[] | null {
  const flow = word(map, "flow_id");
  if (flow === undefined) return null;
  const of = (name: string): string => word(map, name) ?? "";
  return [of("host"), of("event_type"), flow, rule, written, of("tx_id"), of("pcap_cnt")];
}

/** Where Suricata puts what has a name here. */
const NAMES: readonly (readonly [path: string, name: FieldName])[] = [
  ["src_ip", "source.ip"],
  ["src_port", "source.port"],
  ["dest_ip", "destination.ip"],
  ["dest_port", "destination.port"],
  ["ether.src_mac", "source.mac"],
  ["ether.dest_mac", "destination.mac"],
  ["proto", "network.transport"],
  ["app_proto", "network.protocol"],
  ["community_id", "network.community_id"],
  ["direction", "network.direction"],
  ["host", "observer.hostname"],
  ["in_iface", "observer.ingress.interface.name"],
  ["alert.action", "event.action"],
  ["alert.severity", "event.severity"],
  ["alert.category", "rule.category"],
  ["alert.rev", "rule.version"],
  ["http.http_method", "http.request.method"],
  ["http.hostname", "url.domain"],
  ["http.url", "url.original"],
  ["http.http_user_agent", "user_agent.original"],
  ["http.http_refer", "http.request.referrer"],
  ["http.status", "http.response.status_code"],
  ["http.length", "http.response.body.bytes"],
  ["http.protocol", "http.version"],
  ["dns.rrname", "dns.question.name"],
  ["dns.rrtype", "dns.question.type"],
  ["tls.sni", "tls.client.server_name"],
  ["tls.ja3.hash", "tls.client.ja3"],
  ["tls.subject", "tls.server.subject"],
  ["tls.issuerdn", "tls.server.issuer"],
  ["tls.version", "tls.version"],
  ["fileinfo.filename", "file.name"],
  ["fileinfo.size", "file.size"],
  ["fileinfo.sha256", "file.hash.sha256"],
  ["smtp.mail_from", "email.from.address"],
];

/** Said in other places of the sign already. */
const TOLD = ["timestamp", "event_type", "alert.signature", "alert.signature_id", "alert.gid"];

/** Where a name of Suricata's leads: to a name of ours, to nothing more (`null`), or deeper. */
type Places = Map<string, FieldName | null | Places>;

const PLACES: Places = new Map();
for (const [path, name] of [...NAMES, ...TOLD.map((told) => [told, null] as const)]) {
  const steps = path.split(".");
  const last = steps.pop() ?? "";
  let places = PLACES;
  for (const step of steps) {
    const deeper = places.get(step);
    const next: Places = deeper instanceof Map ? deeper : new Map();
    places.set(step, next);
    places = next;
  }
  places.set(last, name);
}

/** Everything the record says, sorted in one pass: what has a name of ours, and the rest under Suricata's own. */
function sorted(map: JsonMap, type: string, about: About): Pick<SignEvent, "fields" | "extra"> {
  const fields: Record<string, string | number | boolean> = {
    "event.module": "suricata",
    "event.dataset": "suricata.eve",
    "event.kind": type === "alert" ? "alert" : "event",
    "rule.id": storable(about.id),
    "rule.name": storable(about.name),
  };
  return { fields, extra: rest(map, PLACES, fields) };
}

function rest(
  map: JsonMap,
  places: Places,
  fields: Record<string, string | number | boolean>,
): Record<string, unknown> {
  const kept: [string, unknown][] = [];
  for (const name of Object.keys(map)) {
    const value = map[name] ?? null;
    const place = places.get(name);
    if (place instanceof Map && isMap(value)) {
      const deeper = rest(value, place, fields);
      if (Object.keys(deeper).length > 0) kept.push([name, deeper]);
    } else if (place === undefined || place instanceof Map || typeof value === "object") {
      kept.push([storable(name), storableJson(value)]);
    } else if (place !== null) {
      fields[place] = typeof value === "string" ? told(place, value) : value;
    }
  }
  return Object.fromEntries(kept);
}

function told(name: FieldName, value: string): string {
  return storable(name === "network.transport" ? value.toLowerCase() : value);
}

const NOTHING: JsonMap = {};

/** The object of that name; an empty one when there is none. */
function mapIn(map: JsonMap, name: string): JsonMap {
  const value = Object.hasOwn(map, name) ? map[name] : undefined;
  return isMap(value) ? value : NOTHING;
}

/** The text or number of that name, as text; `undefined` when there is none. */
function word(map: JsonMap, name: string): string | undefined {
  const value = Object.hasOwn(map, name) ? map[name] : undefined;
  return typeof value === "string" || typeof value === "number" ? String(value) : undefined;
}

function firstWord(map: JsonMap, name: string): string | undefined {
  const value = Object.hasOwn(map, name) ? map[name] : undefined;
  const first = Array.isArray(value) ? value[0] : undefined;
  return typeof first === "string" ? first : undefined;
}

function portAt(map: JsonMap, name: string): number | null {
  const value = Object.hasOwn(map, name) ? map[name] : undefined;
  return typeof value === "number" && Number.isInteger(value) && value >= 0 && value < 65_536 ? value : null;
}
