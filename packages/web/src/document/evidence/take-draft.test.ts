import { describe, expect, it } from "vitest";
import { stillMissing, type TakeDraft, takeInput, wordsIn } from "./take-draft.ts";
import type { Upload } from "./uploads.ts";

const aDraft = (more: Partial<TakeDraft> = {}): TakeDraft => ({
  as: "thing",
  what: "Laptop",
  kind: "device",
  foundAt: "Desk 4",
  place: "Safe 2",
  serialNumber: "",
  model: "",
  hostname: "",
  macAddresses: "",
  ipAddresses: "",
  changedByCollecting: "",
  remarks: "",
  ...more,
});

const SENDING: Upload = { name: "a.log", sizeBytes: 10, sentBytes: 1, startedMs: 0, state: "sending" };

describe("taking evidence", () => {
  it("reads addresses however they were parted", () => {
    expect(wordsIn(" 192.0.2.1, 192.0.2.2;\n2001:db8::1 ")).toEqual([
      "192.0.2.1",
      "192.0.2.2",
      "2001:db8::1",
    ]);
  });

  it("does not let a file be taken before all of it has arrived", () => {
    expect(stillMissing(aDraft({ as: "file" }), undefined)).toBe("Choose a file first.");
    expect(stillMissing(aDraft({ as: "file" }), SENDING)).toBe("The file has to arrive first.");
  });

  it("asks of a thing what it is, where it was found and where it is kept", () => {
    expect(stillMissing(aDraft({ place: " " }), undefined)).toBe("Say where it is kept.");
    expect(stillMissing(aDraft(), undefined)).toBeUndefined();
  });

  it("never ties a running upload to a physical item", () => {
    expect(takeInput("inc_1", aDraft(), SENDING).upload).toBeNull();
  });
});
