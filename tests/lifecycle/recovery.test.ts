import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  type BackupId,
  ERADICATION_STEPS,
  type EvidenceId,
  GATES,
  type GateId,
  type IncidentId,
  type Instant,
  type PersonId,
  type RecoveryId,
  type UploadId,
} from "../../packages/core/src/index.ts";
import { type CheckOutcome, makeKey, readSecretKey, sealCheck } from "../../packages/host/src/index.ts";
import type { Browserless } from "../support/browserless.ts";
import { startHouse, type TestHouse } from "../support/running.ts";

const MANIFEST = "ef".repeat(32);
const OUTPUT = { kind: "check_output", tool: "aide", toolVersion: "0.18", text: "0 differences" } as const;

describe("hosts on their way back", () => {
  let house: TestHouse;
  let ada: Browserless;
  let bo: Browserless & { readonly id: PersonId };
  let incident: IncidentId;
  let point: { readonly backup: BackupId; readonly takenAt: Instant };

  beforeAll(async () => {
    house = await startHouse();
    ada = house.visitor();
    await ada.setUp(house.setUpSecret);
    const { shipped } = await ada.ask("policy.show", {});
    await ada.do("policy.adopt", { seen: 0, document: shipped });
    bo = await ada.addColleague("bo", ["handler"]);
    ({ incident } = await bo.do("incident.open", { what: "www3 scans", ongoing: "yes", lead: bo.id }));
    const { backup } = await ada.do("backup.register", { name: "www", place: "vault", everyHours: 24 });
    const takenAt = new Date(Date.now() - 3 * 24 * 3_600_000).toISOString() as Instant;
    await ada.do("backup.report", { backup, outcome: "succeeded", happened: { at: takenAt, zone: "UTC" } });
    point = { backup, takenAt };
  });
  afterAll(async () => house?.close());

  /** A sealed check of a host against its master copy, as the command writes it. */
  async function sealedCheck(name: string, secret: string, part: Partial<CheckOutcome> = {}) {
    const header = { host: name, base: "/", collected: [], notCollected: {} };
    const outcome = { header, findings: [], configuration: [], moreCount: 0, limits: [], ...part };
    const at = new Date().toISOString();
    const facts = {
      ...{ manifestName: "m.gz", manifestSha256: MANIFEST, root: undefined, startedAt: at, endedAt: at },
      ...{ tools: { jumpkit: "jumpkit 0.1.0" }, reportSha256: "cd".repeat(32) },
    };
    return sealCheck(outcome as unknown as CheckOutcome, facts, readSecretKey(secret, "key"));
  }

  async function affected(...names: string[]): Promise<readonly RecoveryId[]> {
    const hosts = names.map((name) => ({ name }));
    return (await bo.do("recovery.take_over", { incident, hosts, reason: "a shell is on it" })).hosts;
  }

  const prove = (hosts: readonly RecoveryId[], gate: GateId) =>
    bo.do("gate.prove", {
      ...{ incident, hosts: [...hosts], gate, proof: OUTPUT },
      names: "web server, version 3",
      note: "the oldest there is",
      restorePoint: gate === "data_restored" ? point : null,
    });

  async function clean(hosts: readonly RecoveryId[]): Promise<void> {
    await prove(hosts, "imaged");
    for (const host of hosts) {
      for (const step of ERADICATION_STEPS)
        await bo.do("recovery.eradicate", { host, step, how: "reinstalled" });
    }
    for (const gate of GATES.slice(1)) await prove(hosts, gate);
  }

  it("are taken over with their scope, and shown with everything that is missing", async () => {
    const [host] = await affected("www3.example", "db1.example", "WWW3.example");
    const again = await bo.try("recovery.take_over", {
      incident,
      hosts: [{ name: "db1.example" }],
      reason: "x",
    });

    expect(again.body.code).toBe("recovery.already_in");
    const scope = await bo.ask("scope.of_incident", { incident });
    expect(scope.items.map(({ name, state }) => `${name} ${state}`).toSorted()).toEqual([
      "db1.example affected",
      "www3.example affected",
    ]);
    const { items, gates, mayWaive } = await bo.ask("recovery.matrix", { incident });
    expect(items.map(({ name, stage }) => `${name} ${stage}`)).toEqual([
      "db1.example affected",
      "www3.example affected",
    ]);
    expect(gates.map(({ id }) => id)).toEqual([...GATES]);
    expect(mayWaive).toEqual(["manager"]);
    const refused = await ada.try("recovery.reconnect", { host: host as RecoveryId, where: "inside" });
    expect(refused.status).toBe(409);
    expect(refused.body).toMatchObject({
      code: "recovery.gates_open",
      details: {
        mayWaive: ["manager"],
        missing: [
          { what: "imaged" },
          { what: "vulnerability" },
          {},
          {},
          {},
          {},
          {},
          {},
          {},
          {},
          {},
          {},
          {},
          {},
          {},
        ],
      },
    });
    const { open } = await bo.ask("incident.show", { incident });
    expect(open.filter(({ kind }) => kind === "host")).toHaveLength(2);
  });

  it("come back proved, waived by whom the policy lets, and confirmed by whoever was asked", async () => {
    const [host] = (await affected("mail.example")) as [RecoveryId];
    await clean([host]);
    const gate = { incident, hosts: [host], gate: "logging" as const };
    await bo.do("gate.withdraw", { ...gate, reason: "the collector lost a day" });
    const until = "2030-01-01T00:00:00.000Z" as Instant;
    const soon = new Date(Date.now() + 86_400_000).toISOString() as Instant;

    const tooLong = await ada.try("gate.waive", { ...gate, reason: "for now", until });
    const notBo = await bo.try("gate.waive", { ...gate, reason: "for now", until: soon });
    const notOut = await bo.try("gate.leave_out", { incident, host, gates: ["logging"], reason: "no" });
    await ada.do("gate.waive", { ...gate, reason: "the collector is down", until: soon });
    await bo.do("gate.withdraw", { ...gate, gate: "firewall", reason: "let me look again" });
    const people = await bo.ask("person.list", {});
    const adaId = people.items.find(({ signInName }) => signInName === "ada")?.id as PersonId;
    await bo.do("gate.claim", { ...gate, gate: "firewall", asked: adaId });
    const own = await bo.try("gate.confirm", { ...gate, gate: "firewall" });
    const early = await ada.try("recovery.reconnect", { host, where: "inside" });
    await ada.do("gate.confirm", { ...gate, gate: "firewall" });
    const notBoEither = await bo.try("recovery.reconnect", { host, where: "inside" });
    await ada.do("recovery.reconnect", { host, where: "inside" });
    await bo.do("recovery.watch", { host, found: "nothing", how: "read its logs for a day" });
    await ada.do("recovery.release", { host, note: "stays off the Internet" });

    expect([tooLong, notBo, notOut, own, notBoEither].map(({ body }) => body.code)).toEqual([
      "gate.waiver_too_long",
      "authority.forbidden",
      "authority.forbidden",
      "gate.own_word",
      "authority.needs_approval",
    ]);
    expect(early.body).toMatchObject({ details: { missing: [{ what: "firewall", state: "asked" }] } });
    const { items } = await bo.ask("log.entries", { incident });
    const back = items.find(({ type }) => type === "recovery.reconnected");
    expect(back?.body["gates"]).toContainEqual({ gate: "logging", by: "waived", until: soon });
    const scope = await bo.ask("scope.of_incident", { incident });
    expect(scope.items.find(({ name }) => name === "mail.example")?.state).toBe("cleared");
    const view = await bo.ask("recovery.host", { host });
    expect(view).toMatchObject({ stage: "released", connected: "inside", missing: [] });
    expect(view.cells.find((cell) => cell.gate.id === "firewall")?.told?.what).toMatch(
      /Bo Lindqvist did it, Ada/,
    );
  });

  it("take no proof from another incident, and none that does not exist", async () => {
    const [host] = (await affected("lab.example")) as [RecoveryId];
    const other = await bo.do("incident.open", { what: "elsewhere", ongoing: "no" });
    const { upload } = await bo.upload(other.incident, "disk.txt", Buffer.from("x"));
    const { item } = await bo.do("evidence.collect", {
      incident: other.incident,
      upload,
      what: "A disk",
      kind: "log",
      foundAt: "lab",
      place: "Safe",
    });
    const proof = { kind: "evidence_item", item } as const;

    const foreign = await bo.try("gate.prove", { incident, hosts: [host], gate: "imaged", proof });
    const swapped = await bo.try("gate.prove", {
      incident: other.incident,
      hosts: [host],
      gate: "imaged",
      proof,
    });

    expect(foreign.body.code).toBe("gate.foreign_evidence");
    expect(swapped.body.code).toBe("thing.not_found");
  });

  it("are never put back past a gate that somebody opens at the same moment, with a session or with a token", async () => {
    const made = await ada.do("token.make", { name: "console", scopes: ["host.reconnect"] });
    const program = house.visitor();
    program.authorization = `Bearer ${made.secret}`;
    const hosts = await affected(...Array.from({ length: 4 }, (_, index) => `race${index}.example`));
    await clean(hosts);

    await Promise.all(
      hosts.flatMap((host, index) => [
        bo.try("gate.withdraw", {
          incident,
          hosts: [host],
          gate: "patched",
          reason: "one was missed",
        }),
        (index % 2 === 0 ? ada : program).try("recovery.reconnect", { host, where: "inside" }),
      ]),
    );
    const log = (await bo.ask("log.entries", { incident, limit: 1000 })).items;
    for (const host of hosts) {
      const about = log.filter(({ body }) => body["host"] === host);
      const back = about.findIndex(({ type }) => type === "recovery.reconnected");
      const opened = about.findIndex(({ type }) => type === "gate.withdrawn");
      expect(opened).toBeGreaterThan(-1);
      if (back >= 0) expect(back).toBeLessThan(opened);
    }
    const { rowCount } = await house.database.pool.query("SELECT 1 FROM recovery_host");
    expect(rowCount).toBe(8);
  });

  it("are led through a playbook once each, which is adopted first and stands in nobody's way", async () => {
    const { shipped } = await bo.ask("playbook.list", {});
    const notBo = await bo.try("playbook.adopt", { shipped: "cert-recovery" });
    const { playbook } = await ada.do("playbook.adopt", { shipped: "cert-recovery" });
    const { checklist } = await bo.do("checklist.start", { incident, playbook });
    const { items, hosts } = await bo.ask("checklist.of_incident", { incident });
    const step = items[0]?.steps.find(({ per }) => per === "host")?.id ?? "";
    const [host, other] = hosts.map(({ id }) => id);
    await bo.do("checklist.do", { checklist, step, host: host as RecoveryId });
    await bo.do("checklist.skip", { checklist, step, host: other as RecoveryId, reason: "it was off" });
    const whole = await bo.try("checklist.do", { checklist, step });
    const { changedSeq } = (await ada.ask("playbook.list", {})).items[0] ?? { changedSeq: 0 };
    const content = { title: "Ours", steps: [{ id: "look", phase: "detect" as const, text: "Look" }] };
    await ada.do("playbook.draft", { playbook, seen: changedSeq, ...content });
    const stale = await ada.try("playbook.publish", { playbook, seen: changedSeq });
    const after = await bo.ask("checklist.of_incident", { incident });

    expect(shipped.map(({ key }) => key)).toContain("nist-handling");
    expect([notBo, whole, stale].map(({ body }) => body.code)).toEqual([
      "authority.forbidden",
      "checklist.host_needed",
      "playbook.stale",
    ]);
    expect(after.items[0]?.marks.map(({ state, words }) => [state, words])).toEqual([
      ["done", ""],
      ["skipped", "it was off"],
    ]);
    expect(after.items[0]?.title).toBe("Recovering a compromised host");
  });

  it("are proven sound by a sealed check, once every difference is explained or accepted", async () => {
    const [host] = (await affected("www9")) as [RecoveryId];
    await clean([host]);
    const gate = { incident, hosts: [host], gate: "integrity" as const };
    await bo.do("gate.withdraw", { ...gate, reason: "compared with the wrong version" });
    const [known, unknown] = [makeKey("bench"), makeKey("bench")];
    const expiresAt = new Date(Date.now() + 86_400_000).toISOString() as Instant;
    const { copy } = await bo.do("mastercopy.register", {
      ...{ name: "www9", version: 1, manifestSha256: MANIFEST, entryCount: 9, expiresAt, place: "safe" },
      ...{ preparedBy: "ana", approvedBy: "bo", checkKeys: [known.vkey.trim()] },
    });
    await bo.do("mastercopy.review", { copy, result: "clean", engine: "ClamAV 1.0.7" });
    await ada.do("mastercopy.approve", { copy });
    const motd = { path: "/etc/motd", group: "content", aspects: [] };
    const text = await sealedCheck("www9", known.secret, { findings: [motd] as never, moreCount: 0 });
    const forged = await sealedCheck("www9", unknown.secret);
    const { upload } = await bo.upload(incident, "www9.check.json", Buffer.from(text));
    const sent = { copy, sealed: text, incident, upload: upload as UploadId };

    const refusals = [
      await bo.try("mastercopy.take_in", { ...sent, sealed: forged }),
      await bo.try("mastercopy.take_in", { ...sent, sealed: "{}" }),
      await bo.try("mastercopy.take_in", { ...sent, upload: null }),
    ].map(({ body }) => body.code);
    const { item } = await bo.do("mastercopy.take_in", sent);
    refusals.push((await bo.try("mastercopy.take_in", { copy, sealed: text })).body.code);
    const proof = { kind: "evidence_item", item: item as EvidenceId } as const;
    const open = await bo.try("gate.prove", { ...gate, proof });
    const [mcp] = (await bo.ask("mastercopy.list", {})).items;
    const [difference] = mcp?.open ?? [];
    const until = expiresAt;
    await bo.do("mastercopy.accept", {
      copy,
      group: "",
      what: "",
      ...difference,
      reason: "the greeting",
      until,
    });
    await bo.do("gate.prove", { ...gate, proof });

    expect(refusals).toEqual([
      "mastercopy.unknown_key",
      "mastercopy.seal_broken",
      "evidence.no_such_upload",
      "mastercopy.sent_already",
    ]);
    expect(open.body).toMatchObject({ code: "gate.not_sound", details: { why: "open", host: "www9" } });
    expect(mcp?.lastCheck?.seal).toMatchObject({ sealedBy: "bench", item, incident });
    const cell = (await bo.ask("recovery.host", { host })).cells.find(
      ({ gate: { id } }) => id === "integrity",
    );
    expect(cell).toMatchObject({ state: "proven", told: { names: "www9, version 1" } });
  });

  it("keep the incident open until each is back or said to stay off", async () => {
    const { changedSeq } = await bo.ask("incident.show", { incident });
    await bo.do("incident.assess", {
      incident,
      seen: changedSeq,
      functionalImpact: "low",
      functionalImpactLikely: "low",
      informationImpact: ["none"],
      recoverability: "regular",
    });
    const closing = await ada.try("incident.close", { incident, summary: "done" });
    expect(closing.body.code).toBe("incident.still_open");
    const { items } = await bo.ask("recovery.matrix", { incident });
    for (const { id: host, connected, stage } of items) {
      if (stage === "released") continue;
      if (connected !== "none") await bo.do("recovery.return", { host, reason: "a patch was missed" });
      await bo.do("recovery.keep_off", { host, reason: "it is scrapped" });
    }
    await ada.do("incident.close", { incident, summary: "done" });
    const shut = await bo.try("recovery.plan", { host: items[0]?.id as RecoveryId });
    expect(shut.body.code).toBe("incident.wrong_status");
  });
});
