import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Instant, MasterCopyId, PersonId, UploadId } from "../../packages/core/src/index.ts";
import { importFrom } from "../../packages/jumpkit/src/master-copy/exchange.ts";
import { fetchCopy, keep as keepFile } from "../../packages/jumpkit/src/master-copy/keep.ts";
import { register } from "../../packages/jumpkit/src/master-copy/register.ts";
import { reread } from "../../packages/jumpkit/src/master-copy/reread.ts";
import { keygen, sign } from "../../packages/jumpkit/src/master-copy/sign.ts";
import { type Browserless, Refused } from "../support/browserless.ts";
import { startHouse, type TestHouse } from "../support/running.ts";

const ASSETS = `kind;name;addresses;segment;owner;criticality;production
host;www3.harbour.example;192.0.2.33;Data centre;Dana;high;yes
host;"=HYPERLINK(""http://evil.example"")";192.0.2.34;Data centre;'=1+1;low;no
host;\u202egnp.exe;10.2.3.4;;Kim;low;no
host;broken;1.2.3.400;;;;
service;timetable;;Nowhere;;;
`;

const TEAM = `1. Document Information
2. Contact Information
2.1 Name of the Team
   Example CERT
2.4 Telephone Number
   +49 228 555 112
2.7 Electronic Mail Address
   cert@example.org
`;

async function withoutApprover(place: string): Promise<string> {
  const envelope = JSON.parse(await readFile(place, "utf8")) as { signatures: unknown[] };
  return JSON.stringify({ ...envelope, signatures: envelope.signatures.slice(0, 1) });
}

describe("an organisation that prepares", () => {
  let house: TestHouse;
  let ada: Browserless;
  let bo: Browserless & { readonly id: PersonId };

  beforeAll(async () => {
    house = await startHouse();
    ada = house.visitor();
    await ada.setUp(house.setUpSecret);
    const { shipped } = await ada.ask("policy.show", {});
    await ada.do("policy.adopt", { seen: 0, document: shipped });
    bo = await ada.addColleague("bo", ["handler"]);
  });
  afterAll(async () => house?.close());

  it("imports its hosts from a file, sees first what would happen, and changes nothing the second time", async () => {
    const { constituent } = await ada.do("constituent.add", { name: "Physics" });
    const { team } = await ada.do("team.add", { name: "North", members: [bo.id] });
    const ranges = ["192.0.2.0/24"];
    await ada.do("segment.add", { name: "Data centre", ranges, constituent, team, production: true });

    const seen = await bo.do("asset.import", { csv: ASSETS });
    const before = await bo.ask("asset.list", {});
    const done = await bo.do("asset.import", { csv: ASSETS, apply: true });
    const again = await bo.do("asset.import", { csv: ASSETS, apply: true });

    expect(seen.rows.map((row) => row.outcome)).toEqual(["added", "added", "added", "refused", "refused"]);
    expect(seen.recorded).toEqual([]);
    expect(before.items).toEqual([]);
    expect(done.recorded).toHaveLength(3);
    expect(again.recorded).toEqual([]);
    expect(again.rows.slice(0, 3).map((row) => row.outcome)).toEqual(["unchanged", "unchanged", "unchanged"]);
    const names = (await bo.ask("asset.list", {})).items.map((asset) => asset.name);
    expect(names).toContain('=HYPERLINK("http://evil.example")');
    expect(names).toContain("\u202egnp.exe");
  });

  it("exports them so that a spreadsheet runs nothing, and takes the export back as it was", async () => {
    const { csv } = await bo.ask("asset.export", {});

    expect(csv).toContain("'=HYPERLINK");
    for (const line of csv.split("\r\n")) expect(line).not.toMatch(/(?:^|,)"?[=+@]/);
    const { rows } = await bo.do("asset.import", { csv, apply: true });
    expect(rows.map((row) => row.outcome)).toEqual(["unchanged", "unchanged", "unchanged"]);
  });

  it("gives an incident to the team of the segment that its scope touches, and keeps how the scope changed", async () => {
    const { incident } = await bo.do("incident.open", { what: "www3 scans", ongoing: "yes" });
    const found = await bo.do("scope.widen", {
      incident,
      kind: "host",
      name: "WWW3.harbour.example",
      state: "suspected",
      reason: "the proxy log names it",
    });
    const { element } = found;
    await bo.do("scope.change", { element, state: "affected", reason: "a web shell is on it" });
    const twice = await bo.try("scope.widen", {
      incident,
      kind: "host",
      name: "www3.harbour.example",
      reason: "again",
    });
    const other = await bo.do("scope.widen", {
      incident,
      kind: "account",
      name: "svc",
      reason: "used there",
    });
    await bo.do("scope.narrow", { element: other.element, reason: "its key was never on www3" });

    expect(found.recorded).toHaveLength(2);
    expect(twice.body.code).toBe("scope.already_in");
    const scope = await bo.ask("scope.of_incident", { incident });
    const { items: teams } = await bo.ask("team.list", {});
    expect(scope.team).toBe(teams[0]?.id);
    expect(scope.items.map(({ state, owner, history }) => [state, owner, history.length])).toEqual([
      ["affected", "Dana", 2],
      ["ruled_out", "", 2],
    ]);
    const { items } = await bo.ask("log.entries", { incident });
    expect(items.map((entry) => entry.type).slice(-5)).toEqual([
      "scope.widened",
      "incident.assigned",
      "scope.changed",
      "scope.widened",
      "scope.narrowed",
    ]);
  });

  it("knows whom to call for an address, in which order, and how long ago that was tried", async () => {
    const { contact } = await bo.do("contact.add", {
      name: "Duty desk",
      organisation: "Example ISP",
      roles: ["isp"],
      phone: "+49 30 555 010",
      homeZone: "Europe/Berlin",
      hours: { days: [1, 2, 3, 4, 5, 6, 7], from: "00:00", until: "24:00" },
      answersFor: ["203.0.113.0/24", "isp.example"],
      escalation: 2,
    });
    await bo.do("contact.add", { name: "CISO", roles: ["own_csirt"], escalation: 1 });
    const imported = await bo.do("contact.import", { text: TEAM, apply: true });

    const order = await bo.ask("contact.list", {});
    const forAddress = await bo.ask("contact.list", { answersFor: "203.0.113.9" });
    const forHost = await bo.ask("contact.list", { answersFor: "mail.isp.example" });

    expect(imported.rows).toMatchObject([{ name: "Example CERT", outcome: "added" }]);
    expect(order.items.map((each) => each.name)).toEqual(["CISO", "Duty desk", "Example CERT"]);
    expect(forAddress.items.map((each) => each.id)).toEqual([contact]);
    expect(forHost.items.map((each) => each.id)).toEqual([contact]);
    expect(forAddress.items[0]).toMatchObject({ stale: true, open: true });
    await bo.do("contact.verify", { contact, how: "called, answered at once" });
    expect((await bo.ask("contact.show", { contact })).stale).toBe(false);
  });

  it("refuses a contact whose security.txt has expired", async () => {
    const text = "Contact: mailto:a@b.example\nExpires: 2020-01-01T00:00:00Z\n";

    const { body, status } = await bo.try("contact.import", { text, apply: true });

    expect([status, body.code]).toEqual([422, "import.unreadable"]);
  });

  it("knows who is on duty, lets a stand-in take over, and lets only those in charge say so", async () => {
    const hour = 3_600_000;
    const at = (ms: number) => new Date(Date.now() + ms).toISOString();
    const shift = { duty: "lead", from: at(-hour), until: at(hour), dutyZone: "UTC" } as const;
    const { items: people } = await ada.ask("person.list", {});
    const adaId = people.find((person) => person.signInName === "ada")?.id ?? "";

    const refused = await bo.try("duty.assign", { ...shift, person: bo.id });
    await ada.do("duty.assign", { ...shift, person: adaId });
    const { duty } = await ada.do("duty.assign", { ...shift, person: bo.id, override: true });
    const during = (await bo.ask("duty.list", {})).items.filter((each) => each.current);
    await ada.do("duty.cancel", { duty, reason: "ill" });
    const after = (await bo.ask("duty.list", {})).items.filter((each) => each.current);
    const backwards = await ada.try("duty.assign", { ...shift, person: bo.id, until: at(-2 * hour) });

    expect(refused.status).toBe(403);
    expect(during.map((each) => each.person)).toEqual([bo.id]);
    expect(after.map((each) => each.person)).toEqual([adaId]);
    expect(backwards.body.code).toBe("duty.wrong_times");
  });

  it("keeps master copies that somebody else approved, tells who asked for one, and what differs", async () => {
    const manifestSha256 = "ab".repeat(32);
    const expiresAt = new Date(Date.now() + 20 * 86_400_000).toISOString() as Instant;
    const details = { manifestSha256, entryCount: 9, preparedBy: "ana", approvedBy: "bo", place: "Safe 2" };
    const services = ["tcp 0.0.0.0 22 /usr/sbin/sshd"];
    const named = { name: "www3", version: 2, expiresAt, services, ...details };
    const { copy } = await bo.do("mastercopy.register", named);
    const motd = { group: "content", what: "/etc/motd", now: "cd".repeat(32) };
    const check = { copy, manifestSha256, reportSha256: "ef".repeat(32), tool: "jumpkit", explainedCount: 3 };

    const again = await refusalOf(bo.do("mastercopy.register", named));
    const third = { ...named, name: "www4", version: 3 };
    const atOnce = await Promise.all(
      [bo, ada, bo, ada].map((each) => refusalOf(each.do("mastercopy.register", third))),
    );
    const [, second] = (await ada.ask("mastercopy.list", {})).items;
    await ada.do("mastercopy.retire", { copy: second?.id as typeof copy, seen: second?.changedSeq ?? 0 });
    await bo.do("mastercopy.review", { copy, result: "clean", engine: "ClamAV 1.0.7" });
    const own = await refusalOf(bo.do("mastercopy.approve", { copy }));
    const early = await refusalOf(bo.do("mastercopy.fetch", { copy, purpose: "rebuild www3" }));
    await ada.do("mastercopy.approve", { copy });
    const fetched = await bo.do("mastercopy.fetch", { copy, purpose: "rebuild www3" });
    const listening = [...services, "tcp 0.0.0.0 31337 /tmp/nc"];
    await bo.do("mastercopy.check", {
      ...check,
      verdict: "different",
      differences: [motd],
      moreCount: 0,
      listening,
    });
    const [open] = (await ada.ask("mastercopy.list", {})).items;
    await ada.do("mastercopy.accept", { copy, ...motd, reason: "the new greeting", until: expiresAt });
    const [accepted] = (await ada.ask("mastercopy.list", {})).items;
    await ada.do("mastercopy.retire", { copy, seen: accepted?.changedSeq ?? 0, reason: "renewed" });

    expect(atOnce.sort()).toEqual([...Array(3).fill("mastercopy.not_newer"), "not refused"]);
    expect([again, own, early]).toEqual([
      "mastercopy.not_newer",
      "mastercopy.own",
      "mastercopy.not_approved",
    ]);
    expect(fetched).toMatchObject({ place: "Safe 2", manifestSha256, version: 2 });
    expect(open).toMatchObject({ isDue: true, isExpired: false, open: [motd], openCount: 1 });
    expect(open?.unintended).toEqual(["tcp 0.0.0.0 31337 /tmp/nc"]);
    expect(accepted).toMatchObject({ openCount: 0, accepted: [{ reason: "the new greeting" }] });
    expect((await ada.ask("mastercopy.list", {})).items).toEqual([]);
  });

  it("keeps the manifests themselves, gives out the very bytes, and knows a file by its digest", async () => {
    const folder = await mkdtemp(join(tmpdir(), "jumpkit-kept-"));
    const at = (name: string) => join(folder, name);
    const said: string[] = [];
    const say = (sentence: string) => void said.push(sentence);
    const { secret } = await bo.do("token.make", {
      ...{ name: "copies", scopes: ["mastercopy.manage", "asset.read"], days: 1 },
    });
    await writeFile(at("token"), secret ?? "", { mode: 0o600 });
    const server = { url: house.url, tokenFile: at("token") };
    const keys = { preparer: at("ana.vkey"), approver: at("ben.vkey"), checker: [] };
    for (const name of ["ana", "ben"]) await keygen(name, folder, say);
    const [shared, own] = ["11".repeat(32), "22".repeat(32)];
    const make = async (host: string, lines: readonly string[], serial: string): Promise<string> => {
      const file = at(`${host}-${serial}.gz`);
      await writeFile(at("list"), lines.map((line) => `${line}\n`).join(""));
      await importFrom(at("list"), { format: "sha256sum", out: file, base: "/", host }, say);
      const signed = { purpose: "as-installed", serial };
      await sign(file, { key: at("ana.key"), as: "preparer", ...signed }, new Date(), say);
      await sign(file, { key: at("ben.key"), as: "approver", ...signed }, new Date(), say);
      return file;
    };
    try {
      const first = await make("www5", [`${shared}  ./bin/ls`, `${own}  ./etc/motd`], "1");
      const second = await make("www6", [`${shared}  ./bin/ls`, `${shared}  ./usr/bin/ls`], "1");
      const codes = [
        await register(first, { ...server, ...keys, file: true }, say),
        await register(second, { ...server, ...keys, file: false }, say),
      ];
      const [www5, www6] = (await ada.ask("mastercopy.list", {})).items;
      const id = (copy: typeof www5) => copy?.id as MasterCopyId;
      const bytes = { headers: { "content-type": "application/octet-stream" } };
      const to = `/v1/mastercopy/${www6?.id}/manifest?name=x`;
      const wrong = await bo.send("PUT", to, { body: await readFile(first), ...bytes });
      const { body: sent } = await bo.send("PUT", to, { body: await readFile(second), ...bytes });
      const { upload } = sent as { upload: UploadId };
      const keep = async (envelope: string) =>
        (await bo.try("mastercopy.keep", { copy: id(www6), upload, envelope })).body.code;
      const notKept = [
        await keep("{}"),
        await keep(await readFile(`${first}.dsse.json`, "utf8")),
        await keep(await withoutApprover(`${second}.dsse.json`)),
      ];
      const before = await ada.ask("mastercopy.find_digest", { sha256: `${shared},${"33".repeat(32)}` });
      codes.push(await keepFile(second, server, say));
      const twice = await bo.send("PUT", to, { body: "x", ...bytes });
      await bo.do("mastercopy.review", { copy: id(www5), result: "clean", engine: "ClamAV 1.0.7" });
      await ada.do("mastercopy.approve", { copy: id(www5) });
      codes.push(await fetchCopy("WWW5", { ...server, purpose: "rebuild www5", out: at("got.gz") }, say));
      const known = await ada.ask("mastercopy.find_digest", { sha256: `${shared},${own}` });
      const { items: fetches } = await ada.ask("mastercopy.fetches", { copy: id(www5) });
      await house.database.pool.query("TRUNCATE file_digest, manifest_read");
      const emptied = await ada.ask("mastercopy.find_digest", { sha256: own });
      codes.push(await reread(house.dataFolder, say, { DATABASE_URL: house.database.databaseUrl }));
      const refilled = await ada.ask("mastercopy.find_digest", { sha256: `${shared},${own}` });
      const examined = await ada.ask("mastercopy.list", {});

      expect(codes, said.join("\n")).toEqual([0, 0, 0, 0, 0]);
      expect([wrong, twice].map(({ body }) => (body as { code: string }).code)).toEqual([
        "upload.wrong_digest",
        "mastercopy.kept_already",
      ]);
      expect(notKept).toEqual([
        "mastercopy.envelope_broken",
        "mastercopy.other_statement",
        "mastercopy.not_signed",
      ]);
      expect(before).toMatchObject({ items: [{ sha256: shared, hostCount: 1 }], unreadCount: 0 });
      expect(known.items).toMatchObject([
        { sha256: shared, hostCount: 2, isApproved: true, copies: [{ name: "www5" }, { name: "www6" }] },
        { sha256: own, hostCount: 1, isApproved: true },
      ]);
      expect(fetches).toMatchObject([{ by: "Bo Lindqvist", purpose: "rebuild www5" }]);
      expect(await readFile(at("got.gz"))).toEqual(await readFile(first));
      expect(await readFile(at("got.gz.dsse.json"))).toEqual(await readFile(`${first}.dsse.json`));
      expect(emptied).toEqual({ items: [], unreadCount: 2 });
      expect(refilled).toEqual(known);
      for (const { id: copy, changedSeq: seen } of examined.items)
        await ada.do("mastercopy.retire", { copy, seen });
      const { items: retired } = await ada.ask("mastercopy.find_digest", { sha256: own });
      expect(retired).toMatchObject([{ hostCount: 0, isApproved: false, copies: [] }]);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it("is told when the printed call sheet is older than the policy or the contacts", async () => {
    expect((await bo.ask("callsheet.show", {})).printed).toBeNull();
    await bo.do("callsheet.print", {});
    expect((await bo.ask("callsheet.show", {})).printed?.old).toEqual([]);

    await bo.do("contact.add", { name: "Regulator", roles: ["regulator"] });
    const { shipped } = await ada.ask("policy.show", {});
    const { revision, digest } = await ada.do("policy.draft", { seen: 0, document: shipped });
    const mia = await ada.addColleague("mia", ["manager"]);
    await mia.do("policy.consent", { revision, digest });

    expect((await bo.ask("callsheet.show", {})).printed?.old).toEqual(["policy", "contacts"]);
  });
});

async function refusalOf(asked: Promise<unknown>): Promise<string> {
  const error = await asked.then(
    () => undefined,
    (refused: unknown) => refused,
  );
  return error instanceof Refused ? error.answer.body.code : "not refused";
}
