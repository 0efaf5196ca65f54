import type { Contact } from "./contact-queries.ts";

export type ContactRole = Contact["roles"][number];

/** What each part is called, in the order in which a form shows them. */
export const CONTACT_ROLE_WORDS: Readonly<Record<ContactRole, string>> = {
  own_csirt: "Our CSIRT",
  constituent: "Constituent",
  other_team: "Other team",
  intermediary: "Trusted intermediary",
  vendor: "Vendor",
  isp: "Internet provider",
  address_owner: "Owner of an attacking address",
  law_enforcement: "Law enforcement",
  regulator: "Regulator",
  media: "Media",
};

const DAYS = ["", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

/** `Mon–Fri 08:00–18:00`, or empty when nobody knows. */
export function hoursText(hours: Contact["hours"]): string {
  if (hours === null) return "";
  const days = [...hours.days].sort();
  const first = days[0] ?? 1;
  const last = days.at(-1) ?? first;
  const unbroken = days.length > 2 && last - first === days.length - 1;
  const said = unbroken ? `${DAYS[first]}–${DAYS[last]}` : days.map((day) => DAYS[day]).join(", ");
  if (hours.from === "00:00" && hours.until === "24:00")
    return days.length === 7 ? "always" : `${said}, all day`;
  return `${said} ${hours.from}–${hours.until}`;
}
