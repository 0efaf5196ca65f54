import { accept, checkIn, IncidentId, PersonId, planWatch, prose, WatchPlan, watchDue } from "@jumpkit/core";
import * as z from "zod";
import { happened, stampOf } from "../happened.ts";
import { operation } from "../operation.ts";
import { query } from "../query.ts";

const Done = z.object({ incident: IncidentId });
const OF_INCIDENT = {
  phase: "contain",
  action: "log.write",
  thing: "incident",
  visibleBy: "incident.read",
} as const;

export const watchPlan = operation({
  name: "watch.plan",
  ...OF_INCIDENT,
  summary: "Plan how an open incident is watched: what, how often, by whom",
  input: z.strictObject({ incident: IncidentId, ...WatchPlan.shape, reason: prose(2000).default("") }),
  output: Done,
  load: async (input, records) => {
    const incident = await records.incident(input.incident);
    const who = input.who === null ? null : await records.person(input.who);
    if (incident === undefined || who === undefined || who?.status === "inactive") return undefined;
    return { incident, whoName: who?.name ?? "" };
  },
  decide: ({ incident, whoName }, { incident: _, ...plan }, act) => {
    const outcome = planWatch(incident, stampOf(undefined, act), { ...plan, whoName });
    return outcome.ok ? accept({ facts: [outcome.value], output: { incident: incident.id } }) : outcome;
  },
});

export const watchCheckIn = operation({
  name: "watch.check_in",
  ...OF_INCIDENT,
  summary: "Say that somebody looked, and what they found",
  input: z
    .strictObject({
      incident: IncidentId,
      found: z.enum(["nothing", "something"]),
      text: prose(4000).default("").describe("What was looked at; what was found has to be said"),
      happened,
    })
    .refine(({ found, text }) => found === "nothing" || text.trim() !== "", {
      error: "says not what was found",
      path: ["text"],
    }),
  output: Done,
  load: (input, records) => records.incident(input.incident),
  decide: (incident, { found, text, happened: said }, act) => {
    const outcome = checkIn(incident, stampOf(said, act), { found, text });
    return outcome.ok ? accept({ facts: [outcome.value], output: { incident: incident.id } }) : outcome;
  },
});

const WatchView = z
  .object({
    what: z.string(),
    everyMinutes: z.int(),
    who: PersonId.nullable().describe("null is whoever leads"),
    whoName: z.string(),
    plannedAt: z.string().nullable().describe("null while the plan that ships holds"),
    checkIns: z
      .array(
        z.object({
          at: z.string(),
          by: z.string(),
          found: z.enum(["nothing", "something"]),
          text: z.string(),
        }),
      )
      .describe("the latest hundred, newest first"),
    dueAt: z.string().nullable().describe("null once the incident is over"),
    missedCount: z.int(),
  })
  .meta({ id: "Watch" });

export const showWatch = query({
  name: "watch.of_incident",
  phase: "contain",
  summary: "How an incident is watched, who looked and when, and what was missed",
  action: "incident.read",
  shared: true,
  path: "/v1/incident/{incident}/watch",
  input: z.strictObject({ incident: IncidentId }),
  output: WatchView,
  run: async (input, reading) => {
    const incident = await reading.incident(input.incident);
    if (incident === undefined) return undefined;
    const watch = await reading.contain.watchOf(incident.id);
    const due = watchDue(incident, watch, reading.now());
    const { checkIns, ...plan } = watch;
    return {
      ...plan,
      checkIns: [...checkIns],
      dueAt: due?.dueAt ?? null,
      missedCount: due?.missedCount ?? 0,
    };
  },
});

export const listWatches = query({
  name: "watch.list",
  phase: "contain",
  summary: "Open incidents by when somebody has to look at them next, with what was missed",
  action: "incident.read",
  path: "/v1/watch",
  input: z.strictObject({}),
  output: z.object({
    items: z.array(
      z.object({
        incident: IncidentId,
        code: z.string(),
        title: z.string(),
        dueAt: z.string(),
        missedCount: z.int(),
        everyMinutes: z.int(),
        whoName: z.string().describe("empty where it is whoever leads"),
      }),
    ),
  }),
  run: async (_input, reading) => {
    const now = reading.now();
    const items = (await reading.contain.watched()).flatMap(({ incident, watch }) => {
      const due = watchDue(incident, watch, now);
      if (due === undefined) return [];
      const { code, title } = incident;
      const { everyMinutes, whoName } = watch;
      return [{ incident: incident.id, code, title, everyMinutes, whoName, ...due }];
    });
    return { items: items.sort((a, b) => (a.dueAt < b.dueAt ? -1 : 1)) };
  },
});
