import { describe, expect, it } from "vitest";
import type { Incident } from "../../detect/incident/incident.ts";
import { idFrom } from "../../kernel/id.ts";
import type { Instant } from "../../kernel/time.ts";
import type { Backup } from "../../prepare/backup-register/backup.ts";
import { chooseRestorePoint, pointText, projectRestoring, standingOfPoint } from "./restore-point.ts";

const INCIDENT = { id: idFrom("inc", 1, new Uint8Array(10)), status: "declared" } as Incident;
const BKP = idFrom("bkp", 1, new Uint8Array(10));
const STAMP = { at: "2026-11-22T10:00:00Z", zone: "UTC", precision: "second", said: "" } as const;
const at = (day: number) => `2026-11-${day}T00:00:00.000Z` as Instant;
const backup = (scanned: "clean" | "infected" | "not_scanned") =>
  ({
    id: BKP,
    name: "mail",
    points: [{ takenAt: at(15), scanned, compared: "not_compared", note: "" }],
  }) as unknown as Backup;
const HOST = { name: "www3", asset: null };
const choose = (scanned: "clean" | "infected" | "not_scanned", earliest: number | null, reason = "") =>
  chooseRestorePoint(INCIDENT, STAMP, backup(scanned), earliest === null ? null : at(earliest), HOST, {
    takenAt: at(15),
    reason,
  });

describe("choosing a restore point", () => {
  it("is for a host that the incident or the register knows", () => {
    const said = { takenAt: at(15), reason: "the oldest" };

    expect(chooseRestorePoint(INCIDENT, STAMP, backup("clean"), null, undefined, said)).toMatchObject({
      refusal: { code: "restorepoint.unknown_host" },
    });
  });

  it("is named by its verdict in the proof that data came from it", () => {
    expect(pointText("mail", at(15), { standing: "before", scanned: "not_scanned" })).toBe(
      "mail, 2026-11-15T00:00:00.000Z, before the compromise, not scanned",
    );
  });

  it("takes one from before the compromise as it is", () => {
    expect(choose("not_scanned", 16)).toMatchObject({ ok: true, value: { body: { standing: "before" } } });
    expect(standingOfPoint(at(16), at(16))).toBe("inside");
  });

  it("takes one from inside the window only scanned clean and for a reason", () => {
    expect(choose("not_scanned", 14, "no other")).toMatchObject({
      refusal: { code: "restorepoint.not_scanned" },
    });
    expect(choose("clean", 14)).toMatchObject({ refusal: { code: "restorepoint.needs_reason" } });
    expect(choose("clean", 14, "no other")).toMatchObject({
      ok: true,
      value: { body: { standing: "inside" } },
    });
  });

  it("asks for a reason while nobody knows since when, and never takes what is infected", () => {
    expect(choose("not_scanned", null)).toMatchObject({ refusal: { code: "restorepoint.needs_reason" } });
    expect(choose("not_scanned", null, "oldest there is").ok).toBe(true);
    expect(choose("infected", 16, "only one")).toMatchObject({ refusal: { code: "restorepoint.infected" } });
  });

  it("keeps the latest choice for each host", () => {
    const outcome = choose("clean", 16);
    const entry = { ...(outcome.ok ? outcome.value : {}), actor: { name: "Bo" } } as never;

    const twice = projectRestoring(projectRestoring(undefined, entry), entry);

    expect(twice?.chosen).toMatchObject([{ host: "www3", standing: "before", by: "Bo" }]);
  });
});
