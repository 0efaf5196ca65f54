import type { ReportClaim, Symptom } from "./report.ts";

/** What each claim is called on the form, in the words of somebody without training. */
export const CLAIM_WORDS: Readonly<Record<ReportClaim, string>> = {
  something_wrong: "Something looks wrong here",
  attack_from_us: "One of your systems attacks ours",
  threat: "Somebody threatens an attack",
  weakness: "I found a weakness in one of your systems",
  loss: "A device or document is lost or stolen",
};

/** What each symptom is called on the form. */
export const SYMPTOM_WORDS: Readonly<Record<Symptom, string>> = {
  files_changed: "Files changed, encrypted or gone",
  unknown_account: "An account or sign-in nobody knows",
  slow_or_crashing: "A system is slow or crashes",
  mail_not_sent_by_me: "Mail went out that nobody wrote",
  ransom_note: "A demand for money",
  warning_of_protection: "Virus protection or a browser warned",
  web_page_altered: "A web page was altered",
  unusual_traffic: "Scans or unusual network traffic",
  password_given_away: "A password was given away",
  device_missing: "A device is missing",
  other: "Something else",
};

/** Whether it goes on, as a reporter is asked. */
export const REPORTED_ONGOING_WORDS = { yes: "Yes", no: "No, it is over", unknown: "I do not know" } as const;
