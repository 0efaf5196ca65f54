import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Incident } from "../../detect/incident/incident.ts";
import type { ContactId, IncidentId, NotificationId } from "../../kernel/id.ts";
import type { Instant } from "../../kernel/time.ts";
import { exceeds, TLP_LABELS, type Tlp } from "../../kernel/tlp.ts";
import { CONTACT_ROLES, type Contact, ContactDetails } from "../../prepare/contact/contact.ts";
import { type KnownBad, whyBarred } from "./barred.ts";
import { type LetterParts, letterOf } from "./letter.ts";
import { attachedTo, mailbox, quotedPrintable, wordsOfMail } from "./mime.ts";
import { type Notification, Recipient, ToldFact } from "./notification.ts";
import { releaseTo } from "./rules.ts";
import { clearanceOf, hearsBusiness, mayPassOn } from "./sharing.ts";

const NOTHING_BAD: KnownBad = { observables: [], scope: [], resets: [] };
const AT = "2026-11-22T10:41:07.000Z" as Instant;
const STAMP = { at: AT, zone: "UTC", precision: "second", said: "" } as const;
const INCIDENT = { id: "inc_1" as IncidentId, status: "declared" } as Incident;
const LETTERHEAD = {
  team: "Harbour CERT",
  email: "cert@harbour.example",
  phone: "+49 40 1234",
  hours: "Mon–Fri 08:00–18:00 Europe/Berlin",
  url: "",
};

function aContact(said: Partial<Contact>): Contact {
  const details = ContactDetails.parse({ name: "Jane Roe", email: "abuse@site.example" });
  const registered = { id: "ctc_00000001" as ContactId, status: "active", changedSeq: 1 } as const;
  return { ...details, ...registered, verified: null, ...said };
}

function partsOf(said: Partial<LetterParts>): LetterParts {
  const draft = {
    ...({
      subject: "Scans from your network",
      marking: "TLP:AMBER",
      found: "",
      advice: "",
      callBack: "",
    } as const),
    ...{ facts: [], answerBy: null, indicators: false },
  };
  return {
    letterhead: LETTERHEAD,
    ref: "N-7K3M-9QRT-2VWX",
    draft,
    composedAt: AT,
    recipient: Recipient.parse({ contact: "ctc_01jd0000000000000000000000" }),
    to: aContact({ roles: ["other_team"] }),
    via: null,
    ...{ copies: [], earlier: [], ourNames: ["Harbour", "harbour.example"], marked: [] },
    ...said,
  };
}

function aNotification(parts: LetterParts): Notification {
  return {
    ...parts.draft,
    ...{ id: "ntf_1" as NotificationId, incident: INCIDENT.id, ref: parts.ref, dropped: "" },
    ...{ composedAt: AT, by: "Ada", recipients: [parts.recipient], told: [] },
  };
}

const release = (parts: LetterParts, known = NOTHING_BAD) => {
  const { recipient, to, via } = parts;
  const notification = aNotification(parts);
  const digests = { seen: "d", sha256: "d" };
  return releaseTo(
    INCIDENT,
    { notification, recipient, to, via, known, letter: letterOf(parts) },
    STAMP,
    digests,
  );
};

const label = fc.constantFrom(...TLP_LABELS);
const aParty = fc
  .record({
    roles: fc.uniqueArray(fc.constantFrom(...CONTACT_ROLES), { maxLength: 3 }),
    mayReceive: fc.option(label),
    businessImpact: fc.option(fc.boolean()),
  })
  .map(aContact);
const facts = fc.array(
  fc.record({
    tlp: label,
    class: fc.constantFrom("technical" as const, "business" as const),
    received: fc.boolean(),
  }),
  { maxLength: 12 },
);

describe("what leaves the organisation", () => {
  it("is never above the message's marking, its recipient's or its intermediary's clearance", () => {
    const worlds = fc.record({
      ...{ marking: label, to: aParty, via: fc.option(aParty), facts },
      channel: fc.constantFrom("mail" as const, "letter" as const, "call" as const),
      named: fc.constantFrom("", "Jane Roe"),
      indicators: fc.boolean(),
    });
    fc.assert(
      fc.property(worlds, ({ marking, to, via, facts: marked, channel, named, indicators }) => {
        const told = marked.map((fact, at) => {
          const observable = { kind: "domain", value: `canary-${at}-end.example` };
          return ToldFact.parse({ ...fact, text: `canary-${at}-end`, observable });
        });
        const base = partsOf({ to, via });
        const parts = {
          ...base,
          draft: { ...base.draft, marking, facts: told, indicators },
          recipient: { ...base.recipient, channel, named },
        };
        const outcome = release(parts);
        if (!outcome.ok) return;
        if (outcome.value.type !== "notification.released") throw new Error("something else");
        const { message } = outcome.value.body;
        const table = channel === "call" ? undefined : attachedTo(message);
        if (!indicators) expect(table).toBeUndefined();
        const parties = via === null ? [to] : [to, via];
        for (const party of parties) expect(exceeds(marking, clearanceOf(party))).toBe(false);
        if (marking === "TLP:RED") expect([channel, named]).toEqual(["call", "Jane Roe"]);
        for (const [at, fact] of told.entries()) {
          const canary = `canary-${at}-end`;
          // What a person reads and what a machine reads tell the same facts.
          if (table !== undefined) expect(table.includes(canary)).toBe(message.includes(canary));
          if (!message.includes(canary) && !table?.includes(canary)) continue;
          expect(exceeds(fact.tlp, marking)).toBe(false);
          if (fact.class === "business") expect(parties.every(hearsBusiness)).toBe(true);
          if (fact.received) expect(parties.every((party) => mayPassOn(fact.tlp, party))).toBe(true);
        }
        expect(message).toContain(marking);
      }),
      { numRuns: 500 },
    );
  });

  it("is everything that may: what is neither above the marking nor business stands in it", () => {
    const fact = ToldFact.parse({ text: "ssh scans", tlp: "TLP:GREEN", at: AT });
    const base = partsOf({});
    const letter = letterOf({ ...base, draft: { ...base.draft, facts: [fact] } });
    expect(letter.struck).toEqual([]);
    expect(letter.text).toContain("ssh scans [TLP:GREEN]");
  });

  it("goes to media only when it is for everybody, whatever their contact says", () => {
    expect(clearanceOf(aContact({ roles: ["media", "own_csirt"], mayReceive: "TLP:RED" }))).toBe("TLP:CLEAR");
  });

  it("passes on what others told us only as far as their label lets us", () => {
    const client = aContact({ roles: ["constituent"] });
    const team = aContact({ roles: ["other_team"] });
    const on = (tlp: Tlp) => [mayPassOn(tlp, client), mayPassOn(tlp, team)];
    expect(TLP_LABELS.map(on)).toEqual([
      [true, true],
      [true, true],
      [true, false],
      [false, false],
      [false, false],
    ]);
  });
});

describe("a message", () => {
  const fact = ToldFact.parse({
    text: "scanned 203.0.113.9 and evil.example",
    tlp: "TLP:GREEN",
    at: "2026-07-22T10:41:07.000Z",
  });
  const base = partsOf({ to: aContact({ roles: ["other_team"], homeZone: "Europe/Berlin" }) });
  const letter = letterOf({
    ...base,
    draft: { ...base.draft, facts: [fact], advice: "Look at the host." },
  });

  it("bears its label in the subject and before the text, and says how to call back", () => {
    expect(letter.message).toContain("Subject: [TLP:AMBER] Scans from your network [N-7K3M-9QRT-2VWX]");
    expect(letter.text.startsWith("TLP:AMBER\n")).toBe(true);
    expect(letter.text).toContain("may be a sign that systems have been compromised");
    expect(letter.text).toContain("What you may want to do\n\nLook at the host.");
    expect(letter.text).toContain("Phone: +49 40 1234");
  });

  it("tells times in UTC and on the recipient's clocks, and addresses so that nobody follows them by a slip", () => {
    expect(letter.text).toContain("2026-07-22 10:41:07 UTC (2026-07-22 12:41:07 +02:00)");
    expect(letter.text).toContain("203[.]0[.]113[.]9 and evil[.]example");
  });

  it("is the same to the byte for the same draft, and of ASCII alone", () => {
    const again = letterOf({ ...base, draft: { ...base.draft, facts: [fact], advice: "Look at the host." } });
    expect(again.message).toBe(letter.message);
    expect(letter.message).toMatch(/^[\x20-\x7e\r\n]*$/);
  });

  it("hangs on the one before it", () => {
    const next = letterOf({ ...base, earlier: [letter.messageId] });
    expect(next.message).toContain(`In-Reply-To: ${letter.messageId}`);
    expect(next.messageId).not.toBe(letter.messageId);
  });

  it("cannot be given another header by anything that is typed", () => {
    const hostile = letterOf({
      ...base,
      to: aContact({ roles: ["other_team"], name: 'Eve"\r\nBcc: <eve@evil.example>' }),
      draft: { ...base.draft, subject: "Hello\r\nBcc: eve@evil.example" },
    });
    expect(hostile.message.split("\r\n\r\n")[0]).not.toMatch(/^Bcc/m);
  });
});

describe("who we are", () => {
  const via = aContact({ id: "ctc_00000002" as ContactId, name: "National CSIRT", roles: ["intermediary"] });

  it("is withheld through an intermediary: what would say it is struck out", () => {
    const said = ToldFact.parse({ text: "it hit mail.harbour.example", tlp: "TLP:GREEN" });
    const base = partsOf({ via });
    const letter = letterOf({ ...base, draft: { ...base.draft, facts: [said] } });
    expect(letter.struck).toEqual([{ fact: 0, because: "names_us" }]);
    expect(letter.text.split("-".repeat(72))[1]).not.toMatch(/harbour/i);
  });

  it("must not be told by the writer's own words either", () => {
    const base = partsOf({ via });
    const outcome = release({ ...base, draft: { ...base.draft, subject: "Greetings from Harbour" } });
    expect(outcome).toEqual({ ok: false, refusal: { code: "notification.names_us", parts: ["subject"] } });
  });
});

describe("addresses that must not be written to", () => {
  const seen = (kind: "email" | "domain", value: string, role: "offender" | "victim" = "offender") => ({
    ...NOTHING_BAD,
    observables: [{ kind, value, role, confirmed: true }],
  });

  it("are the intruder's, by address and by domain, in every way of telling", () => {
    expect(whyBarred("Eve@evil.example", "letter", seen("email", "eve@evil.example"))).toBe("intruder");
    expect(whyBarred("eve@mx.evil.example", "mail", seen("domain", "evil.example"))).toBe("intruder");
    expect(whyBarred("eve@notevil.example", "mail", seen("domain", "evil.example"))).toBeUndefined();
  });

  it("are mailboxes that the intruder may read, which leaves voice and letter", () => {
    const scope = [{ kind: "account", name: "root@site.example", state: "affected" } as const];
    const known = { ...NOTHING_BAD, scope };
    expect(whyBarred("root@site.example", "mail", known)).toBe("compromised");
    expect(whyBarred("root@site.example", "call", known)).toBeUndefined();
    const cleared = {
      ...known,
      scope: [{ kind: "account", name: "root@site.example", state: "cleared" } as const],
    };
    expect(whyBarred("root@site.example", "mail", cleared)).toBeUndefined();
  });

  it("are refused when it is released, not only on the page", () => {
    const outcome = release(partsOf({}), seen("email", "abuse@site.example"));
    expect(outcome).toMatchObject({
      ok: false,
      refusal: { code: "notification.barred", because: "intruder" },
    });
  });
});

describe("the bytes of a mail", () => {
  const decoded = (text: string) =>
    decodeURIComponent(
      text
        .replaceAll("=\r\n", "")
        .replaceAll("\r\n", "\n")
        .replaceAll("%", "%25")
        .replaceAll(/=([0-9A-F]{2})/g, "%$1"),
    );

  it("carry every text whole, in lines that every server takes", () => {
    const text = fc.string({ unit: "grapheme", maxLength: 300 }).map((each) => each.replaceAll("\r", ""));
    fc.assert(
      fc.property(text, (said) => {
        const wire = quotedPrintable(said);
        expect(decoded(wire)).toBe(said);
        for (const line of wire.split("\r\n")) expect(line).toMatch(/^[\x21-\x7e\t ]{0,76}$/);
      }),
      { numRuns: 200 },
    );
  });

  it("keep a name within its quotes", () => {
    expect(mailbox('a" <b@c>, "', "x@y.example")).not.toMatch(/<b@c>/);
  });
});

describe("free words of a message", () => {
  const marked = [
    { kind: "ipv4", value: "203.0.113.9", tlp: "TLP:AMBER" },
    { kind: "domain", value: "evil.example", tlp: "TLP:RED" },
    { kind: "path", value: "dropper.php", tlp: "TLP:GREEN" },
  ] as const;
  const spellings = (value: string) => [
    value,
    value.toUpperCase(),
    value.replaceAll(".", "[.]"),
    value.replaceAll(".", "(.)"),
    `hxxp://${value.replace(".", "[.]")}/x`,
    `www.${value}`,
  ];

  it("never carry out what the incident knows under a stricter label than the message's", () => {
    const around = fc.constantFrom("", "we saw ", "(", "\n");
    fc.assert(
      fc.property(
        fc.constantFrom(...TLP_LABELS),
        fc.constantFrom(...marked),
        fc.nat(4),
        around,
        fc.constantFrom("subject", "found", "advice", "callBack", "fact"),
        (marking, { value, tlp }, spelling, before, part) => {
          const words = `${before}${spellings(value)[spelling]}${before === "(" ? ")" : ""}`;
          const base = partsOf({
            marked: [...marked],
            to: aContact({ roles: ["own_csirt"], mayReceive: "TLP:RED" }),
          });
          const said =
            part === "fact"
              ? { facts: [ToldFact.parse({ text: words, tlp: "TLP:CLEAR" })] }
              : { [part]: words };
          const letter = letterOf({ ...base, draft: { ...base.draft, marking, ...said } });

          const kept =
            letter.repeats.length > 0 || letter.struck.some(({ because }) => because === "repeats");
          expect(kept).toBe(exceeds(tlp, marking));
        },
      ),
      { numRuns: 200 },
    );
  });

  it("may say what only looks like it, and nothing of a fact that is struck out", () => {
    const struck = ToldFact.parse({
      text: "The pay run of tonight is late",
      tlp: "TLP:AMBER",
      class: "business",
    });
    const base = partsOf({ marked: [...marked] });
    const repeatsOf = (found: string) =>
      letterOf({ ...base, draft: { ...base.draft, marking: "TLP:GREEN", facts: [struck], found } }).repeats;

    expect(
      repeatsOf("203.0.113.99 and 1203.0.113.9, notevil.example, evil.example.org, dropper.php"),
    ).toEqual([]);
    expect(repeatsOf("Note that the  pay run of TONIGHT is late.")).toEqual(["found"]);
    expect(repeatsOf("203.0.113.9.")).toEqual(["found"]);
  });

  it("are refused with the parts that say too much", () => {
    const base = partsOf({ marked: [...marked] });
    const outcome = release({
      ...base,
      draft: { ...base.draft, marking: "TLP:GREEN", subject: "evil[.]example" },
    });

    expect(outcome).toEqual({ ok: false, refusal: { code: "notification.repeats", parts: ["subject"] } });
  });
});

describe("the table of values", () => {
  const base = partsOf({ to: aContact({ roles: ["own_csirt"] }) });
  const facts = [
    { observable: { kind: "ipv4", value: "203.0.113.9" }, at: AT, text: "scans", tlp: "TLP:GREEN" },
    { observable: { kind: "path", value: '=cmd|"/c calc"!A1' }, text: "in, a\nnote", tlp: "TLP:CLEAR" },
    { observable: { kind: "domain", value: "evil.example" }, tlp: "TLP:RED" },
    { text: "no value", tlp: "TLP:CLEAR" },
  ].map((fact) => ToldFact.parse(fact));
  const letter = letterOf({ ...base, draft: { ...base.draft, facts, indicators: true } });

  it("holds what the message carries and nothing that is struck out, with real values and labels", () => {
    expect(attachedTo(letter.message)).toBe(
      [
        "tlp,kind,value,seen_at,note",
        `TLP:GREEN,ipv4,203.0.113.9,${AT},scans`,
        `TLP:CLEAR,path,"'=cmd|""/c calc""!A1","","in, a note"`,
        "",
      ].join("\r\n"),
    );
    expect(letter.text).toContain("2 values are attached as indicators.csv");
    expect(wordsOfMail(letter.message)).toBe(letter.text);
  });

  it("is not there when nothing has a value, nor read out on the phone", () => {
    const none = letterOf({ ...base, draft: { ...base.draft, facts: facts.slice(3), indicators: true } });
    const recipient = { ...base.recipient, channel: "call" as const };
    const call = letterOf({ ...base, recipient, draft: { ...base.draft, facts, indicators: true } });

    expect([none.indicators, call.indicators]).toEqual([undefined, undefined]);
    expect(none.message).not.toContain("multipart");
  });
});

describe("a released mail", () => {
  it("gives back its very words, for paper", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 300 }), (said) => {
        const text = said.replaceAll("\r", "");

        expect(wordsOfMail(`Subject: x\r\n\r\n${quotedPrintable(text)}`)).toBe(text);
      }),
      { numRuns: 100 },
    );
  });
});
