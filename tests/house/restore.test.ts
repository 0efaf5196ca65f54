import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { liveThrough, type Story } from "../support/incident-story.ts";
import { Served } from "../support/served.ts";

describe("backup and restore of the product's own data", () => {
  let served: Served;
  let story: Story;
  let folder: string;

  beforeAll(async () => {
    served = await Served.start();
    folder = await mkdtemp(join(tmpdir(), "jumpkit-backup-"));
    story = await liveThrough(served);
  });
  afterAll(async () => {
    await served?.remove();
    await rm(folder, { recursive: true, force: true });
  });

  it("backs up beside a running server, and restores into an empty folder that doctor finds sound", async () => {
    const out = join(folder, "monday");
    const backed = await served.run("backup", out, "--with-keys");
    const before = await story.ada.ask("log.entries", { incident: story.incident });
    await story.bo.do("log.note", { incident: story.incident, text: "written after the backup" });
    await published(served.dataFolder);

    const lost = await Served.restored(out, "--published", join(served.dataFolder, "checkpoints"));

    expect(backed.code).toBe(0);
    expect(lost.said).toContain("its log goes on as");
    expect(lost.said).toContain("The record is sound.");
    expect(lost.code).toBe(0);
    const again = await Served.over(lost.dataFolder);
    const ada = again.visitor();
    await ada.signIn("ada");
    expect(await ada.ask("log.entries", { incident: story.incident })).toEqual(before);
    const { download } = await ada.do("evidence.read", { item: story.item, purpose: "is it still there" });
    expect((await ada.download(download)).bytes.toString()).toBe("203.0.113.9 GET /x.php\n");
    expect((await ada.ask("log.checkpoint", {})).note).toMatch(/^jumpkit\/org_\w+\/2\n/);
    await again.remove();
  });

  it("refuses a backup in which one byte was changed, and names the file", async () => {
    const out = join(folder, "tuesday");
    await served.run("backup", out, "--with-keys");
    const tables = await readdir(join(out, "tables"));
    const victim = join(out, "tables", tables.find((name) => name.includes("log_entry")) ?? "");
    const bytes = await readFile(victim);
    bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1;
    await writeFile(victim, bytes);

    const refused = await Served.restored(out);

    expect(refused.code).toBe(1);
    expect(refused.said).toContain("log_entry");
    await rm(refused.dataFolder, { recursive: true, force: true });
  });

  it("does not restore a backup without keys to where the keys are not", async () => {
    const out = join(folder, "wednesday");
    await served.run("backup", out);

    const refused = await Served.restored(out);

    expect(refused.code).toBe(1);
    expect(refused.said).toContain("holds no keys");
    expect(await readdir(refused.dataFolder)).toEqual([]);
    await rm(refused.dataFolder, { recursive: true, force: true });
  });
});

/** Waits until a checkpoint that covers the last entry stands in the data folder. */
async function published(dataFolder: string): Promise<void> {
  const sizes = async (): Promise<string[]> => {
    const names = await readdir(join(dataFolder, "checkpoints"));
    return Promise.all(
      names.map(
        async (name) => (await readFile(join(dataFolder, "checkpoints", name), "utf8")).split("\n")[1] ?? "",
      ),
    );
  };
  for (let tries = 0; tries < 200 && !(await sizes()).includes("16"); tries++) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
