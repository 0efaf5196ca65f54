import {
  type AnyEntry,
  type AssetDetails,
  AssetDetails as AssetSchema,
  foldName,
  idFrom,
  type SegmentDetails,
  SegmentDetails as SegmentSchema,
} from "@jumpkit/core";
import fc from "fast-check";
import ipaddr from "ipaddr.js";
import type pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type FreshDatabase, freshDatabase } from "../../../../../tests/support/database.ts";
import { withTransaction } from "../../database/transaction.ts";
import { placesOf } from "./place.ts";
import { projectRegister } from "./project.ts";

const OURS = "org_00000000000000000000000000";
const THEIRS = "org_00000000000000000000000001";

describe("where a name or an address belongs", () => {
  let database: FreshDatabase;
  let seq = 0;

  beforeAll(async () => {
    database = await freshDatabase();
  });
  afterAll(async () => database?.drop());

  const within = <Value>(work: (client: pg.PoolClient) => Promise<Value>, organisation = OURS) =>
    withTransaction(database.pool, organisation, work);

  const idOf = <const Prefix extends string>(prefix: Prefix) =>
    idFrom(prefix, 1_700_000_000_000 + seq, new Uint8Array(10));

  const tell = (type: AnyEntry["type"], body: object, organisation = OURS) =>
    within(
      (client) =>
        projectRegister(client, organisation, {
          type,
          v: 1,
          seq: seq++,
          incident: null,
          incidentSeq: null,
          happenedAt: "",
          recordedAt: "",
          body,
        } as never),
      organisation,
    );

  const segment = async (said: Partial<SegmentDetails> & { name: string }, organisation = OURS) => {
    const id = idOf("seg");
    await tell("segment.added", { segment: id, ...SegmentSchema.parse(said) }, organisation);
    return id;
  };
  const asset = async (said: Partial<AssetDetails> & { name: string }, organisation = OURS) => {
    const id = idOf("ast");
    await tell("asset.added", { asset: id, ...AssetSchema.parse(said) }, organisation);
    return id;
  };
  const places = (...names: string[]) => within((client) => placesOf(client, OURS, names));

  it("finds an asset by name, other name or address, whatever its case or spelling", async () => {
    const owner = { text: "Dana Webmaster", person: null, contact: null };
    const id = await asset({
      name: "WWW3.example.org",
      otherNames: ["www3"],
      addresses: ["192.0.2.33", "2001:db8::33"],
      owner,
      criticality: "high",
      production: true,
    });
    const spellings = ["www3.EXAMPLE.org.", "www3", "192.0.2.33", "::ffff:192.0.2.33", "2001:0DB8:0:0::0033"];

    const found = await places(...spellings, "www33", "192.0.2.34");

    expect([...found.keys()].sort()).toEqual([...spellings].sort());
    for (const place of found.values()) {
      expect(place.asset).toEqual({
        id,
        name: "WWW3.example.org",
        owner: "Dana Webmaster",
        criticality: "high",
        production: true,
      });
    }
  });

  it("names constituent and team by the longest range, for an asset in it and for an address alone", async () => {
    const constituent = idOf("con");
    await tell("constituent.added", { constituent, name: "Physics", notes: "" });
    const team = idOf("tem");
    await tell("team.added", { team, name: "North", kind: "ordinary", members: [], notes: "" });
    const wide = await segment({ name: "Campus", ranges: ["10.0.0.0/8", "2001:db8:1::/48"] });
    const narrow = await segment({ name: "Lab", constituent, team, ranges: ["10.7.1.9/16"] });
    await asset({ name: "probe", addresses: ["10.7.0.4"] });

    const found = await places("10.9.0.1", "10.7.3.3", "probe", "2001:db8:1:2::3");

    expect(found.get("10.9.0.1")).toEqual({
      asset: null,
      segment: { id: wide, name: "Campus" },
      constituent: null,
      team: null,
    });
    expect(found.get("10.7.3.3")).toMatchObject({
      asset: null,
      segment: { id: narrow, name: "Lab" },
      constituent: "Physics",
      team,
    });
    expect(found.get("probe")).toMatchObject({ asset: { name: "probe" }, segment: { id: narrow }, team });
    expect(found.get("2001:db8:1:2::3")?.segment?.name).toBe("Campus");
  });

  it("agrees with another implementation about which range is the longest", async () => {
    const ranges = ["100.64.0.0/10", "100.64.0.0/24", "100.64.128.0/17", "100.127.0.0/16", "64.0.0.0/2"];
    for (const range of ranges) await segment({ name: range, ranges: [range] });
    const address = fc
      .tuple(fc.integer({ min: 64, max: 110 }), fc.nat(255), fc.nat(255), fc.nat(255))
      .map((part) => part.join("."));

    await fc.assert(
      fc.asyncProperty(fc.array(address, { minLength: 1, maxLength: 60 }), async (asked) => {
        const found = await places(...asked);
        for (const each of asked) {
          const holding = ranges
            .filter((range) => ipaddr.parse(each).match(ipaddr.parseCIDR(range)))
            .sort((a, b) => Number(b.split("/")[1]) - Number(a.split("/")[1]));
          expect(found.get(each)?.segment?.name, each).toBe(holding[0]);
        }
      }),
      { numRuns: 20 },
    );
  });

  it("forgets what was retired or moved, and is not misled by an account of the same name", async () => {
    const id = await asset({ name: "old-mail", addresses: ["198.51.100.7"] });
    await asset({ name: "backup", kind: "account" });
    await tell("asset.changed", {
      asset: id,
      ...AssetSchema.parse({ name: "new-mail", addresses: ["198.51.100.8"] }),
    });

    expect([
      ...(await places("old-mail", "198.51.100.7", "new-mail", "198.51.100.8", "backup")).keys(),
    ]).toEqual(expect.arrayContaining(["new-mail", "198.51.100.8"]));
    await tell("asset.retired", { asset: id, name: "new-mail", reason: "" });
    expect((await places("new-mail", "198.51.100.8", "old-mail", "backup")).size).toBe(0);
  });

  it("knows nothing of another organisation's hosts", async () => {
    await asset({ name: "secret", addresses: ["203.0.113.1"] }, THEIRS);
    await segment({ name: "Secret", ranges: ["203.0.113.0/24"] }, THEIRS);

    expect((await places("secret", "203.0.113.1")).size).toBe(0);
  });

  it("takes any text as a name and never as anything else", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.string({ unit: "binary" }), { maxLength: 20 }), async (names) => {
        const found = await places(...names.map((name) => `no ${name}`), "", "\u0000", "%", "1.2.3.4/8");
        expect(found.size).toBe(0);
      }),
      { numRuns: 30 },
    );
    expect(foldName(".")).toBe(".");
  });
});
