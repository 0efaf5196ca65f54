import { readFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DEFAULT_POLICY, type Mapping, type SourceId } from "../../packages/core/src/index.ts";
import { importSigns } from "../../packages/jumpkit/src/intake/import-signs.ts";
import { examineSigns } from "../../packages/store/src/doctor/signs.ts";
import type { Browserless } from "../support/browserless.ts";
import { type Batch, EVE_READING, eveLine, send, workedOff } from "../support/intake.ts";
import { startHouse, type TestHouse } from "../support/running.ts";

const EVE = readFileSync(
  new URL("../../packages/exchange/src/detect/eve/samples/crowdsec-suricata-eve-detect.log", import.meta.url),
);

describe("signs that a sensor sends", () => {
  let house: TestHouse;
  let ada: Browserless;
  let sensor: SourceId;

  beforeAll(async () => {
    house = await startHouse();
    ada = house.visitor();
    await ada.setUp(house.setUpSecret);
    await ada.do("policy.adopt", { seen: 0, document: DEFAULT_POLICY });
    ({ source: sensor } = await ada.do("source.add", {
      name: "Border sensor",
      reading: EVE_READING,
      expectedEveryHours: 24,
    }));
  });
  afterAll(() => house?.close());

  it("are in the queue soon after they were acknowledged, rolled up by rule and entity", async () => {
    const batch = await sent(ada, sensor, EVE);

    expect(batch).toMatchObject({ status: "done", records: 4, events: 4, signs: 4, repeats: 0, problem: "" });
    const signs = await rows(house, "SELECT state FROM sign ORDER BY rule");
    expect(signs.map(({ state }) => [state.rule.id, state.kind, state.entity, state.count])).toEqual([
      ["1:2011716", "precursor", "2.2.3.5", 1],
      ["1:2011717", "precursor", "2.2.3.5", 1],
      ["1:2011718", "precursor", "2.2.3.5", 1],
      ["1:2034125", "indicator", "1.2.3.5", 1],
    ]);
  });

  it("that arrive again, packed or not, are counted as repeats and make no second sign", async () => {
    const batch = await sent(ada, sensor, gzipSync(EVE), { "content-encoding": "gzip" });

    expect(batch).toMatchObject({ status: "done", events: 0, signs: 0, repeats: 4 });
    const signs = await rows(house, "SELECT state FROM sign");
    expect(signs.map(({ state }) => [state.count, state.repeats])).toEqual(Array(4).fill([1, 1]));
  });

  it("are kept byte for byte, and their digests stand in the log", async () => {
    const originals = await rows(house, "SELECT original FROM sign_original ORDER BY at");

    expect(originals.map((row) => row.original.toString())).toEqual(EVE.toString().trimEnd().split("\n"));
  });

  it("of a web server show probes as precursors, and the other lines are counted", async () => {
    const { source } = await ada.do("source.add", {
      name: "www3 access log",
      reading: { ...EVE_READING, kind: "web_access", host: "www3" },
      expectedEveryHours: null,
    });
    const probe = '203.0.113.9 - - [18/Jan/2024:15:31:16 +0100] "GET /.env HTTP/1.1" 404 0 "-" "curl/8"';
    const visit = '203.0.113.8 - - [18/Jan/2024:15:31:17 +0100] "GET / HTTP/1.1" 200 0 "-" "Mozilla/5.0"';

    const batch = await sent(ada, source, Buffer.from([probe, visit, visit, "broken"].join("\n")));

    expect(batch).toMatchObject({ events: 1, skipped: { "an ordinary request": 2 }, unread: 1, records: 4 });
    const [{ state }] = await rows(house, "SELECT state FROM sign WHERE rule = 'web:sensitive-file'");
    expect(state).toMatchObject({
      kind: "precursor",
      entity: "www3",
      title: expect.stringContaining("/.env"),
    });
  });

  it("that could not be read are kept with the reason, and become signs once the mapping is mended", async () => {
    const mapping: Mapping = {
      time: { from: "when", format: "iso" },
      kind: "indicator",
      entity: "host.name",
      fields: [
        { from: "rule", to: "rule.name" },
        { from: "machine", to: "host.name", role: "victim" },
      ],
      key: [],
    };
    const about = { name: "Virus scanner", expectedEveryHours: null };
    const reading = { ...EVE_READING, kind: "csv", zone: "Europe/Berlin" } as const;
    const { source } = await ada.do("source.add", {
      ...about,
      reading: { ...reading, mapping: { ...mapping, time: { from: "when", format: "unix_seconds" } } },
    });
    const table = 'when,rule,machine\n2026-07-01 12:00:00,"Trojan, found",pc7\n';
    const batch = await sent(ada, source, Buffer.from(table));
    expect(batch).toMatchObject({ events: 0, unread: 1 });
    const { items } = await ada.ask("source.unread", { source });
    expect(items).toMatchObject([
      {
        record: 2,
        reason: "its when is no time in the form that the mapping names",
        text: table.split("\n")[1],
      },
    ]);

    const [seen] = (await ada.ask("source.list", {})).items.filter((each) => each.id === source);
    await ada.do("source.change", {
      source,
      seen: seen?.changedSeq ?? 0,
      ...about,
      reading: { ...reading, mapping },
    });
    const again = await ada.do("source.reread", { source });

    const [id] = again.batches;
    if (id === undefined) throw new Error("nothing was read again");
    expect(await workedOff(ada, id)).toMatchObject({ events: 1, signs: 1, unread: 0 });
    const [{ state }] = await rows(house, "SELECT state FROM sign WHERE rule = 'Trojan, found'");
    expect(state).toMatchObject({ firstAt: "2026-07-01T10:00:00.000Z", zoneAssumed: "Europe/Berlin" });
    expect((await ada.ask("source.unread", { source })).items).toEqual([]);
    expect((await ada.try("source.reread", { source })).body.code).toBe("unread.empty");
  });

  it("that go on after a decision begin a new sign, which points back", async () => {
    await sent(ada, sensor, Buffer.from(eveLine({ flow: 70, rule: 77 })));
    const [first] = await rows(house, "SELECT id FROM sign WHERE rule = '1:77'");
    await house.database.pool.query(
      `INSERT INTO sign_triage (organisation, sign, status, state)
       SELECT organisation, id, 'dismissed', '{}' FROM sign WHERE id = $1`,
      [first.id],
    );

    await sent(ada, sensor, Buffer.from(eveLine({ flow: 71, rule: 77 })));

    const signs = await rows(house, "SELECT state FROM sign WHERE rule = '1:77' ORDER BY id");
    expect(signs.map(({ state }) => [state.count, state.previous])).toEqual([
      [1, undefined],
      [1, first.id],
    ]);
    await house.database.pool.query("DELETE FROM sign_triage");
  });

  it("are refused without a source, after it is retired, empty, or packed as a bomb", async () => {
    const { source } = await ada.do("source.add", {
      name: "Old sensor",
      reading: EVE_READING,
      expectedEveryHours: null,
    });
    const put = async (body: Uint8Array, path: string = source, headers = {}) =>
      (await ada.send("PUT", `/v1/intake/${path}`, { body, headers })) as { status: number; body: object };
    const gzip = { "content-encoding": "gzip" };
    const before = await rows(house, "SELECT count(*) FROM intake_chunk");

    expect(await put(EVE, "src_00000000000000000000000000")).toMatchObject({ status: 404 });
    expect(await put(Buffer.alloc(0))).toMatchObject({ body: { code: "batch.empty" } });
    expect(await put(EVE, source, gzip)).toMatchObject({ body: { code: "batch.broken_compression" } });
    const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024));
    expect(await put(bomb, source, gzip)).toMatchObject({ body: { code: "batch.expands_too_far" } });
    await ada.do("source.retire", { source, reason: "scrapped" });
    expect(await put(EVE)).toMatchObject({ body: { code: "source.retired" } });
    expect(await rows(house, "SELECT count(*) FROM intake_chunk")).toEqual(before);
  });

  it("come in by command, with a token that may send and look", async () => {
    const { secret } = await ada.do("token.make", {
      name: "sensor upload",
      scopes: ["sign.send", "sign.read"],
    });
    const folder = await mkdtemp(join(tmpdir(), "jumpkit-import-"));
    const file = join(folder, "eve.json");
    await writeFile(file, `${eveLine({ flow: 90, rule: 90 })}\n${eveLine({ flow: 91, rule: 90 })}\n`);
    const run = async (name: string, source: string) => {
      const said: string[] = [];
      const stdout = new PassThrough();
      const environment = { JUMPKIT_URL: house.url, JUMPKIT_TOKEN: secret ?? "" };
      const around = { environment, stdin: process.stdin, stdout, say: (line: string) => said.push(line) };
      const code = await importSigns(name, { source }, around);
      return { code, out: String(stdout.read() ?? ""), said };
    };

    expect(await run(file, "Border sensor")).toMatchObject({
      code: 0,
      out: "2 records: 2 events in 1 new signs, 0 counted before, 0 unread\n",
    });
    expect(await run(file, "Nobody's sensor")).toMatchObject({ code: 2, out: "" });
    expect(await run(`${file}.not`, "Border sensor")).toMatchObject({ code: 2, out: "" });
    await rm(folder, { recursive: true });
  });

  it("are held to the record: an item changed, taken away or added is found and named", async () => {
    const client = await house.database.pool.connect();
    try {
      const [{ organisation }] = await rows(house, "SELECT organisation FROM organisation");
      expect((await examineSigns(client, organisation)).findings).toEqual([]);
      for (const tampering of [
        "UPDATE sign_item SET digest = sha256(digest) WHERE place = 0 AND part = 1",
        "DELETE FROM sign_item WHERE place = 0",
        `INSERT INTO sign_item SELECT organisation, source, sha256(key), sign, 'bat_x', 1, 0, digest FROM sign_item LIMIT 1`,
        "UPDATE sign SET count = count + 1",
        "UPDATE sign_original SET original = original || '\\x20'",
        "DELETE FROM sign",
      ]) {
        await client.query("BEGIN");
        await client.query(tampering);
        expect((await examineSigns(client, organisation)).findings, tampering).not.toEqual([]);
        await client.query("ROLLBACK");
      }
    } finally {
      client.release();
    }
  });
});

async function sent(
  client: Browserless,
  source: SourceId,
  body: Uint8Array,
  headers: Record<string, string> = {},
): Promise<Batch> {
  return workedOff(client, await send(client, source, body, headers));
}

// biome-ignore lint/suspicious/noExplicitAny: rows of any table
async function rows(house: TestHouse, sql: string): Promise<any[]> {
  return (await house.database.pool.query(sql)).rows;
}
