import { accept, type Result, refuse, SEALED_MAX_CHARACTERS, type SealedRefusal } from "@jumpkit/core";
import { isSealedBy, parseVkey, readDsse } from "@jumpkit/tlog";

const PAYLOAD_TYPE = "application/vnd.jumpkit.master-copy-check+json";

/** What a sealed check says, once one of these keys is found to have signed it; nothing is read before. */
export function openSealed(
  sealed: string,
  keys: readonly string[],
): Result<{ readonly statement: unknown; readonly sealedBy: string }, SealedRefusal> {
  const envelope = readDsse(sealed, PAYLOAD_TYPE, SEALED_MAX_CHARACTERS);
  if (!envelope.ok) return refuse({ code: "mastercopy.seal_broken" });
  for (const text of keys) {
    const key = parseVkey(text);
    if (!key.ok || !isSealedBy(envelope.value, key.value)) continue;
    try {
      return accept({ statement: JSON.parse(envelope.value.payload), sealedBy: key.value.name });
    } catch {
      return refuse({ code: "mastercopy.seal_broken" });
    }
  }
  return refuse({ code: "mastercopy.unknown_key" });
}
