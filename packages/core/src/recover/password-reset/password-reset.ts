import * as z from "zod";
import type { Incident } from "../../detect/incident/incident.ts";
import { type IncidentRefusal, mustBeOpen } from "../../detect/incident/life.ts";
import type { Entry, Fact } from "../../document/log/entry.ts";
import { AssetId, type IncidentId, ResetId } from "../../kernel/id.ts";
import { accept, type Result, refuse } from "../../kernel/result.ts";
import { line, prose } from "../../kernel/text.ts";
import type { Stamp } from "../../kernel/time.ts";

/** What kind of secret an account is opened with. */
export const AccountKind = z.enum(["person", "administrator", "service", "key", "other"]);
export type AccountKind = z.infer<typeof AccountKind>;

const ABOUT = { reset: ResetId, account: line(200) };

/** No field of these entries ever holds a password, and none may: they are the log's, for good. */
export const RESET_ENTRIES = {
  "reset.planned": z.object({ ...ABOUT, host: line(253), asset: AssetId.nullable(), kind: AccountKind }),
  "reset.done": z.object({
    ...ABOUT,
    /** How the person whose account it is was told the new one. */
    told: prose(1000),
    /** Whether sessions, tokens and keys of the account were ended too: they outlive a password. */
    sessionsEnded: z.boolean(),
  }),
  "reset.dropped": z.object({ ...ABOUT, reason: prose(1000) }),
};
export type ResetFact = Fact<typeof RESET_ENTRIES>;

/** An account of an affected host whose password is to be new, and what became of it. */
export interface PasswordReset {
  readonly id: ResetId;
  readonly incident: IncidentId;
  readonly account: string;
  readonly host: string;
  readonly asset: AssetId | null;
  readonly kind: AccountKind;
  readonly state: "planned" | "done" | "dropped";
  /** Who reset it last, when, and how that was told; `null` until somebody did. */
  readonly done: {
    readonly at: string;
    readonly by: string;
    readonly told: string;
    readonly sessionsEnded: boolean;
  } | null;
  /** Why it needs none; empty unless it was dropped. */
  readonly reason: string;
}

export type ResetRefusal =
  | { readonly code: "reset.already_listed"; readonly reset: ResetId }
  | { readonly code: "reset.dropped" };

/** The reset after one more entry about it. */
export function projectReset(
  before: PasswordReset | undefined,
  entry: Entry<typeof RESET_ENTRIES>,
): PasswordReset | undefined {
  const { reset, account = "(withheld)" } = entry.body;
  if (reset === undefined || entry.incident === null) return before;
  switch (entry.type) {
    case "reset.planned": {
      const { host = "(withheld)", asset = null, kind = "other" } = entry.body;
      const about = { id: reset, incident: entry.incident, account, host, asset, kind };
      return { ...about, state: "planned", done: null, reason: "" };
    }
    case "reset.done": {
      const { told = "(withheld)", sessionsEnded = false } = entry.body;
      const by = entry.actor?.name ?? "(withheld)";
      return before && { ...before, state: "done", done: { at: entry.happenedAt, by, told, sessionsEnded } };
    }
    case "reset.dropped":
      return before && { ...before, state: "dropped", reason: entry.body.reason ?? "(withheld)" };
  }
}

/**
 * The entry that puts an account of an affected host on the list of those that need a new password.
 *
 * @param listed  what is on the list of the incident
 * @source        CERT/CC: new passwords on all accounts of affected hosts
 */
export function planReset(
  incident: Incident,
  happened: Stamp,
  listed: readonly PasswordReset[],
  body: Extract<ResetFact, { type: "reset.planned" }>["body"],
): Result<ResetFact, ResetRefusal | IncidentRefusal> {
  const shut = mustBeOpen(incident);
  if (shut !== undefined) return refuse(shut);
  const key = (each: { account: string; host: string }) => `${each.account}\n${each.host}`.toLowerCase();
  const same = listed.find((each) => each.state !== "dropped" && key(each) === key(body));
  if (same !== undefined) return refuse({ code: "reset.already_listed", reset: same.id });
  return accept({ type: "reset.planned", incident: incident.id, happened, body });
}

/** The entry that says the password is new; it can be said again when it was changed again. */
export function recordReset(
  incident: Incident,
  before: PasswordReset,
  happened: Stamp,
  said: { readonly told: string; readonly sessionsEnded: boolean },
): Result<ResetFact, ResetRefusal | IncidentRefusal> {
  const wrong = whyNot(incident, before);
  if (wrong !== undefined) return refuse(wrong);
  const body = { reset: before.id, account: before.account, ...said };
  return accept({ type: "reset.done", incident: incident.id, happened, body });
}

/** The entry that says the account needs no new password, and why. */
export function dropReset(
  incident: Incident,
  before: PasswordReset,
  happened: Stamp,
  reason: string,
): Result<ResetFact, ResetRefusal | IncidentRefusal> {
  const wrong = whyNot(incident, before);
  if (wrong !== undefined) return refuse(wrong);
  const body = { reset: before.id, account: before.account, reason };
  return accept({ type: "reset.dropped", incident: incident.id, happened, body });
}

function whyNot(incident: Incident, before: PasswordReset): ResetRefusal | IncidentRefusal | undefined {
  return mustBeOpen(incident) ?? (before.state === "dropped" ? { code: "reset.dropped" } : undefined);
}
