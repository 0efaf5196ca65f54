/** What an improvement can amend, in words. */
export const TARGETS = [
  { value: "policy", label: "Policy" },
  { value: "playbook", label: "Playbook" },
  { value: "contact", label: "Contact" },
  { value: "master_copy", label: "Master copy" },
  { value: "training", label: "Training" },
  { value: "tool", label: "Tool" },
  { value: "other", label: "Something else" },
] as const;
