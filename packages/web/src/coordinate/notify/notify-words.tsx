import { TLP_LABELS } from "@jumpkit/core";
import { Tag } from "../../ui/tag.tsx";
import type { RecipientRow } from "./notify-queries.ts";

type State = RecipientRow["state"];

const STATES: Readonly<
  Record<
    State,
    readonly [
      word: string,
      tone: "ok" | "warn" | "critical" | "plain",
      shape: "ring" | "half" | "check" | "triangle",
    ]
  >
> = {
  draft: ["not told yet", "plain", "ring"],
  released: ["on its way", "plain", "half"],
  failed: ["did not leave", "critical", "triangle"],
  unknown: ["nobody knows whether it left", "critical", "triangle"],
  told: ["told, no answer yet", "warn", "half"],
  acknowledged: ["acknowledged", "plain", "half"],
  answered: ["answered", "ok", "check"],
  closed: ["closed", "ok", "check"],
};

/** How it stands with a recipient. */
export function ToldTag({ state }: { readonly state: State }) {
  const [word, tone, shape] = STATES[state];
  return (
    <Tag tone={tone} shape={shape}>
      {word}
    </Tag>
  );
}

export const CHANNELS = [
  { value: "mail", label: "Mail" },
  { value: "letter", label: "Letter" },
  { value: "call", label: "Call" },
] as const;

export const CLASSES = [
  { value: "technical", label: "technical" },
  { value: "business", label: "business" },
] as const;

export const MARKINGS = TLP_LABELS.map((value) => ({ value, label: value }));

/** Why a fact is struck out, as the page says it beside the fact. */
export const STRUCK: Readonly<Record<string, string>> = {
  above_marking: "above the marking of the message",
  above_clearance: "above what they may be sent",
  business: "what it does to the business is not for them",
  received: "told to us under a label that does not let us pass it on",
  names_us: "says who we are",
  repeats: "repeats what is marked above the message",
};

export const BARRED: Readonly<Record<string, string>> = {
  intruder: "the intruder's: never write to it",
  compromised: "the intruder may read this mailbox: call, or send a letter",
};
