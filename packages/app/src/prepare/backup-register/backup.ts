import {
  AssetId,
  accept,
  BackupDetails,
  type BackupFact,
  BackupId,
  BackupKind,
  backupDue,
  changeBackup,
  checkPoint,
  Instant,
  PersonId,
  PointCheck,
  prose,
  type Result,
  registerBackup,
  retireBackup,
  runBackup,
  tryBackup,
} from "@jumpkit/core";
import * as z from "zod";
import { happened, stampOf } from "../../happened.ts";
import { operation } from "../../operation.ts";
import { query } from "../../query.ts";
import type { Refusal } from "../../refusals.ts";

const KEPT = { phase: "prepare", action: "backup.manage", visibleBy: "asset.read" } as const;
const OF_ONE = { ...KEPT, thing: "backup" } as const;
const Done = z.object({ backup: BackupId });
const Seen = z.int().min(0).describe("changedSeq of what you had in front of you");

const backupRegister = operation({
  name: "backup.register",
  ...KEPT,
  summary: "Register a backup: what, where to, how often, and how often restoring it is tried",
  input: BackupDetails,
  output: Done,
  load: async (input, records, act) =>
    (await records.register.allKnown([...input.assets, input.owner])) ? { id: act.newId("bkp") } : undefined,
  decide: ({ id }, input, act) => single(id, accept(registerBackup(id, stampOf(undefined, act), input))),
});

const backupChange = operation({
  name: "backup.change",
  ...OF_ONE,
  summary: "Say anew what is known of a backup; what is left out becomes empty",
  input: z.strictObject({ backup: BackupId, seen: Seen, ...BackupDetails.shape }),
  output: Done,
  load: async (input, records) =>
    (await records.register.allKnown([...input.assets, input.owner]))
      ? records.returning.backup(input.backup)
      : undefined,
  decide: (before, { backup, seen, ...said }, act) =>
    single(backup, changeBackup(before, stampOf(undefined, act), seen, said)),
});

const backupRetire = operation({
  name: "backup.retire",
  ...OF_ONE,
  summary: "Take a backup out of the register",
  input: z.strictObject({ backup: BackupId, seen: Seen, reason: prose(1000).default("") }),
  output: Done,
  load: (input, records) => records.returning.backup(input.backup),
  decide: (before, { backup, seen, reason }, act) =>
    single(backup, retireBackup(before, stampOf(undefined, act), seen, reason)),
});

const backupReport = operation({
  name: "backup.report",
  ...OF_ONE,
  summary: "Say that a backup ran; the backup program itself can, with a token",
  input: z.strictObject({
    backup: BackupId,
    outcome: z.enum(["succeeded", "failed"]),
    note: prose(2000).default(""),
    happened,
  }),
  output: Done,
  load: (input, records) => records.returning.backup(input.backup),
  decide: (before, { outcome, note, happened: said }, act) =>
    single(before.id, runBackup(before, stampOf(said, act), act.now, { outcome, note })),
});

const backupTry = operation({
  name: "backup.try",
  ...OF_ONE,
  summary: "Say that restoring was tried, what came of it, and what proves it",
  input: z.strictObject({
    backup: BackupId,
    result: z.enum(["restored", "partly", "failed"]),
    proof: prose(4000).refine((text) => text.trim() !== "", { error: "is empty; say what proves it" }),
    happened,
  }),
  output: Done,
  load: (input, records) => records.returning.backup(input.backup),
  decide: (before, { result, proof, happened: said }, act) =>
    single(before.id, tryBackup(before, stampOf(said, act), act.now, { result, proof })),
});

const backupCheck = operation({
  name: "backup.check_point",
  ...OF_ONE,
  summary: "Say what scanning or comparing a restore point found",
  input: z.strictObject({ backup: BackupId, takenAt: Instant, ...PointCheck.shape }),
  output: Done,
  load: (input, records) => records.returning.backup(input.backup),
  decide: (before, { backup, takenAt, ...said }, act) =>
    single(backup, checkPoint(before, stampOf(undefined, act), takenAt, said)),
});

const BackupView = z
  .object({
    id: BackupId,
    name: z.string(),
    assets: z.array(AssetId),
    what: z.string(),
    place: z.string(),
    kind: BackupKind,
    everyHours: z.int(),
    trialEveryDays: z.int(),
    owner: PersonId.nullable(),
    notes: z.string(),
    changedSeq: z.int().describe("what a change must have seen"),
    lastRun: z.object({ at: z.string(), outcome: z.enum(["succeeded", "failed"]) }).nullable(),
    lastTrial: z
      .object({
        at: z.string(),
        by: z.string(),
        result: z.enum(["restored", "partly", "failed"]),
        proof: z.string(),
      })
      .nullable(),
    points: z.array(PointCheck.extend({ takenAt: z.string() })).describe("restore points, newest first"),
    runDueAt: z.string(),
    trialDueAt: z.string(),
    runOverdue: z.boolean(),
    trialOverdue: z.boolean(),
  })
  .meta({ id: "Backup" });

export const listBackups = query({
  name: "backup.list",
  phase: "prepare",
  summary: "Backups by name, with their last run, last restore trial, and what is overdue",
  action: "asset.read",
  path: "/v1/backup",
  input: z.strictObject({}),
  output: z.object({ items: z.array(BackupView) }),
  run: async (_input, reading) => ({
    items: (await reading.returning.backups()).map((backup) => ({
      ...backup,
      points: [...backup.points],
      ...backupDue(backup, reading.now()),
    })),
  }),
});

/** The operations on the register of backups. */
export const BACKUP_OPERATIONS = [
  backupRegister,
  backupChange,
  backupRetire,
  backupReport,
  backupTry,
  backupCheck,
] as const;

function single(backup: BackupId, outcome: Result<BackupFact, Refusal>) {
  return outcome.ok ? accept({ facts: [outcome.value], output: { backup } }) : outcome;
}
