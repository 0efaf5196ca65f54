import type { Sign } from "@jumpkit/core";
import type pg from "pg";
import { noteSignSightings } from "../observable/sighting.ts";

/** Puts a sign that did not come through a source into the queue. */
export async function openSign(client: pg.ClientBase, organisation: string, sign: Sign): Promise<void> {
  const words = [sign.title, sign.entity, sign.rule.name, String(sign.fields["message"] ?? "")].join("\n");
  await client.query(
    `INSERT INTO sign (organisation, id, source, kind, rule, entity, first_at, last_at, count, words, state)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [
      organisation,
      sign.id,
      sign.source,
      sign.kind,
      sign.rule.id,
      sign.entity,
      sign.firstAt,
      sign.lastAt,
      sign.count,
      words.slice(0, 4000).toWellFormed().toLowerCase(),
      JSON.stringify(sign),
    ],
  );
  await noteSignSightings(client, organisation, [sign]);
}
