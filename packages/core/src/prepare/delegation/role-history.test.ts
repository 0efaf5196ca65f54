import { describe, expect, it } from "vitest";
import type { Entry } from "../../document/log/entry.ts";
import { idFrom } from "../../kernel/id.ts";
import { instantAt } from "../../kernel/time.ts";
import { roleHistory } from "./role-history.ts";

const at = (minutes: number) => instantAt(1_790_000_000_000 + minutes * 60_000);
const [ada, bo] = [1, 2].map((n) => idFrom("psn", 0, new Uint8Array(10).fill(n)));
const delegation = idFrom("dlg", 0, new Uint8Array(10));

const said = (minutes: number, type: string, body: object): Entry =>
  ({ type, body, v: 1, seq: minutes, incident: null, recordedAt: at(minutes) }) as unknown as Entry;

describe("who held which roles when", () => {
  const rolesAt = roleHistory([
    said(0, "person.added", { person: ada, roles: ["manager"] }),
    said(1, "person.added", { person: bo, roles: ["handler"] }),
    said(10, "authority.delegated", {
      delegation,
      lender: ada,
      borrower: bo,
      role: "manager",
      fromAt: at(20),
      untilAt: at(90),
    }),
    said(40, "person.deactivated", { person: ada, reason: "" }),
    said(50, "person.reactivated", { person: ada, reason: "" }),
    said(60, "authority.ended", { delegation, reason: "Back" }),
    said(70, "person.assigned", { person: bo, roles: ["lead"] }),
    said(71, "log.noted", { text: "something else" }),
  ]);

  it.each([
    [0, []],
    [1, ["handler"]],
    [19, ["handler"]],
    [20, ["handler", "manager"]],
    [45, ["handler"]],
    [50, ["handler", "manager"]],
    [60, ["handler"]],
    [75, ["lead"]],
  ])("tells at minute %i what they were then", (minute, roles) => {
    expect(bo && rolesAt(bo, at(minute))).toEqual(roles);
  });
});
