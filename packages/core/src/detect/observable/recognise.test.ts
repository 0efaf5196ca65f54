import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { defang, defangText } from "./defang.ts";
import { observablesIn, recognise } from "./recognise.ts";

const values = (text: string) => recognise(text).map(({ kind, value }) => `${kind} ${value}`);
const octet = fc.integer({ min: 0, max: 255 });
const ipv4 = fc.tuple(octet, octet, octet, octet).map((parts) => parts.join("."));
const label = fc.stringMatching(/^[a-z]([a-z0-9-]{0,10}[a-z0-9])?$/);
const domain = fc
  .tuple(label, label, fc.constantFrom("com", "example", "org", "de"))
  .map((each) => each.join("."));

describe("values in a text", () => {
  it.each([
    ["www3 asked 203.0.113.9 for /x.php 214 times", ["ipv4 203.0.113.9"]],
    ["203.0.113.9:8443 and [2001:DB8:0:0::33]:443", ["ipv4 203.0.113.9", "ipv6 2001:db8::33"]],
    ["blocked 192.0.2.0/24 and 2001:db8::/32.", ["network 192.0.2.0/24", "network 2001:db8::/32"]],
    [
      "see hxxps://evil[.]example/a?b=1, then evil(.)example.",
      ["url https://evil.example/a?b=1", "domain evil.example"],
    ],
    ["mail from Pay.Roll@Evil[.]Example (payroll)", ["email Pay.Roll@evil.example"]],
    ["CVE-2021-44228 by cve-2026-123456", ["cve CVE-2021-44228", "cve CVE-2026-123456"]],
    [
      "md5 d41d8cd98f00b204e9800998ecf8427e, sha1 da39a3ee5e6b4b0d3255bfef95601890afd80709",
      ["md5 d41d8cd98f00b204e9800998ecf8427e", "sha1 da39a3ee5e6b4b0d3255bfef95601890afd80709"],
    ],
    ["dropped C:\\Users\\bo\\run.exe and /tmp/.x/a", ["path C:\\Users\\bo\\run.exe", "path /tmp/.x/a"]],
  ])("are found in %s", (text, found) => {
    expect(values(text)).toEqual(found);
  });

  it.each([
    "at 10:41:07 and at 10:41Z",
    "version 1.2.3.4.5 and 999.1.1.1 and 010.1.1.1",
    "the card 00:1b:44:11:3a:b7",
    "run deploy.sh, read notes.md, std::vector and x.php",
    "00000000000000000000000000000000",
    "@okafor #www3 !decision",
  ])("are not seen where there are none: %s", (text) => {
    expect(values(text)).toEqual([]);
  });

  it("stand at the place that is told, in UTF-16 units, whatever is around them", () => {
    const text = "🦊 „203.0.113.9“ → evil.example.";
    for (const { from, to, text: written } of recognise(text)) expect(text.slice(from, to)).toBe(written);
    expect(recognise(text).map((each) => each.from)).toEqual([4, 19]);
  });

  it("are the same after being defanged, and a defanged text holds no address to follow", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          ipv4.map((value) => ({ kind: "ipv4" as const, value })),
          domain.map((value) => ({ kind: "domain" as const, value })),
          domain.map((name) => ({ kind: "url" as const, value: `https://${name}/a` })),
          domain.map((name) => ({ kind: "email" as const, value: `bo@${name}` })),
        ),
        (observable) => {
          expect(values(`x ${defang(observable)} y`)).toEqual([`${observable.kind} ${observable.value}`]);
        },
      ),
    );
    expect(defangText("get http://evil.example/x from 203.0.113.9:80")).toBe(
      "get hxxp://evil[.]example/x from 203[.]0[.]113[.]9:80",
    );
  });

  it("never overlap, whatever the text", () => {
    const pieces = fc.constantFrom(
      "203.0.113.9",
      "evil.example",
      "://",
      "http",
      "[.]",
      ":",
      "/",
      "@",
      " ",
      "::1",
      "a",
      "(",
      ")",
      "]",
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 60 }), (parts) => {
        const text = parts.join("");
        let end = 0;
        for (const { from, to, text: written } of recognise(text)) {
          expect(from).toBeGreaterThanOrEqual(end);
          expect(text.slice(from, to)).toBe(written);
          end = to;
        }
      }),
    );
  });

  it("of an address of a page are also its host", () => {
    expect(observablesIn("http://203.0.113.9:8080/x http://[2001:db8::1]/")).toEqual([
      { kind: "url", value: "http://203.0.113.9:8080/x" },
      { kind: "ipv4", value: "203.0.113.9" },
      { kind: "url", value: "http://[2001:db8::1]/" },
      { kind: "ipv6", value: "2001:db8::1" },
    ]);
  });
});
