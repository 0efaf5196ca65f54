import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Mapping } from "../../packages/core/src/index.ts";
import { verifyCaseFile } from "../../packages/jumpkit/src/verify/case-file.ts";
import type { Browserless } from "../support/browserless.ts";
import { liveThrough, type Story } from "../support/incident-story.ts";
import { send, workedOff } from "../support/intake.ts";
import { startHouse, type TestHouse } from "../support/running.ts";

/** Strings that have broken programs before, of other people. */
const NAUGHTY: readonly string[] = [
  ...new Set<string>(JSON.parse(readFileSync(new URL("../samples/blns.json", import.meta.url), "utf8"))),
  "holds a \u0000 NUL",
  "half a character \ud800",
  "\u202egpj.exe",
];

const MAPPING: Mapping = {
  time: { from: "at", format: "iso" },
  kind: "indicator",
  entity: "host.name",
  fields: [
    { from: "rule", to: "rule.name" },
    { from: "host", to: "host.name" },
    { from: "said", to: "message" },
  ],
  key: ["rule"],
};

describe("strings that have broken programs before", () => {
  let house: TestHouse;
  let story: Story;
  let bo: Browserless;

  beforeAll(async () => {
    house = await startHouse();
    story = await liveThrough(house);
    ({ bo } = story);
  });
  afterAll(() => house?.close());

  it("stand in the log byte for byte, or are refused with the field and the reason", async () => {
    const { incident } = story;
    const kept: string[] = [];
    for (const text of NAUGHTY) {
      const answer = await bo.try("log.note", { incident, text });
      if (answer.status === 200) kept.push(text);
      else expect(answer.body).toMatchObject({ code: "request.malformed", details: expect.anything() });
    }

    expect(kept.length).toBeGreaterThan(500);
    expect(NAUGHTY.length - kept.length).toBeLessThan(12);
    expect((await noted(incident)).slice(-kept.length)).toEqual(kept);
  }, 240_000);

  it("leave the house in a case file as they came in, and it can be verified", async () => {
    const { incident, ada } = story;
    const asked = { incident, recipient: "Public prosecutor", purpose: "case 7 Js 12" };
    const file = await ada.download((await ada.do("incident.export", asked)).download);
    const folder = await mkdtemp(join(tmpdir(), "jumpkit-naughty-"));
    await writeFile(join(folder, "case.tar"), file.bytes);
    await promisify(execFile)("tar", ["-xf", join(folder, "case.tar"), "-C", folder]);
    const { code } = await ada.ask("incident.show", { incident });

    const verdict = await verifyCaseFile(join(folder, "case.tar"), {});
    const disclosed = await disclosedIn(join(folder, code, "data"));

    expect(verdict.findings).toEqual([]);
    for (const text of await noted(incident)) expect(disclosed.has(text)).toBe(true);
    await rm(folder, { recursive: true });
  }, 120_000);

  it.each([
    ["json", (text: string, at: number) => `${JSON.stringify({ ...eventOf(at), said: text })}\n`, ""],
    [
      "csv",
      (text: string, at: number) => `${at},${AT},h${at},"${text.replaceAll('"', '""')}"\n`,
      "rule,at,host,said\n",
    ],
  ] as const)(
    "come in as %s and are signs with the same words, or are left unread with the reason",
    async (kind, lineOf, header) => {
      const { source } = await story.ada.do("source.add", {
        name: `Naughty ${kind}`,
        reading: { kind, zone: "UTC", clockOffsetSeconds: 0, host: "", mapping: MAPPING },
        expectedEveryHours: null,
      });
      const texts = NAUGHTY.filter((text) => text !== "" && text.isWellFormed());

      const batch = await workedOff(
        story.ada,
        await send(story.ada, source, header + texts.map((text, at) => lineOf(text, at)).join("")),
      );

      expect(batch).toMatchObject({ status: "done", problem: "" });
      const { rows } = await house.database.pool.query<{ rule: string; said: string }>(
        `SELECT state -> 'rule' ->> 'name' AS rule, state -> 'fields' ->> 'message' AS said
         FROM sign WHERE source = $1`,
        [source],
      );
      expect(rows.length + batch.unread).toBe(texts.length);
      expect(batch.unread).toBeLessThan(3);
      // PostgreSQL holds no NUL: the field shows its picture, and the original is kept as it came.
      for (const { rule, said } of rows) expect(said).toBe(texts[Number(rule)]?.replaceAll("\0", "␀"));
    },
    120_000,
  );

  it("can be looked for in the queue, whatever they mean to a database", async () => {
    const sendable = NAUGHTY.filter((each) => each.isWellFormed() && !each.includes("\u0000"));
    for (const text of sendable.filter((_, at) => at % 3 === 0)) {
      const { items } = await bo.ask("triage.queue", { text: text.slice(0, 200), limit: 1 });
      expect(items.length).toBeLessThanOrEqual(1);
    }
  }, 240_000);

  async function noted(incident: Story["incident"]): Promise<readonly string[]> {
    const texts: string[] = [];
    for (let after: number | null = 0; after !== null; ) {
      const page: { items: readonly { type: string; body: object }[]; next: number | null } = await bo.ask(
        "log.entries",
        { incident, after, limit: 1000 },
      );
      for (const { type, body } of page.items) {
        if (type === "log.noted" && "text" in body) texts.push(String(body.text));
      }
      after = page.next;
    }
    return texts;
  }
});

const AT = "2026-11-22T10:00:00Z";

function eventOf(at: number) {
  return { rule: String(at), at: AT, host: `h${at}` };
}

/** The values of all fields named `text` that the files of a folder disclose. @source RFC 9901 */
async function disclosedIn(folder: string): Promise<ReadonlySet<unknown>> {
  const values = new Set<unknown>();
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile()) continue;
    for (const line of (await readFile(join(entry.parentPath, entry.name), "utf8")).split("\n")) {
      const text = /^Wy[\w-]+$/.test(line) ? Buffer.from(line, "base64url").toString("utf8") : "[]";
      const [, name, value] = JSON.parse(text);
      if (name === "text") values.add(value);
    }
  }
  return values;
}
