/** An object as JSON has it. */
export type JsonObject = { readonly [key: string]: unknown };
