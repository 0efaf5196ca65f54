import type { ContactId } from "@jumpkit/core";
import * as openpgp from "openpgp";
import { beforeAll, describe, expect, it } from "vitest";
import { openedMail } from "./open-mail.ts";
import { openMessage } from "./pgp-open.ts";

const JANE = "ctc_00000000000000000000000001" as ContactId;
const HEAD = ["From: Jane <jane@site.example>", "Subject: Re: scans"];
type Pair = Awaited<ReturnType<typeof keyFor>>;

function keyFor(email: string) {
  return openpgp.generateKey({ userIDs: [{ email }], format: "object" });
}

describe("a mail that was closed on its way", () => {
  let ours: Pair;
  let janes: Pair;
  let eves: Pair;

  beforeAll(async () => {
    [ours, janes, eves] = await Promise.all([
      keyFor("us@x.example"),
      keyFor("jane@site.example"),
      keyFor("eve@y.example"),
    ]);
  });

  const opened = (
    lines: readonly string[],
    whole = true,
    key: string | undefined = ours.privateKey.armor(),
  ) =>
    openedMail(Buffer.from(lines.join("\r\n"), "latin1"), whole, {
      trustedHost: undefined,
      pgp: { open: (armour, known) => openMessage(key, armour, known) },
      keysOf: async () => [
        { contact: JANE, pgpKey: janes.publicKey.armor() },
        { contact: JANE, pgpKey: "no key at all" },
      ],
    });
  const encrypted = async (text: string, to = ours, by: Pair | null = janes) =>
    openpgp.encrypt({
      message: await openpgp.createMessage({ text }),
      encryptionKeys: to.publicKey,
      ...(by && { signingKeys: by.privateKey }),
    });
  const pgpMime = (armour: string, ...before: readonly string[]) => [
    ...HEAD,
    'Content-Type: multipart/encrypted; protocol="application/pgp-encrypted"; boundary=b',
    ...["", ...before, "--b", "Content-Type: application/pgp-encrypted", "", "Version: 1", ""],
    ...["--b", "Content-Type: application/octet-stream", "", ...armour.trim().split(/\r?\n/u), "--b--", ""],
  ];
  const inner = "Content-Type: text/plain\r\nSubject: Re: the real subject\r\n\r\nWe took it off.";

  it("is opened with our key, as PGP/MIME and as armour in the words, and tells whose key signed it", async () => {
    const mime = await opened(pgpMime(await encrypted(inner)));
    const inline = await opened([...HEAD, "", await encrypted("We took it off.", ours, eves)]);
    const unsigned = await encrypted("We took it off.", ours, null);
    const around = await opened([...HEAD, "", "Pay Eve first.", unsigned]);

    expect(mime).toMatchObject({
      subject: "Re: the real subject",
      fromAddress: "jane@site.example",
      attached: [],
    });
    expect(mime.text.trim()).toBe("We took it off.");
    expect(mime.envelope).toMatchObject({
      way: "pgp_mime",
      encrypted: true,
      signature: "known",
      keyOf: JANE,
    });
    expect(inline).toMatchObject({ text: "We took it off.", oddities: [] });
    expect(inline.envelope).toMatchObject({ way: "pgp_inline", signature: "other", keyOf: null });
    expect(around).toMatchObject({
      text: "We took it off.",
      oddities: ["cut"],
      envelope: { signature: "none" },
    });
  });

  it("stays closed where it cannot be opened, and says why", async () => {
    const mail = pgpMime(await encrypted(inner));
    const other = pgpMime(await encrypted(inner, eves));
    const why = async (lines: readonly string[], whole = true, key?: string) =>
      (await opened(lines, whole, key)).envelope?.notOpened;
    const torn = mail.map((line) => (/^[A-Za-z0-9+/]{60}$/u.test(line) ? line.toLowerCase() : line));
    const smime = [...HEAD, "Content-Type: application/pkcs7-mime; smime-type=enveloped-data", "", "MII"];
    const locked = await openpgp.encryptKey({ privateKey: ours.privateKey, passphrase: "sesame" });
    const unusable = [undefined, "no key at all", locked.armor()];
    const noKey = await Promise.all(
      unusable.map(async (key) => openMessage(key, await encrypted(inner), [])),
    );

    expect(await Promise.all([why(other), why(torn), why(mail, false), why(smime)])).toEqual([
      "other_key",
      "damaged",
      "too_large",
      "smime",
    ]);
    expect(noKey).toEqual(unusable.map(() => ({ notOpened: "no_key" })));
  });

  it("is never opened to more than a letter holds", async () => {
    const bomb = await openpgp.encrypt({
      message: await openpgp.createMessage({ text: "0".repeat(6 * 1024 * 1024) }),
      encryptionKeys: ours.publicKey,
      config: { preferredCompressionAlgorithm: openpgp.enums.compression.zlib },
    });

    expect(bomb.length).toBeLessThan(100_000);
    expect((await opened(pgpMime(bomb))).envelope?.notOpened).toBe("damaged");
  });

  it("shows of a signed mail what was signed alone, and says when the signature does not hold", async () => {
    const part = "Content-Type: text/plain\r\n\r\nWe took it off.\r\n";
    const signature = await openpgp.sign({
      message: await openpgp.createMessage({ binary: Buffer.from(part) }),
      signingKeys: janes.privateKey,
      detached: true,
    });
    const mail = (words: string) => [
      ...HEAD,
      'Content-Type: multipart/signed; protocol="application/pgp-signature"; boundary="b c"',
      ...["", "--b c", words, "--b c", "Content-Type: application/pgp-signature", "", signature],
      ...["--b c", "Content-Type: text/plain", "", "Pay Eve first.", "--b c--", ""],
    ];
    const clear = await openpgp.sign({
      message: await openpgp.createCleartextMessage({ text: "We took it off." }),
      signingKeys: janes.privateKey,
    });
    const whole = await opened(mail(part));
    const forged = await opened(mail(part.replace("off", "on ")));
    const inline = await opened([...HEAD, "", clear]);

    expect(whole.text.trim()).toBe("We took it off.");
    expect(whole.envelope).toMatchObject({ encrypted: false, signature: "known", keyOf: JANE });
    expect(forged.envelope?.signature).toBe("broken");
    expect(inline).toMatchObject({
      text: "We took it off.",
      envelope: { signature: "known", encrypted: false },
    });
    expect((await opened([...HEAD, "", "Plain words."])).envelope).toBeUndefined();
  });
});
