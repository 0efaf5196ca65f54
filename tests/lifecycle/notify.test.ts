import { createHash } from "node:crypto";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import * as openpgp from "openpgp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ContactId, IncidentId, NotificationId, PersonId } from "../../packages/core/src/index.ts";
import type { Browserless } from "../support/browserless.ts";
import { mailServer } from "../support/mail-server.ts";
import { startMailboxServer } from "../support/mailbox.ts";
import { startNameServer } from "../support/name-server.ts";
import { pdfText } from "../support/pdf-text.ts";
import { startHouse, type TestHouse } from "../support/running.ts";
import { ADVISORY, LETTERHEAD } from "../support/samples.ts";

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");

describe("telling others of an incident", () => {
  let house: TestHouse;
  let ada: Browserless;
  let bo: Browserless & { readonly id: PersonId };
  let incident: IncidentId;
  let site: ContactId;
  let national: ContactId;
  let police: ContactId;

  beforeAll(async () => {
    house = await startHouse();
    ada = house.visitor();
    await ada.setUp(house.setUpSecret);
    const { shipped } = await ada.ask("policy.show", {});
    await ada.do("policy.adopt", { seen: 0, document: shipped });
    bo = await ada.addColleague("bo", ["handler"]);
    ({ incident } = await bo.do("incident.report", { what: "www3 is scanned", ongoing: "yes" }));
    const contact = async (said: object) => (await bo.do("contact.add", { name: "x", ...said })).contact;
    site = await contact({
      name: "Jane Roe",
      organisation: "Site",
      roles: ["address_owner"],
      email: "abuse@site.example",
      answersFor: ["203.0.113.0/24"],
      homeZone: "Europe/Berlin",
    });
    national = await contact({
      name: "CERT-X",
      roles: ["own_csirt", "intermediary"],
      email: "cert@x.example",
    });
    police = await contact({
      name: "Sgt. Lee",
      roles: ["law_enforcement"],
      phone: "+1 555",
      mayReceive: "TLP:RED",
    });
    await bo.do("log.note", { incident, text: "214 requests for /x.php in 6 minutes", kind: "finding" });
    const seen = { incident, role: "offender", tlp: "TLP:GREEN", pap: "PAP:GREEN" } as const;
    await bo.do("observable.promote", { ...seen, value: "203.0.113.9" });
    await bo.do("observable.promote", { ...seen, value: "eve@evil.example", tlp: "TLP:AMBER" });
  });
  afterAll(async () => house?.close());

  const draft = (more: object = {}) => ({
    incident,
    subject: "Scans from your network",
    marking: "TLP:GREEN" as const,
    recipients: [{ contact: site, channel: "letter" as const }],
    facts: [
      { observable: { kind: "ipv4" as const, value: "203.0.113.9" }, tlp: "TLP:GREEN" as const },
      { text: "the pay run is late", tlp: "TLP:GREEN" as const, class: "business" as const },
    ],
    ...more,
  });

  it("finds whom to tell by what was seen, and the national team always", async () => {
    const { items } = await bo.ask("notification.parties", { incident });
    expect(items.map(({ name, of }) => [name, of])).toEqual([
      ["Jane Roe", ["203.0.113.9"]],
      ["CERT-X", []],
    ]);
  });

  it("needs somebody who writes before anything can leave", async () => {
    const { notification } = await bo.do("notification.draft", draft());
    const { hinders } = await bo.ask("notification.preview", { notification, recipient: site });
    expect(hinders?.code).toBe("notification.no_letterhead");
    await ada.do("letterhead.set", LETTERHEAD);
    await bo.do("notification.drop", { notification, reason: "only tried" });
  });

  it("releases exactly the bytes that were previewed, with the lead's consent or by the lead", async () => {
    const { notification } = await bo.do("notification.draft", draft());
    const recipient = site;
    const preview = await bo.ask("notification.preview", { notification, recipient });
    const asked = await bo.try("notification.release", { notification, recipient, sha256: preview.sha256 });
    const more = draft({ subject: "More scans", indicators: true });
    await bo.do("notification.change", { notification, ...rest(more) });
    const stale = await ada.try("notification.release", { notification, recipient, sha256: preview.sha256 });
    const fresh = await ada.ask("notification.preview", { notification, recipient });
    await ada.do("notification.release", { notification, recipient, sha256: fresh.sha256 });
    const released = await bo.ask("notification.released", { notification, recipient });

    expect(preview.struck).toEqual([{ fact: 1, because: "business" }]);
    expect(asked.body.code).toBe("authority.needs_approval");
    expect(stale.body.code).toBe("notification.not_as_previewed");
    expect(released.message).toBe(fresh.message);
    expect(sha256(released.message)).toBe(fresh.sha256);
    expect(released.message).not.toContain("pay run");
    expect(released.message).toContain("Subject: [TLP:GREEN] More scans");

    const { cards } = await ada.ask("shift.show", {});
    expect(cards[0]?.told).toMatchObject([{ notification, names: ["Jane Roe"], unread: 0, overdue: false }]);
    const onPaper = () => bo.download(`/v1/notification/${notification}/letter/${recipient}.pdf`);
    const letter = await onPaper();
    const paper = pdfText(letter.bytes).replaceAll(/\s/gu, "");
    expect(paper).toContain("WhatwasfoundItmaybeasign");
    expect(paper).toContain(released.sha256);
    const table = released.indicators;
    expect(table).toEqual(fresh.indicators);
    expect(table?.text).toContain("TLP:GREEN,ipv4,203.0.113.9,");
    expect(paper).toContain(`indicators.csv,onevalue,SHA-256${sha256(table?.text ?? "")}`);
    expect((await onPaper()).bytes).toEqual(letter.bytes);
    await bo.do("notification.deliver", { notification, recipient, detail: "the courier took it at 10" });
    const again = await ada.try("notification.release", { notification, recipient, sha256: fresh.sha256 });
    expect(again.body.code).toBe("notification.not_as_previewed");
    expect((await bo.ask("notification.waiting", {})).items).toHaveLength(1);
    await bo.do("notification.answer", { notification, recipient, state: "answered", said: "cleaned" });
    const { items } = await bo.ask("notification.of_incident", { incident });
    expect(items[0]?.recipients[0]).toMatchObject({ state: "answered", said: "cleaned", waited: false });
    expect((await bo.ask("notification.waiting", {})).items).toEqual([]);
  });

  it("takes no fact that the incident does not have, and none under a milder label than it has", async () => {
    const fact = (more: object) => draft({ facts: [{ text: "x", tlp: "TLP:CLEAR", ...more }] });
    await bo.do("log.note", { incident, text: "They phoned back", tlp: "TLP:AMBER" });
    const { items: log } = await bo.ask("log.entries", { incident, limit: 1000 });
    const entry = log.findLast(({ body }) => body["text"] === "They phoned back")?.incidentSeq;
    const codes = await Promise.all(
      [
        fact({ entry }),
        fact({ entry: 999 }),
        fact({ observable: { kind: "ipv4", value: "198.51.100.1" } }),
        fact({ observable: { kind: "ipv4", value: "203.0.113.9" } }),
      ].map(async (said) => (await bo.try("notification.draft", said)).body.code),
    );
    expect(codes).toEqual([
      "notification.below_source",
      "notification.no_such_source",
      "notification.no_such_source",
      "notification.below_source",
    ]);
  });

  it("never writes to the intruder, whoever asks", async () => {
    const { contact } = await bo.do("contact.add", {
      name: "Eve",
      roles: ["other_team"],
      email: "eve@evil.example",
    });
    const { notification } = await ada.do("notification.draft", draft({ recipients: [{ contact }] }));
    const preview = await ada.ask("notification.preview", { notification, recipient: contact });
    const outcome = await ada.try("notification.release", {
      notification,
      recipient: contact,
      sha256: preview.sha256,
    });
    expect(outcome.body).toMatchObject({ code: "notification.barred", details: { because: "intruder" } });
  });

  it("tells what is red by voice, to a named person, and writes the call down", async () => {
    const red = (channel: "mail" | "call", named = "") =>
      draft({ marking: "TLP:RED", recipients: [{ contact: police, channel, named }], facts: [] });
    const { notification } = await ada.do("notification.draft", red("call"));
    const of = { notification, recipient: police };
    const hindrance = async () => (await ada.ask("notification.preview", of)).hinders?.code;
    const unnamed = await hindrance();
    await ada.do("notification.change", { notification, ...rest(red("mail", "Sgt. Lee")) });
    const byMail = await hindrance();
    await ada.do("notification.change", { notification, ...rest(red("call", "Sgt. Lee")) });
    const { sha256: seen, text, action } = await ada.ask("notification.preview", of);
    await ada.do("notification.release", { ...of, sha256: seen });
    await ada.do("notification.deliver", { ...of, detail: "Sgt. Lee, read the reference back" });

    expect([unnamed, byMail]).toEqual(["notification.red_unnamed", "notification.red_by_voice"]);
    expect(action).toBe("police.contact");
    expect(text).toContain("Call Sgt. Lee: +1 555");
    const { items } = await ada.ask("notification.of_incident", { incident });
    expect(items.find(({ id }) => id === notification)?.recipients[0]?.state).toBe("told");
  });

  it("sends mail once, signed, and encrypted to whoever's key is known; what is refused is told so", async () => {
    const mail = await mailServer("gone@site.example", "lost@site.example");
    const settings = { host: "127.0.0.1", port: mail.port, security: "none" };
    await writeFile(join(house.dataFolder, "mail.json"), JSON.stringify(settings), { mode: 0o600 });
    await house.restart();
    const theirs = await openpgp.generateKey({ userIDs: [{ email: "with@key.example" }], format: "object" });
    const contact = async (email: string, pgpKey = "") =>
      (await bo.do("contact.add", { name: email, roles: ["other_team"], email, pgpKey })).contact;
    const [gone, lost, keyed, broken] = await Promise.all([
      contact("gone@site.example"),
      contact("lost@site.example"),
      contact("with@key.example", theirs.publicKey.armor()),
      contact("bad@key.example", "no key at all"),
    ]);
    const told = [site, gone, lost, keyed, broken];
    const { notification } = await ada.do(
      "notification.draft",
      draft({ recipients: told.map((each) => ({ contact: each })), indicators: true }),
    );
    const previews = new Map<ContactId, string>();
    for (const recipient of told) {
      const { sha256: seen, message } = await ada.ask("notification.preview", { notification, recipient });
      previews.set(recipient, message);
      await ada.do("notification.release", { notification, recipient, sha256: seen });
    }
    const row = async () =>
      (await ada.ask("notification.show", { notification })).recipients.map(({ state }) => state);
    await expect.poll(row, { timeout: 30_000 }).toEqual(["told", "failed", "unknown", "told", "failed"]);

    // Nobody knows whether it left, so it is never sent again by itself.
    expect(mail.taken.map(({ to }) => to)).toEqual(["abuse@site.example", "with@key.example"]);
    const [plain, sealed] = mail.taken.map(({ bytes }) => bytes);
    const key = await openpgp.readKey({
      armoredKey: await readFile(await publicKey(house.dataFolder), "utf8"),
    });
    const [, signed = "", signature = ""] =
      /--=_jumpkit_0\r\n([\s\S]*?)\r\n--=_jumpkit_0\r\n[\s\S]*?\r\n\r\n([\s\S]*?)\r\n--=_/.exec(
        plain ?? "",
      ) ?? [];
    const verified = await openpgp.verify({
      message: await openpgp.createMessage({ binary: Buffer.from(signed) }),
      signature: await openpgp.readSignature({ armoredSignature: signature }),
      verificationKeys: key,
    });
    expect(await verified.signatures[0]?.verified).toBe(true);
    expect(previews.get(site)?.endsWith(signed.slice(signed.indexOf("\r\n\r\n")))).toBe(true);
    const armoured =
      /-----BEGIN PGP MESSAGE-----[\s\S]*-----END PGP MESSAGE-----/.exec(sealed ?? "")?.[0] ?? "";
    const opened = await openpgp.decrypt({
      message: await openpgp.readMessage({ armoredMessage: armoured }),
      decryptionKeys: theirs.privateKey,
      verificationKeys: key,
      expectSigned: true,
    });
    expect(String(opened.data)).toContain("TLP:GREEN");
    for (const each of [signed, String(opened.data)]) expect(each).toContain('filename="indicators.csv"');
    expect(sealed).not.toContain("What was found");

    const closed = await openpgp.encrypt({
      message: await openpgp.createMessage({ text: "We took it off the network." }),
      encryptionKeys: key,
      signingKeys: theirs.privateKey,
    });
    const answers = /^Message-ID: (.*)$/mu.exec(sealed ?? "")?.[1]?.trim();
    const head = `From: with@key.example\r\nSubject: ...\r\nIn-Reply-To: ${answers}\r\n\r\n`;
    const { reply } = (await bo.dropReply(`${head}${closed}`)).body;
    const shown = await bo.ask("reply.show", { reply });
    expect(shown).toMatchObject({ notification, recipient: keyed, text: "We took it off the network." });
    expect(shown.mail.envelope).toMatchObject({ encrypted: true, signature: "known", keyOf: keyed });
    expect(shown.sha256).toBe(sha256(`${head}${closed}`));
    await bo.do("reply.settle", { reply });
    await mail.close();
  });

  describe("replies", () => {
    let notification: NotificationId;
    let ref: string;
    let messageId: string;
    const row = async (id: string) => {
      const { items } = await bo.ask("reply.waiting", {});
      return items.find((each) => each.id === id);
    };

    beforeAll(async () => {
      const of = { recipients: [{ contact: site, channel: "mail" as const }, { contact: national }] };
      ({ notification } = await ada.do("notification.draft", draft(of)));
      for (const recipient of [site, national]) {
        const { sha256: seen } = await ada.ask("notification.preview", { notification, recipient });
        const said = await ada.do("notification.release", { notification, recipient, sha256: seen });
        if (recipient === site) ({ messageId } = said);
      }
      ({ ref } = await bo.ask("notification.show", { notification }));
    });
    const mailOf = (...lines: readonly string[]) => [...lines, "", "We took it off.", ""].join("\r\n");

    it("finds what a reply answers by its headers, then by its subject, and otherwise asks people", async () => {
      const byHeader = mailOf(
        "From: Jane <abuse@site.example>",
        "Subject: Re: hm",
        `References: ${messageId}`,
      );
      const bySubject = mailOf("From: cert@x.example", `Subject: AW: scans [${ref.toLowerCase()}]`);
      const lost = mailOf("From: Eve <eve@evil.example>", "Subject: hello", "Message-ID: <1@evil.example>");
      const taken = [];
      for (const mail of [byHeader, bySubject, lost]) taken.push((await bo.dropReply(mail)).body);
      const [first, second, third] = await Promise.all(taken.map(({ reply }) => row(reply)));

      expect(taken.map((each) => each.notification)).toEqual([notification, notification, null]);
      expect(first).toMatchObject({
        matchedBy: "headers",
        recipient: site,
        stranger: false,
        suggested: "answered",
      });
      expect(second).toMatchObject({ matchedBy: "subject", recipient: national, stranger: false });
      expect(third).toMatchObject({ matchedBy: "nothing", recipient: null, suggested: null });

      const reply = idOf(third);
      const notYet = await bo.try("reply.settle", { reply, state: "answered" });
      await bo.do("reply.match", { reply, notification, recipient: site });
      expect(notYet.body.code).toBe("reply.unmatched");
      expect(await row(reply)).toMatchObject({ stranger: true, barred: "intruder", recipient: site });
      await bo.do("reply.dismiss", { reply, reason: "it is the intruder" });
      expect((await bo.try("reply.settle", { reply })).body.code).toBe("reply.done");
    });

    it("moves nobody's state until a person says so, and then says who did", async () => {
      const state = async () =>
        (await bo.ask("notification.show", { notification })).recipients.find((each) => each.contact === site)
          ?.state;
      const before = await state();
      const [reply] = (await bo.ask("reply.of_notification", { notification })).items.filter(
        (each) => each.matchedBy === "headers",
      );
      await bo.do("reply.settle", { reply: idOf(reply), state: "answered", said: "off the network" });

      expect(before).not.toBe("answered");
      expect(await state()).toBe("answered");
      const { items } = await bo.ask("reply.of_notification", { notification });
      expect(items.find((each) => each.id === reply?.id)).toMatchObject({
        open: false,
        settled: { state: "answered" },
      });
    });

    it("keeps the very bytes, whatever they are, and takes the same mail in once", async () => {
      const bytes = Buffer.concat([
        Buffer.from(`From: x\r\nSubject: ${ref}\r\n\r\n`),
        Buffer.from([0, 255, 13, 200]),
      ]);
      const { reply } = (await bo.dropReply(bytes)).body;
      const again = await bo.dropReply(bytes);
      const { download } = await ada.do("reply.save", { reply });
      const saved = await fetch(`${house.url}${download}`, { headers: { cookie: ada.cookie } });

      expect(again.body).toMatchObject({ code: "reply.known", details: { reply } });
      expect(Buffer.from(await saved.arrayBuffer())).toEqual(bytes);
      expect((await row(reply))?.sha256).toBe(createHash("sha256").update(bytes).digest("hex"));
    });

    it("says when another mail bears the same Message-ID", async () => {
      const twin = (words: string) =>
        mailOf("From: a@site.example", "Message-ID: <twin@site.example>", `Subject: ${words}`);
      const first = (await bo.dropReply(twin("one"))).body.reply;
      const second = (await bo.dropReply(twin("two"))).body.reply;

      expect([(await row(first))?.twin, (await row(second))?.twin]).toEqual([false, true]);
    });

    it("tells nobody who may not know of it that there is a reply, or a page to drop one on", async () => {
      const cy = await ada.addColleague("cy", ["administrator"]);
      const [reply] = (await bo.ask("reply.waiting", {})).items;
      const codes = [
        (await cy.dropReply(mailOf("From: x@y.example"))).body.code,
        (await cy.try("reply.dismiss", { reply: idOf(reply), reason: "no" })).body.code,
        (await bo.dropReply(mailOf("From: x@y.example"), `${notification.slice(0, -2)}00` as NotificationId))
          .body.code,
      ];

      expect(codes).toEqual(["thing.not_found", "thing.not_found", "thing.not_found"]);
    });

    it("looks into the mailbox, believes the named host alone, and leaves the mailbox as it is", async () => {
      const mailbox = await startMailboxServer("open sesame");
      const names = await startNameServer({});
      const passwordFile = join(house.dataFolder, "mailbox-password");
      await writeFile(passwordFile, "open sesame\n", { mode: 0o600 });
      const inbox = { host: "127.0.0.1", port: mailbox.port, security: "none", user: "cert", passwordFile };
      const settings = {
        host: "127.0.0.1",
        port: 9,
        security: "none",
        trustedHost: "mx.harbour.example",
        resolver: names.server,
        inbox,
      };
      await writeFile(join(house.dataFolder, "mail.json"), JSON.stringify({ ...settings }), { mode: 0o600 });
      const says = (host: string) =>
        `Authentication-Results: ${host}; dkim=pass header.d=site.example; spf=fail`;
      mailbox.mails.push(
        mailOf(
          says("mx.harbour.example"),
          "From: abuse@site.example",
          "Subject: by mail",
          `In-Reply-To: ${messageId}`,
        ),
        mailOf(
          says("mx.evil.example"),
          "DKIM-Signature: v=1; a=rsa-sha256; d=site.example; s=s1; h=from; bh=; b=",
          "From: abuse@site.example",
          "Subject: forged",
          "In-Reply-To: <theirs@other.example>",
        ),
      );
      await house.restart();
      const came = async () =>
        (await bo.ask("reply.waiting", {})).items
          .filter(({ way }) => way === "mailbox")
          .map(({ mail }) => mail.subject);
      await expect.poll(came, { timeout: 30_000 }).toEqual(["forged", "by mail"]);
      await house.restart();
      await expect
        .poll(() => mailbox.said.filter((line) => line.includes("EXAMINE")).length, { timeout: 30_000 })
        .toBe(2);

      const { items } = await bo.ask("reply.waiting", {});
      const [forged, checked] = items.filter(({ way }) => way === "mailbox");
      expect(checked).toMatchObject({
        notification,
        recipient: site,
        mail: { verdict: { dkim: "pass", spf: "fail" } },
      });
      expect(forged).toMatchObject({ notification: null, mail: { verdict: null } });
      expect([checked?.mail.dkim, forged?.mail.dkim?.map(({ result }) => result)]).toEqual([[], ["fail"]]);
      expect(mailbox.said.filter((line) => /STORE|SELECT|EXPUNGE|COPY|MOVE/iu.test(line))).toEqual([]);
      expect(mailbox.said.filter((line) => line.includes("FETCH"))).toHaveLength(4);
      await mailbox.close();
      await names.close();
    });
  });

  it("advises the constituency once: written by one, approved by another, delivery to each on the record", async () => {
    const mail = await mailServer("gone@physics.example", "lost@physics.example");
    const settings = { host: "127.0.0.1", port: mail.port, security: "none" };
    await writeFile(join(house.dataFolder, "mail.json"), JSON.stringify(settings), { mode: 0o600 });
    await house.restart();
    const constituent = async (name: string, email: string, more: object = {}) =>
      bo.do("contact.add", { name, organisation: "Physics", roles: ["constituent"], email, ...more });
    await constituent("Dana", "dana@physics.example");
    const { contact: gus } = await constituent("Gus", "gone@physics.example");
    const { contact: lou } = await constituent("Lou", "lost@physics.example");
    await constituent("Eve at Physics", "root@evil.example");
    await ada.do("observable.promote", {
      incident,
      role: "offender",
      tlp: "TLP:AMBER",
      pap: "PAP:GREEN",
      value: "evil.example",
    });
    await constituent("Only what is clear", "clear@physics.example", { mayReceive: "TLP:CLEAR" });
    const groups = [{ role: "constituent" as const, organisation: "physics" }];
    const { advisory } = await bo.do("advisory.draft", { ...ADVISORY, groups });
    const { saying, sha256: all, to, not } = await ada.ask("advisory.preview", { advisory });
    const unapproved = await ada.try("advisory.send", { advisory, sha256: all });
    await ada.do("advisory.approve", { advisory, sha256: saying });
    const { sentTo } = await ada.do("advisory.send", { advisory, sha256: all });
    const outcomes = async () =>
      (await bo.ask("advisory.show", { advisory })).sent[0]?.advised.map(({ name, outcome }) => [
        name,
        outcome,
      ]);
    await expect.poll(outcomes, { timeout: 30_000 }).toEqual([
      ["Dana", "accepted"],
      ["Gus", "failed"],
      ["Lou", "unknown"],
    ]);

    expect(unapproved.body.code).toBe("advisory.not_approved");
    expect([to.map(({ name }) => name), sentTo]).toEqual([["Dana", "Gus", "Lou"], 3]);
    expect(not.map(({ name, because }) => [name, because])).toEqual([
      ["Eve at Physics", "intruder"],
      ["Only what is clear", "not_cleared"],
    ]);
    expect(mail.taken).toHaveLength(1);
    expect(mail.taken[0]?.bytes).toContain("CVE-2026-12345");

    const version = 1;
    const dana = to[0]?.contact ?? gus;
    const untold = async () => (await bo.ask("advisory.show", { advisory })).failed;
    const detail = "by phone, to Gus himself";
    const tell = async (recipient: ContactId) =>
      (await bo.try("advisory.tell", { advisory, version, recipient, detail })).body.code;
    const before = await untold();
    const told = [await tell(gus), await tell(gus), await tell(dana), await tell(site)];
    expect([before, await untold()]).toEqual([2, 1]);
    expect(told).toEqual([undefined, "advisory.told_already", "advisory.arrived", "advisory.not_to_them"]);

    mail.mend();
    const resend = async (recipient: ContactId, more: object = {}) =>
      (await ada.try("advisory.resend", { advisory, version, recipient, ...more })).body.code;
    const codes = [await resend(dana), await resend(lou), await resend(site)];
    await ada.do("advisory.resend", { advisory, version, recipient: gus });
    const reason = "called: nothing came";
    await ada.do("advisory.resend", { advisory, version, recipient: lou, reason });
    await expect.poll(() => mail.taken.length, { timeout: 30_000 }).toBe(3);
    await expect
      .poll(async () => (await outcomes())?.map(([, each]) => each))
      .toEqual(["accepted", "accepted", "accepted"]);
    expect(codes).toEqual(["advisory.arrived", "advisory.reason_needed", "advisory.not_to_them"]);
    expect(await resend(lou, { reason })).toBe("advisory.arrived");
    expect(mail.taken.map(({ to: address }) => address)).toEqual([
      "dana@physics.example",
      "gone@physics.example",
      "lost@physics.example",
    ]);

    const { ref, sent } = await bo.ask("advisory.show", { advisory });
    const messageId = sent[0]?.advised[0]?.messageId ?? "";
    const answer = (...lines: readonly string[]) => [...lines, "", "We have updated.", ""].join("\r\n");
    const came = [
      answer("From: dana@physics.example", "Subject: Re: mail", `In-Reply-To: ${messageId}`),
      answer("From: gone@physics.example", `Subject: AW: Mail servers [${ref}]`),
      answer(
        "From: Lou <lou@home.example>",
        "Subject: Re: A-0000-0000-0000",
        "References: <no@site.example>",
      ),
    ];
    const taken = [];
    for (const bytes of came) taken.push((await bo.dropReply(bytes)).body);
    const [byHeader, bySubject, forged] = taken.map(({ reply }) => reply);
    if (!byHeader || !bySubject || !forged) throw new Error("A reply was not taken in");
    const both = { reply: forged, recipient: lou } as const;
    const neither = await bo.try("reply.match", both);
    await bo.do("reply.match", { ...both, advisory });
    const moved = await bo.try("reply.settle", { reply: byHeader, state: "answered" });
    await bo.do("reply.settle", { reply: byHeader });
    const rows = (await bo.ask("reply.of_advisory", { advisory })).items;

    expect(taken.map((each) => [each.notification, each.advisory])).toEqual([
      [null, advisory],
      [null, advisory],
      [null, null],
    ]);
    expect([neither.body.code, moved.body.code]).toEqual(["request.malformed", "reply.of_advisory"]);
    expect([byHeader, bySubject, forged].map((id) => rows.find((each) => each.id === id))).toMatchObject([
      { matchedBy: "headers", recipient: dana, stranger: false, open: false },
      { matchedBy: "subject", recipient: gus, subject: ADVISORY.title, open: true },
      { matchedBy: "person", recipient: lou, stranger: true, open: true },
    ]);

    const { advisory: again } = await bo.do("advisory.draft", { ...ADVISORY, groups });
    const shown = await ada.ask("advisory.show", { advisory: again });
    const same = await ada.ask("advisory.preview", { advisory: again });
    const refused = await ada.try("advisory.approve", { advisory: again, sha256: same.saying });
    expect(shown.similar.map(({ id }) => id)).toEqual([advisory]);
    expect(refused.body).toMatchObject({ code: "advisory.sent_already", details: { advisory } });

    await bo.do("advisory.withdraw", { advisory, reason: "It was an error." });
    const back = await ada.ask("advisory.preview", { advisory });
    await ada.do("advisory.approve", { advisory, sha256: back.saying });
    await ada.do("advisory.send", { advisory, sha256: back.sha256 });
    await expect.poll(() => mail.taken.length, { timeout: 30_000 }).toBe(6);
    expect(
      mail.taken.find(({ to: address, bytes }) => address.startsWith("dana") && bytes.includes("Withdrawn"))
        ?.bytes,
    ).toMatch(/In-Reply-To: .*Withdrawn|Withdrawn[\s\S]*In-Reply-To: </u);
    expect((await bo.ask("advisory.show", { advisory })).state).toBe("withdrawn");
    await mail.close();
  });

  it("lets no subject say what is marked above the message", async () => {
    const said = draft({ subject: "Mail of eve[@]evil.example", facts: [] });
    const { notification } = await ada.do("notification.draft", said);
    const of = { notification, recipient: site };
    const { hinders, sha256: seen } = await ada.ask("notification.preview", of);
    const outcome = await ada.try("notification.release", { ...of, sha256: seen });

    expect(hinders?.code).toBe("notification.repeats");
    expect(outcome.body).toMatchObject({ code: "notification.repeats", details: { parts: ["subject"] } });
  });

  it("withholds who we are through an intermediary", async () => {
    const said = draft({
      recipients: [{ contact: site, channel: "letter", via: national }],
      facts: [{ text: "seen at mail.harbour.example", tlp: "TLP:GREEN" }],
    });
    const { notification } = await ada.do("notification.draft", said);
    const { text, struck } = await ada.ask("notification.preview", { notification, recipient: site });
    expect(struck).toEqual([{ fact: 0, because: "names_us" }]);
    expect(text.split("-".repeat(72))[1]).not.toMatch(/harbour|JK-/i);
  });
});

/** The public half of the only organisation's key. */
async function publicKey(dataFolder: string): Promise<string> {
  const folder = join(dataFolder, "keys", "openpgp");
  const name = (await readdir(folder)).find((each) => each.endsWith(".public.asc"));
  return join(folder, name ?? "");
}

function rest<Said extends { readonly incident: unknown }>({ incident: _, ...said }: Said) {
  return said;
}

function idOf<Id>(found: { readonly id: Id } | undefined): Id {
  if (found === undefined) throw new Error("There is no such reply");
  return found.id;
}
