import { type Probe, recogniseProbe, type SignEvent, type SourceReading } from "@jumpkit/core";
import { bad, type Read, skipped, textOf } from "../record.ts";
import { storable } from "../storable.ts";
import { readTime } from "../time.ts";

/**
 * Reads one line of a web server's access log, in the common or the combined format.
 *
 * The name of the virtual host may stand in front. Requests that look for a way in are precursors; all others
 * are skipped.
 *
 * @source Apache HTTP Server, *Log Files*: common, combined and vhost_combined
 */
export function readAccessLog(record: Uint8Array, source: SourceReading): Read {
  const text = textOf(record);
  if (text === undefined) return bad("is not UTF-8");
  const line = parsed(text);
  if (line === undefined) return bad("is no line of the common or combined format");
  const probe = recogniseProbe({ target: line.target, userAgent: line.userAgent });
  if (probe === undefined) return skipped("an ordinary request");
  const time = readTime(line.time, "web_server", source);
  if (time === undefined) return bad("has no time that can be read");
  const host = line.host || source.host || "web server";
  return { what: "event", event: eventOf(line, probe, time, storable(host).slice(0, 300)) };
}

interface Line {
  readonly host: string;
  readonly port: number | null;
  readonly client: string;
  readonly user: string;
  readonly time: string;
  readonly method: string;
  readonly target: string;
  readonly version: string;
  readonly status: number | null;
  readonly bytes: number | null;
  readonly referrer: string;
  readonly userAgent: string;
  readonly rest: string;
}

const QUOTED = String.raw`"((?:[^"\\]|\\.)*)"`;
const LINE = new RegExp(
  String.raw`^(?:(\S+) )?(\S+) (\S+) (\S+) \[([^\]]{1,60})\] ${QUOTED} (\d{3}|-) (\d+|-)(?: ${QUOTED} ${QUOTED})?(.*)$`,
);
const REQUEST = /^([A-Za-z_-]{1,40}) (.*?)(?: (HTTP\/[\d.]{1,8}))?$/;

function parsed(text: string): Line | undefined {
  const match = LINE.exec(text);
  if (match === null) return undefined;
  const [
    ,
    vhost = "",
    client = "",
    ,
    user = "",
    time = "",
    request = "",
    status,
    bytes,
    referrer,
    agent,
    rest,
  ] = match;
  const [, method = "", target = request, version = ""] = REQUEST.exec(unescaped(request)) ?? [];
  const [host = "", port] = vhost.split(/:(?=\d+$)/);
  return {
    host,
    port: port === undefined ? null : Number(port),
    client,
    user: user === "-" ? "" : user,
    time,
    method,
    target,
    version,
    status: count(status),
    bytes: count(bytes),
    referrer: said(referrer),
    userAgent: said(agent),
    rest: (rest ?? "").trim(),
  };
}

function count(text: string | undefined): number | null {
  return text === undefined || text === "-" ? null : Number(text);
}

function said(text: string | undefined): string {
  return text === undefined || text === "-" ? "" : unescaped(text);
}

/** A quotation mark or backslash as the client sent it; other escapes stay as the server wrote them. */
function unescaped(text: string): string {
  return text.replaceAll(/\\(["\\])/g, "$1");
}

function eventOf(
  line: Line,
  probe: Probe,
  time: Pick<SignEvent, "at" | "timeAsWritten" | "zoneAssumed">,
  host: string,
): SignEvent {
  const path = storable(line.target).slice(0, 200);
  return {
    ...time,
    kind: "precursor",
    rule: { id: probe.id, name: probe.name },
    title: storable(`${line.client} asked ${host} for ${path}: ${probe.name}`).slice(0, 500),
    entity: host,
    severity: "",
    addresses: [
      { value: storable(line.client).slice(0, 100), role: "offender", port: null },
      { value: host.slice(0, 100), role: "victim", port: line.port },
    ],
    key: null,
    fields: present({
      "event.module": "web_access",
      "event.kind": "event",
      "event.reason": probe.found,
      "event.outcome": line.status !== null && line.status < 400 ? "success" : "failure",
      "source.address": line.client,
      "user.name": line.user,
      "url.domain": line.host,
      "url.original": line.target,
      "http.request.method": line.method,
      "http.version": line.version.slice(5),
      "http.response.status_code": line.status,
      "http.response.body.bytes": line.bytes,
      "http.request.referrer": line.referrer,
      "user_agent.original": line.userAgent,
      "rule.id": probe.id,
      "rule.name": probe.name,
    }),
    extra: line.rest === "" ? {} : { rest: storable(line.rest) },
  };
}

function present(all: Readonly<Record<string, string | number | null>>): SignEvent["fields"] {
  const kept = Object.entries(all).flatMap(([name, value]) =>
    value === null || value === ""
      ? []
      : [[name, typeof value === "string" ? storable(value) : value] as const],
  );
  return Object.fromEntries(kept);
}
