import { describe, expect, it } from "vitest";
import { type Mapping, mappingFrom, mappingText } from "./source-words.ts";

describe("a mapping typed as lines", () => {
  it("comes back as it was written, with roles where addresses have them", () => {
    const text = "by.ip = source.ip (offender)\nrule name = rule.name";

    const fields = mappingFrom(`\n${text}\n  `);

    expect(fields).toEqual([
      { from: "by.ip", to: "source.ip", role: "offender" },
      { from: "rule name", to: "rule.name" },
    ]);
    const mapping: Omit<Mapping, "fields"> = {
      time: { from: "t", format: "iso" },
      kind: "indicator",
      entity: "source.ip",
      key: [],
    };
    expect(mappingText({ ...mapping, fields })).toBe(text);
  });
});
