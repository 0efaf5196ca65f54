import * as z from "zod";
import type { Entry, Fact } from "../../document/log/entry.ts";
import { ContactId, type Id, idSchema, type PersonId } from "../../kernel/id.ts";
import { line, prose } from "../../kernel/text.ts";
import { Instant } from "../../kernel/time.ts";
import { ContactRole } from "../../prepare/contact/contact.ts";
import { DeliveryOutcome } from "../notification/notification.ts";

export type AdvisoryId = Id<"adv">;
export const AdvisoryId = idSchema("adv");

/** How many contacts one advisory is sent to, and how many versions it may have. */
export const ADVISED_MAX = 500;
export const ADVISORY_VERSIONS_MAX = 50;
/** How often a mail of an advisory is tried, the first time among them. */
export const ADVISORY_TRIES_MAX = 20;

/** How far an advisory may travel; what is TLP:RED is told by voice, to named persons. */
export const AdvisoryMarking = z.enum(["TLP:CLEAR", "TLP:GREEN", "TLP:AMBER", "TLP:AMBER+STRICT"]);

export const AdvisorySeverity = z.enum(["low", "medium", "high", "critical"]);
export type AdvisorySeverity = z.infer<typeof AdvisorySeverity>;

/** A part of the constituency: everybody of a part, or of one organisation within it. */
export const AdvisoryGroup = z.strictObject({
  role: ContactRole.exclude(["media"]),
  organisation: prose(200).default("").describe("One organisation; empty for everybody of this part"),
});
export type AdvisoryGroup = z.infer<typeof AdvisoryGroup>;

/** An identifier of a weakness. @source CVE Program: CVE-year-number, four digits or more */
const Weakness = z
  .string()
  .max(30)
  .regex(/^CVE-\d{4}-\d{4,19}$/, { error: "is not of the form CVE-2026-12345" });

/** What an advisory says, and to whom. */
export const AdvisoryDraft = z.strictObject({
  title: line(200),
  severity: AdvisorySeverity,
  marking: AdvisoryMarking,
  weaknesses: z.array(Weakness).max(100).default([]),
  affected: z.array(line(200)).max(100).default([]).describe("Products and versions that are affected"),
  text: prose(20_000).refine((text) => text.trim() !== "", { error: "is empty" }),
  advice: prose(8000).default("").describe("What they may want to do"),
  validUntil: Instant.nullable().default(null),
  groups: z.array(AdvisoryGroup).min(1).max(50),
});
export type AdvisoryDraft = z.infer<typeof AdvisoryDraft>;

/** A first version, one that replaces it, or one that takes it back. */
export const AdvisoryKind = z.enum(["new", "revision", "withdrawal"]);
export type AdvisoryKind = z.infer<typeof AdvisoryKind>;

/** Somebody who was sent a version, with the digest of the very bytes. */
export const Advised = z.object({
  contact: ContactId,
  name: z.string(),
  address: z.string(),
  messageId: z.string(),
  sha256: z.string(),
});
export type Advised = z.infer<typeof Advised>;

const ABOUT = { advisory: AdvisoryId, ref: z.string(), version: z.int() };

/** @source NIST SP 800-61r2 §2.5: one group distributes advisories, so that nobody is told twice or differently */
export const ADVISORY_ENTRIES = {
  "advisory.drafted": z.object({ ...ABOUT, kind: AdvisoryKind, ...AdvisoryDraft.shape }),
  "advisory.dropped": z.object({ ...ABOUT, reason: line(1000) }),
  "advisory.approved": z.object({ ...ABOUT, title: z.string(), sha256: z.string() }),
  "advisory.sent": z.object({
    ...ABOUT,
    kind: AdvisoryKind,
    title: z.string(),
    marking: AdvisoryMarking,
    /** Digest of what it says, whoever it goes to. */
    sha256: z.string(),
    /** The words as they were sent; beside them only whom a mail is to differs. */
    message: z.string(),
    advised: z.array(Advised).max(ADVISED_MAX),
  }),
  "advisory.delivered": z.object({
    ...ABOUT,
    recipient: ContactId,
    name: z.string(),
    outcome: DeliveryOutcome,
    detail: prose(2000),
    wireSha256: z.string(),
  }),
  "advisory.resent": z.object({
    ...ABOUT,
    recipient: ContactId,
    name: z.string(),
    address: z.string(),
    messageId: z.string(),
    sha256: z.string(),
    /** Why it goes again though it may have left; empty where it is known that it did not. */
    reason: z.string(),
  }),
  "advisory.told": z.object({ ...ABOUT, recipient: ContactId, name: z.string(), detail: line(2000) }),
};
export type AdvisoryFact = Fact<typeof ADVISORY_ENTRIES>;
export type AdvisoryEntry = Entry<typeof ADVISORY_ENTRIES>;

/** A version that is written and not sent yet. */
export interface AdvisoryNext extends AdvisoryDraft {
  readonly version: number;
  readonly kind: AdvisoryKind;
  readonly writtenAt: Instant;
  readonly by: string;
  readonly byId: PersonId | null;
  /** Who approved it, and the digest of what they saw; `null` while nobody did. */
  readonly approved: { readonly by: string; readonly at: string; readonly sha256: string } | null;
}

/** A version that was sent, with what became of each mail. */
export interface AdvisorySent {
  readonly version: number;
  readonly kind: AdvisoryKind;
  readonly title: string;
  readonly marking: AdvisoryNext["marking"];
  readonly at: Instant;
  readonly by: string;
  readonly approvedBy: string;
  readonly sha256: string;
  readonly message: string;
  readonly advised: readonly AdvisedNow[];
}

/** One mail of a version as it was tried last, and what became of it. */
export interface AdvisedNow extends Advised {
  readonly outcome: DeliveryOutcome | null;
  readonly detail: string;
  /** The ids under which it was tried before, oldest first. */
  readonly tried: readonly string[];
  /** How they were told in another way; absent where nobody wrote that down. */
  readonly told?: string;
}

/** An advisory with its versions, oldest first. */
export interface Advisory {
  readonly id: AdvisoryId;
  readonly ref: string;
  /** What it says as of the latest version, sent or not. */
  readonly draft: AdvisoryDraft;
  readonly next: AdvisoryNext | null;
  readonly sent: readonly AdvisorySent[];
  /** Why its first draft was given up; empty while it was not. */
  readonly dropped: string;
  readonly changedSeq: number;
}

/** The reference of an advisory towards the outside: twelve random characters of its id, in groups of four. */
export function advisoryReferenceOf(id: AdvisoryId): string {
  return `A-${id
    .slice(-12)
    .toUpperCase()
    .replace(/(.{4})(.{4})(.{4})/, "$1-$2-$3")}`;
}

/** Whether a mail did not leave, or nobody knows whether it left. */
export function isLost({ outcome }: Pick<AdvisedNow, "outcome">): boolean {
  return outcome === "failed" || outcome === "unknown";
}

/** Whether nobody knows that they were told: their mail may not have left, and nothing else is written down. */
export function isUntold(mail: Pick<AdvisedNow, "outcome" | "told">): boolean {
  return isLost(mail) && mail.told === undefined;
}

/** How far an advisory is, in one word. */
export type AdvisoryState = "draft" | "approved" | "sent" | "withdrawn" | "dropped";

/** How far an advisory is: what waits to be sent comes before what was. */
export function stateOfAdvisory({ next, sent, dropped }: Advisory): AdvisoryState {
  if (dropped !== "") return "dropped";
  if (next !== null) return next.approved === null ? "draft" : "approved";
  return sent.at(-1)?.kind === "withdrawal" ? "withdrawn" : "sent";
}

/** The advisory after one more entry about it. */
export function projectAdvisory(before: Advisory | undefined, entry: AdvisoryEntry): Advisory | undefined {
  if (entry.type === "advisory.drafted") return drafted(before, entry);
  if (before === undefined) return undefined;
  const now = { ...before, changedSeq: entry.seq };
  const by = entry.actor?.name ?? "(withheld)";
  switch (entry.type) {
    case "advisory.dropped":
      // A revision that is given up leaves what was sent before.
      return {
        ...now,
        next: null,
        dropped: before.sent.length > 0 ? "" : (entry.body.reason ?? "(withheld)"),
      };
    case "advisory.approved": {
      const approved = { by, at: entry.recordedAt, sha256: entry.body.sha256 ?? "" };
      return { ...now, next: before.next && { ...before.next, approved } };
    }
    case "advisory.sent":
      return { ...now, next: null, sent: [...before.sent, sentIn(before, entry, by)] };
    case "advisory.delivered":
      return { ...now, sent: before.sent.map((each) => delivered(each, entry)) };
    case "advisory.resent":
      return { ...now, sent: before.sent.map((each) => resent(each, entry)) };
    case "advisory.told": {
      const { detail: told = "(withheld)" } = entry.body;
      return {
        ...now,
        sent: before.sent.map((each) => ofOne(each, entry.body, (mail) => ({ ...mail, told }))),
      };
    }
  }
}

type Of<Type extends AdvisoryEntry["type"]> = Extract<AdvisoryEntry, { type: Type }>;

function drafted(before: Advisory | undefined, entry: Of<"advisory.drafted">): Advisory | undefined {
  const { advisory: id, ref, version = 1, kind = "new", ...said } = entry.body;
  if (id === undefined) return before;
  const parsed = AdvisoryDraft.safeParse(said);
  const draft = parsed.success ? parsed.data : (before?.draft ?? WITHHELD);
  const next: AdvisoryNext = {
    ...{ ...draft, version, kind, writtenAt: entry.recordedAt, approved: null },
    ...{ by: entry.actor?.name ?? "(withheld)", byId: entry.actor?.id ?? null },
  };
  const sent = before?.sent ?? [];
  return { id, ref: ref ?? advisoryReferenceOf(id), draft, next, sent, dropped: "", changedSeq: entry.seq };
}

const WITHHELD: AdvisoryDraft = {
  ...{ title: "(withheld)", severity: "low", marking: "TLP:AMBER+STRICT", weaknesses: [], affected: [] },
  ...{
    text: "(withheld)",
    advice: "",
    validUntil: null,
    groups: [{ role: "constituent", organisation: "" }],
  },
};

function sentIn(before: Advisory, entry: Of<"advisory.sent">, by: string): AdvisorySent {
  const {
    version = 1,
    kind = "new",
    title = "(withheld)",
    marking = "TLP:AMBER+STRICT",
    sha256 = "",
    message = "",
    advised = [],
  } = entry.body;
  return {
    ...{ version, kind, title, marking, sha256, message, at: entry.recordedAt, by },
    approvedBy: before.next?.approved?.by ?? "",
    advised: advised.map((each) => ({ ...each, outcome: null, detail: "", tried: [] })),
  };
}

function delivered(sent: AdvisorySent, { body }: Of<"advisory.delivered">): AdvisorySent {
  const { outcome = "unknown", detail = "" } = body;
  return ofOne(sent, body, (each) => ({ ...each, outcome, detail }));
}

function resent(sent: AdvisorySent, { body }: Of<"advisory.resent">): AdvisorySent {
  const { address = "(withheld)", messageId = "", sha256 = "" } = body;
  return ofOne(sent, body, (each) => {
    const tried = [...each.tried, each.messageId];
    return { ...each, address, messageId, sha256, tried, outcome: null, detail: "" };
  });
}

function ofOne(
  sent: AdvisorySent,
  { version, recipient }: Of<"advisory.delivered" | "advisory.resent" | "advisory.told">["body"],
  change: (advised: AdvisedNow) => AdvisedNow,
): AdvisorySent {
  if (sent.version !== version) return sent;
  return { ...sent, advised: sent.advised.map((each) => (each.contact === recipient ? change(each) : each)) };
}
