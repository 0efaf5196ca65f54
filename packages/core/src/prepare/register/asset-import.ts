import type { Fact } from "../../document/log/entry.ts";
import type { AssetId, ConstituentId, SegmentId } from "../../kernel/id.ts";
import type { Stamp } from "../../kernel/time.ts";
import { foldName } from "./address.ts";
import { type ASSET_ENTRIES, ASSET_KINDS, type Asset, AssetDetails, CRITICALITIES } from "./asset.ts";
import { fieldsThatDiffer, type ImportedRow, partsOf } from "./import.ts";

/** The columns of a file of assets, in the order an export writes them. */
export const ASSET_COLUMNS = [
  "kind",
  "name",
  "other names",
  "addresses",
  "segment",
  "constituent",
  "owner",
  "criticality",
  "production",
  "purpose",
  "dependents",
  "notes",
] as const;
type Column = (typeof ASSET_COLUMNS)[number];

/** What the rows of a file can refer to, each by its name as it is compared. */
export interface Known {
  readonly assets: readonly Asset[];
  readonly segments: ReadonlyMap<string, SegmentId>;
  readonly constituents: ReadonlyMap<string, ConstituentId>;
}

/**
 * What a file of assets would add and change, with the entries for it: one an asset.
 *
 * An asset is known again by kind, constituent and name. A column that the file lacks leaves the field as it
 * is; an empty cell empties it. A row that cannot be used is refused with its reason and the others go on. The
 * same file twice changes nothing.
 */
export function importAssets(
  rows: readonly { readonly line: number; readonly cells: ReadonlyMap<string, string> }[],
  known: Known,
  happened: Stamp,
  newId: () => AssetId,
): { readonly rows: readonly ImportedRow[]; readonly facts: readonly Fact<typeof ASSET_ENTRIES>[] } {
  const before = new Map(known.assets.map((asset) => [keyOf(asset), asset]));
  const seen = new Set<string>();
  const facts: Fact<typeof ASSET_ENTRIES>[] = [];
  const shown = rows.map(({ line, cells }): ImportedRow => {
    const name = cells.get("name") ?? "";
    const refused = (problem: string): ImportedRow => ({
      line,
      name,
      outcome: "refused",
      problem,
      fields: [],
    });
    const said = readRow(cells, known, before);
    if (typeof said === "string") return refused(said);
    const key = keyOf(said.details);
    if (seen.has(key)) return refused("stands in the file twice");
    seen.add(key);
    const { asset, details } = said;
    if (asset === undefined) {
      facts.push(fact("asset.added", newId(), details, happened));
      return { line, name, outcome: "added", problem: "", fields: [] };
    }
    const fields = fieldsThatDiffer(detailsOf(asset), details);
    if (fields.length === 0) return { line, name, outcome: "unchanged", problem: "", fields };
    facts.push(fact("asset.changed", asset.id, details, happened));
    return { line, name, outcome: "changed", problem: "", fields };
  });
  return { rows: shown, facts };
}

/** The cells of an asset in the order of {@link ASSET_COLUMNS}. */
export function assetCells(
  asset: Asset,
  names: { readonly segment: string; readonly constituent: string },
): string[] {
  return [
    asset.kind,
    asset.name,
    asset.otherNames.join("; "),
    asset.addresses.join("; "),
    names.segment,
    names.constituent,
    asset.owner.text,
    asset.criticality,
    asset.production ? "yes" : "no",
    asset.purpose,
    asset.dependents,
    asset.notes,
  ];
}

/** The asset that a row means and how it would be, or what is wrong with the row. */
function readRow(
  cells: ReadonlyMap<string, string>,
  known: Known,
  assets: ReadonlyMap<string, Asset>,
): { readonly asset: Asset | undefined; readonly details: AssetDetails } | string {
  const cell = (column: Column): string | undefined => cells.get(column);
  const kind = choice(ASSET_KINDS, cell("kind"), "host");
  if (kind === undefined) return `kind: is none of ${ASSET_KINDS.join(", ")}`;
  const constituent = named(known.constituents, cell("constituent"));
  if (constituent === undefined) return "constituent: is not in the register";
  const segment = named(known.segments, cell("segment"));
  if (segment === undefined) return "segment: is not in the register";
  const name = cell("name") ?? "";
  const asset = assets.get(keyOf({ kind, name, constituent }));
  const old = asset && detailsOf(asset);
  const criticality = choice(CRITICALITIES, cell("criticality"), "medium");
  if (criticality === undefined) return `criticality: is none of ${CRITICALITIES.join(", ")}`;
  const production = yesOrNo(cell("production"));
  if (production === undefined) return "production: is neither yes nor no";
  const text = (column: Column, was: string | undefined): string => cell(column) ?? was ?? "";
  const list = (column: Column, was: readonly string[] | undefined): string[] => {
    const value = cell(column);
    return value === undefined ? [...(was ?? [])] : partsOf(value);
  };
  const details = AssetDetails.safeParse({
    kind,
    name: old?.name ?? name,
    otherNames: list("other names", old?.otherNames),
    addresses: list("addresses", old?.addresses),
    segment: cell("segment") === undefined ? (old?.segment ?? null) : segment,
    constituent,
    owner: {
      text: text("owner", old?.owner.text),
      person: old?.owner.person ?? null,
      contact: old?.owner.contact ?? null,
    },
    criticality: cell("criticality") === undefined ? (old?.criticality ?? "medium") : criticality,
    production: cell("production") === undefined ? (old?.production ?? false) : production,
    purpose: text("purpose", old?.purpose),
    dependents: text("dependents", old?.dependents),
    notes: text("notes", old?.notes),
  });
  if (details.success) return { asset, details: details.data };
  const issue = details.error.issues[0];
  return `${issue?.path.map(String).join(" ")}: ${issue?.message}`;
}

/** The word of a closed list that a cell holds, `otherwise` for an empty one, `undefined` for another word. */
function choice<const Word extends string>(
  words: readonly Word[],
  cell: string | undefined,
  otherwise: Word,
): Word | undefined {
  const said = (cell ?? "").trim().toLowerCase().replaceAll(" ", "_");
  return said === "" ? otherwise : words.find((word) => word === said);
}

function yesOrNo(cell: string | undefined): boolean | undefined {
  const said = (cell ?? "").trim().toLowerCase();
  if (["yes", "true", "1"].includes(said)) return true;
  return ["", "no", "false", "0"].includes(said) ? false : undefined;
}

function named<Id>(known: ReadonlyMap<string, Id>, cell: string | undefined): Id | null | undefined {
  return cell === undefined || cell.trim() === "" ? null : known.get(foldName(cell));
}

function keyOf({ kind, name, constituent }: Pick<AssetDetails, "kind" | "name" | "constituent">): string {
  return `${kind} ${constituent ?? ""} ${foldName(name)}`;
}

function detailsOf({ id: _, status: _status, changedSeq: _seq, ...details }: Asset): AssetDetails {
  return AssetDetails.parse(details);
}

function fact<const Type extends "asset.added" | "asset.changed">(
  type: Type,
  asset: AssetId,
  details: AssetDetails,
  happened: Stamp,
) {
  return { type, incident: null, happened, body: { asset, ...details } };
}
