import * as z from "zod";

/**
 * The Traffic Light Protocol labels, least restricted first.
 *
 * @source FIRST TLP 2.0
 */
export const TLP_LABELS = ["TLP:CLEAR", "TLP:GREEN", "TLP:AMBER", "TLP:AMBER+STRICT", "TLP:RED"] as const;
export const Tlp = z.enum(TLP_LABELS);
export type Tlp = z.infer<typeof Tlp>;

/** Whether one label restricts more than another. */
export function exceeds(label: Tlp, limit: Tlp): boolean {
  return TLP_LABELS.indexOf(label) > TLP_LABELS.indexOf(limit);
}

/** The label that restricts more; of equals, either. */
export function stricter(one: Tlp, other: Tlp): Tlp {
  return exceeds(one, other) ? one : other;
}

/** What each label asks of whoever receives it, in one sentence. @source FIRST TLP 2.0 §4 */
export const TLP_MEANS: Readonly<Record<Tlp, string>> = {
  "TLP:CLEAR": "There is no limit on disclosure.",
  "TLP:GREEN": "You may share this within your community, not through public channels.",
  "TLP:AMBER":
    "You may share this within your organization and with its clients, with those who need to know.",
  "TLP:AMBER+STRICT": "You may share this within your organization only, with those who need to know.",
  "TLP:RED": "This is for your eyes and ears only. Do not share it with anybody.",
};
