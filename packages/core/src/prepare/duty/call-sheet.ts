import * as z from "zod";
import type { Entry, Fact } from "../../document/log/entry.ts";
import { PersonId } from "../../kernel/id.ts";
import { Instant, instantAt, type Stamp, unixMsOf } from "../../kernel/time.ts";

/** For how long a printed call sheet may be trusted. */
export const CALL_SHEET_MS = 90 * 24 * 60 * 60_000;

export const CALL_SHEET_ENTRIES = {
  "callsheet.printed": z.object({
    person: PersonId,
    policyVersion: z.int(),
    policyDigest: z.string(),
    contacts: z.int(),
    expiresAt: Instant,
  }),
};

/** The paper that a person carries: what was in force when they printed it. */
export interface CallSheet {
  readonly person: PersonId;
  readonly printedAt: string;
  /** Place in the organisation's log; whatever was changed after it is not on the paper. */
  readonly printedSeq: number;
  readonly policyVersion: number;
  readonly expiresAt: Instant;
}

/** The call sheet that a person carries after one more entry about it. */
export function projectCallSheet(
  before: CallSheet | undefined,
  entry: Entry<typeof CALL_SHEET_ENTRIES>,
): CallSheet | undefined {
  const { person, policyVersion, expiresAt } = entry.body;
  if (person === undefined) return before;
  return {
    person,
    printedAt: entry.recordedAt,
    printedSeq: entry.seq,
    policyVersion: policyVersion ?? 0,
    expiresAt: expiresAt ?? entry.recordedAt,
  };
}

/** The entry that a call sheet is printed now, with the day on which the paper has to be thrown away. */
export function printCallSheet(
  person: PersonId,
  happened: Stamp,
  now: Instant,
  on: { readonly policyVersion: number; readonly policyDigest: string; readonly contacts: number },
): Fact<typeof CALL_SHEET_ENTRIES> {
  return {
    type: "callsheet.printed",
    incident: null,
    happened,
    body: { person, ...on, expiresAt: instantAt(unixMsOf(now) + CALL_SHEET_MS) },
  };
}

/** What is wrong with a printed call sheet; empty when it can be trusted. */
export function whatIsOld(
  sheet: CallSheet,
  now: Instant,
  inForce: { readonly policyVersion: number; readonly contactsSeq: number },
): ("policy" | "contacts" | "expired")[] {
  const old: ("policy" | "contacts" | "expired")[] = [];
  if (sheet.policyVersion < inForce.policyVersion) old.push("policy");
  if (sheet.printedSeq < inForce.contactsSeq) old.push("contacts");
  if (sheet.expiresAt <= now) old.push("expired");
  return old;
}
