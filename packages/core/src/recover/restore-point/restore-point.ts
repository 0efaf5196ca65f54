import * as z from "zod";
import type { Incident } from "../../detect/incident/incident.ts";
import { type IncidentRefusal, mustBeOpen } from "../../detect/incident/life.ts";
import type { Entry, Fact } from "../../document/log/entry.ts";
import { AssetId, BackupId, type IncidentId } from "../../kernel/id.ts";
import { accept, type Result, refuse } from "../../kernel/result.ts";
import { line, prose } from "../../kernel/text.ts";
import { Instant, type Stamp } from "../../kernel/time.ts";
import type { Backup, RestorePoint } from "../../prepare/backup-register/backup.ts";

/** How a restore point stands to the time from which a host may have been compromised. */
export const PointStanding = z.enum(["before", "inside", "unknown"]);
export type PointStanding = z.infer<typeof PointStanding>;

export const RESTORE_POINT_ENTRIES = {
  "compromise.dated": z.object({ earliestAt: Instant.nullable(), reason: prose(2000) }),
  "restorepoint.chosen": z.object({
    host: line(253),
    asset: AssetId.nullable(),
    backup: BackupId,
    name: z.string(),
    takenAt: Instant,
    standing: PointStanding,
    scanned: z.string(),
    reason: prose(2000),
  }),
};
export type RestorePointFact = Fact<typeof RESTORE_POINT_ENTRIES>;
type ChosenFact = Extract<RestorePointFact, { readonly type: "restorepoint.chosen" }>;

/** A restore point that was chosen for a host. */
export interface ChosenPoint {
  readonly host: string;
  readonly asset: AssetId | null;
  readonly backup: BackupId;
  readonly name: string;
  readonly takenAt: Instant;
  readonly standing: PointStanding;
  readonly scanned: string;
  readonly reason: string;
  readonly by: string;
}

/** What an incident says of restoring: since when it may have been compromised, and which points were chosen. */
export interface Restoring {
  readonly incident: IncidentId;
  /** The earliest time of compromise that somebody named; `null` while nobody has. */
  readonly earliestAt: Instant | null;
  readonly reason: string;
  /** The latest choice for each host, first chosen first. */
  readonly chosen: readonly ChosenPoint[];
}

export type RestorePointRefusal =
  | { readonly code: "restorepoint.needs_reason"; readonly standing: PointStanding }
  | { readonly code: "restorepoint.not_scanned"; readonly standing: PointStanding }
  | { readonly code: "restorepoint.infected" }
  | { readonly code: "restorepoint.unknown_host" }
  | { readonly code: "backup.no_such_point" };

/** What an incident says of restoring before anybody said anything. */
export function nothingRestored(incident: IncidentId): Restoring {
  return { incident, earliestAt: null, reason: "", chosen: [] };
}

/** What an incident says of restoring after one more entry. */
export function projectRestoring(
  before: Restoring | undefined,
  entry: Entry<typeof RESTORE_POINT_ENTRIES>,
): Restoring | undefined {
  if (entry.incident === null) return before;
  const restoring = before ?? nothingRestored(entry.incident);
  if (entry.type === "compromise.dated") {
    const { earliestAt = null, reason = "(withheld)" } = entry.body;
    return { ...restoring, earliestAt, reason };
  }
  const { host, backup, takenAt, ...said } = entry.body;
  if (host === undefined || backup === undefined || takenAt === undefined) return restoring;
  const chosen: ChosenPoint = {
    host,
    backup,
    takenAt,
    asset: said.asset ?? null,
    name: said.name ?? "(withheld)",
    standing: said.standing ?? "unknown",
    scanned: said.scanned ?? "",
    reason: said.reason ?? "(withheld)",
    by: entry.actor?.name ?? "(withheld)",
  };
  const others = restoring.chosen.filter((each) => each.host.toLowerCase() !== host.toLowerCase());
  return { ...restoring, chosen: [...others, chosen] };
}

/**
 * How a restore point stands to the window of compromise.
 *
 * @param earliestAt  the earliest time at which it may have begun; `null` when nobody knows
 * @source            CERT/CC: restoring data must not bring the weakness back
 */
export function standingOfPoint(takenAt: Instant, earliestAt: Instant | null): PointStanding {
  if (earliestAt === null) return "unknown";
  return takenAt < earliestAt ? "before" : "inside";
}

/** The entry that says since when it may have been compromised, and how one knows. */
export function dateCompromise(
  incident: Incident,
  happened: Stamp,
  body: { readonly earliestAt: Instant | null; readonly reason: string },
): Result<RestorePointFact, IncidentRefusal> {
  const shut = mustBeOpen(incident);
  if (shut !== undefined) return refuse(shut);
  return accept({ type: "compromise.dated", incident: incident.id, happened, body });
}

/**
 * The entry that chooses a restore point for a host.
 *
 * One from before the compromise needs nothing more. Any other needs a reason, and one from inside the window was
 * scanned and found clean. What was found infected is never chosen.
 *
 * @param earliestAt  the earliest time of compromise that is known
 * @param host        a host of the incident or of the register; `undefined` when neither knows it
 */
export function chooseRestorePoint(
  incident: Incident,
  happened: Stamp,
  backup: Backup,
  earliestAt: Instant | null,
  host: { readonly name: string; readonly asset: AssetId | null } | undefined,
  said: { readonly takenAt: Instant; readonly reason: string },
): Result<ChosenFact, RestorePointRefusal | IncidentRefusal> {
  const shut = mustBeOpen(incident);
  if (shut !== undefined) return refuse(shut);
  if (host === undefined) return refuse({ code: "restorepoint.unknown_host" });
  const judged = judgePoint(backup, earliestAt, said);
  if (!judged.ok) return judged;
  const { standing, scanned } = judged.value;
  const { name: hostName, asset } = host;
  return accept({
    type: "restorepoint.chosen",
    incident: incident.id,
    happened,
    body: { ...said, host: hostName, asset, backup: backup.id, name: backup.name, standing, scanned },
  });
}

/**
 * How a restore point of the register stands to the compromise, when data may come from it.
 *
 * @returns  `backup.no_such_point`, or why none may come from it as it stands and with the reason given
 */
export function judgePoint(
  backup: Pick<Backup, "points">,
  earliestAt: Instant | null,
  { takenAt, reason }: { readonly takenAt: Instant; readonly reason: string },
): Result<{ readonly standing: PointStanding; readonly scanned: string }, RestorePointRefusal> {
  const point = backup.points.find((each) => each.takenAt === takenAt);
  if (point === undefined) return refuse({ code: "backup.no_such_point" });
  const standing = standingOfPoint(point.takenAt, earliestAt);
  const wrong = whyNotPoint(point, standing, reason);
  return wrong === undefined ? accept({ standing, scanned: point.scanned }) : refuse(wrong);
}

/** A restore point with its verdict, as the proof that data came from it names it. */
export function pointText(
  name: string,
  takenAt: Instant,
  { standing, scanned }: { readonly standing: PointStanding; readonly scanned: string },
): string {
  return `${name}, ${takenAt}, ${STANDING_WORDS[standing]}, ${scanned.replaceAll("_", " ")}`;
}

const STANDING_WORDS = {
  before: "before the compromise",
  inside: "inside the time of compromise",
  unknown: "nobody knows whether before the compromise",
} as const satisfies Readonly<Record<PointStanding, string>>;

function whyNotPoint(
  { scanned }: RestorePoint,
  standing: PointStanding,
  reason: string,
): RestorePointRefusal | undefined {
  if (scanned === "infected") return { code: "restorepoint.infected" };
  if (standing === "before") return undefined;
  if (standing === "inside" && scanned !== "clean") return { code: "restorepoint.not_scanned", standing };
  return reason.trim() === "" ? { code: "restorepoint.needs_reason", standing } : undefined;
}
