import type { PlaybookStep } from "./playbook-queries.ts";

/** The parts of the response, in their order. */
export const STEP_PHASES: readonly PlaybookStep["phase"][] = [
  "detect",
  "contain",
  "eradicate",
  "recover",
  "learn",
];

/** What each part is called. */
export const STEP_PHASE_WORDS: Readonly<Record<PlaybookStep["phase"], string>> = {
  detect: "Detect and analyse",
  contain: "Contain",
  eradicate: "Eradicate",
  recover: "Recover",
  learn: "Learn",
};

/** A name for a step that no other step of the playbook has. */
export function freshStepId(steps: readonly Pick<PlaybookStep, "id">[]): string {
  const taken = new Set(steps.map(({ id }) => id));
  for (let number = steps.length + 1; ; number++) if (!taken.has(`step-${number}`)) return `step-${number}`;
}
