import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { idFrom } from "../../kernel/id.ts";
import { type Asset, AssetDetails, projectAsset } from "./asset.ts";
import { importAssets, type Known } from "./asset-import.ts";

const HAPPENED = { at: "2026-11-22T10:00:00Z", zone: "UTC", precision: "second", said: "" } as const;
const LAB = idFrom("seg", 1, new Uint8Array(10));
const NOTHING: Known = { assets: [], segments: new Map([["lab", LAB]]), constituents: new Map() };

/** The register after a file was imported, and what the import said. */
function after(known: Known, ...rows: Record<string, string>[]) {
  let made = 0;
  const outcome = importAssets(
    rows.map((cells, at) => ({ line: at + 2, cells: new Map(Object.entries(cells)) })),
    known,
    HAPPENED,
    () => idFrom("ast", 1000 + made++, new Uint8Array(10)),
  );
  const assets = new Map<string, Asset>(known.assets.map((asset) => [asset.id, asset]));
  outcome.facts.forEach((fact, seq) => {
    const asset = projectAsset(assets.get(fact.body.asset), { ...fact, seq } as never);
    if (asset) assets.set(asset.id, asset);
  });
  return { ...outcome, known: { ...known, assets: [...assets.values()] } };
}

const outcomes = ({ rows }: Pick<ReturnType<typeof after>, "rows">) => rows.map((row) => row.outcome);

describe("importing a file of assets", () => {
  it("changes nothing when the same file comes twice, whatever its names are", () => {
    const name = fc.oneof(
      fc.string({ unit: "grapheme", minLength: 1, maxLength: 60 }),
      fc.constantFrom("=cmd|'/C calc'!A0", "\u202egnp.exe", "а.example", "A.EXAMPLE.", "' OR 1=1 --"),
    );
    const row = fc.record({
      name,
      segment: fc.constantFrom("", "Lab"),
      owner: fc.string(),
      addresses: fc.constantFrom("", "192.0.2.1; 2001:db8::1"),
    });
    fc.assert(
      fc.property(fc.array(row, { maxLength: 12 }), (rows) => {
        const first = after(NOTHING, ...rows);
        const second = after(first.known, ...rows);

        expect(second.facts).toEqual([]);
        for (const [at, shown] of first.rows.entries()) {
          if (shown.outcome !== "added") continue;
          expect(shown.name).toBe(rows[at]?.name);
          expect(second.rows[at]?.outcome).toBe("unchanged");
          expect(second.known.assets.some((asset) => asset.name === rows[at]?.name)).toBe(true);
        }
      }),
    );
  });

  it("changes the fields that the file has, and leaves those it has not", () => {
    const { known } = after(NOTHING, { name: "www3", owner: "Dana", purpose: "pages", segment: "Lab" });

    const again = after(known, { name: "WWW3", owner: "", criticality: "High" });

    expect(again.rows[0]).toMatchObject({ outcome: "changed", fields: ["owner", "criticality"] });
    expect(again.known.assets[0]).toMatchObject({
      name: "www3",
      owner: { text: "" },
      criticality: "high",
      purpose: "pages",
      segment: LAB,
    });
  });

  it("refuses a row with its reason and goes on with the others", () => {
    const outcome = after(
      NOTHING,
      { name: "a", segment: "Nowhere" },
      { name: "b", addresses: "192.0.2.300" },
      { name: "" },
      { name: "c", kind: "toaster" },
      { name: "d", production: "perhaps" },
      { name: "e\u0000" },
      { name: "good", kind: "Network device" },
      { name: "GOOD", kind: "network_device" },
    );

    expect(outcomes(outcome)).toEqual([...Array(6).fill("refused"), "added", "refused"]);
    expect(outcome.rows.map((row) => row.problem)).toEqual([
      "segment: is not in the register",
      "addresses 0: is not an IPv4 or IPv6 address",
      expect.stringContaining("name"),
      expect.stringContaining("kind"),
      "production: is neither yes nor no",
      "name: holds a NUL character",
      "",
      "stands in the file twice",
    ]);
  });

  it("keeps assets of two constituents apart, though they bear one name", () => {
    const physics = idFrom("con", 1, new Uint8Array(10));
    const known = { ...NOTHING, constituents: new Map([["physics", physics]]) };

    const outcome = after(known, { name: "mail" }, { name: "mail", constituent: "Physics" });

    expect(outcomes(outcome)).toEqual(["added", "added"]);
    expect(AssetDetails.parse({ name: "mail" }).constituent).toBeNull();
  });
});
