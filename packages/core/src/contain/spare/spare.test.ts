import { describe, expect, it } from "vitest";
import { idFrom } from "../../kernel/id.ts";
import type { Isolation } from "../isolation/isolation.ts";
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

const CUT = [{ state: "done", target: { asset: HOST.id } } as Isolation];
const over = (spare: Spare, host = HOST, said = { note: "", notCut: "", cut: CUT }) =>
  switchOver(spare, id("inc"), STAMP, host, said);
const told = (before: Spare | undefined, fact: object): Spare =>
  projectSpare(before, { ...fact, seq: 7, happenedAt: STAMP.at } as never) as Spare;
const registered = () => told(undefined, registerSpare(id("spr"), STAMP, DETAILS));

describe("a hot spare", () => {
  it("stands in for one host that it was registered for, until it is switched back", () => {
    const spare = registered();
    const switched = over(spare);
    const used = told(spare, switched.ok ? switched.value : {});

    expect(used.inUse).toMatchObject({ incident: id("inc"), host: "www3" });
    expect(over(used)).toMatchObject({ refusal: { code: "spare.in_use" } });
    expect(retireSpare(used, STAMP, 7, "")).toMatchObject({ refusal: { code: "spare.in_use" } });
    const back = switchBack(used, STAMP, "");
    expect(back).toMatchObject({ ok: true, value: { incident: id("inc"), body: { host: "www3" } } });
    expect(told(used, back.ok ? back.value : {}).inUse).toBeNull();
  });

  it("stands in for nothing that nobody tried it for", () => {
    const other = { id: id("ast", 2), name: "db1" };

    expect(over(registered(), other)).toMatchObject({
      refusal: { code: "spare.not_for_this" },
    });
    expect(switchBack(registered(), STAMP, "")).toMatchObject({ refusal: { code: "spare.not_in_use" } });
  });

  it("takes over from a host that is cut off, or for a reason why that is not", () => {
    const approved = [{ state: "approved", target: { asset: HOST.id } } as Isolation];
    const said = (notCut: string) => over(registered(), HOST, { note: "", notCut, cut: approved });

    expect(said(" ")).toMatchObject({ refusal: { code: "spare.host_not_cut", host: "www3" } });
    expect(said("its power supply burnt")).toMatchObject({
      value: { body: { notCut: "its power supply burnt" } },
    });
  });
});
