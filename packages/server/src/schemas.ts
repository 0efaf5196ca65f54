import fastJsonStringify from "fast-json-stringify";
import * as z from "zod";

type Serialiser = (answer: unknown) => string;

/** What a route answers when all is well, as the options of the route; fields it does not name never leave. */
export function answers(schema: z.ZodType, status: 200 | 202 = 200) {
  return { schema: { response: { [status]: schema } } };
}

/**
 * Makes the serialiser of a route, for Fastify.
 *
 * It is compiled by the first answer: a start would spend a second on routes that nobody may ask today.
 */
export function serialiserOf({ schema }: { readonly schema: unknown }): Serialiser {
  let serialise: Serialiser | undefined;
  return (answer) => {
    serialise ??= compileSerialiser(schema as z.ZodType);
    return serialise(answer);
  };
}

/**
 * Compiles the serialiser of an answer.
 *
 * It picks the branch of a union by validating, so a branch must not refuse the very fields that it is there to
 * drop.
 */
export function compileSerialiser(schema: z.ZodType): Serialiser {
  const strict = z.toJSONSchema(schema, { target: "draft-7", io: "output", unrepresentable: "any" });
  const open = JSON.parse(JSON.stringify(strict), (key, value) =>
    key === "additionalProperties" && value === false ? undefined : value,
  );
  return fastJsonStringify(open) as Serialiser;
}

/** Where an accepted operation stands in the record. */
export const RecordedView = z
  .array(z.object({ seq: z.int(), incidentSeq: z.int().nullable(), recordedAt: z.string() }))
  .describe("the entries it made: place in the organisation's log, place in the incident's, and when");
