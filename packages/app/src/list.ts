import * as z from "zod";

/** The optional inputs of a list: how many rows, and where to go on. */
export const Paging = {
  limit: z.coerce.number().int().min(1).max(500).default(100),
  after: z.string().max(200).default(""),
};

/** The output of a list: its rows, and where the next page starts or `null` at the end. */
export function pageOf<Row extends z.ZodType>(row: Row) {
  return z.object({ items: z.array(row), next: z.string().nullable() });
}

/** A query-string field that takes several values separated by commas. */
export function several<const Word extends string>(word: z.ZodType<Word, string>) {
  return z
    .string()
    .max(500)
    .default("")
    .transform((text) => text.split(",").filter((part) => part !== ""))
    .pipe(z.array(word).max(20));
}
