import { labelIn, ORIGINS, VECTORS } from "../../detect/incident/words.ts";
import { utcText } from "../../ui/moment-text.ts";
import type { AsItStood } from "./travel-queries.ts";

export type Difference = AsItStood["differences"][number];
export type Group = Exclude<Difference["group"], "incident">;

/** What each kind of thing is called, one and several. */
export const GROUPS: Readonly<Record<Group, readonly [one: string, several: string]>> = {
  host: ["Host", "Hosts"],
  isolation: ["Isolation", "Isolations"],
  evidence: ["Evidence", "Evidence"],
  scope: ["Scope", "Scope"],
  sign: ["Sign", "Signs"],
  notification: ["Notification", "Notifications"],
};

/** Facts that are somebody's own words: they are shown as they were written. */
const OWN_WORDS: ReadonlySet<string> = new Set([
  "Title",
  "Because",
  "Lead",
  "Team",
  "Marking",
  "What was seen",
  "Owner",
  "Custodian",
  "Place",
  "Seal",
  "Offered to",
  "Name",
]);

/** A fact's value as it is read: our lists' words without their underscores, moments in UTC. */
export function valueWords(what: string, value: string): string {
  if (value === "") return "nothing";
  if (OWN_WORDS.has(what)) return value;
  if (what === "Review by") return utcText(value);
  const known = [...VECTORS, ...ORIGINS].find((choice) => choice.value === value);
  if (what === "Came in by" || what === "From") return known ? labelIn([known], known.value) : value;
  return value.replaceAll("_", " ");
}

/** What was and what is, in sentences; facts that went the same way share one. */
export function sentencesOf(changes: Difference["changes"]): string[] {
  const facts = new Map<string, string[]>();
  for (const { what, before, after } of changes) {
    const way = `was ${valueWords(what, before)}, is ${valueWords(what, after)}`;
    facts.set(way, [...(facts.get(way) ?? []), what]);
  }
  return [...facts].map(([way, whats]) => `${whats.join(", ")}: ${way}`);
}
