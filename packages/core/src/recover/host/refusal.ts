import type { IncidentRefusal } from "../../detect/incident/life.ts";
import type { ScopeRefusal } from "../../detect/scope/scope.ts";
import type { RecoveryId } from "../../kernel/id.ts";
import type { NotProving } from "../../prepare/master-copy/sealed-check.ts";
import type { Role } from "../../prepare/people/person.ts";
import type { GateId } from "../../prepare/playbook/gate.ts";
import type { EradicationStep } from "./host.ts";
import type { Missing, Stage } from "./matrix.ts";

/** What the rules of recovery say no with; `host` names the first host that is in the way. */
export type RecoveryRefusal =
  | IncidentRefusal
  | ScopeRefusal
  | { readonly code: "recovery.already_in"; readonly hosts: readonly RecoveryId[] }
  | {
      readonly code: "recovery.gates_open";
      readonly missing: readonly Missing[];
      readonly mayWaive: readonly Role[];
    }
  | { readonly code: "recovery.ended"; readonly host: string; readonly how: Stage }
  | { readonly code: "recovery.out_of_order"; readonly host: string; readonly first: readonly string[] }
  | { readonly code: "recovery.already_eradicated"; readonly step: EradicationStep }
  | { readonly code: "recovery.already_connected"; readonly where: "inside" | "outside" }
  | { readonly code: "recovery.inside_first" }
  | { readonly code: "recovery.not_reconnected" }
  | { readonly code: "recovery.not_watched" }
  | { readonly code: "recovery.already_treated" }
  | { readonly code: "gate.not_needed"; readonly host: string; readonly gate: GateId }
  | { readonly code: "gate.already_settled"; readonly host: string; readonly gate: GateId }
  | { readonly code: "gate.already_working"; readonly host: string; readonly gate: GateId }
  | { readonly code: "gate.not_named"; readonly gate: GateId; readonly names: string }
  | { readonly code: "gate.too_many_outputs"; readonly limit: number }
  | { readonly code: "gate.foreign_evidence" }
  | { readonly code: "gate.not_sound"; readonly host: string; readonly why: NotProving }
  | { readonly code: "gate.own_word" }
  | { readonly code: "gate.not_asked"; readonly asked: string }
  | { readonly code: "gate.nothing_asked"; readonly host: string; readonly gate: GateId }
  | { readonly code: "gate.nothing_there"; readonly host: string; readonly gate: GateId }
  | { readonly code: "gate.waiver_too_long"; readonly latest: string }
  | { readonly code: "gate.unchanged"; readonly gate: GateId };
