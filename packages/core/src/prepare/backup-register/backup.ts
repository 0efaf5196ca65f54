import * as z from "zod";
import type { Entry, Fact } from "../../document/log/entry.ts";
import { AssetId, BackupId, PersonId } from "../../kernel/id.ts";
import { accept, type Result, refuse } from "../../kernel/result.ts";
import { line, prose } from "../../kernel/text.ts";
import { Instant, instantAt, instantOf, type Stamp, unixMsOf } from "../../kernel/time.ts";
import { type Registered, type RegisterRefusal, unless, whyNotChange } from "../register/registered.ts";

/** What kind of copy it is. */
export const BackupKind = z.enum(["full", "incremental", "snapshot", "replica", "other"]);
export type BackupKind = z.infer<typeof BackupKind>;

/**
 * A backup of something of the organisation's: what, where to, how often, and how often restoring it is tried.
 *
 * @source CERT/CC: frequent backups, and validation that they restore
 */
export const BackupDetails = z.strictObject({
  name: line(200),
  assets: z.array(AssetId).max(100).default([]).describe("Assets of the register that it holds"),
  what: prose(2000).default("").describe("What it holds, in words"),
  place: line(300).describe("Where the copies are"),
  kind: BackupKind.default("full"),
  everyHours: z.int().min(1).max(8784),
  trialEveryDays: z.int().min(1).max(1100).default(90),
  owner: PersonId.nullable().default(null).describe("Who answers for it"),
  notes: prose(4000).default(""),
});
export type BackupDetails = z.infer<typeof BackupDetails>;

const SAID = z.object({ backup: BackupId, ...BackupDetails.shape });
const NAMED = { backup: BackupId, name: z.string() };

/** What a look at a restore point found. */
export const PointCheck = z.strictObject({
  scanned: z.enum(["clean", "infected", "not_scanned"]),
  compared: z
    .enum(["as_expected", "differs", "not_compared"])
    .describe("with a master copy or another point"),
  note: prose(2000).default(""),
});
export type PointCheck = z.infer<typeof PointCheck>;

export const BACKUP_ENTRIES = {
  "backup.registered": SAID,
  "backup.changed": SAID,
  "backup.retired": z.object({ ...NAMED, reason: z.string() }),
  "backup.ran": z.object({ ...NAMED, outcome: z.enum(["succeeded", "failed"]), note: prose(2000) }),
  "backup.tried": z.object({
    ...NAMED,
    result: z.enum(["restored", "partly", "failed"]),
    proof: prose(4000),
  }),
  "backup.point_checked": z.object({ ...NAMED, takenAt: Instant, ...PointCheck.shape }),
};
export type BackupFact = Fact<typeof BACKUP_ENTRIES>;
type BackupEntry = Entry<typeof BACKUP_ENTRIES>;

/** A moment to which a backup can take things back, with what a look at it found. */
export interface RestorePoint extends PointCheck {
  readonly takenAt: Instant;
}

/** The last trial of restoring a backup. */
export interface RestoreTrial {
  readonly at: Instant;
  readonly by: string;
  readonly result: "restored" | "partly" | "failed";
  readonly proof: string;
}

/** A backup of the register as the log says it is now. */
export interface Backup extends BackupDetails, Registered<BackupId> {
  readonly registeredAt: Instant;
  readonly lastRun: { readonly at: Instant; readonly outcome: "succeeded" | "failed" } | null;
  readonly lastTrial: RestoreTrial | null;
  /** When restoring last worked; `null` is never. */
  readonly provedAt: Instant | null;
  /** The latest hundred, newest first. */
  readonly points: readonly RestorePoint[];
}

export type BackupRefusal =
  | RegisterRefusal
  | { readonly code: "backup.in_future"; readonly now: Instant }
  | { readonly code: "backup.no_such_point" };

const KEPT = 100;
const WITHHELD: BackupDetails = {
  name: "(withheld)",
  assets: [],
  what: "",
  place: "(withheld)",
  kind: "other",
  everyHours: 24,
  trialEveryDays: 90,
  owner: null,
  notes: "",
};
const NEW_POINT = { scanned: "not_scanned", compared: "not_compared", note: "" } as const;

/** The backup after one more entry about it. */
export function projectBackup(before: Backup | undefined, entry: BackupEntry): Backup | undefined {
  const id = entry.body.backup;
  if (id === undefined) return before;
  if (entry.type === "backup.registered" || entry.type === "backup.changed") {
    const { backup: _, ...said } = entry.body;
    const kept = before ?? begun(entry.recordedAt);
    return { ...kept, ...WITHHELD, ...said, id, status: "active", changedSeq: entry.seq };
  }
  if (before === undefined) return undefined;
  const at = instantOf({ at: entry.happenedAt });
  switch (entry.type) {
    case "backup.retired":
      return { ...before, status: "retired", changedSeq: entry.seq };
    case "backup.ran":
      return ran(before, at, entry.body.outcome ?? "failed");
    case "backup.tried": {
      const { result = "failed", proof = "(withheld)" } = entry.body;
      const lastTrial = { at, by: entry.actor?.name ?? "(withheld)", result, proof };
      return { ...before, lastTrial, provedAt: result === "restored" ? at : before.provedAt };
    }
    case "backup.point_checked":
      return checked(before, entry.body);
  }
}

function begun(registeredAt: Instant) {
  return { registeredAt, lastRun: null, lastTrial: null, provedAt: null, points: [] };
}

function ran(before: Backup, at: Instant, outcome: "succeeded" | "failed"): Backup {
  const points = outcome === "succeeded" ? [{ takenAt: at, ...NEW_POINT }, ...before.points] : before.points;
  const sorted = [...points].sort((a, b) => (a.takenAt < b.takenAt ? 1 : -1)).slice(0, KEPT);
  const latest = before.lastRun !== null && before.lastRun.at > at ? before.lastRun : { at, outcome };
  return { ...before, lastRun: latest, points: sorted };
}

type Checked = Extract<BackupEntry, { readonly type: "backup.point_checked" }>["body"];

function checked(before: Backup, { takenAt, scanned, compared, note }: Checked): Backup {
  const found = {
    scanned: scanned ?? "not_scanned",
    compared: compared ?? "not_compared",
    note: note ?? "(withheld)",
  };
  return {
    ...before,
    points: before.points.map((point) => (point.takenAt === takenAt ? { takenAt, ...found } : point)),
  };
}

/** The entry that takes a backup into the register. */
export function registerBackup(id: BackupId, happened: Stamp, said: BackupDetails): BackupFact {
  return { type: "backup.registered", incident: null, happened, body: { backup: id, ...said } };
}

/** The entry that changes a backup; `register.stale`, `register.retired`. */
export function changeBackup(
  before: Backup,
  happened: Stamp,
  seen: number,
  said: BackupDetails,
): Result<BackupFact, BackupRefusal> {
  const body = { backup: before.id, ...said };
  return unless(whyNotChange(before, seen), { type: "backup.changed", incident: null, happened, body });
}

/** The entry that retires a backup; its restore points are offered no more. */
export function retireBackup(
  before: Backup,
  happened: Stamp,
  seen: number,
  reason: string,
): Result<BackupFact, BackupRefusal> {
  const body = { ...named(before), reason };
  return unless(whyNotChange(before, seen), { type: "backup.retired", incident: null, happened, body });
}

/** The entry that says a backup ran; one that succeeded is a restore point from then on. */
export function runBackup(
  before: Backup,
  happened: Stamp,
  now: Instant,
  said: { readonly outcome: "succeeded" | "failed"; readonly note: string },
): Result<BackupFact, BackupRefusal> {
  const wrong = mustBePast(before, happened, now);
  if (wrong !== undefined) return refuse(wrong);
  return accept({ type: "backup.ran", incident: null, happened, body: { ...named(before), ...said } });
}

/** The entry that says restoring was tried, with its proof. */
export function tryBackup(
  before: Backup,
  happened: Stamp,
  now: Instant,
  said: { readonly result: RestoreTrial["result"]; readonly proof: string },
): Result<BackupFact, BackupRefusal> {
  const wrong = mustBePast(before, happened, now);
  if (wrong !== undefined) return refuse(wrong);
  return accept({ type: "backup.tried", incident: null, happened, body: { ...named(before), ...said } });
}

/** The entry that says what a look at a restore point found; `backup.no_such_point`. */
export function checkPoint(
  before: Backup,
  happened: Stamp,
  takenAt: Instant,
  said: PointCheck,
): Result<BackupFact, BackupRefusal> {
  if (before.status === "retired") return refuse({ code: "register.retired" });
  const known = before.points.some((point) => point.takenAt === takenAt);
  if (!known) return refuse({ code: "backup.no_such_point" });
  const body = { ...named(before), takenAt, ...said };
  return accept({ type: "backup.point_checked", incident: null, happened, body });
}

/** By when a backup has to run and to be tried again, and which of the two is late. */
export interface BackupDue {
  readonly runDueAt: Instant;
  readonly trialDueAt: Instant;
  readonly runOverdue: boolean;
  readonly trialOverdue: boolean;
}

/**
 * When a backup has to run and to be tried next. Only what succeeded counts: after a failure the old times hold.
 */
export function backupDue(backup: Backup, now: Instant): BackupDue {
  const ranAt = backup.points[0]?.takenAt ?? backup.registeredAt;
  const provedAt = backup.provedAt ?? backup.registeredAt;
  const runDueAt = instantAt(unixMsOf(ranAt) + backup.everyHours * 3_600_000);
  const trialDueAt = instantAt(unixMsOf(provedAt) + backup.trialEveryDays * 86_400_000);
  return { runDueAt, trialDueAt, runOverdue: runDueAt < now, trialOverdue: trialDueAt < now };
}

function mustBePast(before: Backup, happened: Stamp, now: Instant): BackupRefusal | undefined {
  if (before.status === "retired") return { code: "register.retired" };
  return instantOf(happened) > now ? { code: "backup.in_future", now } : undefined;
}

function named({ id, name }: Backup) {
  return { backup: id, name };
}
