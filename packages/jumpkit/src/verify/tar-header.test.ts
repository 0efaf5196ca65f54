import { pack } from "tar-stream";
import { describe, expect, it } from "vitest";
import { readTarHeader } from "./tar-header.ts";

/** The first block that the writer of case files puts before a file. */
async function headerOf(name: string, size: number): Promise<Buffer> {
  const tar = pack();
  tar.entry({ name, size, mtime: new Date("2026-11-22T12:00:00Z") }).on("error", () => undefined);
  for await (const chunk of tar) {
    tar.destroy();
    return Buffer.from(chunk as Uint8Array);
  }
  throw new Error("no header was written");
}

describe("the headers of a tar", () => {
  it.each([
    ["a short name", "JK-2026-0042/bagit.txt", 54],
    ["a name of more than 100 characters", `${"J".repeat(32)}/data/evidence/${"a".repeat(64)}`, 1],
    ["8 GiB", "JK-2026-0042/data/evidence/a", 2 ** 33],
    ["a size beyond what octal digits can write", "JK-2026-0042/data/evidence/a", 2 ** 40 + 1],
  ])("are read with %s", async (_, name, sizeBytes) => {
    expect(readTarHeader(await headerOf(name, sizeBytes))).toEqual({ name, kind: "file", sizeBytes });
  });

  it("are damaged by the change of any single byte", async () => {
    const header = await headerOf("JK-2026-0042/bagit.txt", 54);

    for (let at = 0; at < header.length; at += 1) {
      const changed = Buffer.from(header);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(readTarHeader(changed)).toBe("damaged");
    }
  });

  it("end where there are only zeros", () => {
    expect(readTarHeader(Buffer.alloc(512))).toBe("end");
    expect(readTarHeader(Buffer.alloc(100, "x"))).toBe("damaged");
  });
});
