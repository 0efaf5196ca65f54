import { describe, expect, it } from "vitest";
import type { Incident } from "../../detect/incident/incident.ts";
import { idFrom } from "../../kernel/id.ts";
import { dropReset, type PasswordReset, planReset, projectReset, recordReset } from "./password-reset.ts";

const INCIDENT = { id: idFrom("inc", 1, new Uint8Array(10)), status: "declared" } as Incident;
const STAMP = { at: "2026-11-22T10:00:00Z", zone: "UTC", precision: "second", said: "" } as const;
const SAID = {
  reset: idFrom("rst", 1, new Uint8Array(10)),
  account: "root",
  host: "www3",
  asset: null,
  kind: "administrator",
} as const;

const told = (
  before: PasswordReset | undefined,
  outcome: { readonly ok: boolean; readonly value?: object },
): PasswordReset =>
  projectReset(before, {
    ...outcome.value,
    happenedAt: STAMP.at,
    actor: { name: "Bo" },
  } as never) as PasswordReset;
const planned = () => told(undefined, planReset(INCIDENT, STAMP, [], SAID));

describe("new passwords on the accounts of affected hosts", () => {
  it("are listed once for each account of a host, whatever its case", () => {
    const shouting = { ...SAID, account: "ROOT" };

    expect(planReset(INCIDENT, STAMP, [planned()], shouting)).toMatchObject({
      refusal: { code: "reset.already_listed" },
    });
    expect(planReset(INCIDENT, STAMP, [planned()], { ...SAID, host: "db1" }).ok).toBe(true);
  });

  it("say who set them, when, and how that was told", () => {
    const how = { told: "by phone", sessionsEnded: true };

    const done = told(planned(), recordReset(INCIDENT, planned(), STAMP, how));

    expect(done).toMatchObject({ state: "done", done: { at: STAMP.at, by: "Bo", ...how } });
    expect(recordReset(INCIDENT, done, STAMP, how).ok).toBe(true);
  });

  it("are not needed where somebody says why, and then no more", () => {
    const dropped = told(planned(), dropReset(INCIDENT, planned(), STAMP, "the account is gone"));

    expect(dropped).toMatchObject({ state: "dropped", reason: "the account is gone" });
    expect(dropReset(INCIDENT, dropped, STAMP, "again")).toMatchObject({
      refusal: { code: "reset.dropped" },
    });
  });
});
