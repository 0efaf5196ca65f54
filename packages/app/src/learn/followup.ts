import {
  accept,
  arrangeFollowup,
  FollowupSection,
  FollowupTemplate,
  followupParts,
  type Incident,
  IncidentId,
  isPlayed,
  redacted,
  SavedFollowup,
  saveFollowup,
  seenIn,
  Tlp,
  type ToldEntry,
  withoutSavings,
} from "@jumpkit/core";
import type { Paper, PaperBlock } from "@jumpkit/exchange";
import * as z from "zod";
import { stampOf } from "../happened.ts";
import { operation } from "../operation.ts";
import type { Viewer } from "../ports.ts";
import { PLAYED_BAND, type Press, type PrintedFile } from "../press.ts";
import { query } from "../query.ts";
import type { Reading } from "../reading.ts";

export const followupArrange = operation({
  name: "followup.arrange",
  phase: "learn",
  summary: "Say which sections follow-up reports have, in which order and under which titles",
  action: "policy.manage",
  input: z.strictObject(FollowupTemplate.shape),
  output: z.object({ sections: z.int() }),
  load: async () => ({}),
  decide: (_, input, act) =>
    accept({
      facts: [arrangeFollowup(stampOf(undefined, act), input)],
      output: { sections: input.sections.length },
    }),
});

export const followupSave = operation({
  name: "followup.save",
  phase: "learn",
  summary:
    "Write down that the report of an incident was saved as a file, by its digest; no report tells of it",
  action: "incident.read",
  thing: "incident",
  visibleBy: "incident.read",
  input: z.strictObject({ incident: IncidentId, ...SavedFollowup.shape }),
  output: z.object({ incident: IncidentId }),
  load: async ({ incident }, records) => records.incident(incident),
  decide: (incident, { incident: id, ...said }, act) =>
    accept({ facts: [saveFollowup(incident, stampOf(undefined, act), said)], output: { incident: id } }),
});

export const showFollowupTemplate = query({
  name: "followup.template",
  phase: "learn",
  summary: "How follow-up reports are arranged",
  action: "incident.read",
  path: "/v1/followup/template",
  input: z.strictObject({}),
  output: FollowupTemplate,
  run: async (_input, reading) => {
    const { title, sections } = await reading.learning.followup();
    return { title, sections: [...sections] };
  },
});

const Rows = z.array(z.array(z.string()));

const PartView = z.union([
  z.object({ kind: z.literal("heading"), text: z.string() }),
  z.object({ kind: z.literal("paragraph"), text: z.string() }),
  z.object({ kind: z.literal("facts"), rows: z.array(z.tuple([z.string(), z.string()])) }),
  z.object({
    kind: z.literal("table"),
    columns: z.array(z.object({ title: z.string(), share: z.number(), right: z.literal(true).optional() })),
    rows: Rows,
  }),
  z.object({ kind: z.literal("struck"), reason: z.string() }),
]);

/** A follow-up report as it is put on paper or shown: the record, its marking, and its sections in order. */
export const FollowupView = z
  .object({
    title: z.string(),
    organisation: z.string(),
    code: z.string(),
    played: z.boolean().describe("whether the incident is played in an exercise"),
    marking: Tlp,
    incidentTlp: Tlp,
    record: z.object({
      entryCount: z.int(),
      lastEntryAt: z.string(),
      sha256: z
        .string()
        .describe("over the leaf hashes of the incident's entries in their order, without followup.saved"),
    }),
    madeBy: z.string(),
    struckCount: z.int().describe("how many things are labelled above the marking"),
    sections: z.array(
      z.object({
        section: FollowupSection,
        title: z.string(),
        struckCount: z.int(),
        parts: z.array(PartView),
      }),
    ),
  })
  .meta({ id: "Followup" });
export type FollowupView = z.output<typeof FollowupView>;

export const showFollowup = query({
  name: "followup.of_incident",
  phase: "learn",
  summary: "The follow-up report of an incident as its record tells it, for one marking",
  action: "incident.read",
  path: "/v1/incident/{incident}/followup",
  input: z.strictObject({
    incident: IncidentId,
    marking: Tlp.optional().describe("that of the incident when absent; what is labelled above it is struck"),
  }),
  output: FollowupView,
  run: async (input, reading, viewer) => {
    const incident = await reading.incident(input.incident);
    if (incident === undefined) return undefined;
    const marking = input.marking ?? incident.tlp;
    const { title: named, sections } = await reading.learning.followup();
    // What was played must never be taken for what happened, on paper least of all.
    const title = isPlayed(incident) ? `EXERCISE: ${named}` : named;
    const sources = await sourcesOf(reading, incident);
    const seen = seenIn(sources);
    const shown = sections.map((each) => {
      const { parts, struckCount } = redacted(followupParts(each.section, sources), marking, seen);
      return { ...each, struckCount, parts: parts.map(partView) };
    });
    const { code, tlp: incidentTlp, entryCount, lastEntryAt } = sources.incident;
    return {
      ...{ title, code, marking, incidentTlp, sections: shown, played: isPlayed(incident) },
      organisation: (await reading.organisation())?.name ?? "",
      record: { entryCount, lastEntryAt, sha256: await reading.learning.recordDigest(incident.id) },
      madeBy: personText(viewer),
      struckCount: shown.reduce((sum, { struckCount }) => sum + struckCount, 0),
    };
  },
});

type Part = ReturnType<typeof redacted>["parts"][number];

function partView(part: Part): z.input<typeof PartView> {
  if (part.kind === "facts") return { kind: "facts", rows: part.rows.map(([name, value]) => [name, value]) };
  if (part.kind !== "table") return part;
  return { kind: "table", columns: [...part.columns], rows: part.rows.map((row) => [...row]) };
}

/** How many entries are read at a time. */
const PAGE = 5000;

async function sourcesOf(reading: Reading, incident: Incident) {
  const { id } = incident;
  const entries: ToldEntry[] = [];
  for (let after = 0; ; ) {
    const page = await reading.entries(id, after, PAGE);
    entries.push(...page);
    if (page.length < PAGE) break;
    after = page.at(-1)?.incidentSeq ?? 0;
  }
  const told = withoutSavings(entries);
  const lead = incident.lead === null ? undefined : await reading.person(incident.lead);
  return {
    incident: {
      ...incident,
      entryCount: told.length,
      lastEntryAt: told.at(-1)?.recordedAt ?? incident.reportedAt,
    },
    ...{ entries: told, leadName: lead?.name ?? "" },
    items: await reading.itemsOf(id),
    isolations: await reading.contain.isolationsOf(id),
    hosts: await reading.recovery.hosts(id),
    plan: await reading.recovery.plan(id),
    observables: (await reading.notifications.known(id)).observables,
    notifications: (await reading.notifications.of(id)).toReversed(),
    ledger: await reading.learning.ledger(id),
    review: await reading.learning.review(id),
    improvements: await reading.learning.improvementsOf(id),
  };
}

/** The report on paper. The same answer gives the same bytes. */
export async function followupFile(followup: FollowupView, press: Press): Promise<PrintedFile> {
  const { code, marking } = followup;
  const label = marking.slice("TLP:".length).replace("+", "-").toLowerCase();
  return { fileName: `${code}-report-${label}.pdf`, bytes: await press.print(paperOf(followup)) };
}

function paperOf(followup: FollowupView): Paper {
  const { title, organisation, code, marking, incidentTlp, record, madeBy, struckCount } = followup;
  const { entryCount, lastEntryAt, sha256 } = record;
  const moment = `${lastEntryAt.slice(0, 10)} ${lastEntryAt.slice(11, 19)}Z`;
  const blocks = followup.sections.flatMap((section): PaperBlock[] => [
    { kind: "heading", level: 1, text: section.title },
    ...section.parts.map(blockOf),
  ]);
  const struck =
    struckCount === 0 ? "" : ` What is labelled above ${marking} is struck: ${struckCount} in all.`;
  return {
    ...(followup.played && { band: PLAYED_BAND }),
    title: `${title}, ${code}`,
    issuer: organisation,
    marking,
    at: lastEntryAt,
    foot: `Record of ${entryCount} entries until ${moment}, SHA-256 of its leaf hashes\n${sha256}\nMade by ${madeBy}`,
    blocks: [
      {
        kind: "paragraph",
        quiet: true,
        text: `Made from the handling log alone, as it stood after entry ${entryCount}. The incident is marked ${incidentTlp}, this report ${marking}.${struck}`,
      },
      ...blocks,
    ],
  };
}

function blockOf(part: z.output<typeof PartView>): PaperBlock {
  if (part.kind === "heading") return { kind: "heading", level: 2, text: part.text };
  if (part.kind !== "table") return part;
  const columns = part.columns.map(({ title, share, right }) => ({ title, share, ...(right && { right }) }));
  return { kind: "table", columns, rows: part.rows };
}

function personText({ name, title }: Pick<Viewer, "name" | "title">): string {
  return title === "" ? name : `${name}, ${title}`;
}
