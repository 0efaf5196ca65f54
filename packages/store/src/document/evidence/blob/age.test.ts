import { Decrypter, Encrypter, generateX25519Identity, identityToRecipient } from "age-encryption";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { openHeader, sealHeader } from "./age-header.ts";
import { newIdentity, parseIdentity, parseRecipient } from "./age-key.ts";
import { openText, sealText } from "./age-text.ts";

const SEED = 1121;

describe("the age format", () => {
  it("has keys that age's own library reads as we do, and the other way round", async () => {
    const ours = newIdentity();
    const theirs = await generateX25519Identity();

    expect(await identityToRecipient(ours.secret)).toBe(ours.recipient.text);
    expect(parseIdentity(theirs).recipient.text).toBe(await identityToRecipient(theirs));
    expect(parseIdentity(ours.secret).secret).toBe(ours.secret);
    expect(parseRecipient(ours.recipient.text).bytes).toEqual(ours.recipient.bytes);
  });

  it("refuses what is no key, without repeating a secret", () => {
    const { secret, recipient } = newIdentity();

    expect(() => parseIdentity(secret.slice(0, -1))).toThrow(/^This is not a secret key of age\.$/);
    expect(() => parseIdentity(recipient.text)).toThrow();
    expect(() => parseRecipient(`${recipient.text.slice(0, -1)}b`)).toThrow(/not a public key/);
    expect(() => parseRecipient(secret)).toThrow();
  });

  it("opens a sealed text with the key of each recipient and with no other", () => {
    const [server, recovery, stranger] = [newIdentity(), newIdentity(), newIdentity()];

    const sealed = sealText("AGE-SECRET-KEY-1…\n", [server.recipient, recovery.recipient]);

    expect(openText(sealed, server)).toBe("AGE-SECRET-KEY-1…\n");
    expect(openText(sealed, recovery)).toBe("AGE-SECRET-KEY-1…\n");
    expect(openText(sealed, stranger)).toBeUndefined();
  });

  it("opens a sealed text for age's own library, and the other way round", async () => {
    const key = newIdentity();
    const armored = sealText("the key of an incident", [newIdentity().recipient, key.recipient]);
    const decrypter = new Decrypter();
    decrypter.addIdentity(key.secret);
    const encrypter = new Encrypter();
    encrypter.addRecipient(await identityToRecipient(await generateX25519Identity()));
    encrypter.addRecipient(key.recipient.text);
    const theirs = Buffer.from(await encrypter.encrypt("sealed by them")).toString("base64");
    const theirsArmored = `-----BEGIN AGE ENCRYPTED FILE-----\n${theirs.replace(/(.{64})/g, "$1\n")}\n-----END AGE ENCRYPTED FILE-----\n`;

    const body = armored.split("\n").slice(1, -2).join("");
    expect(await decrypter.decrypt(Buffer.from(body, "base64"), "text")).toBe("the key of an incident");
    expect(openText(theirsArmored, key)).toBe("sealed by them");
  });

  it("gives out no file key when any byte of the header was changed", () => {
    const key = newIdentity();
    const header = sealHeader(Buffer.alloc(16, 7), [newIdentity().recipient, key.recipient]);

    fc.assert(
      fc.property(fc.nat(header.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const changed = Buffer.from(header);
        changed.writeUInt8(changed.readUInt8(at) ^ change, at);
        expect(openHeader(changed, key)).toBeUndefined();
      }),
      { seed: SEED },
    );
    expect(openHeader(header, key)).toEqual({ fileKey: Buffer.alloc(16, 7), lengthBytes: header.length });
  });

  it("takes any text for damaged rather than failing on it", () => {
    const key = newIdentity();

    fc.assert(
      fc.property(fc.string(), fc.uint8Array(), (text, bytes) => {
        expect(openText(text, key)).toBeUndefined();
        expect(openHeader(Buffer.from(bytes), key)).toBeUndefined();
      }),
      { seed: SEED },
    );
  });
});
