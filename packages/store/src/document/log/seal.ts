import { type AnyFact, ENTRY_VERSION, type Instant } from "@jumpkit/core";
import { digestDisclosure, leafHash, makeDisclosure } from "@jumpkit/tlog";

/** What an entry is sealed with beside the fact itself. */
export interface SealedWith {
  readonly seq: number;
  readonly recordedAt: Instant;
  readonly actor: unknown;
  readonly authority: { readonly policy: string; readonly rule: string } | undefined;
  /** The incident's salt, its next sequence and the hash of its previous entry; `null` outside incidents. */
  readonly chain: { readonly salt: string; readonly seq: number; readonly previous: Buffer | null } | null;
  /** A fresh salt of 128 bits for each field. */
  readonly salt: () => string;
}

/** The bytes that the tree proves, their leaf hash, and the fields that can be shown one by one. */
export interface Sealed {
  readonly leaf: Buffer;
  readonly hash: Buffer;
  readonly disclosures: readonly string[];
}

/** A leaf that is longer has no place in an entry bundle. */
const LEAF_MAX_BYTES = 65_535;

/**
 * Seals a fact: every field becomes a salted disclosure, and the leaf holds only header and digests.
 *
 * The bytes are written once and stored verbatim; nothing ever serialises them again.
 *
 * @source RFC 9901 §4.2 for the disclosures; C2SP tlog-tiles for the limit on a leaf
 */
export function seal(fact: AnyFact, sealed: SealedWith): Sealed {
  const fields = { ...shared(fact, sealed), ...fact.body };
  const disclosures = Object.entries(fields)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => makeDisclosure({ salt: sealed.salt(), name, value }));
  const digests = disclosures.map(digestDisclosure).sort();
  const incident =
    fact.incident !== null && sealed.chain !== null
      ? makeDisclosure({ salt: sealed.chain.salt, name: "incident", value: fact.incident })
      : null;
  const leaf = Buffer.from(
    JSON.stringify({
      v: 1,
      seq: sealed.seq,
      type: fact.type,
      tv: ENTRY_VERSION,
      at: fact.happened.at,
      rx: sealed.recordedAt,
      incident: incident === null ? null : digestDisclosure(incident),
      incidentSeq: sealed.chain?.seq ?? null,
      incidentPrev: sealed.chain?.previous?.toString("base64url") ?? null,
      _sd_alg: "sha-256",
      _sd: digests,
    }),
  );
  if (leaf.length > LEAF_MAX_BYTES) throw new RangeError(`Entry of ${leaf.length} bytes: ${fact.type}`);
  return {
    leaf,
    hash: leafHash(leaf),
    disclosures: incident === null ? disclosures : [incident, ...disclosures],
  };
}

function shared(fact: AnyFact, sealed: SealedWith) {
  return {
    actor: sealed.actor,
    authority: sealed.authority,
    zone: fact.happened.zone,
    precision: fact.happened.precision,
    said: fact.happened.said === "" ? undefined : fact.happened.said,
  };
}
