import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ContactId, IncidentId } from "../../packages/core/src/index.ts";
import type { Browserless } from "../support/browserless.ts";
import { liveThrough, type Story } from "../support/incident-story.ts";
import { mailServer } from "../support/mail-server.ts";
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
    const { exercise } = story.things;
    const begun = await story.bo.do("exercise.begin", { exercise });
    await story.bo.do("exercise.pause", { exercise, reason: "lunch" });
    const play = await story.bo.ask("exercise.show", { exercise });
    const site = { name: "Jo", roles: ["address_owner" as const], email: "jo@site.example" };
    const { contact } = await story.ada.do("contact.add", site);
    const backed = await served.run("backup", out, "--with-keys");
    const before = await story.ada.ask("log.entries", { incident: story.incident });
    await story.bo.do("log.note", { incident: story.incident, text: "written after the backup" });
    await published(served.dataFolder, sizeIn((await story.ada.ask("log.checkpoint", {})).note));

    const lost = await Served.restored(out, "--published", join(served.dataFolder, "checkpoints"));

    expect(backed.code).toBe(0);
    expect(lost.said).toContain("its log goes on as");
    expect(lost.said).toContain("The record is sound.");
    expect(lost.code).toBe(0);
    const mail = await mailServer();
    const settings = JSON.stringify({ host: "127.0.0.1", port: mail.port, security: "none" });
    await writeFile(join(lost.dataFolder, "mail.json"), settings, { mode: 0o600 });
    const again = await Served.over(lost.dataFolder);
    const [ada, bo] = [again.visitor(), again.visitor()];
    await ada.signIn("ada");
    await bo.signIn("bo");
    expect(await ada.ask("log.entries", { incident: story.incident })).toEqual(before);
    const { download } = await ada.do("evidence.read", { item: story.item, purpose: "is it still there" });
    expect((await ada.download(download)).bytes.toString()).toBe("203.0.113.9 GET /x.php\n");
    expect((await ada.ask("log.checkpoint", {})).note).toMatch(/^jumpkit\/org_\w+\/2\n/);
    // What is played stays in the house and shows that it is played, however the data came here.
    for (const incident of [begun.incident, story.incident]) await mailed(ada, incident, contact);
    const { messages } = await ada.ask("exercise.outbox", { exercise });
    expect(messages).toMatchObject([{ address: "jo@site.example", outcome: "kept" }]);
    expect(mail.taken.map(({ bytes }) => bytes.includes("EXERCISE"))).toEqual([false]);
    expect(await ada.ask("incident.show", { incident: begun.incident })).toMatchObject({ exercise });
    const listed = (await ada.ask("incident.list", {})).items.map(({ code }) => code);
    expect(listed).not.toContain(begun.code);
    expect(await bo.ask("exercise.show", { exercise })).toEqual(play);
    await again.remove();
    await mail.close();
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

/** Releases a mail of an incident, and waits until it is known what became of it. */
async function mailed(ada: Browserless, incident: IncidentId, contact: ContactId): Promise<void> {
  const { notification } = await ada.do("notification.draft", {
    ...{ incident, subject: "Scans from your network", marking: "TLP:GREEN" },
    ...{ recipients: [{ contact, channel: "mail" }], facts: [], found: "Your host scans ours." },
  });
  const of = { notification, recipient: contact };
  const { sha256 } = await ada.ask("notification.preview", of);
  await ada.do("notification.release", { ...of, sha256 });
  for (;;) {
    const [told] = (await ada.ask("notification.show", { notification })).recipients;
    if (told?.state !== "released") return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

function sizeIn(note: string): number {
  return Number(note.split("\n")[1]);
}

/** Waits until a checkpoint of a log of that size stands in the data folder. */
async function published(dataFolder: string, size: number): Promise<void> {
  const sizes = async (): Promise<number[]> => {
    const names = await readdir(join(dataFolder, "checkpoints"));
    return Promise.all(
      names.map(async (name) => sizeIn(await readFile(join(dataFolder, "checkpoints", name), "utf8"))),
    );
  };
  for (let tries = 0; tries < 200 && !(await sizes()).some((each) => each >= size); tries++) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
