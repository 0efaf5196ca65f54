import { createPublicKey, generateKeyPairSync, verify } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  ed25519Signer,
  formatNote,
  formatVkey,
  openNote,
  parseNote,
  parseVkey,
  type Signer,
  signNote,
  type VerifierKey,
  vkeyPem,
} from "./index.ts";

/** The example of the C2SP signed-note specification. */
const SPEC_VKEY = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";
const SPEC_NOTE =
  "This is an example message.\n\n" +
  "\u2014 example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n";

function aSigner(name = "log.example/one"): Signer {
  const { privateKey } = generateKeyPairSync("ed25519");
  return ed25519Signer(name, privateKey.export({ format: "pem", type: "pkcs8" }).toString());
}

function keyOf(signer: { readonly vkey: string }): VerifierKey {
  const key = parseVkey(signer.vkey);
  if (!key.ok) throw new Error(key.refusal.code);
  return key.value;
}

describe("signed notes", () => {
  it("verify the example of the specification", () => {
    const opened = openNote(SPEC_NOTE, [keyOf({ vkey: SPEC_VKEY })]);

    expect(opened).toMatchObject({ ok: true, value: { text: "This is an example message.\n" } });
  });

  it("are signed and opened again by those who know the key", async () => {
    const signer = aSigner();
    const note = await signNote("one\n\ntwo\n", [signer]);

    const opened = openNote(note, [keyOf(signer)]);

    expect(opened).toMatchObject({ ok: true, value: { text: "one\n\ntwo\n", signedBy: [keyOf(signer)] } });
  });

  it("carry two signatures while a key is being replaced", async () => {
    const [old, next] = [aSigner(), aSigner()];
    const note = await signNote("text\n", [old, next]);

    expect(openNote(note, [keyOf(old)]).ok).toBe(true);
    expect(openNote(note, [keyOf(next)]).ok).toBe(true);
    expect(openNote(note, [keyOf(old), keyOf(next)])).toMatchObject({
      value: { signedBy: [keyOf(old), keyOf(next)] },
    });
  });

  it("are refused when no known key signed them, whatever the name", async () => {
    const note = await signNote("text\n", [aSigner()]);

    expect(openNote(note, [keyOf(aSigner())])).toEqual({ ok: false, refusal: { code: "note.not_signed" } });
  });

  it("are refused as a whole when a known key's signature is bad, though another is good", async () => {
    const [bad, good] = [aSigner("bad"), aSigner("good")];
    const liar: Signer = { ...bad, sign: async () => Buffer.alloc(64) };
    const note = await signNote("text\n", [liar, good]);

    expect(openNote(note, [keyOf(good)]).ok).toBe(true);
    expect(openNote(note, [keyOf(good), keyOf(bad)])).toEqual({
      ok: false,
      refusal: { code: "note.bad_signature", name: "bad" },
    });
  });

  it("are refused after any change of one character", async () => {
    const signer = aSigner();
    const note = await signNote("a text of some length\nwith two lines\n", [signer]);

    fc.assert(
      fc.property(fc.nat(note.length - 1), fc.constantFrom("x", "\n", "A", "\u2014"), (place, letter) => {
        fc.pre(note[place] !== letter);
        const changed = note.slice(0, place) + letter + note.slice(place + 1);

        expect(openNote(changed, [keyOf(signer)]).ok).toBe(false);
      }),
      { seed: 1 },
    );
  });

  it.each([
    ["no signature", "text\n"],
    ["an empty signature block", "text\n\n"],
    ["no blank line", `text\n${SPEC_NOTE.split("\n\n")[1]}`],
    ["no last newline", SPEC_NOTE.slice(0, -1)],
    ["a tab", SPEC_NOTE.replace("This", "\tThis")],
    ["a carriage return", SPEC_NOTE.replaceAll("\n", "\r\n")],
    ["a hyphen for the dash", SPEC_NOTE.replace("\u2014", "-")],
    ["two spaces", SPEC_NOTE.replace("foo ", "foo  ")],
    ["base64 that is not canonical", SPEC_NOTE.replace("aQM=", "aQN=")],
    ["a key name with a plus", SPEC_NOTE.replace("com/foo", "com+foo")],
    ["half a character", SPEC_NOTE.replace("This", "\ud800")],
  ])("are malformed with %s", (_, note) => {
    expect(parseNote(note)).toEqual({ ok: false, refusal: { code: "note.malformed" } });
  });

  it("are not read beyond their limits", () => {
    expect(parseNote(`${"x".repeat(300_000)}\n${SPEC_NOTE}`)).toEqual({
      ok: false,
      refusal: { code: "note.too_large" },
    });
    const line = SPEC_NOTE.slice(SPEC_NOTE.indexOf("\u2014"));
    expect(parseNote(`text\n\n${line.repeat(100)}`).ok).toBe(true);
    expect(parseNote(`text\n\n${line.repeat(101)}`).ok).toBe(false);
  });

  it("never make their reader stumble", () => {
    const key = keyOf({ vkey: SPEC_VKEY });
    const hostile = fc.oneof(
      fc.string({ unit: "binary" }),
      fc
        .array(fc.constantFrom("\n", "\n\n", "\u2014 ", "a", " ", "example.com/foo", "Uw2QOg=="))
        .map((parts) => parts.join("")),
    );

    fc.assert(
      fc.property(hostile, (text) => {
        expect(openNote(text, [key]).ok).toBe(false);
      }),
      { seed: 2, numRuns: 500 },
    );
  });

  it("refuse to be written over a text that nobody could read back", () => {
    expect(() => formatNote("no newline", [])).toThrow(RangeError);
    expect(() => formatNote("a\ttab\n", [])).toThrow(RangeError);
  });
});

describe("verifier keys", () => {
  it("are read and written without a change", () => {
    expect(formatVkey(keyOf({ vkey: SPEC_VKEY }))).toBe(SPEC_VKEY);
  });

  it("are also plain PEM keys, as openssl reads them", async () => {
    const signer = aSigner();
    const pem = createPublicKey(vkeyPem(keyOf(signer)));

    expect(verify(null, Buffer.from("text\n"), pem, await signer.sign("text\n"))).toBe(true);
  });

  it.each([
    ["vkey.malformed", ""],
    ["vkey.malformed", SPEC_VKEY.replace("+530d903a", "")],
    ["vkey.malformed", SPEC_VKEY.replace("example", "exa mple")],
    ["vkey.malformed", `${SPEC_VKEY}\n`],
    ["vkey.malformed", SPEC_VKEY.slice(0, -4)],
    ["vkey.wrong_id", SPEC_VKEY.replace("530d903a", "530d903b")],
    ["vkey.wrong_id", SPEC_VKEY.replace("foo", "bar")],
    ["vkey.unknown_algorithm", SPEC_VKEY.replace("+Aeky", "+Beky")],
  ])("refuse with %s: %s", (code, vkey) => {
    expect(parseVkey(vkey)).toEqual({ ok: false, refusal: { code } });
  });

  it("are made from Ed25519 keys only", () => {
    const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
    const pem = privateKey.export({ format: "pem", type: "pkcs8" }).toString();

    expect(() => ed25519Signer("log", pem)).toThrow("not an Ed25519 key");
    expect(() => aSigner("two words")).toThrow(RangeError);
  });
});
