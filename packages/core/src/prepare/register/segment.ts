import * as z from "zod";
import type { Entry, Fact } from "../../document/log/entry.ts";
import { ConstituentId, SegmentId, TeamId } from "../../kernel/id.ts";
import type { Result } from "../../kernel/result.ts";
import { line, prose } from "../../kernel/text.ts";
import type { Stamp } from "../../kernel/time.ts";
import { Cidr } from "./address.ts";
import { nameTaken, type Registered, type RegisterRefusal, unless, whyNotChange } from "./registered.ts";

/**
 * A part of the network, physical or logical, with the team that handles what arises there.
 *
 * @source NIST SP 800-61r2 §2.4.1: teams by logical or physical segment
 */
export const SegmentDetails = z.strictObject({
  name: line(200),
  constituent: ConstituentId.nullable().default(null),
  ranges: z.array(Cidr).max(100).default([]).describe("CIDR ranges, IPv4 and IPv6"),
  team: TeamId.nullable().default(null),
  production: z.boolean().default(false).describe("whether others depend on what stands here"),
  notes: prose(4000).default(""),
});
export type SegmentDetails = z.infer<typeof SegmentDetails>;

const SAID = z.object({ segment: SegmentId, ...SegmentDetails.shape });

export const SEGMENT_ENTRIES = {
  "segment.added": SAID,
  "segment.changed": SAID,
  "segment.retired": z.object({ segment: SegmentId, name: z.string(), reason: z.string() }),
};
const WITHHELD: SegmentDetails = {
  name: "(withheld)",
  constituent: null,
  ranges: [],
  team: null,
  production: false,
  notes: "",
};
type Facts = Fact<typeof SEGMENT_ENTRIES>;

/** A segment as the log says it is now. */
export interface Segment extends SegmentDetails, Registered<SegmentId> {}

/** The segment after one more entry about it. */
export function projectSegment(
  before: Segment | undefined,
  entry: Entry<typeof SEGMENT_ENTRIES>,
): Segment | undefined {
  const id = entry.body.segment;
  if (id === undefined) return before;
  if (entry.type === "segment.retired") {
    return before && { ...before, status: "retired", changedSeq: entry.seq };
  }
  const { segment: _, ...said } = entry.body;
  return { ...WITHHELD, ...said, id, status: "active", changedSeq: entry.seq };
}

/** The entry that adds a segment, or `register.name_taken`. */
export function addSegment(
  id: SegmentId,
  happened: Stamp,
  taken: boolean,
  said: SegmentDetails,
): Result<Facts, RegisterRefusal> {
  const body = { segment: id, ...said };
  return unless(nameTaken(said.name, taken), {
    type: "segment.added",
    incident: null,
    happened,
    body,
  });
}

/** The entry that changes a segment; `register.stale`, `register.retired` or `register.name_taken`. */
export function changeSegment(
  before: Segment,
  happened: Stamp,
  seen: number,
  taken: boolean,
  said: SegmentDetails,
): Result<Facts, RegisterRefusal> {
  const body = { segment: before.id, ...said };
  return unless(whyNotChange(before, seen) ?? nameTaken(said.name, taken), {
    type: "segment.changed",
    incident: null,
    happened,
    body,
  });
}

/** The entry that retires a segment; what was recorded of it stays. */
export function retireSegment(
  before: Segment,
  happened: Stamp,
  seen: number,
  reason: string,
): Result<Facts, RegisterRefusal> {
  const body = { segment: before.id, name: before.name, reason };
  return unless(whyNotChange(before, seen), { type: "segment.retired", incident: null, happened, body });
}
