import type { Choice } from "../../ui/choice-field.tsx";
import type { ShapeName } from "../../ui/shape.tsx";
import type { Isolation } from "../contain-queries.ts";

type Kind = Isolation["target"]["kind"];
type Decision = NonNullable<Isolation["decision"]>;
type Tone = "ok" | "warn" | "critical" | "plain";

export const KINDS: ReadonlyArray<Choice<Kind>> = [
  { value: "host", label: "Host" },
  { value: "segment", label: "Segment" },
  { value: "account", label: "Account" },
];

/** The state of an isolation as a word with its shape. */
export const STATES: Readonly<
  Record<Isolation["history"][number]["state"], { word: string; tone: Tone; shape: ShapeName }>
> = {
  requested: { word: "Asked for", tone: "warn", shape: "ring" },
  approved: { word: "Authorised", tone: "warn", shape: "half" },
  refused: { word: "Refused", tone: "plain", shape: "cross" },
  withdrawn: { word: "Taken back", tone: "plain", shape: "dash" },
  done: { word: "Cut off", tone: "warn", shape: "square" },
  verified: { word: "Cut off, verified", tone: "ok", shape: "check" },
  lifted: { word: "Connected again", tone: "plain", shape: "onward" },
  changed: { word: "Review changed", tone: "plain", shape: "dots" },
  run_asked: { word: "Connector let loose", tone: "warn", shape: "onward" },
  run_ended: { word: "Connector ended", tone: "plain", shape: "dots" },
};

/** What a run came to as a word with its shape; `null` while it waits or runs. */
export function runState(outcome: Isolation["runs"][number]["outcome"]) {
  return outcome === null ? RUNNING : OUTCOMES[outcome];
}

type Outcome = NonNullable<Isolation["runs"][number]["outcome"]>;
const RUNNING = { word: "Running", tone: "warn", shape: "half" } as const;
const OUTCOMES: Readonly<Record<Outcome, { word: string; tone: Tone; shape: ShapeName }>> = {
  done: { word: "Done", tone: "ok", shape: "check" },
  failed: { word: "Failed", tone: "critical", shape: "cross" },
  unknown: { word: "Outcome unknown", tone: "critical", shape: "triangle" },
  not_run: { word: "Not run", tone: "plain", shape: "dash" },
};

/** The action of the policy in the words of the sheet. */
export const NEEDS: Readonly<Record<Isolation["needs"], string>> = {
  "host.isolate": "Isolate a workstation",
  "host.isolate_production": "Isolate a production system",
  "segment.isolate": "Cut off a network segment",
  "account.disable": "Disable an account",
};

export const ALTERNATIVES: ReadonlyArray<Choice<NonNullable<Isolation["alternative"]>["considered"]>> = [
  { value: "none_will_do", label: "Nothing else will do" },
  { value: "hot_spare", label: "A hot spare takes over" },
  { value: "monitor_only", label: "Only watching was weighed" },
];

/** How it is usually undone, for whoever is in a hurry; it can be overwritten. */
export const USUAL_UNDO: Readonly<Record<Kind, string>> = {
  host: "Give the port, VLAN or agent back as it was; the host passes its reconnect gates first if it was affected.",
  segment: "Take out the rules that were added at the segment's edge, in the order opposite to adding them.",
  account: "Enable the account after a new password and a look at what it left behind.",
};

export const DURATIONS: ReadonlyArray<Choice<NonNullable<Decision["duration"]>>> = [
  { value: "emergency", label: "Emergency", why: "hours; looked at again in 4 h" },
  { value: "temporary", label: "Temporary", why: "weeks; looked at again in 7 days" },
  { value: "permanent", label: "For good", why: "looked at again in 30 days" },
];

type Scale<Key extends keyof Decision> = {
  readonly key: Key;
  readonly label: string;
  readonly choices: ReadonlyArray<Choice<NonNullable<Decision[Key]>>>;
};

/** NIST's criteria beside the duration, each as a short choice. */
export const CRITERIA: readonly [
  Scale<"damage">,
  Scale<"evidence">,
  Scale<"availability">,
  Scale<"effort">,
  Scale<"effectiveness">,
] = [
  {
    key: "damage",
    label: "Damage while it stays connected",
    choices: [
      { value: "low", label: "Low" },
      { value: "medium", label: "Medium" },
      { value: "high", label: "High" },
    ],
  },
  {
    key: "evidence",
    label: "Evidence",
    choices: [
      { value: "not_needed", label: "Not needed" },
      { value: "kept_before", label: "Taken before" },
      { value: "kept_by_isolation", label: "Kept by it" },
      { value: "lost_by_isolation", label: "Lost by it" },
    ],
  },
  {
    key: "availability",
    label: "Services",
    choices: [
      { value: "nothing_stops", label: "Nothing stops" },
      { value: "degraded", label: "Worse" },
      { value: "stops", label: "Stop" },
    ],
  },
  {
    key: "effort",
    label: "Time it takes",
    choices: [
      { value: "minutes", label: "Minutes" },
      { value: "hours", label: "Hours" },
      { value: "days", label: "Days" },
    ],
  },
  {
    key: "effectiveness",
    label: "Contains",
    choices: [
      { value: "full", label: "All of it" },
      { value: "partial", label: "A part" },
    ],
  },
];

/** The label of one answer, or the empty text. */
export function labelOf(
  choices: ReadonlyArray<{ readonly value: string; readonly label: string }>,
  value: string | null | undefined,
): string {
  return choices.find((choice) => choice.value === value)?.label ?? "";
}
