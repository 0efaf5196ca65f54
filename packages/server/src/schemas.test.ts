import { OPERATIONS, QUERIES } from "@jumpkit/app";
import { describe, expect, it } from "vitest";
import * as z from "zod";
import { compileSerialiser, serialiserOf } from "./schemas.ts";

describe("the serialiser of an answer", () => {
  it("can be compiled for every operation and query, although a start compiles none", () => {
    for (const { output } of [...OPERATIONS, ...QUERIES]) {
      expect(() => compileSerialiser(output)).not.toThrow();
    }
  });

  it("lets no field out that the schema does not name, not even in a branch of a union", () => {
    const schema = z.strictObject({
      thing: z.discriminatedUnion("kind", [
        z.strictObject({ kind: z.literal("host"), name: z.string() }),
        z.strictObject({ kind: z.literal("account"), login: z.string() }),
      ]),
    });
    const serialise = serialiserOf({ schema });

    const written = serialise({ thing: { kind: "host", name: "www3", secret: "s3cret" }, other: 1 });

    expect(JSON.parse(written)).toEqual({ thing: { kind: "host", name: "www3" } });
  });
});
