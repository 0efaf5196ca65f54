import { execFile } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { EvidenceId, IncidentId, Instant, PersonId } from "../../packages/core/src/index.ts";
import { ReviewQuestion } from "../../packages/core/src/index.ts";
import { verifyCaseFile } from "../../packages/jumpkit/src/verify/case-file.ts";
import type { Browserless } from "../support/browserless.ts";
import { startHouse, type TestHouse } from "../support/running.ts";

/** One walk through the product, each step going on where the one before ended. */
describe("from a first report to a case file", () => {
  let house: TestHouse;
  let ada: Browserless;
  let bo: Browserless & { id: PersonId };
  let incident: IncidentId;
  let item: EvidenceId;
  const ids = new Map<string, PersonId>();

  beforeAll(async () => {
    house = await startHouse();
    ada = house.visitor();
  });
  afterAll(async () => house?.close());

  it("is founded once, with the set-up link, by its first person", async () => {
    await ada.setUp(house.setUpSecret);

    const again = await house
      .visitor()
      .setUp(house.setUpSecret)
      .catch((error: Error) => error.message);

    expect(again).toContain("session.token_spent");
    expect((await ada.ask("now.show", {})).organisation).toBe("Harbour CSIRT");
  });

  it("gives nobody authority before a policy is adopted", async () => {
    const refused = await ada.try("incident.report", {
      what: "A web server asks for odd pages",
      ongoing: "yes",
    });

    expect(refused.status).toBe(403);
    expect(refused.body.code).toBe("policy.none_in_force");
  });

  it("adopts the policy that ships and acknowledges it", async () => {
    const { shipped } = await ada.ask("policy.show", {});

    await ada.do("policy.adopt", { seen: 0, document: shipped });
    await ada.do("policy.acknowledge", { version: 1 });

    const { policy } = await ada.ask("now.show", {});
    expect(policy).toMatchObject({ version: 1, acknowledged: true });
  });

  it("adds a colleague by a one-time invitation", async () => {
    bo = await ada.addColleague("bo", ["handler", "custodian"], { zone: "America/New_York" });

    const people = await bo.ask("person.list", {});
    for (const person of people.items) ids.set(person.name, person.id);
    expect(people.items.map((person) => person.zone)).toEqual(["Europe/Berlin", "America/New_York"]);
    expect(people.items.map((person) => person.name)).toEqual(["Ada Okafor", "Bo Lindqvist"]);
  });

  it("reports with two fields, declares and rates the incident", async () => {
    const reported = await bo.do("incident.report", {
      what: "www3 scans 203.0.113.9\nsince the morning",
      ongoing: "yes",
    });
    incident = reported.incident;
    await bo.do("incident.declare", { incident, lead: bo.id });
    const before = await bo.ask("incident.show", { incident });

    await bo.do("incident.assess", {
      incident,
      seen: before.changedSeq,
      functionalImpact: "low",
      functionalImpactLikely: "high",
      informationImpact: ["privacy_breach"],
      recoverability: "supplemented",
    });

    const after = await bo.ask("incident.show", { incident });
    expect(after).toMatchObject({ code: reported.code, title: "www3 scans 203.0.113.9", status: "declared" });
    expect(after.priority).toBe("critical");
    expect(after.rating?.because).toContain("business impact is high");
  });

  it("keeps a handling log with two times, and corrects a line by a new entry", async () => {
    const line = await bo.do("log.note", {
      incident,
      text: "10:41 called J. Ortiz (ISP): they see no scan !call",
      kind: "call",
      happened: {
        at: "2026-11-22T05:41:00-05:00",
        zone: "America/New_York",
        precision: "minute",
        said: "10:41",
      },
      whyLate: "written up from paper",
    });
    const corrects = line.recorded[0]?.incidentSeq ?? 0;
    await bo.do("log.correct", {
      incident,
      corrects,
      text: "10:41 called J. Ortiz (ISP): they do see the scan",
    });

    const { items } = await ada.ask("log.entries", { incident });
    expect(items.map((entry) => entry.type)).toEqual([
      "incident.reported",
      "incident.declared",
      "incident.assessed",
      "log.noted",
      "log.corrected",
    ]);
    expect(items[3]).toMatchObject({ happenedAt: "2026-11-22T05:41:00-05:00", zone: "America/New_York" });
    expect(items[4]?.body).toMatchObject({ corrects });
  });

  it("takes a file into custody by streaming it, and keeps it encrypted", async () => {
    const content = randomBytes(3_000_000);
    const { upload, sha256, sizeBytes } = await bo.upload(incident, "www3-access.log", content);
    const collected = await bo.do("evidence.collect", {
      incident,
      upload,
      what: "Access log of www3",
      kind: "log",
      foundAt: "Rack 4, Harbour data centre",
      serialNumber: "SN-7781",
      model: "PowerEdge R640",
      hostname: "www3.harbour.example",
      macAddresses: ["00:1b:44:11:3a:b7"],
      ipAddresses: ["192.0.2.33", "2001:db8::33"],
      place: "Evidence safe 1, shelf 2",
    });
    item = collected.item;

    const view = await ada.ask("evidence.show", { item });
    expect(sha256).toBe(createHash("sha256").update(content).digest("hex"));
    expect(view).toMatchObject({
      number: 1,
      state: "collected",
      content: { sha256, sizeBytes, name: "www3-access.log" },
    });
    expect(view.custodian).toEqual({
      id: bo.id,
      name: "Bo Lindqvist",
      title: "Incident handler",
      phone: "+49 30 5550 102",
    });
    expect(await wordsOnDisk(house.dataFolder, content.subarray(1000, 1016))).toBe(0);
  });

  it("hands an item over by an offer and an acceptance, and not to oneself", async () => {
    const toOneself = await bo.try("handover.offer", { item, to: bo.id, purpose: "analysis", place: "Lab" });
    await bo.do("handover.offer", { item, to: adaId(), purpose: "analysis", place: "Lab 2" });
    const { offered } = await ada.ask("now.show", {});
    const offer = offered[0]?.offer ?? 0;
    const stranger = await bo.try("handover.accept", { item, offer, condition: "intact", place: "Lab 2" });

    const [once, twice] = await Promise.all([
      ada.try("handover.accept", { item, offer, condition: "not_sealed", place: "Lab 2" }),
      ada.try("handover.accept", { item, offer, condition: "not_sealed", place: "Lab 2" }),
    ]);

    expect(toOneself.body.code).toBe("custody.to_oneself");
    expect(stranger.body.code).toBe("handover.not_yours");
    expect([once.status, twice.status].sort()).toEqual([200, 409]);
    const view = await bo.ask("evidence.show", { item });
    expect(view.custodian.name).toBe("Ada Okafor");
    expect(view.chain.map((link) => link.event)).toEqual([
      "evidence.collected",
      "handover.offered",
      "handover.accepted",
    ]);
  });

  it("gives out the content of evidence only after the reading is on record", async () => {
    const { download } = await ada.do("evidence.read", { item, purpose: "look for the scanner" });

    const file = await ada.download(download);
    const byAnother = await bo.download(download);

    const { content } = await ada.ask("evidence.show", { item });
    expect(createHash("sha256").update(file.bytes).digest("hex")).toBe(content?.sha256);
    expect(file.headers.get("content-disposition")).toContain("attachment");
    expect(file.headers.get("content-security-policy")).toContain("sandbox");
    expect(byAnother.status).toBe(404);
    const { items } = await ada.ask("log.entries", { incident });
    expect(items.at(-1)).toMatchObject({ type: "evidence.read", body: { purpose: "look for the scanner" } });
  });

  it("does not close while a hand-over is open, and says which", async () => {
    await ada.do("handover.offer", { item, to: bo.id, purpose: "back to the safe", place: "Safe 1" });
    const refused = await ada.try("incident.close", { incident, summary: "The scanner is gone." });
    const { pending } = await bo.ask("evidence.show", { item });
    await bo.do("handover.refuse", { item, offer: pending?.offer ?? 0, reason: "the safe is full" });

    await review(ada, adaId());
    await ada.do("incident.close", { incident, summary: "The scanner is gone." });

    expect(refused.body.code).toBe("incident.still_open");
    expect(JSON.stringify(refused.body.details)).toContain("Evidence item 1 was offered to Bo Lindqvist");
    expect((await bo.ask("incident.show", { incident })).status).toBe("closed");
    const late = await bo.try("log.note", { incident, text: "one more thing" });
    expect(late.body.code).toBe("incident.wrong_status");
  });

  it("hands out a case file that a stranger can verify", async () => {
    const { download } = await ada.do("incident.export", {
      incident,
      recipient: "Public prosecutor",
      purpose: "case 7 Js 12",
    });
    const { vkey } = await ada.ask("log.checkpoint", {});
    const file = await ada.download(download);
    const folder = await mkdtemp(join(tmpdir(), "jumpkit-walk-"));
    const tar = join(folder, "case.tar");
    await writeFile(tar, file.bytes);
    await writeFile(join(folder, "key"), `${vkey}\n`);
    await promisify(execFile)("tar", ["-xf", tar, "-C", folder]);
    const { code } = await ada.ask("incident.show", { incident });

    const verdict = await verifyCaseFile(tar, { keyFile: join(folder, "key") });

    expect(verdict).toMatchObject({ status: "sound", findings: [] });
    const report = await readFile(join(folder, code, "data", "report.txt"), "utf8");
    expect(report).toContain("Bo Lindqvist");
    await rm(folder, { recursive: true });
  });

  it("gives out the newest entries alone, in their order, and no more than there are", async () => {
    const { items } = await ada.ask("log.entries", { incident });

    expect(await ada.ask("log.entries", { incident, newest: 3 })).toEqual({
      items: items.slice(-3),
      next: null,
    });
    expect(await ada.ask("log.entries", { incident, newest: 1000 })).toEqual({ items, next: null });
  });

  it("goes on after a restart with everything that was acknowledged", async () => {
    const before = await ada.ask("log.entries", { incident });

    await house.restart();

    expect(await ada.ask("log.entries", { incident })).toEqual(before);
  });

  async function review(by: Browserless, moderator: PersonId) {
    const heldAt = new Date().toISOString() as Instant;
    await by.do("review.plan", { incident, moderator, meetsAt: heldAt, place: "Room 4" });
    for (const question of ReviewQuestion.options) {
      await by.do("review.answer", { incident, question, text: "Nothing to say" });
    }
    await by.do("review.hold", { incident, heldAt, present: ["Ada Okafor"] });
  }

  function adaId() {
    const person = ids.get("Ada Okafor");
    if (person === undefined) throw new Error("Ada is not among the people");
    return person;
  }
});

/** How often a run of bytes occurs in the files below a folder. */
async function wordsOnDisk(folder: string, run: Buffer): Promise<number> {
  let count = 0;
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isFile() && (await readFile(join(entry.parentPath, entry.name))).includes(run)) count++;
  }
  return count;
}
