import type { ContactId, MailEnvelope, NotOpened } from "@jumpkit/core";
import type { DecryptMessageResult, Key } from "openpgp";

/** A key of a contact, as armoured text. */
export interface KnownKey {
  readonly contact: ContactId;
  readonly pgpKey: string;
}

/** Whose signature something bears. */
export type Signed = Pick<MailEnvelope, "signature" | "keyOf" | "keyId">;

/** What was opened, or why it was not. */
export type OpenedMessage =
  | { readonly data: Uint8Array; readonly signed: Signed }
  | { readonly notOpened: NotOpened };

/** A message is for at most so many keys, so that nobody makes us try thousands. */
const KEYS_MAX = 50;
/** What opens to more than this is no letter: it stays closed. */
const OPENED_MAX_BYTES = 4 * 1024 * 1024;

/** The id that a message names which hides whom it is for. @source RFC 9580 §5.1 */
const ANYBODY = "0000000000000000";

const UNSIGNED: Signed = { signature: "none", keyOf: null, keyId: "" };
type Signatures = Pick<DecryptMessageResult["signatures"][number], "keyID" | "verified">[];

/**
 * Opens a message with the organisation's own key, and checks whose signature stands within.
 *
 * @param ours   the organisation's private key as armoured text; `undefined` while it has none
 * @param known  keys that the signature may be of
 */
export async function openMessage(
  ours: string | undefined,
  armour: string,
  known: readonly KnownKey[],
): Promise<OpenedMessage> {
  if (ours === undefined) return { notOpened: "no_key" };
  const openpgp = await import("openpgp");
  const decryptionKeys = await openpgp.readPrivateKey({ armoredKey: ours }).catch(() => undefined);
  if (!decryptionKeys?.isDecrypted()) return { notOpened: "no_key" };
  try {
    const message = await openpgp.readMessage({ armoredMessage: armour });
    const ids = message.getEncryptionKeyIDs();
    if (ids.length > KEYS_MAX) return { notOpened: "damaged" };
    const mine = new Set(decryptionKeys.getKeys().map((key) => key.getKeyID().toHex()));
    if (!ids.some((id) => id.toHex() === ANYBODY || mine.has(id.toHex()))) return { notOpened: "other_key" };
    const keys = await readKeys(known);
    const opened = await openpgp.decrypt({
      message,
      decryptionKeys,
      verificationKeys: keys.map(({ key }) => key),
      format: "binary",
      config: { maxDecompressedMessageSize: OPENED_MAX_BYTES },
    });
    const data = new Uint8Array(opened.data);
    if (data.length > OPENED_MAX_BYTES) return { notOpened: "too_large" };
    return { data, signed: await signedBy(opened.signatures, keys) };
  } catch {
    return { notOpened: "damaged" };
  }
}

/** Whose signature stands beside these bytes. */
export async function checkDetached(
  signed: Uint8Array,
  signature: string,
  known: readonly KnownKey[],
): Promise<Signed> {
  const openpgp = await import("openpgp");
  try {
    const keys = await readKeys(known);
    const { signatures } = await openpgp.verify({
      message: await openpgp.createMessage({ binary: signed }),
      signature: await openpgp.readSignature({ armoredSignature: signature }),
      verificationKeys: keys.map(({ key }) => key),
    });
    return await signedBy(signatures, keys);
  } catch {
    return { ...UNSIGNED, signature: "broken" };
  }
}

/** The words of a text that bears its signature below it, and whose that is; `undefined` when it cannot be read. */
export async function checkClear(
  armour: string,
  known: readonly KnownKey[],
): Promise<{ readonly text: string; readonly signed: Signed } | undefined> {
  const openpgp = await import("openpgp");
  try {
    const keys = await readKeys(known);
    const message = await openpgp.readCleartextMessage({ cleartextMessage: armour });
    const verificationKeys = keys.map(({ key }) => key);
    const { signatures } = await openpgp.verify({ message, verificationKeys });
    return { text: message.getText(), signed: await signedBy(signatures, keys) };
  } catch {
    return undefined;
  }
}

interface ReadKey {
  readonly contact: ContactId;
  readonly key: Key;
}

/** Keys of contacts that can be read: what somebody typed into the directory may be no key at all. */
async function readKeys(known: readonly KnownKey[]): Promise<readonly ReadKey[]> {
  const openpgp = await import("openpgp");
  const read = known.map(async ({ contact, pgpKey }) => {
    const key = await openpgp.readKey({ armoredKey: pgpKey }).catch(() => undefined);
    return key === undefined ? [] : [{ contact, key }];
  });
  return (await Promise.all(read)).flat();
}

/** The best of several signatures: one of a known key that holds, else one that does not, else whatever is there. */
async function signedBy(signatures: Signatures, keys: readonly ReadKey[]): Promise<Signed> {
  const checked = await Promise.all(
    signatures.map(async ({ keyID, verified }): Promise<Signed> => {
      const holds = await verified.then(
        () => true,
        () => false,
      );
      const keyId = keyID.toHex();
      const owner = keys.find(({ key }) => key.getKeys(keyID).length > 0);
      if (owner === undefined) return { signature: "other", keyOf: null, keyId };
      return { signature: holds ? "known" : "broken", keyOf: owner.contact, keyId };
    }),
  );
  const of = (signature: Signed["signature"]) => checked.find((each) => each.signature === signature);
  return of("known") ?? of("broken") ?? of("other") ?? UNSIGNED;
}
