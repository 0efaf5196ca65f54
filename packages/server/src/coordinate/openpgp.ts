import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { type KnownKey, type OpenedMessage, openMessage } from "./pgp-open.ts";

/** Signs and encrypts what leaves, and opens what comes back, with the organisation's own OpenPGP key. */
export interface Pgp {
  /**
   * A mail, signed by the organisation, and encrypted where the recipient's key is known.
   *
   * @param to  the recipient's key as armoured text; empty for none
   * @throws    when the key cannot be used: such a mail never leaves in clear
   */
  protect(
    message: string,
    from: { readonly name: string; readonly email: string },
    to: string,
  ): Promise<string>;
  /** Opens a message that was encrypted to the organisation, and checks its signature against known keys. */
  open(armour: string, known: readonly KnownKey[]): Promise<OpenedMessage>;
}

/** The text of a file that this account alone can read; made by `make` where it is missing. */
export type MakeOnce = (path: string, make: () => Promise<string>) => Promise<string>;

/**
 * OpenPGP with one key an organisation, in a folder that this account alone can read. The key is made when the
 * first mail leaves, or is the one that the operator put there; its public half lies beside it.
 */
export function pgpIn(folder: string, organisation: string, makeOnce: MakeOnce): Pgp {
  return {
    open: async (armour, known) =>
      openMessage(await readIfThere(join(folder, `${organisation}.asc`)), armour, known),
    protect: async (message, from, to) => {
      // Loaded when the first mail leaves.
      const openpgp = await import("openpgp");
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const armoured = await makeOnce(join(folder, `${organisation}.asc`), async () => {
        const made = await openpgp.generateKey({
          // The older curve identifiers are those that every GnuPG in use reads.
          type: "ecc",
          curve: "ed25519Legacy",
          userIDs: [from],
          format: "armored",
        });
        return made.privateKey;
      });
      const signingKeys = await openpgp.readPrivateKey({ armoredKey: armoured });
      await makeOnce(join(folder, `${organisation}.public.asc`), async () => signingKeys.toPublic().armor());
      const { outer, entity } = split(message);
      const binary = new TextEncoder().encode(entity);
      if (to.trim() === "") {
        const signed = await openpgp.sign({
          message: await openpgp.createMessage({ binary }),
          signingKeys,
          detached: true,
          config: { preferredHashAlgorithm: openpgp.enums.hash.sha512 },
        });
        return signedMail(outer, entity, signed);
      }
      const encryptionKeys = await openpgp.readKey({ armoredKey: to });
      const encrypted = await openpgp.encrypt({
        message: await openpgp.createMessage({ binary }),
        encryptionKeys,
        signingKeys,
      });
      return encryptedMail(outer, encrypted);
    },
  };
}

/**
 * The text of a file; `undefined` where there is none that can be read.
 *
 * No key is made for what comes in, and one that cannot be read keeps a mail closed: it never keeps it from coming in.
 */
function readIfThere(path: string): Promise<string | undefined> {
  return readFile(path, "utf8").catch(() => undefined);
}

/** The headers that say where a mail goes, and what it carries: the part that was previewed. */
function split(message: string): { readonly outer: readonly string[]; readonly entity: string } {
  const end = message.indexOf("\r\n\r\n");
  const lines = message.slice(0, end).split(/\r\n(?![ \t])/);
  const carries = (line: string): boolean => /^content-/i.test(line);
  const outer = lines.filter((line) => !carries(line));
  return { outer, entity: `${lines.filter(carries).join("\r\n")}${message.slice(end)}` };
}

/** @source RFC 3156 §5 */
function signedMail(outer: readonly string[], entity: string, signature: string): string {
  const edge = boundaryFor(entity);
  return [
    ...outer,
    `Content-Type: multipart/signed; micalg=pgp-sha512;\r\n protocol="application/pgp-signature"; boundary="${edge}"`,
    "",
    `--${edge}`,
    entity,
    `--${edge}`,
    'Content-Type: application/pgp-signature; name="signature.asc"',
    "",
    crlf(signature),
    `--${edge}--`,
    "",
  ].join("\r\n");
}

/** @source RFC 3156 §4, signed and encrypted in one as §6.2 says */
function encryptedMail(outer: readonly string[], encrypted: string): string {
  const edge = boundaryFor(encrypted);
  return [
    ...outer,
    `Content-Type: multipart/encrypted; protocol="application/pgp-encrypted";\r\n boundary="${edge}"`,
    "",
    `--${edge}`,
    "Content-Type: application/pgp-encrypted",
    "",
    "Version: 1",
    "",
    `--${edge}`,
    'Content-Type: application/octet-stream; name="encrypted.asc"',
    "",
    crlf(encrypted),
    `--${edge}--`,
    "",
  ].join("\r\n");
}

/** A line that the text does not hold. */
function boundaryFor(text: string): string {
  let number = 0;
  while (text.includes(`=_jumpkit_${number}`)) number++;
  return `=_jumpkit_${number}`;
}

function crlf(text: string): string {
  return text.trimEnd().replaceAll(/\r?\n/g, "\r\n");
}
