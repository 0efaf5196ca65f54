import * as z from "zod";
import type { Entry, Fact } from "../../document/log/entry.ts";
import { ConstituentId } from "../../kernel/id.ts";
import type { Result } from "../../kernel/result.ts";
import { line, prose } from "../../kernel/text.ts";
import type { Stamp } from "../../kernel/time.ts";
import { nameTaken, type Registered, type RegisterRefusal, unless, whyNotChange } from "./registered.ts";

/** Those whom the team serves: a department, a company, a customer of a service provider. */
export const ConstituentDetails = z.strictObject({
  name: line(200),
  notes: prose(4000).default(""),
});
export type ConstituentDetails = z.infer<typeof ConstituentDetails>;

const SAID = z.object({ constituent: ConstituentId, ...ConstituentDetails.shape });

export const CONSTITUENT_ENTRIES = {
  "constituent.added": SAID,
  "constituent.changed": SAID,
  "constituent.retired": z.object({ constituent: ConstituentId, name: z.string(), reason: z.string() }),
};
type Facts = Fact<typeof CONSTITUENT_ENTRIES>;

/** A constituent as the log says it is now. */
export interface Constituent extends ConstituentDetails, Registered<ConstituentId> {}

/** The constituent after one more entry about it. */
export function projectConstituent(
  before: Constituent | undefined,
  entry: Entry<typeof CONSTITUENT_ENTRIES>,
): Constituent | undefined {
  const id = entry.body.constituent;
  if (id === undefined) return before;
  if (entry.type === "constituent.retired") {
    return before && { ...before, status: "retired", changedSeq: entry.seq };
  }
  const { constituent: _, ...said } = entry.body;
  return { name: "(withheld)", notes: "", ...said, id, status: "active", changedSeq: entry.seq };
}

/** The entry that adds a constituent, or `register.name_taken`. */
export function addConstituent(
  id: ConstituentId,
  happened: Stamp,
  taken: boolean,
  said: ConstituentDetails,
): Result<Facts, RegisterRefusal> {
  const body = { constituent: id, ...said };
  return unless(nameTaken(said.name, taken), {
    type: "constituent.added",
    incident: null,
    happened,
    body,
  });
}

/** The entry that changes a constituent; `register.stale`, `register.retired` or `register.name_taken`. */
export function changeConstituent(
  before: Constituent,
  happened: Stamp,
  seen: number,
  taken: boolean,
  said: ConstituentDetails,
): Result<Facts, RegisterRefusal> {
  const body = { constituent: before.id, ...said };
  return unless(whyNotChange(before, seen) ?? nameTaken(said.name, taken), {
    type: "constituent.changed",
    incident: null,
    happened,
    body,
  });
}

/** The entry that retires a constituent; what was recorded of it stays. */
export function retireConstituent(
  before: Constituent,
  happened: Stamp,
  seen: number,
  reason: string,
): Result<Facts, RegisterRefusal> {
  const body = { constituent: before.id, name: before.name, reason };
  return unless(whyNotChange(before, seen), { type: "constituent.retired", incident: null, happened, body });
}
