import * as z from "zod";
import type { Entry } from "../../document/log/entry.ts";
import { ExerciseId, type IncidentId, IsolationId, PersonId, TeamId } from "../../kernel/id.ts";
import { line, prose } from "../../kernel/text.ts";
import { Tlp } from "../../kernel/tlp.ts";
import { AttackVector } from "../../kernel/vector.ts";
import { Assessment, Priority } from "../priority/priority.ts";

/** Where it comes from: from outside the organisations violated, from inside, or not known yet. */
export const Origin = z.enum(["external", "internal", "unknown"]);
export type Origin = z.infer<typeof Origin>;

/** Whether it is still going on. */
export const Ongoing = z.enum(["yes", "no", "unknown"]);
export type Ongoing = z.infer<typeof Ongoing>;

/** Log, evidence and isolation are open in every status but `closed` and `dismissed`. */
export const INCIDENT_STATUSES = ["reported", "declared", "dismissed", "closed"] as const;
export const IncidentStatus = z.enum(INCIDENT_STATUSES);
export type IncidentStatus = z.infer<typeof IncidentStatus>;

const SUMMARY = prose(20_000);

/** Something that was cut off while nobody was sure, and what became of it; what stays cut needs its reason. */
export const CutThing = z
  .strictObject({
    what: line(300),
    isolation: IsolationId.optional().describe("The isolation it is, where it was recorded as one"),
    now: z.enum(["restored", "kept"]),
    reason: prose(2000).default(""),
  })
  .refine(({ now, reason }) => now === "restored" || reason.trim() !== "", {
    error: "says not why it stays cut",
    path: ["reason"],
  });
export type CutThing = z.infer<typeof CutThing>;

export const INCIDENT_ENTRIES = {
  "incident.reported": z.object({
    code: z.string(),
    title: line(300),
    description: SUMMARY,
    ongoing: Ongoing,
    origin: Origin,
    vector: AttackVector,
    tlp: Tlp,
    reportedBy: z.string(),
    /** The exercise that it is played in; absent where it is real. No later entry says otherwise. */
    exercise: ExerciseId.optional(),
  }),
  "incident.declared": z.object({ policyClause: z.string(), lead: PersonId.nullable() }),
  "incident.assessed": z.object({
    ...Assessment.shape,
    priority: Priority,
    because: z.string(),
    reason: z.string(),
  }),
  "incident.lead_named": z.object({ lead: PersonId, name: z.string() }),
  "incident.described": z.object({
    title: line(300),
    vector: AttackVector,
    origin: Origin,
    ongoing: Ongoing,
    tlp: Tlp,
  }),
  "incident.dismissed": z.object({ reason: SUMMARY, cut: z.array(CutThing) }),
  "incident.closed": z.object({ summary: SUMMARY }),
  "incident.reopened": z.object({ reason: SUMMARY, status: IncidentStatus }),
  "incident.assigned": z.object({
    team: TeamId,
    name: z.string(),
    /** By whose word: a person's, or the segment of something in scope. */
    because: z.string(),
  }),
  "incident.exported": z.object({ entries: z.int(), recipient: z.string(), purpose: z.string() }),
};
export type IncidentEntries = typeof INCIDENT_ENTRIES;

/** The three scales as last rated, with what they gave. */
export interface Rating extends Assessment {
  readonly priority: Priority;
  readonly because: string;
  readonly ratedAt: string;
}

/** An incident as its log says it is. Never stored by hand: every field follows from entries. */
export interface Incident {
  readonly id: IncidentId;
  readonly code: string;
  readonly title: string;
  readonly description: string;
  readonly status: IncidentStatus;
  readonly ongoing: Ongoing;
  readonly origin: Origin;
  readonly vector: AttackVector;
  readonly tlp: Tlp;
  readonly reportedBy: string;
  readonly reportedAt: string;
  readonly declaredAt: string | null;
  readonly closedAt: string | null;
  readonly lead: PersonId | null;
  /** The team that handles it; absent until one is assigned. */
  readonly team?: TeamId;
  /** The exercise that it is played in; absent where it is real, and never changed. */
  readonly exercise?: ExerciseId;
  /** The first and the latest rating; their difference is one of NIST's measures. `null` is *unrated*. */
  readonly firstRating: Rating | null;
  readonly rating: Rating | null;
  /** Sequence, within the incident, of the entry that last changed its description, rating, lead or status. */
  readonly changedSeq: number;
  /** How many entries the incident's log has. */
  readonly entryCount: number;
  readonly lastEntryAt: string;
}

/** Whether an incident is played in an exercise: nothing of it counts, and nothing of it leaves the house. */
export function isPlayed(incident: Pick<Incident, "exercise">): boolean {
  return incident.exercise !== undefined;
}

/**
 * The incident after one more entry of its log, of whatever noun.
 *
 * @returns `undefined` while no `incident.reported` has been seen
 */
export function projectIncident(before: Incident | undefined, entry: Entry): Incident | undefined {
  const counted = before && { ...before, entryCount: entry.incidentSeq ?? 0, lastEntryAt: entry.recordedAt };
  return entry.type in INCIDENT_ENTRIES
    ? change(counted, entry as unknown as Entry<IncidentEntries>)
    : counted;
}

function change(before: Incident | undefined, entry: Entry<IncidentEntries>): Incident | undefined {
  if (entry.type === "incident.reported") return begin(entry);
  if (before === undefined) return undefined;
  if (entry.type === "incident.exported") return before;
  const after = { ...before, changedSeq: entry.incidentSeq ?? 0 };
  switch (entry.type) {
    case "incident.declared":
      return {
        ...after,
        status: "declared",
        declaredAt: entry.recordedAt,
        lead: entry.body.lead ?? before.lead,
      };
    case "incident.assessed":
      return assess(after, entry);
    case "incident.lead_named":
      return { ...after, lead: entry.body.lead ?? null };
    case "incident.assigned":
      return entry.body.team === undefined ? before : { ...after, team: entry.body.team };
    case "incident.described": {
      const { title, vector, origin, ongoing, tlp } = entry.body;
      return { ...after, ...defined({ title, vector, origin, ongoing, tlp }) };
    }
    case "incident.dismissed":
      return { ...after, status: "dismissed", closedAt: entry.recordedAt };
    case "incident.closed":
      return { ...after, status: "closed", closedAt: entry.recordedAt };
    case "incident.reopened":
      return { ...after, status: entry.body.status ?? "reported", closedAt: null };
  }
}

type EntryOf<Type extends keyof IncidentEntries> = Extract<Entry<IncidentEntries>, { readonly type: Type }>;

function begin(entry: EntryOf<"incident.reported">): Incident | undefined {
  if (entry.incident === null) return undefined;
  const { body } = entry;
  return {
    id: entry.incident,
    code: body.code ?? "(withheld)",
    title: body.title ?? "(withheld)",
    description: body.description ?? "(withheld)",
    status: "reported",
    ongoing: body.ongoing ?? "unknown",
    origin: body.origin ?? "unknown",
    vector: body.vector ?? "unknown",
    tlp: body.tlp ?? "TLP:RED",
    reportedBy: body.reportedBy ?? "(withheld)",
    reportedAt: entry.recordedAt,
    declaredAt: null,
    closedAt: null,
    lead: null,
    firstRating: null,
    rating: null,
    changedSeq: entry.incidentSeq ?? 1,
    entryCount: entry.incidentSeq ?? 1,
    lastEntryAt: entry.recordedAt,
    ...(body.exercise === undefined ? {} : { exercise: body.exercise }),
  };
}

function assess(after: Incident, entry: EntryOf<"incident.assessed">): Incident {
  const { reason: _, ...body } = entry.body;
  const whole = Assessment.extend({ priority: Priority, because: z.string() }).safeParse(body);
  if (!whole.success) return after;
  const rating = { ...whole.data, ratedAt: entry.recordedAt };
  return { ...after, firstRating: after.firstRating ?? rating, rating };
}

function defined<Shape extends object>(
  body: Shape,
): { [Key in keyof Shape]: Exclude<Shape[Key], undefined> } {
  return Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined)) as {
    [Key in keyof Shape]: Exclude<Shape[Key], undefined>;
  };
}
