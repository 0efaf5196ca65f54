import * as z from "zod";
import type { Entry, Fact } from "../../document/log/entry.ts";
import { PersonId } from "../../kernel/id.ts";
import { accept, type Result, refuse } from "../../kernel/result.ts";
import { Instant, type Stamp, unixMsOf } from "../../kernel/time.ts";
import {
  adoptPolicy,
  KeptDocument,
  type POLICY_ENTRIES,
  type PolicyDocument,
  type PolicyRefusal,
} from "./policy.ts";

/** The entries about the next version of the policy while it is being written and agreed on. */
export const DRAFT_ENTRIES = {
  "policy.drafted": z.object({
    revision: z.int(),
    based: z.int(),
    digest: z.string(),
    document: KeptDocument,
    note: z.string(),
    effectiveAt: Instant.nullable(),
    person: PersonId,
    name: z.string(),
  }),
  "policy.consented": z.object({
    revision: z.int(),
    digest: z.string(),
    person: PersonId,
    name: z.string(),
  }),
  "policy.discarded": z.object({ revision: z.int(), reason: z.string() }),
};
type Facts = Fact<typeof DRAFT_ENTRIES>;

/** The next version of the policy as somebody last wrote it; an organisation has one at a time. */
export interface PolicyDraft {
  /** Counts up for ever, so that nobody consents to another text than they read. */
  readonly revision: number;
  /** The version that it is to follow. */
  readonly based: number;
  readonly digest: string;
  readonly document: PolicyDocument | undefined;
  readonly note: string;
  /** When it is to come into force; `null` for at once. */
  readonly effectiveAt: Instant | null;
  readonly author: PersonId | null;
  readonly authorName: string;
  readonly savedAt: Instant;
  readonly status: "open" | "adopted" | "discarded";
}

export type DraftRefusal =
  | PolicyRefusal
  | { readonly code: "policy.draft_stale"; readonly revision: number }
  | { readonly code: "policy.no_draft" }
  | { readonly code: "policy.own_draft" }
  | { readonly code: "policy.needs_two" };

/** The draft after one more entry about it. */
export function projectDraft(
  before: PolicyDraft | undefined,
  entry: Entry<typeof DRAFT_ENTRIES>,
): PolicyDraft | undefined {
  if (entry.type === "policy.consented") return before && { ...before, status: "adopted" };
  if (entry.type === "policy.discarded") return before && { ...before, status: "discarded" };
  const { body } = entry;
  return {
    revision: body.revision ?? (before?.revision ?? 0) + 1,
    based: body.based ?? 0,
    digest: body.digest ?? "",
    document: body.document,
    note: body.note ?? "(withheld)",
    effectiveAt: body.effectiveAt ?? null,
    author: body.person ?? null,
    authorName: body.name ?? "(withheld)",
    savedAt: entry.recordedAt,
    status: "open",
  };
}

/**
 * The entry that keeps the next version as it stands now, for others to read.
 *
 * @param latest  number of the latest version, in force or still to come
 * @param seen    the revision that the author had in front of them, 0 for none
 * @returns       the fact; `policy.draft_stale`; what {@link adoptPolicy} would refuse of the text
 */
export function draftPolicy(
  before: PolicyDraft | undefined,
  happened: Stamp,
  by: { readonly id: PersonId; readonly name: string },
  latest: number,
  seen: number,
  said: {
    readonly document: PolicyDocument;
    readonly digest: string;
    readonly note: string;
    readonly effectiveAt: Instant | null;
  },
): Result<Facts, DraftRefusal> {
  const revision = before?.revision ?? 0;
  if (seen !== revision) return refuse({ code: "policy.draft_stale", revision });
  const sound = adoptPolicy(happened, latest, latest, said.document, said.digest);
  if (!sound.ok) return sound;
  return accept({
    type: "policy.drafted",
    incident: null,
    happened,
    body: { revision: revision + 1, based: latest, ...said, person: by.id, name: by.name },
  });
}

/**
 * The entries by which a second manager consents to the draft, and it becomes the next version.
 *
 * @returns the facts; `policy.no_draft`; `policy.draft_stale` when it was changed since it was read;
 *          `policy.own_draft` to whoever wrote it last; `policy.stale` when another version came first
 * @source  CERT/CC: managers are ultimately responsible for the policy; separation of duties, NIST SP 800-53 AC-5
 */
export function consentToDraft(
  draft: PolicyDraft | undefined,
  happened: Stamp,
  now: Instant,
  by: { readonly id: PersonId; readonly name: string },
  latest: number,
  seen: { readonly revision: number; readonly digest: string },
): Result<readonly (Facts | Fact<typeof POLICY_ENTRIES>)[], DraftRefusal> {
  if (draft?.status !== "open" || draft.document === undefined) return refuse({ code: "policy.no_draft" });
  const { revision, digest, document } = draft;
  if (seen.revision !== revision || seen.digest !== digest) {
    return refuse({ code: "policy.draft_stale", revision });
  }
  if (draft.author === null || draft.author === by.id) return refuse({ code: "policy.own_draft" });
  const adopted = adoptPolicy(
    happened,
    latest,
    draft.based,
    document,
    digest,
    laterThan(draft, now),
    draft.authorName,
  );
  if (!adopted.ok) return adopted;
  const body = { revision, digest, person: by.id, name: by.name };
  return accept([{ type: "policy.consented", incident: null, happened, body }, adopted.value]);
}

/** A moment that has passed while people thought about it is at once. */
function laterThan({ effectiveAt }: PolicyDraft, now: Instant): Instant | null {
  return effectiveAt !== null && unixMsOf(effectiveAt) > unixMsOf(now) ? effectiveAt : null;
}

/** The entry by which a draft is given up, or `policy.no_draft`. */
export function discardDraft(
  draft: PolicyDraft | undefined,
  happened: Stamp,
  reason: string,
): Result<Facts, DraftRefusal> {
  if (draft?.status !== "open") return refuse({ code: "policy.no_draft" });
  const body = { revision: draft.revision, reason };
  return accept({ type: "policy.discarded", incident: null, happened, body });
}
