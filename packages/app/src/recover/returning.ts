import { listResets, resetDrop, resetPlan, resetRecord, suggestResets } from "./password-reset.ts";
import { compromiseDate, restorePointChoose, showRestoring } from "./restore-point.ts";

/** The operations about restore points and new passwords. */
export const RETURNING_OPERATIONS = [
  compromiseDate,
  restorePointChoose,
  resetPlan,
  resetRecord,
  resetDrop,
] as const;

/** The queries about restore points and new passwords. */
export const RETURNING_QUERIES = [showRestoring, listResets, suggestResets] as const;
