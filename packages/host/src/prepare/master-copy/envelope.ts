import {
  type DsseEnvelope,
  dsseSignature,
  formatDsse,
  isSealedBy,
  readDsse,
  type Signer,
  type VerifierKey,
} from "@jumpkit/tlog";
import { ManifestRefused } from "./manifest.ts";

/** What the signatures of a master copy say. */
export interface MasterCopyStatement {
  readonly manifestName: string;
  /** Of the manifest's file, as it lies on disk. */
  readonly manifestSha256: string;
  readonly host: string;
  /** What the copy is for: `as-installed`, `restore` … */
  readonly purpose: string;
  /** Counts up with each renewal of the same host's master copy; 1 or more. */
  readonly version: number;
  /** The last day on which it is to be relied on, in UTC: `2027-03-01`. */
  readonly expiresOn: string;
  /** ISO 8601, UTC. */
  readonly preparedAt: string;
  /** Name of the key that prepared it: nobody approves what they prepared. */
  readonly preparedBy: string;
}

/** A statement with its signatures, not yet checked. */
export interface Envelope extends DsseEnvelope {
  readonly statement: MasterCopyStatement;
}

const PAYLOAD_TYPE = "application/vnd.jumpkit.manifest-digest+json";
const STATEMENT_TYPE = "https://in-toto.io/Statement/v1";
const PREDICATE_TYPE = "urn:jumpkit:master-copy:1";
const ENVELOPE_MAX_CHARACTERS = 64 * 1024;

/**
 * The envelope of a manifest with the preparer's signature.
 *
 * @source DSSE v1, in-toto Statement v1
 */
export async function prepareEnvelope(statement: MasterCopyStatement, preparer: Signer): Promise<string> {
  const { manifestName, manifestSha256, ...predicate } = statement;
  const payload = JSON.stringify({
    _type: STATEMENT_TYPE,
    subject: [{ name: manifestName, digest: { sha256: manifestSha256 } }],
    predicateType: PREDICATE_TYPE,
    predicate,
  });
  return formatDsse({
    payloadType: PAYLOAD_TYPE,
    payload,
    signatures: [await dsseSignature(PAYLOAD_TYPE, payload, preparer)],
  });
}

/**
 * The same envelope with the approver's signature beside the preparer's.
 *
 * @throws ManifestRefused  when the approver is the preparer, or has signed already
 */
export async function approveEnvelope(envelope: Envelope, approver: Signer): Promise<string> {
  const added = await dsseSignature(PAYLOAD_TYPE, envelope.payload, approver);
  if (approver.name === envelope.statement.preparedBy) {
    throw new ManifestRefused(`${approver.name} prepared this master copy. Somebody else has to approve it.`);
  }
  if (envelope.signatures.some(({ keyid }) => keyid === added.keyid)) {
    throw new ManifestRefused(`${approver.name} has signed this master copy already.`);
  }
  return formatDsse({ ...envelope, signatures: [...envelope.signatures, added] });
}

/** Takes an envelope apart without checking its signatures. @throws ManifestRefused */
export function readEnvelope(text: string, place: string): Envelope {
  const refused = (cause?: unknown): never => {
    throw new ManifestRefused(`${place} is not the envelope of a master copy.`, { cause });
  };
  const envelope = readDsse(text, PAYLOAD_TYPE, ENVELOPE_MAX_CHARACTERS);
  if (!envelope.ok) return refused();
  try {
    return { ...envelope.value, statement: statementOf(record(JSON.parse(envelope.value.payload))) };
  } catch (error) {
    return refused(error);
  }
}

/** What somebody who checks insists on. */
export interface EnvelopeDemands {
  /** Of the manifest as it lies there now. */
  readonly manifestSha256: string;
  readonly preparer?: VerifierKey | undefined;
  readonly approver?: VerifierKey | undefined;
  /** `2027-03-01`, UTC. */
  readonly today: string;
  readonly allowExpired: boolean;
  readonly versionMin: number;
}

/** One sentence for each demand that an envelope does not meet; none when all are met. */
export function unmetDemands(envelope: Envelope, demands: EnvelopeDemands): string[] {
  const { statement } = envelope;
  const unmet: string[] = [];
  if (statement.manifestSha256 !== demands.manifestSha256) {
    unmet.push("The manifest is not the one that was signed.");
  }
  for (const [role, key] of [
    ["preparer", demands.preparer],
    ["approver", demands.approver],
  ] as const) {
    const isSigned = key === undefined || isSealedBy(envelope, key);
    if (!isSigned) unmet.push(`There is no good signature of the ${role} ${key.name}.`);
  }
  if (demands.preparer !== undefined && demands.preparer.name !== statement.preparedBy) {
    unmet.push(`It was prepared by ${statement.preparedBy}, not by ${demands.preparer.name}.`);
  }
  if (demands.approver !== undefined && demands.preparer?.publicKey.equals(demands.approver.publicKey)) {
    unmet.push("Preparer and approver are the same key: two people are asked for.");
  }
  if (demands.approver?.name === statement.preparedBy) {
    unmet.push(`${statement.preparedBy} prepared it and cannot be its approver.`);
  }
  if (statement.expiresOn < demands.today && !demands.allowExpired) {
    unmet.push(`It expired on ${statement.expiresOn}. Make a new one, or say --allow-expired.`);
  }
  if (statement.version < demands.versionMin) {
    unmet.push(`It is version ${statement.version}; at least ${demands.versionMin} is asked for.`);
  }
  return unmet;
}

function statementOf(statement: Record<string, unknown>): MasterCopyStatement {
  const subjects = statement["subject"];
  const [subject, ...more] = Array.isArray(subjects) ? subjects.map(record) : [];
  const predicate = record(statement["predicate"]);
  const version = predicate["version"];
  const expiresOn = textIn(predicate, "expiresOn");
  const isOurs = statement["_type"] === STATEMENT_TYPE && statement["predicateType"] === PREDICATE_TYPE;
  if (!isOurs || subject === undefined || more.length > 0) throw new TypeError("another kind of statement");
  if (typeof version !== "number" || !isDay(expiresOn)) throw new TypeError("no version or expiry");
  return {
    manifestName: textIn(subject, "name"),
    manifestSha256: textIn(record(subject["digest"]), "sha256"),
    host: textIn(predicate, "host"),
    purpose: textIn(predicate, "purpose"),
    preparedAt: textIn(predicate, "preparedAt"),
    preparedBy: textIn(predicate, "preparedBy"),
    version,
    expiresOn,
  };
}

/** Whether the text is a day of the calendar: `2027-03-01`. */
export function isDay(text: string): boolean {
  const time = /^\d{4}-\d{2}-\d{2}$/u.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

function record(value: unknown): Record<string, unknown> {
  if (typeof value !== "object" || value === null) throw new TypeError("not an object");
  return value as Record<string, unknown>;
}

function textIn(fields: Record<string, unknown>, key: string): string {
  const value = fields[key];
  if (typeof value !== "string") throw new TypeError(`no text in ${key}`);
  return value;
}
