import { describe, expect, it } from "vitest";
import { idFrom } from "../../kernel/id.ts";
import type { Instant } from "../../kernel/time.ts";
import {
  type Backup,
  BackupDetails,
  backupDue,
  checkPoint,
  projectBackup,
  registerBackup,
  runBackup,
  tryBackup,
} from "./backup.ts";

const ID = idFrom("bkp", 1, new Uint8Array(10));
const at = (day: number) => `2026-11-${String(day).padStart(2, "0")}T10:00:00.000Z` as Instant;
const stamp = (day: number) => ({ at: at(day), zone: "UTC", precision: "second", said: "" }) as const;
const SAID = BackupDetails.parse({ name: "mail", place: "vault", everyHours: 24, trialEveryDays: 10 });

const told = (before: Backup | undefined, fact: { happened: { at: string } } | undefined, seq = 7): Backup =>
  projectBackup(before, {
    ...fact,
    seq,
    recordedAt: at(1),
    happenedAt: fact?.happened.at,
    actor: { name: "Bo" },
  } as never) as Backup;
const value = <Value>(outcome: { readonly ok: boolean; readonly value?: Value }) => outcome.value;
const registered = () => told(undefined, registerBackup(ID, stamp(1), SAID));
const ran = (before: Backup, day: number, outcome: "succeeded" | "failed" = "succeeded") =>
  told(before, value(runBackup(before, stamp(day), at(28), { outcome, note: "" })));

describe("a backup of the register", () => {
  it("is overdue when its last good run is too long ago: a failed one does not count", () => {
    const good = ran(registered(), 2);
    const failed = ran(good, 3, "failed");

    expect(backupDue(registered(), at(3)).runOverdue).toBe(true);
    expect(backupDue(good, at(3)).runOverdue).toBe(false);
    expect(failed.lastRun).toEqual({ at: at(3), outcome: "failed" });
    expect(backupDue(failed, at(4)).runOverdue).toBe(true);
  });

  it("is proved only by a trial that restored everything, and has to be proved again", () => {
    const tried = (result: "restored" | "partly") =>
      told(registered(), value(tryBackup(registered(), stamp(5), at(28), { result, proof: "mounted it" })));

    expect(backupDue(tried("partly"), at(12)).trialOverdue).toBe(true);
    expect(backupDue(tried("restored"), at(12)).trialOverdue).toBe(false);
    expect(backupDue(tried("restored"), at(16)).trialOverdue).toBe(true);
  });

  it("offers a restore point for each good run, newest first, whenever it was told", () => {
    const late = ran(ran(registered(), 4), 2);

    expect(late.points.map(({ takenAt }) => takenAt)).toEqual([at(4), at(2)]);
    expect(late.lastRun?.at).toBe(at(4));
    const looked = checkPoint(late, stamp(5), at(2), { scanned: "clean", compared: "differs", note: "" });
    expect(told(late, value(looked)).points[1]).toMatchObject({ scanned: "clean", compared: "differs" });
    expect(
      checkPoint(late, stamp(5), at(3), { scanned: "clean", compared: "differs", note: "" }),
    ).toMatchObject({ refusal: { code: "backup.no_such_point" } });
  });

  it("did not run tomorrow", () => {
    expect(runBackup(registered(), stamp(9), at(8), { outcome: "succeeded", note: "" })).toMatchObject({
      refusal: { code: "backup.in_future" },
    });
  });
});
