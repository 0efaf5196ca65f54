import { IncidentId } from "@jumpkit/core";
import * as z from "zod";
import { EntryView, entryView } from "../entry-view.ts";
import { query } from "../query.ts";

export const listEntries = query({
  name: "log.entries",
  phase: "document",
  summary: "The handling log of an incident, oldest first",
  action: "incident.read",
  shared: true,
  path: "/v1/incident/{incident}/entry",
  input: z.strictObject({
    incident: IncidentId,
    after: z.coerce.number().int().min(0).default(0).describe("incidentSeq to go on after"),
    limit: z.coerce.number().int().min(1).max(1000).default(500),
    newest: z.coerce
      .number()
      .int()
      .min(1)
      .max(1000)
      .optional()
      .describe("only the newest so many, whatever the others say"),
  }),
  output: z.object({ items: z.array(EntryView), next: z.int().nullable() }),
  run: async (input, reading) => {
    const incident = await reading.incident(input.incident);
    if (incident === undefined) return undefined;
    const { newest } = input;
    const limit = newest ?? input.limit;
    const after = newest === undefined ? input.after : Math.max(0, incident.entryCount - newest);
    const entries = await reading.entries(incident.id, after, limit + 1);
    const items = entries.slice(0, limit).map(entryView);
    const last = items.at(-1);
    return { items, next: entries.length > limit && last !== undefined ? last.incidentSeq : null };
  },
});

export const showCheckpoint = query({
  name: "log.checkpoint",
  phase: "document",
  summary: "The latest published checkpoint of the organisation's log, and the key that signs it",
  action: "log.verify",
  path: "/v1/log/checkpoint",
  input: z.strictObject({}),
  output: z.object({ note: z.string(), vkey: z.string(), size: z.int() }),
  run: (_input, reading) => reading.checkpoint(),
});
