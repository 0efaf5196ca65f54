import type { QueryOutput } from "../../api/contract.ts";

export type Checklists = QueryOutput<"checklist.of_incident">;
export type Checklist = Checklists["items"][number];
export type StepMark = Checklist["marks"][number];

/** One line of a checklist: a step, and the host where it is done for each. */
export interface StepRow {
  readonly key: string;
  readonly step: Checklist["steps"][number];
  readonly host: { readonly id: string; readonly name: string } | null;
  readonly mark: StepMark | undefined;
}

/** The lines of a checklist in the order of its steps; a step for each host has one for every host there is. */
export function rowsOf(checklist: Checklist, hosts: Checklists["hosts"]): readonly StepRow[] {
  return checklist.steps.flatMap((step) => {
    const at = (host: StepRow["host"]): StepRow => ({
      key: `${step.id} ${host?.id ?? ""}`,
      step,
      host,
      mark: checklist.marks.find((mark) => mark.step === step.id && mark.host === (host?.id ?? null)),
    });
    return step.per === "host" ? hosts.map(at) : [at(null)];
  });
}
