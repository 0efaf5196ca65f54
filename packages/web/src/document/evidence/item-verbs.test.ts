import { describe, expect, it } from "vitest";
import type { Item } from "../../api/contract.ts";
import { evidenceIdOf, incidentIdOf, personIdOf } from "../../api/ids.ts";
import { verbsFor } from "./item-verbs.ts";

const ANA = personIdOf("psn_ana");
const BO = personIdOf("psn_bo");

const anItem = (more: Partial<Item>): Item => ({
  id: evidenceIdOf("evd_1"),
  incident: incidentIdOf("inc_1"),
  number: 1,
  identification: {
    what: "Laptop",
    kind: "device",
    foundAt: "Desk 4",
    serialNumber: "",
    model: "",
    hostname: "",
    macAddresses: [],
    ipAddresses: [],
    changedByCollecting: "",
    remarks: "",
  },
  content: null,
  state: "collected",
  custodian: { id: ANA, name: "Ana", title: "Handler", phone: "1" },
  place: "Safe",
  seal: "",
  pending: null,
  chain: [],
  ...more,
});

const OFFERED = {
  state: "in_transit",
  pending: {
    item: evidenceIdOf("evd_1"),
    number: 1,
    offer: 4,
    to: BO,
    toName: "Bo",
    purpose: "Analysis",
    place: "Lab",
    at: "",
  },
} as const;

describe("the verbs on an evidence item", () => {
  it("are the custodian's while the item is in their hands", () => {
    expect(verbsFor(anItem({}), ANA)).toEqual(["hand-over", "store", "seal", "release"]);
    expect(verbsFor(anItem({}), BO)).toEqual([]);
  });

  it("let the receiver answer an offer and the giver withdraw it, and nothing else", () => {
    expect(verbsFor(anItem(OFFERED), BO)).toEqual(["accept", "refuse"]);
    expect(verbsFor(anItem(OFFERED), ANA)).toEqual(["withdraw"]);
  });

  it("let a released item only be taken back", () => {
    expect(verbsFor(anItem({ state: "released" }), ANA)).toEqual(["return"]);
  });

  it("let the content be read where there is one", () => {
    const content = { sha256: "0".repeat(64), sizeBytes: 1, name: "a.log" };

    expect(verbsFor(anItem({ content }), BO)).toEqual(["read"]);
  });
});
