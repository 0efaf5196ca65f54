import { generateKeyPairSync } from "node:crypto";
import { createTransport } from "nodemailer";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startNameServer } from "../../../../tests/support/name-server.ts";
import { checkDkim } from "./dkim.ts";
import { asking } from "./name-service.ts";

const NOW = new Date("2026-11-23T08:00:00Z");
const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
const P = publicKey.export({ format: "der", type: "spki" }).toString("base64");

/** The sample of RFC 8463, appendix A. */
const FOOTBALL = [
  "DKIM-Signature: v=1; a=ed25519-sha256; c=relaxed/relaxed;",
  " d=football.example.com; i=@football.example.com;",
  " q=dns/txt; s=brisbane; t=1528637909; h=from : to :",
  " subject : date : message-id : from : subject : date;",
  " bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;",
  " b=/gCrinpcQOoIfuHNQIbq4pgh9kyIK3AQUdt9OdqQehSwhEIug4D11Bus",
  " Fa3bT3FY5OsU7ZbnKELq+eXdp1Q1Dw==",
  "From: Joe SixPack <joe@football.example.com>",
  "To: Suzie Q <suzie@shopping.example.net>",
  "Subject: Is dinner ready?",
  "Date: Fri, 11 Jul 2003 21:00:37 -0700 (PDT)",
  "Message-ID: <20030712040037.46341.5F8J@football.example.com>",
  "",
  "Hi.",
  "",
  "We lost the game.  Are you hungry yet?",
  "",
  "Joe.",
  "",
].join("\n");

describe("DKIM, as we check it ourselves", () => {
  let names: Awaited<ReturnType<typeof startNameServer>>;
  let mail: string;

  beforeAll(async () => {
    names = await startNameServer({
      "s1._domainkey.site.example": `v=DKIM1; k=rsa; p=${P}`,
      "gone._domainkey.site.example": "v=DKIM1; k=rsa; p=",
      "tried._domainkey.site.example": `v=DKIM1; t=y; p=${P}`,
      "brisbane._domainkey.football.example.com":
        "v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=",
    });
    const key = privateKey.export({ format: "pem", type: "pkcs8" }).toString();
    const transport = createTransport({
      streamTransport: true,
      buffer: true,
      dkim: { domainName: "site.example", keySelector: "s1", privateKey: key },
    });
    const said = {
      from: "abuse@site.example",
      to: "us@x.example",
      subject: "Re:  scans",
      text: "We  took it off. \n\n",
    };
    mail = String((await transport.sendMail(said)).message);
  });
  afterAll(() => names?.close());

  const check = (text: string, server = names.server) =>
    checkDkim(Buffer.from(text, "latin1"), asking(server), NOW).then((found) =>
      found.map(({ result }) => result),
    );

  it("passes what somebody else signed, by RSA and by Ed25519, however it was saved", async () => {
    const [found] = await checkDkim(Buffer.from(mail), asking(names.server), NOW);

    expect(found).toEqual({ domain: "site.example", selector: "s1", result: "pass" });
    expect(await check(mail.replaceAll("\r\n", "\n"))).toEqual(["pass"]);
    expect(await check(FOOTBALL)).toEqual(["pass"]);
  });

  it("fails what was changed on the way, and believes no key that is gone, tried out or never was", async () => {
    const at = (selector: string) => mail.replace(/\bs=s1;/u, `s=${selector};`);

    expect(await check(mail.replace("took it off", "left it on"))).toEqual(["fail"]);
    expect(await check(mail.replace("Subject: Re:", "Subject: Fw:"))).toEqual(["fail"]);
    expect(await check(at("gone"))).toEqual(["permerror"]);
    expect(await check(at("never"))).toEqual(["permerror"]);
    expect(await check(at("tried"))).toEqual(["neutral"]);
  });

  it("counts no signature that leaves something open, is weak, or has run out", async () => {
    const with_ = (more: string) => mail.replace("v=1;", `v=1; ${more};`);

    expect(await check(with_("l=3"))).toEqual(["policy"]);
    expect(await check(with_("x=1528637909"))).toEqual(["policy"]);
    expect(await check(mail.replace("rsa-sha256", "rsa-sha1"))).toEqual(["policy"]);
    expect(await check(mail.replace(/h=from:/iu, "h="))).toEqual(["permerror"]);
    expect(await check(with_("i=@other.example"))).toEqual(["permerror"]);
    expect(await check("From: a@b.example\r\n\r\nHello")).toEqual([]);
  });

  it("asks nothing about what is no name, and tells a fault of the name service apart", async () => {
    const before = names.asked.length;
    const odd = await check(mail.replace("d=site.example", "d=site.example/../x"));
    const asked = names.asked.length;
    const silent = await startNameServer({});
    await silent.close();

    expect([odd, asked - before]).toEqual([["permerror"], 0]);
    expect(await check(mail, silent.server)).toEqual(["temperror"]);
  });
});
