/** The header of an entry, which everybody sees, and the digests of its fields. */
export interface Leaf {
  readonly seq: number;
  readonly type: string;
  /** When the server received it: UTC with milliseconds, so that it sorts as text. */
  readonly rx: string;
  /** Digest of the disclosure that names the incident. */
  readonly incident: string;
  readonly incidentSeq: number;
  /** Leaf hash, in base64url, of the incident's entry before; null for the first. */
  readonly incidentPrev: string | null;
  readonly sd: readonly string[];
}

const DIGEST = "[A-Za-z0-9_-]{43}";
const WHOLE = "0|[1-9][0-9]{0,15}";
const LEAF = new RegExp(
  [
    `^\\{"v":1,"seq":(?<seq>${WHOLE}),"type":"(?<type>[a-z_]+\\.[a-z_]+)","tv":(?:${WHOLE})`,
    `,"at":"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]{8,18}(?:Z|[+-][0-9]{2}:[0-9]{2})"`,
    `,"rx":"(?<rx>[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\\.[0-9]{3}Z)"`,
    `,"incident":"(?<incident>${DIGEST})","incidentSeq":(?<incidentSeq>${WHOLE})`,
    `,"incidentPrev":(?:null|"(?<incidentPrev>${DIGEST})")`,
    `,"_sd_alg":"sha-256","_sd":\\[(?<sd>(?:"${DIGEST}"(?:,"${DIGEST}")*)?)\\]\\}$`,
  ].join(""),
);

/**
 * Reads the leaf of an entry that belongs to an incident; undefined for anything else.
 *
 * The log writes leaves in one way only, so they are read by their very characters: no second reader can
 * understand one differently.
 */
export function readLeaf(bytes: Uint8Array): Leaf | undefined {
  const fields = LEAF.exec(Buffer.from(bytes).toString("latin1"))?.groups;
  if (fields === undefined) return undefined;
  const { seq, type = "", rx = "", incident = "", incidentSeq, incidentPrev = null, sd = "" } = fields;
  const leaf = {
    seq: Number(seq),
    type,
    rx,
    incident,
    incidentSeq: Number(incidentSeq),
    incidentPrev,
    sd: sd === "" ? [] : sd.slice(1, -1).split('","'),
  };
  return Number.isSafeInteger(leaf.seq) && Number.isSafeInteger(leaf.incidentSeq) ? leaf : undefined;
}
