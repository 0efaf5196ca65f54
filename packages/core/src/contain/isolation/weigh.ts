import type { Asset } from "../../prepare/register/asset.ts";
import type { Segment } from "../../prepare/register/segment.ts";
import type { IsolatingAction, IsolationKind } from "./isolation.ts";

/** What the register knows of something that somebody wants to cut off; `undefined` where it knows nothing. */
export interface KnownTarget {
  readonly kind: IsolationKind;
  readonly asset: Asset | undefined;
  readonly segment: Segment | undefined;
  /** How many active assets stand in the segment. */
  readonly assetCount: number;
}

/**
 * The action of the policy that cutting it off falls under.
 *
 * What the register does not know, what others depend on, and what is more than a host counts as production:
 * the stricter rule holds where nobody has said that a gentler one may.
 */
export function isolatingAction({ kind, asset }: Pick<KnownTarget, "kind" | "asset">): IsolatingAction {
  if (kind === "segment") return "segment.isolate";
  if (kind === "account") return "account.disable";
  const ordinary =
    asset !== undefined &&
    asset.status === "active" &&
    asset.kind === "host" &&
    !asset.production &&
    asset.criticality !== "critical";
  return ordinary ? "host.isolate" : "host.isolate_production";
}

/** What stands still when it is cut off, as far as the register knows, one plain sentence a line. */
export function consequencesOf(target: KnownTarget, ownerName: string): readonly string[] {
  return target.kind === "segment" ? ofSegment(target) : ofAsset(target.asset, ownerName);
}

function ofAsset(asset: Asset | undefined, ownerName: string): readonly string[] {
  if (asset === undefined) {
    return ["The register does not know it, so it counts as production. Find out who depends on it."];
  }
  return [
    asset.purpose === "" ? "" : ended(`It is there for: ${asset.purpose}`),
    asset.dependents === "" ? "" : ended(`Stands still without it: ${asset.dependents}`),
    `Criticality ${asset.criticality}${asset.production ? ", in production" : ""}.`,
    ownerName === "" ? "The register names no owner to tell." : `Tell its owner: ${ownerName}.`,
  ].filter((text) => text !== "");
}

function ofSegment({ segment, assetCount }: KnownTarget): readonly string[] {
  if (segment === undefined) {
    return ["The register does not know this segment. Find out what stands in it."];
  }
  return [
    assetCount === 1 ? "1 registered asset stands in it." : `${assetCount} registered assets stand in it.`,
    segment.production ? "Others depend on what stands in it." : "",
    segment.ranges.length === 0 ? "" : `Ranges: ${segment.ranges.join(", ")}.`,
  ].filter((text) => text !== "");
}

/** The sentence with a full stop, where its words bring none. */
function ended(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
