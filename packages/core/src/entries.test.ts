import { describe, expect, it } from "vitest";
import { RESERVED_FIELDS } from "./document/log/entry.ts";
import { ENTRIES } from "./entries.ts";

describe("every type of entry", () => {
  it("is named noun.past_tense and keeps clear of the fields that all entries share", () => {
    for (const [type, schema] of Object.entries(ENTRIES)) {
      expect(type).toMatch(/^[a-z]+\.[a-z]+(_[a-z]+)*$/);
      for (const reserved of RESERVED_FIELDS) expect(Object.keys(schema.shape), type).not.toContain(reserved);
    }
  });
});
