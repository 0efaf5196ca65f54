import type { Incident } from "../../api/contract.ts";
import type { Choice } from "../../ui/choice-field.tsx";

type Rating = NonNullable<Incident["rating"]>;

/** NIST's functional impact, said so that it can be chosen in seconds. Source: SP 800-61r2 table 3-2. */
export const FUNCTIONAL: ReadonlyArray<Choice<Rating["functionalImpact"]>> = [
  { value: "none", label: "None", why: "every service reaches everybody" },
  { value: "low", label: "Low", why: "critical services reach everybody, less efficiently" },
  { value: "medium", label: "Medium", why: "a critical service is lost to some users" },
  { value: "high", label: "High", why: "a critical service is lost to all users" },
];

/** NIST's information impact. Source: SP 800-61r2 table 3-3. */
export const INFORMATION: ReadonlyArray<Choice<Rating["informationImpact"][number]>> = [
  { value: "none", label: "None", why: "nothing was read, taken, changed or deleted" },
  { value: "privacy_breach", label: "Privacy breach", why: "personal data were seen or taken" },
  { value: "proprietary_breach", label: "Proprietary breach", why: "business secrets were seen or taken" },
  { value: "integrity_loss", label: "Integrity loss", why: "data were changed or deleted" },
];

/** NIST's recoverability. Source: SP 800-61r2 table 3-4. */
export const RECOVERABILITY: ReadonlyArray<Choice<Rating["recoverability"]>> = [
  { value: "regular", label: "Regular", why: "predictable, with what we have" },
  { value: "supplemented", label: "Supplemented", why: "predictable, with more resources" },
  { value: "extended", label: "Extended", why: "unpredictable, needs outside help" },
  { value: "not_recoverable", label: "Not recoverable", why: "such as data already published" },
];

/** How it got in. Source: SP 800-61r2 §3.2.1. */
export const VECTORS: ReadonlyArray<Choice<Incident["vector"]>> = [
  { value: "unknown", label: "Not known yet" },
  { value: "email", label: "Mail" },
  { value: "web", label: "Web" },
  { value: "removable_media", label: "External or removable media" },
  { value: "attrition", label: "Attrition (brute force, denial of service)" },
  { value: "impersonation", label: "Impersonation" },
  { value: "improper_usage", label: "Improper usage" },
  { value: "loss_or_theft", label: "Loss or theft of equipment" },
  { value: "other", label: "Other" },
];

/** Whether it still happens. */
export const ONGOING: ReadonlyArray<Choice<Incident["ongoing"]>> = [
  { value: "yes", label: "Yes" },
  { value: "no", label: "No" },
  { value: "unknown", label: "I do not know" },
];

/** Where it comes from. */
export const ORIGINS: ReadonlyArray<Choice<Incident["origin"]>> = [
  { value: "unknown", label: "Not known yet" },
  { value: "external", label: "Outside" },
  { value: "internal", label: "Inside" },
];

/** The labels of the Traffic Light Protocol, with whom each one lets it reach. Source: FIRST TLP 2.0. */
export const TLPS: ReadonlyArray<Choice<Incident["tlp"]>> = [
  { value: "TLP:RED", label: "TLP:RED", why: "for the people named, nobody else" },
  { value: "TLP:AMBER+STRICT", label: "TLP:AMBER+STRICT", why: "inside the organisation, where needed" },
  { value: "TLP:AMBER", label: "TLP:AMBER", why: "inside the organisation and its clients, where needed" },
  { value: "TLP:GREEN", label: "TLP:GREEN", why: "inside the community" },
  { value: "TLP:CLEAR", label: "TLP:CLEAR", why: "no limit" },
];

/** The label of `value` among `choices`. */
export function labelIn<Value extends string>(choices: ReadonlyArray<Choice<Value>>, value: Value): string {
  return choices.find((choice) => choice.value === value)?.label ?? value;
}
