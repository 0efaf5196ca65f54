import type { IncidentId } from "@jumpkit/core";
import type { Viewer } from "./ports.ts";
import type { Reading } from "./reading.ts";

/**
 * The incidents that somebody whom the policy lets read none may read all the same, by the grants of their
 * teams. Empty for a program that acts by a token: a grant is a person's own.
 */
export async function grantedTo(viewer: Viewer, reading: Reading): Promise<readonly IncidentId[]> {
  return viewer.token === undefined ? reading.grants.incidentsOf(viewer.id) : [];
}

/**
 * The same snapshot with only these incidents in it, and nothing that belongs to another.
 *
 * A query that is asked on it finds an incident that was not granted exactly as it finds one that does not
 * exist. Only queries that are marked `shared` are ever asked on it.
 */
export function within(reading: Reading, granted: readonly IncidentId[]): Reading {
  const sees = (incident: IncidentId): boolean => granted.includes(incident);
  return {
    ...reading,
    incident: async (id) => (sees(id) ? reading.incident(id) : undefined),
    incidents: (filter) => reading.incidents({ ...filter, among: granted }),
    entries: async (incident, after, limit, types) =>
      sees(incident) ? reading.entries(incident, after, limit, types) : [],
    entryAt: async (incident, place, by) =>
      sees(incident) ? reading.entryAt(incident, place, by) : undefined,
    item: async (id) => {
      const item = await reading.item(id);
      return item !== undefined && sees(item.incident) ? item : undefined;
    },
    itemsOf: async (incident) => (sees(incident) ? reading.itemsOf(incident) : []),
    items: (after, limit) => reading.items(after, limit, granted),
    triage: {
      ...reading.triage,
      confirmedIn: async (incident) => (sees(incident) ? reading.triage.confirmedIn(incident) : []),
      sightingsIn: async (incident) => (sees(incident) ? reading.triage.sightingsIn(incident) : []),
      seenIn: async (values, except) =>
        (await reading.triage.seenIn(values, except)).filter(({ thing }) => sees(thing as IncidentId)),
    },
    playbooks: {
      ...reading.playbooks,
      checklistsOf: async (incident) => (sees(incident) ? reading.playbooks.checklistsOf(incident) : []),
    },
    recovery: {
      hosts: async (incident) => (sees(incident) ? reading.recovery.hosts(incident) : []),
      plan: async (incident) => (sees(incident) ? reading.recovery.plan(incident) : undefined),
      host: async (id) => {
        const host = await reading.recovery.host(id);
        return host !== undefined && sees(host.incident) ? host : undefined;
      },
    },
  };
}
