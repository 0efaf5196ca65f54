import { instantAt } from "@jumpkit/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CONTACT_FORMATS, contactFormatOf, readContacts } from "./read.ts";

const NOW = instantAt(Date.UTC(2026, 10, 22));

const read = (text: string) => {
  const outcome = readContacts(text, contactFormatOf(text), { max: 10, now: NOW });
  return outcome.ok ? outcome.value.map((record) => record.said) : outcome.refusal;
};

describe("contacts from vCards", () => {
  it("are read from version 3, with folded lines and escaped characters", () => {
    const text = [
      "BEGIN:VCARD",
      "VERSION:3.0",
      "FN:Jo Ortiz\\, on duty",
      "ORG:Example ISP\\; Ltd;Abuse desk",
      "item1.TEL;TYPE=WORK,VOICE:+49 30 555 010",
      "TEL;TYPE=CELL:+49 170 555 011",
      "EMAIL;TYPE=INTERNET:abuse@isp.exa",
      " mple",
      "NOTE:Rings twice\\nthen the duty phone",
      "TZ:Europe/Berlin",
      "PHOTO;VALUE=URI:https://tracker.example/pixel",
      "END:VCARD",
    ].join("\r\n");

    expect(read(text)).toEqual([
      {
        name: "Jo Ortiz, on duty",
        organisation: "Example ISP; Ltd",
        phone: "+49 30 555 010",
        secondChannel: "+49 170 555 011",
        email: "abuse@isp.example",
        notes: "Rings twice\nthen the duty phone",
        homeZone: "Europe/Berlin",
      },
    ]);
  });

  it("are read from version 4, telephone numbers written as addresses, fingerprints and languages", () => {
    const text =
      'BEGIN:VCARD\nVERSION:4.0\nFN:CERT Example\nTEL;VALUE=uri;TYPE="voice,work":tel:+1-555-0100\nLANG:fr\nLANG:en\nKEY:OPENPGP4FPR:0123456789ABCDEF0123456789ABCDEF01234567\nEND:VCARD\n';

    expect(read(text)).toEqual([
      {
        name: "CERT Example",
        phone: "+1-555-0100",
        languages: ["fr", "en"],
        pgpFingerprint: "0123456789ABCDEF0123456789ABCDEF01234567",
      },
    ]);
  });

  it("are refused by the line where a card goes wrong", () => {
    expect(read("BEGIN:VCARD\nFN:x\n")).toMatchObject({ problem: "a card never ends" });
    expect(read("BEGIN:VCARD\nBEGIN:VCARD\n")).toMatchObject({ line: 2 });
  });
});

describe("a contact from security.txt", () => {
  const file = (expires: string) =>
    `# Our policy\nContact: https://www.example.com/report\nContact: mailto:security@example.com\nContact: tel:+1-201-555-0123\nExpires: ${expires}\nPreferred-Languages: en, de\nEncryption: openpgp4fpr:5f2de5521c63a801ab59ccb603d49de44b29100f\nCanonical: https://www.example.com/.well-known/security.txt\n`;

  it("is taken while the file is valid, and says until when", () => {
    expect(read(file("2027-01-31T08:00:00Z"))).toEqual([
      {
        name: "Security contact of www.example.com",
        organisation: "www.example.com",
        answersFor: ["www.example.com"],
        email: "security@example.com",
        phone: "+1-201-555-0123",
        pgpFingerprint: "5f2de5521c63a801ab59ccb603d49de44b29100f",
        languages: ["en", "de"],
        validUntil: "2027-01-31T08:00:00.000Z",
        notes:
          "Page: https://www.example.com/report\nKey: openpgp4fpr:5f2de5521c63a801ab59ccb603d49de44b29100f",
      },
    ]);
  });

  it("is refused once the file has expired, and without an expiry", () => {
    expect(read(file("2026-11-21T00:00:00Z"))).toEqual({ line: 5, problem: "expired on 2026-11-21" });
    expect(read("Contact: mailto:a@b.example\n")).toMatchObject({
      problem: expect.stringContaining("Expires"),
    });
  });

  it("is read from inside a signature", () => {
    const signed = `-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\n${file("2027-01-31T08:00:00+0100")}-----BEGIN PGP SIGNATURE-----\n\nabc=\n-----END PGP SIGNATURE-----\n`;

    expect(read(signed)).toMatchObject([
      { email: "security@example.com", validUntil: "2027-01-31T07:00:00.000Z" },
    ]);
  });
});

describe("a team from its RFC 2350 document", () => {
  // After the example in RFC 2350, appendix E.
  const document = `
1. Document Information
1.1 Date of Last Update
   This is version 1.01, published 1997/03/31.
2. Contact Information
2.1 Name of the Team
   "XYZ-CERT": the XYZ University Computer Emergency Response Team.
2.2 Address
   XYZ-CERT, 12345 Rue Principale
   UniversityTown, Quebec
2.3 Time Zone
   Canada/Eastern (GMT-0500, and GMT-0400 from April to October)
2.4 Telephone Number
   +1 234 567 7890  (ask for the XYZ-CERT)
2.5 Facsimile Number
   +1 234 567 7899  (this is *not* a secure fax)
2.6 Other Telecommunication
   None available.
2.7 Electronic Mail Address
   <xyz-cert@xyz-univ.ca>  This is a mail alias
2.8 Public Keys and Other Encryption Information
   Its fingerprint is 11 22 33 44 55 66 77 88 99 AA BB CC DD EE FF 00
3. Charter
3.2 Constituency
   The constituency is the XYZ University community.
`;

  it("says its name, telephone, mail, zone and fingerprint", () => {
    expect(read(document)).toMatchObject([
      {
        name: "XYZ-CERT",
        roles: ["other_team"],
        phone: "+1 234 567 7890",
        email: "xyz-cert@xyz-univ.ca",
        homeZone: "Canada/Eastern",
        pgpFingerprint: "11 22 33 44 55 66 77 88 99 AA BB CC DD EE FF 00",
        notes: expect.stringContaining("Rue Principale"),
      },
    ]);
    expect(JSON.stringify(read(document))).not.toContain("secondChannel");
  });
});

describe("contacts from a table", () => {
  it("have the fields that the file has, and a role that is none keeps its word", () => {
    expect(
      read(
        "Name;Roles;Second Channel;Escalation;Answers for\nISP;ISP, toaster;Signal;2;AS64500; 192.0.2.0/24\n",
      ),
    ).toMatchObject([{ name: "ISP", roles: ["ISP, toaster"], secondChannel: "Signal", escalation: 2 }]);
    expect(read("phone\n1\n")).toMatchObject({ problem: "has no column “name”" });
  });
});

describe("any text at all", () => {
  it("is read in a time that grows with its length, also where patterns could be led astray", () => {
    for (const unit of [
      " ",
      "\n",
      "\n ",
      "a",
      "1",
      "\\;",
      "-----BEGIN PGP PUBLIC KEY BLOCK-----",
      "FF:",
      '"',
    ]) {
      const long = unit.repeat(150_000 / unit.length);
      for (const head of [
        "",
        "2.1 Name of the Team\n",
        "Contact: ",
        "BEGIN:VCARD\nFN:",
        "1 a@b.example\n2.7 E-mail address\n",
      ]) {
        for (const format of CONTACT_FORMATS) readContacts(head + long, format, { max: 100, now: NOW });
      }
    }
  });

  it("is read or refused in every form, and never a fault", () => {
    const text = fc.oneof(
      fc.string({ unit: "binary", maxLength: 2000 }),
      fc
        .array(
          fc.constantFrom(
            "BEGIN:VCARD",
            "END:VCARD",
            "FN:x",
            "Contact: x",
            "Expires: ",
            "2.1 Name of the Team",
            ":",
            '"',
            "\\",
          ),
        )
        .map((lines) => lines.join("\n")),
    );
    fc.assert(
      fc.property(text, fc.constantFrom(...CONTACT_FORMATS), (said, format) => {
        readContacts(said, format, { max: 100, now: NOW });
      }),
    );
  });
});
