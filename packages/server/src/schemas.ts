import * as z from "zod";

/**
 * JSON Schema of an answer as Fastify's compiled serialiser takes it; fields it does not name never leave.
 *
 * The serialiser picks the branch of a union by validating, so a branch must not refuse the very fields that
 * it is there to drop.
 */
export function serialiserSchema(schema: z.ZodType): Record<string, unknown> {
  const strict = z.toJSONSchema(schema, { target: "draft-7", io: "output", unrepresentable: "any" });
  return JSON.parse(JSON.stringify(strict), (key, value) =>
    key === "additionalProperties" && value === false ? undefined : value,
  ) as Record<string, unknown>;
}

/** Where an accepted operation stands in the record. */
export const RecordedView = z
  .array(z.object({ seq: z.int(), incidentSeq: z.int().nullable(), recordedAt: z.string() }))
  .describe("the entries it made: place in the organisation's log, place in the incident's, and when");
