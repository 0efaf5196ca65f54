import * as z from "zod";

/**
 * Text that a person typed on one line: 1 to `max` characters, kept byte for byte.
 *
 * Lone surrogates are refused because UTF-8 cannot carry them; NUL because PostgreSQL cannot.
 */
export function line(max: number) {
  return storable(z.string().min(1).max(max)).refine((text) => text.trim() !== "", { error: "is empty" });
}

/** Text of several lines, up to `max` characters; may be empty. */
export function prose(max: number) {
  return storable(z.string().max(max));
}

function storable(text: z.ZodString): z.ZodString {
  return text
    .refine((value) => !value.includes("\u0000"), { error: "holds a NUL character" })
    .refine((value) => value.isWellFormed(), { error: "holds half a character (a lone surrogate)" });
}
