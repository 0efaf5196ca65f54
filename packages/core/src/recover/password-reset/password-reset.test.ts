import { describe, expect, it } from "vitest";
import type { Incident } from "../../detect/incident/incident.ts";
import { idFrom } from "../../kernel/id.ts";
import type { Asset } from "../../prepare/register/asset.ts";
import { dropReset, type PasswordReset, planReset, projectReset, recordReset } from "./password-reset.ts";
import { suggestAccounts } from "./suggest.ts";

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

describe("accounts of the register", () => {
  const account = (name: string, purpose: string) =>
    ({
      id: name,
      name,
      otherNames: [],
      addresses: [],
      purpose,
      dependents: "",
      notes: "",
    }) as unknown as Asset;

  it("are suggested where they name an affected host as a word, until they are listed for it", () => {
    const accounts = [
      account("backup", "runs the backups of www3."),
      account("root@db1.example", ""),
      account("web", "opens www33 and www3x"),
    ];
    const suggested = (listed: Parameters<typeof suggestAccounts>[2]) =>
      suggestAccounts([{ name: "WWW3.example" }, { name: "db1.example" }], accounts, listed).map(
        ({ account: name, host }) => `${name} of ${host}`,
      );

    expect(suggested([])).toEqual(["backup of WWW3.example", "root@db1.example of db1.example"]);
    expect(suggested([{ account: "BACKUP", host: "www3.example" }])).toEqual([
      "root@db1.example of db1.example",
    ]);
  });
});

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
