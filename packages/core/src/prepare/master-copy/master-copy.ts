import * as z from "zod";
import type { Entry, Fact } from "../../document/log/entry.ts";
import { Sha256 } from "../../kernel/digest.ts";
import { AssetId, EvidenceId, IncidentId, MasterCopyId } from "../../kernel/id.ts";
import { accept, type Result, refuse } from "../../kernel/result.ts";
import { line, prose } from "../../kernel/text.ts";
import { Instant, instantAt, instantOf, type Stamp, unixMsOf } from "../../kernel/time.ts";
import { type Registered, type RegisterRefusal, unless, whyNotChange } from "../register/registered.ts";

/** Most differences of one check that the record keeps; the rest are in the report that the check printed. */
export const KEPT_DIFFERENCES = 200;

/**
 * A master copy: which host, which version, its manifest by digest, where it lies, and until when to rely on it.
 *
 * @source CERT/CC: master copies of as-installed software, kept up to date, placed for rapid access, reviewed
 */
export const MasterCopyDetails = z.strictObject({
  name: line(253).describe("Name of the host, as its manifest says it"),
  asset: AssetId.nullable().default(null).describe("The host in the register"),
  version: z.int().min(1).max(1_000_000).describe("Counts up with each renewal for this host"),
  manifestSha256: Sha256.describe("Of the manifest's file"),
  entryCount: z.int().min(0).max(1_000_000_000),
  preparedBy: line(120).describe("Name of the key that signed it as preparer"),
  approvedBy: line(120).describe("Name of the key that signed it as approver"),
  expiresAt: Instant.describe("Until when it is to be relied on"),
  place: line(300).describe("Where its files are, so that they are found at once"),
  services: z
    .array(line(300))
    .max(500)
    .default([])
    .describe("What may listen on this host, one line each: protocol, address, port, program"),
  checkKeys: z
    .array(line(200).regex(/^[^\s+]+\+[0-9a-f]{8}\+[A-Za-z0-9+/=]+$/, { error: "is not a public key" }))
    .max(10)
    .default([])
    .describe("Public keys whose sealed checks are believed, one line each: name, id, key"),
  notes: prose(4000).default(""),
});
export type MasterCopyDetails = z.infer<typeof MasterCopyDetails>;

/** What a review for malicious software found, by which engine, with signatures of which day. */
export const CopyReview = z.strictObject({
  result: z.enum(["clean", "suspicious", "digests_only"]),
  engine: line(200).describe("Scanner and version; `none` when only digests were compared"),
  signaturesOf: prose(60).default("").describe("Day of the signatures it used"),
  note: prose(2000).default(""),
});
export type CopyReview = z.infer<typeof CopyReview>;

/** One difference that a check found, named so that the same one is known again. */
export const CopyDifference = z.strictObject({
  group: line(40).describe("What it means: content, privilege, services …"),
  what: line(500).describe("The path, or the fact of the configuration"),
  now: prose(300).default("").describe("What stands there now: digest, mode or value"),
});
export type CopyDifference = z.infer<typeof CopyDifference>;

/** What `jumpkit master-copy check` found. */
export const CopyCheck = z.strictObject({
  verdict: z.enum(["same", "explained", "different", "unseen"]),
  manifestSha256: Sha256.describe("Of the manifest it was compared with"),
  reportSha256: Sha256.describe("Of the whole report, which is kept by whoever sent it"),
  tool: line(120),
  explainedCount: z.int().min(0),
  differences: z.array(CopyDifference).max(KEPT_DIFFERENCES),
  moreCount: z.int().min(0).describe("Differences beyond those"),
  listening: z
    .array(line(300))
    .max(500)
    .nullable()
    .default(null)
    .describe("What listens now; null: not seen"),
});
export type CopyCheck = z.infer<typeof CopyCheck>;

/** What the record keeps of a sealed check beside what it found: which file, by whose key, where it is kept. */
export const Seal = z.object({
  sha256: Sha256.describe("Of the sealed file"),
  sealedBy: z.string(),
  startedAt: Instant,
  endedAt: Instant,
  entryCount: z.int(),
  incident: IncidentId.nullable(),
  item: EvidenceId.nullable().describe("The item of evidence that the file is"),
});
export type Seal = z.infer<typeof Seal>;

/** The most characters of the signatures that a kept manifest comes with. */
export const ENVELOPE_MAX_CHARACTERS = 64 * 1024;

/** The manifest's file as this server keeps it, and the signatures that lie beside it. */
export const KeptFile = z.object({
  fileName: z.string(),
  sizeBytes: z.int().describe("As it was sent: compressed"),
  envelope: z.string().max(ENVELOPE_MAX_CHARACTERS).describe("Its signatures, as a DSSE envelope"),
});
export type KeptFile = z.infer<typeof KeptFile>;

/** What is taken as it is, why, and until when. */
const Acceptance = z.object({ ...CopyDifference.shape, reason: prose(1000), until: Instant });

const NAMED = { copy: MasterCopyId, name: z.string() };

export const MASTER_COPY_ENTRIES = {
  "mastercopy.registered": z.object({ copy: MasterCopyId, ...MasterCopyDetails.shape }),
  "mastercopy.reviewed": z.object({ ...NAMED, ...CopyReview.shape }),
  "mastercopy.approved": z.object({ ...NAMED, version: z.int() }),
  "mastercopy.kept": z.object({ ...NAMED, ...KeptFile.shape }),
  "mastercopy.fetched": z.object({ ...NAMED, purpose: z.string() }),
  "mastercopy.checked": z.object({ ...NAMED, ...CopyCheck.shape, seal: Seal.nullable().default(null) }),
  "mastercopy.accepted": z.object({ ...NAMED, ...Acceptance.shape }),
  "mastercopy.retired": z.object({ ...NAMED, reason: z.string() }),
};
export type MasterCopyFact = Fact<typeof MASTER_COPY_ENTRIES>;
type MasterCopyEntry = Entry<typeof MASTER_COPY_ENTRIES>;

/** Who did something to a master copy, and when. */
interface Done {
  readonly by: string;
  /** Id of the person; empty where the entry tells none. */
  readonly byId: string;
  readonly at: Instant;
}

/** A check with the seal that it came under; `null` when it came unsealed. */
export interface KeptCheck extends CopyCheck {
  readonly seal: Seal | null;
}

/** One check of the past, without its rows. */
interface PastCheck extends Done {
  readonly verdict: CopyCheck["verdict"];
  readonly differenceCount: number;
  readonly seal: Pick<Seal, "sha256" | "item"> | null;
}

/** A difference that is accepted until a moment. */
export interface AcceptedDifference extends CopyDifference, Done {
  readonly reason: string;
  readonly until: Instant;
}

/** A master copy as the log says it is now. */
export interface MasterCopy extends MasterCopyDetails, Registered<MasterCopyId> {
  readonly registered: Done;
  /** The manifest's bytes, where this server keeps them; otherwise `place` alone tells where they are. */
  readonly file: (KeptFile & Done) | null;
  readonly review: (CopyReview & Done) | null;
  readonly approval: Done | null;
  readonly lastCheck: (KeptCheck & Done) | null;
  /** The latest fifty, newest first: how a host drifts. */
  readonly checks: readonly PastCheck[];
  readonly accepted: readonly AcceptedDifference[];
}

export type MasterCopyRefusal =
  | RegisterRefusal
  | { readonly code: "mastercopy.not_newer"; readonly version: number }
  | { readonly code: "mastercopy.not_reviewed" }
  | { readonly code: "mastercopy.suspicious" }
  | { readonly code: "mastercopy.own" }
  | { readonly code: "mastercopy.approved_already" }
  | { readonly code: "mastercopy.not_approved" }
  | { readonly code: "mastercopy.other_manifest"; readonly sha256: string }
  | { readonly code: "mastercopy.no_such_difference" }
  | { readonly code: "mastercopy.in_past"; readonly now: Instant }
  | { readonly code: "mastercopy.sent_already" }
  | { readonly code: "mastercopy.kept_already" };

const CHECKS_KEPT = 50;
const ACCEPTED_KEPT = 500;
const NO_DIGEST = "0".repeat(64);
const WITHHELD: MasterCopyDetails = {
  name: "(withheld)",
  asset: null,
  version: 1,
  manifestSha256: NO_DIGEST,
  entryCount: 0,
  preparedBy: "(withheld)",
  approvedBy: "(withheld)",
  expiresAt: "1970-01-01T00:00:00.000Z" as Instant,
  place: "(withheld)",
  services: [],
  checkKeys: [],
  notes: "",
};
const NO_CHECK: KeptCheck = {
  verdict: "unseen",
  manifestSha256: NO_DIGEST,
  reportSha256: NO_DIGEST,
  tool: "(withheld)",
  explainedCount: 0,
  differences: [],
  moreCount: 0,
  listening: null,
  seal: null,
};

/** The master copy after one more entry about it. */
export function projectMasterCopy(
  before: MasterCopy | undefined,
  entry: MasterCopyEntry,
): MasterCopy | undefined {
  const id = entry.body.copy;
  if (id === undefined) return before;
  const done: Done = {
    by: entry.actor?.name ?? "(withheld)",
    byId: entry.actor?.id ?? "",
    at: instantOf({ at: entry.happenedAt }),
  };
  if (entry.type === "mastercopy.registered") {
    const { copy: _, ...said } = entry.body;
    const begun = {
      registered: done,
      file: null,
      review: null,
      approval: null,
      lastCheck: null,
      checks: [],
      accepted: [],
    };
    return { ...WITHHELD, ...said, ...begun, id, status: "active", changedSeq: entry.seq };
  }
  if (before === undefined) return undefined;
  const { copy: _c, name: _n, ...said } = entry.body as { copy: unknown; name: unknown };
  switch (entry.type) {
    case "mastercopy.reviewed": {
      const unsaid: CopyReview = { result: "suspicious", engine: "(withheld)", signaturesOf: "", note: "" };
      // An approval rests on the review before it: a new one has to be looked at anew.
      return { ...before, review: { ...unsaid, ...said, ...done }, approval: null, changedSeq: entry.seq };
    }
    case "mastercopy.kept": {
      const unsaid: KeptFile = { fileName: "(withheld)", sizeBytes: 0, envelope: "" };
      return { ...before, file: { ...unsaid, ...said, ...done }, changedSeq: entry.seq };
    }
    case "mastercopy.approved":
      return { ...before, approval: done, changedSeq: entry.seq };
    case "mastercopy.checked":
      return checked(before, { ...NO_CHECK, ...said, ...done });
    case "mastercopy.accepted": {
      const unsaid = { group: "", what: "", now: "", reason: "(withheld)", until: done.at };
      const next = { ...unsaid, ...said, ...done };
      const others = before.accepted.filter((each) => !isSameDifference(each, next));
      return { ...before, accepted: [next, ...others].slice(0, ACCEPTED_KEPT) };
    }
    case "mastercopy.retired":
      return { ...before, status: "retired", changedSeq: entry.seq };
    case "mastercopy.fetched":
      return before;
  }
}

function checked(before: MasterCopy, check: KeptCheck & Done): MasterCopy {
  const { by, byId, at, verdict, differences, moreCount } = check;
  const seal = check.seal && { sha256: check.seal.sha256, item: check.seal.item };
  const past = { by, byId, at, verdict, differenceCount: differences.length + moreCount, seal };
  const isLatest = before.lastCheck === null || before.lastCheck.at <= at;
  const checks = [past, ...before.checks].sort((one, other) => (one.at < other.at ? 1 : -1));
  return {
    ...before,
    lastCheck: isLatest ? check : before.lastCheck,
    checks: checks.slice(0, CHECKS_KEPT),
  };
}

function isSameDifference(one: CopyDifference, other: CopyDifference): boolean {
  return one.group === other.group && one.what === other.what && one.now === other.now;
}

/**
 * The entry that registers a master copy; `mastercopy.not_newer` beside one of the host that is as new.
 *
 * @param newest  the highest version that is registered for a host of this name; 0 for none
 */
export function registerMasterCopy(
  id: MasterCopyId,
  happened: Stamp,
  newest: number,
  said: MasterCopyDetails,
): Result<MasterCopyFact, MasterCopyRefusal> {
  if (said.version <= newest) return refuse({ code: "mastercopy.not_newer", version: newest });
  return accept({ type: "mastercopy.registered", incident: null, happened, body: { copy: id, ...said } });
}

/** The entry that keeps what a review for malicious software found. */
export function reviewMasterCopy(
  before: MasterCopy,
  happened: Stamp,
  said: CopyReview,
): Result<MasterCopyFact, MasterCopyRefusal> {
  if (before.status === "retired") return refuse({ code: "register.retired" });
  const body = { ...named(before), ...said };
  return accept({ type: "mastercopy.reviewed", incident: null, happened, body });
}

/**
 * The entry by which a second person approves a master copy: somebody else than who registered it and than who
 * reviewed it, and only after a review that found nothing.
 */
export function approveMasterCopy(
  before: MasterCopy,
  happened: Stamp,
  by: string,
): Result<MasterCopyFact, MasterCopyRefusal> {
  if (before.status === "retired") return refuse({ code: "register.retired" });
  if (before.approval !== null) return refuse({ code: "mastercopy.approved_already" });
  if (before.review === null) return refuse({ code: "mastercopy.not_reviewed" });
  if (before.review.result === "suspicious") return refuse({ code: "mastercopy.suspicious" });
  if (before.registered.byId === by) return refuse({ code: "mastercopy.own" });
  const body = { ...named(before), version: before.version };
  return accept({ type: "mastercopy.approved", incident: null, happened, body });
}

/** The entry that the manifest's file is kept here; `mastercopy.kept_already`, `register.retired`. */
export function keepMasterCopy(
  before: MasterCopy,
  happened: Stamp,
  said: KeptFile,
): Result<MasterCopyFact, MasterCopyRefusal> {
  const refusal = whyNotKeep(before);
  const body = { ...named(before), ...said };
  return refusal === undefined
    ? accept({ type: "mastercopy.kept", incident: null, happened, body })
    : refuse(refusal);
}

/** Why no file of this master copy may be sent; `undefined` when one may. */
export function whyNotKeep(copy: MasterCopy): MasterCopyRefusal | undefined {
  if (copy.status === "retired") return { code: "register.retired" };
  return copy.file === null ? undefined : { code: "mastercopy.kept_already" };
}

/** The entry that somebody asked where a master copy is, and for what; only one that is approved is given out. */
export function fetchMasterCopy(
  before: MasterCopy,
  happened: Stamp,
  purpose: string,
): Result<MasterCopyFact, MasterCopyRefusal> {
  if (before.status === "retired") return refuse({ code: "register.retired" });
  if (before.approval === null) return refuse({ code: "mastercopy.not_approved" });
  const body = { ...named(before), purpose };
  return accept({ type: "mastercopy.fetched", incident: null, happened, body });
}

/**
 * The entry that keeps a check; `mastercopy.other_manifest` when it compared with another manifest,
 * `mastercopy.sent_already` for a sealed one that is kept.
 */
export function checkAgainstMasterCopy(
  before: MasterCopy,
  happened: Stamp,
  said: CopyCheck,
  seal: Seal | null = null,
): Result<MasterCopyFact, MasterCopyRefusal> {
  if (before.status === "retired") return refuse({ code: "register.retired" });
  if (before.manifestSha256 !== said.manifestSha256) {
    return refuse({ code: "mastercopy.other_manifest", sha256: before.manifestSha256 });
  }
  if (seal !== null && before.checks.some((each) => each.seal?.sha256 === seal.sha256)) {
    return refuse({ code: "mastercopy.sent_already" });
  }
  const body = { ...named(before), ...said, seal };
  return accept({ type: "mastercopy.checked", incident: null, happened, body });
}

/** The entry by which one difference of the last check is taken as it is until a moment, with the reason. */
export function acceptDifference(
  before: MasterCopy,
  happened: Stamp,
  now: Instant,
  said: CopyDifference & { readonly reason: string; readonly until: Instant },
): Result<MasterCopyFact, MasterCopyRefusal> {
  if (before.status === "retired") return refuse({ code: "register.retired" });
  if (said.until <= now) return refuse({ code: "mastercopy.in_past", now });
  const known = before.lastCheck?.differences.some((each) => isSameDifference(each, said)) === true;
  if (!known) return refuse({ code: "mastercopy.no_such_difference" });
  const body = { ...named(before), ...said };
  return accept({ type: "mastercopy.accepted", incident: null, happened, body });
}

/** The entry that retires a master copy; `register.stale`, `register.retired`. */
export function retireMasterCopy(
  before: MasterCopy,
  happened: Stamp,
  seen: number,
  reason: string,
): Result<MasterCopyFact, MasterCopyRefusal> {
  const body = { ...named(before), reason };
  return unless(whyNotChange(before, seen), {
    type: "mastercopy.retired",
    incident: null,
    happened,
    body,
  });
}

/** How a master copy stands at a moment. */
export interface MasterCopyState {
  readonly isExpired: boolean;
  /** Thirty days before it expires: time to renew it. */
  readonly renewFrom: Instant;
  readonly isDue: boolean;
  /** Differences of the last check that nobody accepted, or that were accepted until a moment that has passed. */
  readonly open: readonly CopyDifference[];
  readonly openCount: number;
  /** What listens and is not intended; null when the last check did not see it, or nothing is intended. */
  readonly unintended: readonly string[] | null;
}

const RENEW_BEFORE_MS = 30 * 86_400_000;

/** What of a master copy waits for somebody: that it is renewed, and the differences that are open. */
export function masterCopyState(copy: MasterCopy, now: Instant): MasterCopyState {
  const renewFrom = instantAt(Math.max(0, unixMsOf(copy.expiresAt) - RENEW_BEFORE_MS));
  const standing = copy.accepted.filter(({ until }) => until > now);
  const open = (copy.lastCheck?.differences ?? []).filter(
    (each) => !standing.some((accepted) => isSameDifference(accepted, each)),
  );
  const listening = copy.lastCheck?.listening ?? null;
  return {
    isExpired: copy.expiresAt <= now,
    renewFrom,
    isDue: renewFrom <= now,
    open,
    openCount: open.length + (copy.lastCheck?.moreCount ?? 0),
    unintended:
      listening === null || copy.services.length === 0
        ? null
        : listening.filter((service) => !copy.services.includes(service)),
  };
}

function named({ id, name }: MasterCopy) {
  return { copy: id, name };
}
