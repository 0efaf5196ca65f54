import { describe, expect, it } from "vitest";
import { idFrom } from "../../kernel/id.ts";
import { projectSpare, registerSpare, retireSpare, type Spare, switchBack, switchOver } from "./spare.ts";

const id = <const Prefix extends string>(prefix: Prefix, unixMs = 1) =>
  idFrom(prefix, unixMs, new Uint8Array(10));
const STAMP = { at: "2026-11-22T10:00:00Z", zone: "UTC", precision: "second", said: "" } as const;
const HOST = { id: id("ast"), name: "www3" };
const DETAILS = {
  name: "spare1",
  asset: null,
  standsInFor: [HOST.id],
  kept: "timetable",
  lost: "search",
  howToSwitch: "DNS",
  triedAt: null,
};

const told = (before: Spare | undefined, fact: object): Spare =>
  projectSpare(before, { ...fact, seq: 7, happenedAt: STAMP.at } as never) as Spare;
const registered = () => told(undefined, registerSpare(id("spr"), STAMP, DETAILS));

describe("a hot spare", () => {
  it("stands in for one host that it was registered for, until it is switched back", () => {
    const spare = registered();
    const over = switchOver(spare, id("inc"), STAMP, HOST, "");
    const used = told(spare, over.ok ? over.value : {});

    expect(used.inUse).toMatchObject({ incident: id("inc"), host: "www3" });
    expect(switchOver(used, id("inc"), STAMP, HOST, "")).toMatchObject({ refusal: { code: "spare.in_use" } });
    expect(retireSpare(used, STAMP, 7, "")).toMatchObject({ refusal: { code: "spare.in_use" } });
    const back = switchBack(used, STAMP, "");
    expect(back).toMatchObject({ ok: true, value: { incident: id("inc"), body: { host: "www3" } } });
    expect(told(used, back.ok ? back.value : {}).inUse).toBeNull();
  });

  it("stands in for nothing that nobody tried it for", () => {
    const other = { id: id("ast", 2), name: "db1" };

    expect(switchOver(registered(), id("inc"), STAMP, other, "")).toMatchObject({
      refusal: { code: "spare.not_for_this" },
    });
    expect(switchBack(registered(), STAMP, "")).toMatchObject({ refusal: { code: "spare.not_in_use" } });
  });
});
