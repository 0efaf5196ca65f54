import {
  accept,
  ENVELOPE_MAX_CHARACTERS,
  type Result,
  refuse,
  SEALED_MAX_CHARACTERS,
  type SealedRefusal,
  type Signed,
  type SignedRefusal,
} from "@jumpkit/core";
import { isSealedBy, parseVkey, readDsse } from "@jumpkit/tlog";

const CHECK_TYPE = "application/vnd.jumpkit.master-copy-check+json";
const MANIFEST_TYPE = "application/vnd.jumpkit.manifest-digest+json";

/** What a sealed check says, once one of these keys is found to have signed it; nothing is read before. */
export function openSealed(
  sealed: string,
  keys: readonly string[],
): Result<{ readonly statement: unknown; readonly sealedBy: string }, SealedRefusal> {
  const opened = openSigned(sealed, CHECK_TYPE, SEALED_MAX_CHARACTERS, keys);
  if (opened === undefined) return refuse({ code: "mastercopy.seal_broken" });
  const [sealedBy] = opened.signers;
  if (sealedBy === undefined) return refuse({ code: "mastercopy.unknown_key" });
  const { statement } = opened;
  return statement === undefined
    ? refuse({ code: "mastercopy.seal_broken" })
    : accept({ statement, sealedBy });
}

/** What the signatures of a manifest say, and the names of those of these keys that made one. */
export function openSignatures(envelope: string, keys: readonly string[]): Result<Signed, SignedRefusal> {
  const opened = openSigned(envelope, MANIFEST_TYPE, ENVELOPE_MAX_CHARACTERS, keys);
  return opened === undefined ? refuse({ code: "mastercopy.envelope_broken" }) : accept(opened);
}

/** `undefined` for no envelope; without a signer, or when it is no JSON, what it says is not read. */
function openSigned(
  text: string,
  type: string,
  maxCharacters: number,
  keys: readonly string[],
): Signed | undefined {
  const envelope = readDsse(text, type, maxCharacters);
  if (!envelope.ok) return undefined;
  const signers = keys.flatMap((each) => {
    const key = parseVkey(each);
    return key.ok && isSealedBy(envelope.value, key.value) ? [key.value.name] : [];
  });
  if (signers.length === 0) return { statement: undefined, signers };
  try {
    return { statement: JSON.parse(envelope.value.payload), signers };
  } catch {
    return { statement: undefined, signers };
  }
}
