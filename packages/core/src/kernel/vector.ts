import * as z from "zod";

/**
 * How an incident got in.
 *
 * @source NIST SP 800-61r2 §3.2.1
 */
export const ATTACK_VECTORS = [
  "removable_media",
  "attrition",
  "web",
  "email",
  "impersonation",
  "improper_usage",
  "loss_or_theft",
  "other",
  "unknown",
] as const;
export const AttackVector = z.enum(ATTACK_VECTORS);
export type AttackVector = z.infer<typeof AttackVector>;
