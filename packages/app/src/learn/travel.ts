import {
  type AnyEntry,
  differenceOf,
  IncidentId,
  IncidentStory,
  Instant,
  type PersonId,
  PICTURE_FACTS,
  PICTURE_GROUPS,
} from "@jumpkit/core";
import * as z from "zod";
import { query } from "../query.ts";
import type { Reading } from "../reading.ts";

const FactView = z.record(z.string(), z.string());
const RowView = z.object({ id: z.string(), name: z.string(), facts: FactView });

/** An incident as its log said it was at a moment, in words and in the words of our lists. */
export const PictureView = z
  .object({
    facts: z.record(z.enum(PICTURE_FACTS), z.string()),
    rows: z.record(z.enum(PICTURE_GROUPS), z.array(RowView).readonly()),
  })
  .meta({ id: "IncidentPicture" });

/** One thing that is not what it was, or came, or went. */
export const DifferenceView = z
  .object({
    group: z.enum(["incident", ...PICTURE_GROUPS]),
    id: z.string(),
    name: z.string(),
    how: z.enum(["new", "gone", "changed"]),
    changes: z.array(z.object({ what: z.string(), before: z.string(), after: z.string() })).readonly(),
  })
  .meta({ id: "IncidentDifference" });

/** How many entries are held in memory at once while the log is told. */
const AT_ONCE = 1000;

export const incidentAt = query({
  name: "incident.at",
  phase: "learn",
  summary: "An incident as its log said it was after an entry or at a moment, and what is different now",
  action: "incident.read",
  shared: true,
  path: "/v1/incident/{incident}/at",
  input: z.strictObject({
    incident: IncidentId,
    incidentSeq: z.coerce.number().int().min(0).optional().describe("up to and with this entry"),
    at: Instant.optional().describe("what was recorded by then; with both, whichever is earlier"),
  }),
  output: z.object({
    code: z.string(),
    entry: z
      .object({ incidentSeq: z.int(), recordedAt: z.string() })
      .nullable()
      .describe("the last entry that counts; null before the first"),
    count: z.int().describe("how many entries there are now"),
    firstAt: z.string().describe("when the first entry was recorded"),
    lastAt: z.string().describe("when the last entry was recorded"),
    picture: PictureView.nullable().describe("null while nothing was reported"),
    differences: z.array(DifferenceView).describe("what is not as it was then"),
  }),
  run: async ({ incident: id, incidentSeq, at }, reading) => {
    const incident = await reading.incident(id);
    if (incident === undefined) return undefined;
    const people = new Map((await reading.people()).map(({ id: person, name }) => [person, name]));
    const person = (each: PersonId): string => people.get(each) ?? "somebody";
    const story = new IncidentStory();
    const counts = ({ incidentSeq: seq, recordedAt }: AnyEntry): boolean =>
      (seq ?? 0) <= (incidentSeq ?? Number.MAX_SAFE_INTEGER) && (at === undefined || recordedAt <= at);
    let told: AnyEntry | undefined;
    let last: AnyEntry | undefined;
    let then: ReturnType<IncidentStory["picture"]>;
    let passed = false;
    const look = (): void => {
      passed = true;
      then = story.picture(at ?? told?.recordedAt ?? reading.now(), person);
    };
    for await (const entry of entriesOf(reading, id)) {
      if (!passed && !counts(entry)) look();
      story.add(entry);
      if (!passed) told = entry;
      last = entry;
    }
    const now = story.picture(reading.now(), person);
    if (!passed) then = now;
    return {
      code: incident.code,
      entry: told === undefined ? null : { incidentSeq: told.incidentSeq ?? 0, recordedAt: told.recordedAt },
      count: last?.incidentSeq ?? 0,
      firstAt: incident.reportedAt,
      lastAt: last?.recordedAt ?? incident.reportedAt,
      picture: then ?? null,
      differences: then === undefined || now === undefined ? [] : differenceOf(then, now),
    };
  },
});

/** Every entry of an incident's log, oldest first, a page at a time. */
async function* entriesOf(reading: Reading, incident: IncidentId): AsyncGenerator<AnyEntry> {
  let after = 0;
  for (;;) {
    const page = await reading.entries(incident, after, AT_ONCE);
    yield* page;
    const last = page.at(-1)?.incidentSeq;
    if (page.length < AT_ONCE || last == null) return;
    after = last;
  }
}
