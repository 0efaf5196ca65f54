import type { Asset } from "./register-queries.ts";

export const KIND_WORDS: Readonly<Record<Asset["kind"], string>> = {
  host: "Host",
  service: "Service",
  account: "Account",
  network_device: "Network device",
};

export const CRITICALITY_WORDS: Readonly<Record<Asset["criticality"], string>> = {
  low: "Low",
  medium: "Medium",
  high: "High",
  critical: "Critical",
};

/** The lines of a field of several values, without blanks and empty ones. */
export function linesOf(text: string): string[] {
  return text
    .split(/[\n;,]/)
    .map((line) => line.trim())
    .filter((line) => line !== "");
}
