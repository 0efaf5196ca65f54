import { ATTACHED_MAX, MAIL_TEXT_MAX, MailRead } from "@jumpkit/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readMail } from "./read.ts";

const HOST = "mx.harbour.example";
const bytesOf = (...lines: readonly string[]) => Buffer.from(lines.join("\r\n"), "latin1");
const read = (...lines: readonly string[]) => readMail(bytesOf(...lines), true, HOST);

describe("a mail that came back", () => {
  it("tells whom it is from, what it answers first, and its words", async () => {
    const mail = await read(
      "From: =?utf-8?Q?J=C3=BCrgen?= <abuse@site.example>",
      "Subject: Re: Scans",
      "Date: Mon, 23 Nov 2026 04:00:00 +0100",
      "Message-ID: <1@site.example>",
      "References: <a@us.example>",
      " <b@us.example>",
      "In-Reply-To: <b@us.example>",
      "",
      "We took it off the network.",
    );

    expect(mail).toMatchObject({
      fromName: "Jürgen",
      fromAddress: "abuse@site.example",
      messageId: "<1@site.example>",
      references: ["<b@us.example>", "<a@us.example>"],
      sentAt: "2026-11-23T03:00:00.000Z",
      oddities: [],
      verdict: null,
    });
    expect(mail.text.trim()).toBe("We took it off the network.");
  });

  it("is read as text alone: HTML gives its words, and nothing of it runs or loads", async () => {
    const mail = await read(
      "From: a@b.example",
      "Content-Type: text/html",
      "",
      "<script>alert(1)</script><p>Hello <img src=http://x.example/1.gif onerror=alert(2)>there</p>",
    );

    expect(mail.text).toContain("Hello");
    expect(mail.text).not.toMatch(/<script|<img|onerror/);
  });

  it("shows characters that turn the direction of text, and says that they were there", async () => {
    const mail = await read(
      "From: a@b.example",
      "Content-Type: multipart/mixed; boundary=x",
      "",
      "--x",
      "Content-Type: application/octet-stream; name*=utf-8''%E2%80%AEfdp.exe",
      "Content-Disposition: attachment; filename*=utf-8''%E2%80%AEfdp.exe",
      "",
      "MZ",
      "--x--",
    );

    expect(mail.attached[0]?.name).toBe("\ufffdfdp.exe");
    expect(mail.oddities).toContain("turned_text");
  });

  it("believes only the first word of the server that the operator named", async () => {
    const from = ["From: a@b.example", "", "x"];
    const says = (host: string, result: string) =>
      `Authentication-Results: ${host}; dkim=${result} header.d=b.example`;
    const verdicts = await Promise.all([
      read(says(HOST, "fail"), "Received: from x", says(HOST, "pass"), ...from),
      read(says("evil.example", "pass"), says(`evil.example (${HOST})`, "pass"), ...from),
      read(
        `Authentication-Results: ${HOST} 1; spf=fail (dkim=pass; spf=pass) smtp.mailfrom="x; dkim=pass"`,
        ...from,
      ),
      readMail(bytesOf(says(HOST, "pass"), ...from), true, undefined),
    ]);

    expect(verdicts.map(({ verdict }) => verdict && [verdict.spf, verdict.dkim])).toEqual([
      [null, "fail"],
      null,
      ["fail", null],
      null,
    ]);
  });

  it("says when it names several senders, and when a machine wrote it", async () => {
    const twice = await read("From: a@b.example", "From: c@d.example", "", "x");
    const inOne = await read("From: <a@b.example>, <c@d.example>", "", "x");
    const bounce = await read("From: a@b.example", "Auto-Submitted: auto-replied", "", "x");

    expect([twice.oddities, inOne.oddities]).toEqual([["several_senders"], ["several_senders"]]);
    expect(bounce.oddities).toEqual(["automatic"]);
  });

  it("puts no header of its own into what is read from a folded or encoded one", async () => {
    const mail = await read("From: a@b.example", "Subject: =?utf-8?Q?hi=0D=0AFrom:_x@y.example?=", "", "x");

    expect(mail.subject).toBe("hi From: x@y.example");
    expect(mail.fromAddress).toBe("a@b.example");
  });

  it("is read whatever character set it claims", async () => {
    const wrong = await read(
      "From: a@b.example",
      "Content-Type: text/plain; charset=klingon",
      "",
      "caf\u00e9 \u0000!",
    );
    const utf16 = await read(
      "From: a@b.example",
      "Content-Type: text/plain; charset=utf-16",
      "",
      "\u00d8\u0000\u00d8",
    );

    for (const mail of [wrong, utf16]) expect(MailRead.safeParse(mail).success).toBe(true);
  });

  it("stays small, however deep, wide or long it is built", async () => {
    const deep = Array.from({ length: 5000 }, (_, at) => [
      `Content-Type: multipart/mixed; boundary=b${at}`,
      "",
      `--b${at}`,
    ]).flat();
    const wide = [
      "Content-Type: multipart/mixed; boundary=b",
      "",
      ...Array.from({ length: 50_000 }, () => "--b\r\n\r\nx"),
    ];
    const bomb = [
      "Content-Type: message/rfc822",
      "",
      ...Array.from({ length: 1000 }, () => "Content-Type: message/rfc822\r\n"),
    ];
    const heads = Array.from({ length: 100_000 }, (_, at) => `X-${at}: 1`);
    const long = ["Content-Type: text/plain", "", "x".repeat(900_000)];
    const page = ["Content-Type: text/html", "", "<".repeat(200_000), "<style".repeat(50_000)];
    for (const lines of [deep, wide, bomb, heads, long, page]) {
      const mail = await readMail(bytesOf(["From: a@b.example", ...lines].join("\r\n")), true, HOST);

      expect(MailRead.safeParse(mail).success).toBe(true);
      expect(mail.text.length).toBeLessThanOrEqual(MAIL_TEXT_MAX);
      expect(mail.attached.length).toBeLessThanOrEqual(ATTACHED_MAX);
    }
  });

  it("gives what the record can keep, for any bytes at all", async () => {
    const piece = fc.oneof(
      fc.constantFrom(
        "From: ",
        "Subject: =?utf-8?B?",
        "?=",
        "\r\n",
        "\r\n\r\n",
        "--b",
        "Content-Type: multipart/mixed; boundary=b\r\n",
        "\u0000",
        "\ud800",
      ),
      fc.string({ maxLength: 20, unit: "binary" }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 30 }), async (pieces) => {
        const parsed = MailRead.safeParse(await readMail(Buffer.from(pieces.join("")), true, HOST));
        expect(parsed.error?.issues ?? []).toEqual([]);
      }),
      { numRuns: 50 },
    );
  });
});
