import {
  type AnyEntry,
  differenceOf,
  IncidentId,
  IncidentStory,
  Instant,
  type PersonId,
  PICTURE_FACTS,
  PICTURE_GROUPS,
  STORY_ENTRIES,
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
    const told = await reading.entryAt(id, incidentSeq ?? incident.entryCount, at);
    const place = told?.incidentSeq ?? 0;
    const moment = at ?? told?.recordedAt ?? reading.now();
    const story = new IncidentStory();
    let then: ReturnType<IncidentStory["picture"]>;
    let passed = false;
    for await (const entry of storyOf(reading, id)) {
      if (!passed && (entry.incidentSeq ?? 0) > place) {
        then = story.picture(moment, person);
        passed = true;
      }
      story.add(entry);
    }
    const now = story.picture(reading.now(), person);
    if (!passed) then = place === incident.entryCount ? now : story.picture(moment, person);
    return {
      code: incident.code,
      entry: told === undefined ? null : { incidentSeq: place, recordedAt: told.recordedAt },
      count: incident.entryCount,
      firstAt: incident.reportedAt,
      lastAt: incident.lastEntryAt,
      picture: then ?? null,
      differences: then === undefined || now === undefined ? [] : differenceOf(then, now),
    };
  },
});

/** The entries of an incident's log that pictures are drawn from, oldest first, a page at a time. */
async function* storyOf(reading: Reading, incident: IncidentId): AsyncGenerator<AnyEntry> {
  let after = 0;
  for (;;) {
    const page = await reading.entries(incident, after, AT_ONCE, STORY_ENTRIES);
    yield* page;
    const last = page.at(-1)?.incidentSeq;
    if (page.length < AT_ONCE || last == null) return;
    after = last;
  }
}
