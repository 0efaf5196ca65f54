import * as z from "zod";
import type { Entry, Fact } from "../../document/log/entry.ts";
import { AssetId, type IncidentId, ScopeId } from "../../kernel/id.ts";
import { accept, type Result, refuse } from "../../kernel/result.ts";
import { line, prose } from "../../kernel/text.ts";
import type { Stamp } from "../../kernel/time.ts";

/** What can be in the scope of an incident. */
export const SCOPE_KINDS = ["host", "account", "network", "site", "service"] as const;
export const ScopeKind = z.enum(SCOPE_KINDS);
export type ScopeKind = z.infer<typeof ScopeKind>;

/** How it stands with something in scope: thought to be hit, known to be hit, known not to be any more. */
export const SCOPE_STATES = ["suspected", "affected", "cleared"] as const;
export const ScopeState = z.enum(SCOPE_STATES);
export type ScopeState = z.infer<typeof ScopeState>;

/** Why the scope changes; the record needs it. */
export const ScopeReason = prose(2000).refine((text) => text.trim() !== "", {
  error: "is empty; say what the review found",
});

export const SCOPE_ENTRIES = {
  "scope.widened": z.object({
    element: ScopeId,
    kind: ScopeKind,
    name: line(253),
    asset: AssetId.nullable(),
    state: ScopeState,
    reason: ScopeReason,
  }),
  "scope.changed": z.object({
    element: ScopeId,
    name: z.string(),
    before: ScopeState,
    state: ScopeState,
    reason: ScopeReason,
  }),
  "scope.narrowed": z.object({ element: ScopeId, name: z.string(), reason: ScopeReason }),
};
type Facts = Fact<typeof SCOPE_ENTRIES>;

/** Something in the scope of an incident, or ruled out of it, with how it came to be so. */
export interface ScopeElement {
  readonly id: ScopeId;
  readonly incident: IncidentId;
  readonly kind: ScopeKind;
  readonly name: string;
  readonly asset: AssetId | null;
  readonly state: ScopeState | "ruled_out";
  readonly history: readonly {
    readonly at: string;
    readonly by: string;
    readonly state: ScopeState | "ruled_out";
    readonly reason: string;
  }[];
}

export type ScopeRefusal =
  | { readonly code: "scope.already_in"; readonly element: ScopeId }
  | { readonly code: "scope.ruled_out" }
  | { readonly code: "scope.unchanged"; readonly state: ScopeState };

/** The element after one more entry about it. */
export function projectScope(
  before: ScopeElement | undefined,
  entry: Entry<typeof SCOPE_ENTRIES>,
): ScopeElement | undefined {
  const state: ScopeElement["state"] =
    entry.type === "scope.narrowed" ? "ruled_out" : (entry.body.state ?? "suspected");
  const step = {
    at: entry.happenedAt,
    by: entry.actor?.name ?? "(withheld)",
    state,
    reason: entry.body.reason ?? "(withheld)",
  };
  if (entry.type !== "scope.widened") {
    return before && { ...before, state, history: [...before.history, step] };
  }
  const { element, kind, name, asset } = entry.body;
  if (element === undefined || entry.incident === null) return before;
  return {
    id: element,
    incident: entry.incident,
    kind: kind ?? "host",
    name: name ?? "(withheld)",
    asset: asset ?? null,
    state,
    history: [step],
  };
}

/**
 * The entry that takes something into the scope, or `scope.already_in`.
 *
 * @param inScope  what is in the scope now
 * @source         NIST SP 800-61r2 §3.2.4; CERT/CC: the scope is expanded or contracted by what the review finds
 */
export function widenScope(
  incident: IncidentId,
  id: ScopeId,
  happened: Stamp,
  inScope: readonly ScopeElement[],
  said: Omit<Extract<Facts, { type: "scope.widened" }>["body"], "element">,
): Result<Facts, ScopeRefusal> {
  const same = inScope.find(
    (each) =>
      each.state !== "ruled_out" &&
      each.kind === said.kind &&
      each.name.toLowerCase() === said.name.toLowerCase(),
  );
  if (same !== undefined) return refuse({ code: "scope.already_in", element: same.id });
  return accept({ type: "scope.widened", incident, happened, body: { element: id, ...said } });
}

/** The entry that says how it stands with an element now; `scope.ruled_out`, `scope.unchanged`. */
export function changeScope(
  before: ScopeElement,
  happened: Stamp,
  state: ScopeState,
  reason: string,
): Result<Facts, ScopeRefusal> {
  if (before.state === "ruled_out") return refuse({ code: "scope.ruled_out" });
  if (before.state === state) return refuse({ code: "scope.unchanged", state });
  const body = { element: before.id, name: before.name, before: before.state, state, reason };
  return accept({ type: "scope.changed", incident: before.incident, happened, body });
}

/** The entry that rules an element out of the scope; what is known of it stays. */
export function narrowScope(
  before: ScopeElement,
  happened: Stamp,
  reason: string,
): Result<Facts, ScopeRefusal> {
  if (before.state === "ruled_out") return refuse({ code: "scope.ruled_out" });
  const body = { element: before.id, name: before.name, reason };
  return accept({ type: "scope.narrowed", incident: before.incident, happened, body });
}
