import { createHash } from "node:crypto";
import {
  type AnyEntry,
  type ObservableValue,
  observablesIn,
  observablesOfSign,
  type Sign,
} from "@jumpkit/core";
import type pg from "pg";

/** What stands for a value in indexes: a value can be longer than they take. */
export function digestOf({ kind, value }: ObservableValue): string {
  return createHash("sha256").update(`${kind}\0${value}`).digest("hex").slice(0, 32);
}

interface Sighting {
  readonly thing: string;
  readonly value: ObservableValue;
  readonly entry: number | null;
}

/** Notes which values new signs name, so that they are found from there. Signs that are known change nothing. */
export async function noteSignSightings(
  client: pg.ClientBase,
  organisation: string,
  signs: readonly Sign[],
): Promise<void> {
  const sightings = signs.flatMap((sign) =>
    observablesOfSign(sign).map((value) => ({ thing: sign.id, value, entry: null })),
  );
  await note(client, organisation, sightings);
}

/** Notes which values an entry of an incident names: in its words, or in the sign that became part of it. */
export async function noteEntrySightings(
  client: pg.ClientBase,
  organisation: string,
  entry: AnyEntry,
): Promise<void> {
  const { incident, incidentSeq } = entry;
  if (incident === null) return;
  const text = wordsOf(entry);
  const sightings = observablesIn(text).map((value) => ({ thing: incident, value, entry: incidentSeq }));
  if (text !== "") await note(client, organisation, sightings);
  if (entry.type !== "sign.accepted" && entry.type !== "sign.merged") return;
  await client.query({
    name: "sightings-of-sign",
    text: `INSERT INTO sighting (organisation, digest, thing, kind, value, entry)
      SELECT organisation, digest, $3, kind, value, $4 FROM sighting WHERE organisation = $1 AND thing = $2
      ON CONFLICT DO NOTHING`,
    values: [organisation, entry.body.sign, incident, incidentSeq],
  });
}

/** What people wrote: the products' own sentences name nothing that is not said elsewhere. */
function wordsOf(entry: AnyEntry): string {
  switch (entry.type) {
    case "log.noted":
    case "log.corrected":
      return entry.body.text ?? "";
    case "incident.reported":
      return `${entry.body.title ?? ""}\n${entry.body.description ?? ""}`;
    default:
      return "";
  }
}

async function note(
  client: pg.ClientBase,
  organisation: string,
  sightings: readonly Sighting[],
): Promise<void> {
  if (sightings.length === 0) return;
  await client.query({
    name: "note-sightings",
    text: `INSERT INTO sighting AS known (organisation, digest, thing, kind, value, entry)
      SELECT $1, * FROM unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::int[])
      ON CONFLICT (organisation, digest, thing) DO UPDATE SET seen_count = known.seen_count + 1`,
    values: [
      organisation,
      sightings.map(({ value }) => digestOf(value)),
      sightings.map(({ thing }) => thing),
      sightings.map(({ value }) => value.kind),
      sightings.map(({ value }) => value.value),
      sightings.map(({ entry }) => entry),
    ],
  });
}
