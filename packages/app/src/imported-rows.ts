import * as z from "zod";

/** What an import did, or would do, with each row of a file, in the order of the file. */
export const ImportedRows = z.object({
  applied: z.boolean(),
  rows: z.array(
    z.object({
      line: z.int(),
      name: z.string(),
      outcome: z.enum(["added", "changed", "unchanged", "refused"]),
      problem: z.string(),
      fields: z.array(z.string()).readonly(),
    }),
  ),
});
