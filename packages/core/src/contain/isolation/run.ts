import * as z from "zod";
import type { RunId } from "../../kernel/id.ts";

/**
 * What a run came to. `unknown`: it was begun and nobody knows whether it worked. `not_run`: it was never begun,
 * because the authority was gone or the connector could not serve.
 */
export const RUN_OUTCOMES = ["done", "failed", "unknown", "not_run"] as const;
export const RunOutcome = z.enum(RUN_OUTCOMES);
export type RunOutcome = z.infer<typeof RunOutcome>;

/** One time that a connector was let loose on an isolation. */
export interface ConnectorRun {
  readonly run: RunId;
  readonly connector: string;
  /** When it was asked for, and by whom. */
  readonly askedAt: string;
  readonly by: string;
  /** `null` while it waits or runs. */
  readonly outcome: RunOutcome | null;
  readonly endedAt: string | null;
  /** What the connector answered, bounded; foreign text. */
  readonly text: string;
}

/** The run that was asked for last, if any was. */
export function lastRun({ runs }: { readonly runs?: readonly ConnectorRun[] }): ConnectorRun | undefined {
  return runs?.at(-1);
}
