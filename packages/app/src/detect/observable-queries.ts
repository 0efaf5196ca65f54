import { AddressRole, IncidentId, ObservableKind, Pap, Tlp } from "@jumpkit/core";
import * as z from "zod";
import { query } from "../query.ts";
import type { SeenIn } from "../triage-ports.ts";

const SeenInView = z.object({
  thing: z.string(),
  kind: z.enum(["incident", "sign"]),
  title: z.string(),
  code: z.string(),
  status: z.string(),
});

const ConfirmedView = z.object({
  kind: ObservableKind,
  value: z.string(),
  role: AddressRole,
  tlp: Tlp,
  pap: Pap,
  entry: z.int().nullable(),
  offset: z.int().nullable(),
  note: z.string(),
  by: z.string(),
  at: z.string(),
  seenIn: z.array(SeenInView),
});

const RawView = z.object({
  kind: ObservableKind,
  value: z.string(),
  entry: z.int().nullable().describe("incidentSeq of the first entry that names it"),
  seenIn: z.array(SeenInView),
});

export const listObservables = query({
  name: "observable.of_incident",
  phase: "detect",
  summary:
    "Values of an incident: those confirmed, and apart from them those only seen in its text and signs",
  action: "incident.read",
  shared: true,
  path: "/v1/incident/{incident}/observable",
  input: z.strictObject({ incident: IncidentId }),
  output: z.object({ confirmed: z.array(ConfirmedView), raw: z.array(RawView) }),
  run: async ({ incident }, reading, viewer) => {
    if ((await reading.incident(incident)) === undefined) return undefined;
    const confirmed = await reading.triage.confirmedIn(incident);
    const known = new Set(confirmed.map(({ kind, value }) => `${kind} ${value}`));
    const seen = await reading.triage.sightingsIn(incident);
    const raw = seen.filter(({ kind, value }) => !known.has(`${kind} ${value}`));
    const seesSigns = (await reading.permission(viewer, "sign.read")).allowed;
    const elsewhere = await reading.triage.seenIn([...confirmed, ...raw], incident);
    const of = (each: { readonly kind: string; readonly value: string }) =>
      elsewhere
        .filter(
          ({ value, kind }) =>
            value.kind === each.kind && value.value === each.value && (seesSigns || kind === "incident"),
        )
        .map(placeOf);
    return {
      confirmed: confirmed.map((each) => ({ ...each, seenIn: of(each) })),
      raw: raw.map((each) => ({ ...each, seenIn: of(each) })),
    };
  },
});

function placeOf({ thing, kind, title, code, status }: SeenIn) {
  return { thing, kind, title, code, status };
}
