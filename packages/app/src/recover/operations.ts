import {
  gateBegin,
  gateClaim,
  gateConfirm,
  gateLeaveOut,
  gateProve,
  gateRequire,
  gateWaive,
  gateWithdraw,
} from "./gates.ts";
import {
  recoveryEradicate,
  recoveryFindClean,
  recoveryKeepOff,
  recoveryPlan,
  recoveryReconnect,
  recoveryRelease,
  recoveryReturn,
  recoveryTakeOver,
  recoveryWatch,
} from "./hosts.ts";
import { showMatrix, showRecoveringHost } from "./queries.ts";

/** The operations by which hosts come back. */
export const RECOVERY_OPERATIONS = [
  recoveryTakeOver,
  recoveryPlan,
  recoveryEradicate,
  recoveryReturn,
  recoveryReconnect,
  recoveryWatch,
  recoveryRelease,
  recoveryKeepOff,
  recoveryFindClean,
  gateBegin,
  gateProve,
  gateClaim,
  gateConfirm,
  gateWaive,
  gateWithdraw,
  gateLeaveOut,
  gateRequire,
] as const;

/** The queries about hosts on their way back. */
export const RECOVERY_QUERIES = [showMatrix, showRecoveringHost] as const;
