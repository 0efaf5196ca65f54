import { Tag } from "../../ui/tag.tsx";
import type { AdvisoryRow, Group } from "./advisory-queries.ts";

const STATES = {
  draft: ["waits for approval", "warn", "half"],
  approved: ["approved, not sent", "warn", "half"],
  sent: ["sent", "ok", "check"],
  withdrawn: ["withdrawn", "plain", "ring"],
  dropped: ["given up", "plain", "ring"],
} as const;

/** How far an advisory is. */
export function AdvisoryTag({ state }: { readonly state: AdvisoryRow["state"] }) {
  const [word, tone, shape] = STATES[state];
  return (
    <Tag tone={tone} shape={shape}>
      {word}
    </Tag>
  );
}

export const SEVERITIES = [
  { value: "low", label: "Low" },
  { value: "medium", label: "Medium" },
  { value: "high", label: "High" },
  { value: "critical", label: "Critical" },
] as const;

export const MARKINGS = (["TLP:CLEAR", "TLP:GREEN", "TLP:AMBER", "TLP:AMBER+STRICT"] as const).map(
  (value) => ({
    value,
    label: value,
  }),
);

export const NOT_ADVISED = {
  no_address: "has no mail address",
  not_cleared: "may not be sent this marking",
  too_many: "is beyond the 500 that one advisory goes to",
  intruder: "is barred: the address is the intruder's",
  compromised: "is barred: the intruder may read the mailbox",
} as const;

const ROLES: Readonly<Record<Group["role"], string>> = {
  own_csirt: "Our own and national CSIRT",
  constituent: "Constituents",
  other_team: "Other teams",
  intermediary: "Intermediaries",
  vendor: "Vendors",
  isp: "Providers",
  address_owner: "Owners of addresses",
  law_enforcement: "Law enforcement",
  regulator: "Regulators",
};

/** A group of the constituency, as one picks it. */
export function groupText({ role, organisation }: Pick<Group, "role" | "organisation">): string {
  return `${ROLES[role]}: ${organisation === "" ? "everybody" : organisation}`;
}

export const KINDS = {
  new: "Version",
  revision: "Revision, version",
  withdrawal: "Withdrawal, version",
} as const;

/** What became of one mail. */
export const OUTCOMES: Readonly<Record<string, string>> = {
  accepted: "accepted by the mail server",
  failed: "did not leave",
  unknown: "nobody knows whether it left",
};
