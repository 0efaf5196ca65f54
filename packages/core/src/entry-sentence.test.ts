import { describe, expect, it } from "vitest";
import { ENTRIES } from "./entries.ts";
import { entrySentence } from "./entry-sentence.ts";
import type { ToldBody } from "./kernel/sentence.ts";

const anEntry = (type: string, body: ToldBody) => ({ type, body });

/** Entries that belong to no incident, and so never stand in an incident's log. */
const ORGANISATION_OWN =
  /^(organisation|person|policy|authority|constituent|team|segment|asset|contact|duty|callsheet|source|signs|backup|mastercopy)\.|^log\.restored$/;

describe("an entry in the log", () => {
  it.each(Object.keys(ENTRIES).filter((type) => !ORGANISATION_OWN.test(type)))(
    "%s has a sentence",
    (type) => {
      expect(entrySentence(anEntry(type, {}))).not.toBe(type);
    },
  );

  it("says where a taken file is kept and how large it is", () => {
    const body = {
      number: 3,
      what: "Web server log",
      place: "Safe 2",
      content: { name: "access.log", sizeBytes: 2048, sha256: "0".repeat(64) },
    };

    expect(entrySentence(anEntry("evidence.collected", body))).toBe(
      "Took evidence item 3: Web server log (access.log, 2.0 KiB). Kept at Safe 2",
    );
  });

  it("names an item by its number where that is known", () => {
    const entry = anEntry("evidence.sealed", { item: "evd_1", seal: "HB-4417" });

    expect(entrySentence(entry)).toBe("Sealed an item with seal HB-4417");
    expect(entrySentence(entry, (item) => (item === "evd_1" ? 2 : undefined))).toBe(
      "Sealed item 2 with seal HB-4417",
    );
  });

  it("shows that a field was withheld", () => {
    expect(entrySentence(anEntry("incident.lead_named", {}))).toBe("Named (withheld) lead");
  });

  it("reads as its type where a newer release wrote it", () => {
    expect(entrySentence(anEntry("host.isolated", {}))).toBe("host.isolated");
  });
});
