import { createHash, randomBytes } from "node:crypto";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ReportId, SignId } from "../../packages/core/src/index.ts";
import { liveThrough, type Story } from "../support/incident-story.ts";
import { startHouse, type TestHouse } from "../support/running.ts";

/** A page of the form as a browser without script has it. */
interface FormPage {
  readonly status: number;
  readonly text: string;
  readonly headers: Headers;
}

let house: TestHouse;
let story: Story;

beforeAll(async () => {
  house = await startHouse();
  story = await liveThrough(house);
});
afterAll(async () => house?.close());

describe("a report that the help desk writes down", () => {
  it("names the caller, counts as a precursor when it is a threat, and gives a code to read out", async () => {
    const { report, code, number } = await story.bo.do("report.enter", {
      claim: "threat",
      what: "A group announced to attack us on Friday",
      name: "J. Ortiz",
      contact: "+49 30 555",
    });

    const shown = await story.ada.ask("report.show", { report });
    expect(shown).toMatchObject({ number, channel: "desk", name: "J. Ortiz", waits: true });
    const thread = await fetch(`${house.url}/report/follow`, {
      method: "POST",
      body: new URLSearchParams({ code: String(code) }),
      headers: { origin: house.url },
    });
    expect(await thread.text()).toContain("A group announced to attack us on Friday");
  });

  it("is not there for people who may not see signs", async () => {
    const { report } = await story.bo.do("report.enter", { what: "Something odd" });
    const administrator = await story.ada.addColleague("root", ["administrator"]);

    const shown = await administrator.send("GET", `/v1/report/${report}`);
    const answered = await administrator.try("report.answer", { report, text: "hello" });
    const missing = await administrator.send("GET", "/v1/report/rpt_00000000000000000000000000");

    expect([shown.status, answered.status]).toEqual([404, 404]);
    expect(shown.body).toEqual(missing.body);
  });
});

describe("a report by somebody without an account", () => {
  const get = (path: string): Promise<FormPage> => read(fetch(house.url + path));

  const post = (path: string, body: FormData | URLSearchParams, origin = house.url): Promise<FormPage> =>
    read(
      fetch(house.url + path, { method: "POST", body, headers: { origin, "sec-fetch-site": "same-origin" } }),
    );

  /** Fills the form in and sends it; gives the receipt. */
  async function report(fields: Record<string, string>, ...files: readonly [string, Uint8Array][]) {
    const form = await get("/report");
    const code = hidden(form, "code");
    const answer = await post("/report", formOf({ code, ...fields }, files));
    return { code, answer, number: /HC-R-\d{4}-\d{4}|\w+-R-\d{4}-\d{4}/.exec(answer.text)?.[0] ?? "" };
  }

  it("comes in without script, stands in the queue at once, and is answered by its code", async () => {
    const screenshot = randomBytes(200_000);

    const { answer, code, number } = await report(
      {
        claim: "attack_from_us",
        what: "Your 192.0.2.33 scans our mail servers\nsince 08:00 UTC",
        symptoms: "unusual_traffic",
        ongoing: "yes",
        affiliation: "Delta University",
      },
      ["scan.log", screenshot],
    );

    expect(answer.status).toBe(200);
    const { items, waiting } = await story.bo.ask("report.list", {});
    expect(waiting).toBeGreaterThan(0);
    expect(items[0]).toMatchObject({
      number,
      claim: "attack_from_us",
      channel: "form",
      waits: true,
      name: "",
    });
    const attached = items[0]?.messages[0]?.attachments[0];
    expect(attached).toMatchObject({ name: "scan.log", sizeBytes: 200_000, sha256: sha256(screenshot) });
    expect(await signOf(items[0]?.sign as SignId)).toMatchObject({
      kind: "indicator",
      title: "Your 192.0.2.33 scans our mail servers",
      source: null,
    });

    await story.bo.do("report.answer", {
      report: items[0]?.id as ReportId,
      text: "We have taken it off the network. <b>Thank</b> you.",
    });
    const thread = await post("/report/follow", new URLSearchParams({ code: code.toUpperCase() }));
    expect(thread.text).toContain("&lt;b&gt;Thank&lt;/b&gt;");
    expect(thread.text).not.toContain("Lindqvist");
    const waits = await story.bo.ask("report.list", { waiting: "yes" });
    expect(waits.items.map((each) => each.number)).not.toContain(number);

    const key = hidden(thread, "key");
    const more = formOf({ code, key, text: "It stopped at 09:12 UTC" }, []);
    expect((await post("/report/add", more)).text).toContain("It stopped at 09:12 UTC");
    await post("/report/add", formOf({ code, key, text: "It stopped at 09:12 UTC" }, []));
    const shown = await story.bo.ask("report.show", { report: items[0]?.id as ReportId });
    expect(shown.messages.map((message) => message.from)).toEqual(["reporter", "team", "reporter"]);
  });

  it("keeps its attachment byte for byte, and lets it become evidence of an incident", async () => {
    const bytes = randomBytes(300_000);
    const { number } = await report({ what: "The mail as a file" }, ['odd/../näme".eml', bytes]);
    const found = (await story.bo.ask("report.list", {})).items.find((each) => each.number === number);
    const digest = sha256(bytes);

    const { download } = await story.bo.do("report.read", { report: found?.id as ReportId, sha256: digest });
    const fetched = await fetch(house.url + download, { headers: { cookie: story.bo.cookie } });
    expect(sha256(new Uint8Array(await fetched.arrayBuffer()))).toBe(digest);
    expect(fetched.headers.get("content-disposition")).toContain("attachment");

    const copied = await story.bo.send("POST", `/v1/report/${found?.id}/attachment`, {
      body: { sha256: digest, incident: story.incident },
    });
    const { item } = await story.bo.do("evidence.collect", {
      incident: story.incident,
      upload: (copied.body as { upload: never }).upload,
      what: "Mail attached to a report",
      kind: "file",
      foundAt: "Sent by the reporter",
      place: "Evidence safe 1",
    });
    expect((await story.bo.ask("evidence.show", { item })).content?.sha256).toBe(digest);
  });

  it("is one report, however often the same form is sent", async () => {
    const form = await get("/report");
    const fields = { code: hidden(form, "code"), what: "sent twice by a double click" };

    const answers = await Promise.all([
      post("/report", formOf(fields, [])),
      post("/report", formOf(fields, [])),
    ]);
    const again = await post("/report", formOf({ ...fields, what: "and once more, changed" }, []));

    const { items } = await story.bo.ask("report.list", {});
    expect(items.filter((each) => each.what.startsWith("sent twice"))).toHaveLength(1);
    const numbers = [...answers, again].map((answer) => /\w+-R-\d{4}-\d{4}/.exec(answer.text)?.[0]);
    expect(new Set(numbers).size).toBe(1);
  });

  it("keeps what was typed when it is refused, says why, and runs nothing it was sent", async () => {
    const form = await get("/report");
    const code = hidden(form, "code");
    const hostile = `"><script>alert(1)</script>`;

    const empty = await post("/report", formOf({ code, what: "   ", name: hostile }, []));
    const unknown = await post(
      "/report",
      formOf({ code, what: "x", symptoms: "none such", claim: "__proto__" }, []),
    );

    expect(empty.status).toBe(400);
    expect(empty.text).toContain("is empty; say what you noticed");
    expect(empty.text).toContain("&quot;&gt;&lt;script&gt;");
    expect(empty.text).not.toContain("<script");
    expect(unknown.status).toBe(400);
    for (const page of [form, empty]) {
      expect(page.headers.get("content-security-policy")).toContain("default-src 'none'");
      expect(page.headers.get("content-security-policy")).not.toContain("script-src");
      expect(page.headers.get("cache-control")).toBe("no-store");
    }
  });

  it("turns other sites' forms away, and files that are too large or too many", async () => {
    await house.restart();
    const code = hidden(await get("/report"), "code");
    const foreign = await post("/report", formOf({ code, what: "x" }, []), "https://elsewhere.example");
    const large = await post(
      "/report",
      formOf({ code, what: "too large" }, [["big.bin", new Uint8Array(26 * 2 ** 20)]]),
    );
    const many = Array.from({ length: 6 }, (_, index): [string, Uint8Array] => [
      `${index}`,
      new Uint8Array(3),
    ]);
    const tooMany = await post("/report", formOf({ code, what: "too many" }, many));

    expect(foreign.status).toBe(403);
    expect(large.text).toContain("larger than 25 MiB");
    expect(tooMany.status).toBe(400);
    const { items } = await story.bo.ask("report.list", {});
    expect(items.some((each) => each.what.startsWith("too "))).toBe(false);
  });

  it("opens to nobody who guesses codes, and shows a wrong code as it shows none", async () => {
    const answers = [];
    for (let tries = 0; tries < 32; tries++) {
      const code = tries === 0 ? "not a code" : randomBytes(12).toString("hex");
      answers.push(await post("/report/follow", new URLSearchParams({ code })));
    }

    expect(answers[0]?.status).toBe(404);
    expect(answers[0]?.text).toBe(answers[1]?.text.replaceAll(/nonce="[^"]+"/g, nonceOf(answers[0]?.text)));
    expect(answers.at(-1)?.status).toBe(429);
    expect(answers.at(-1)?.headers.get("retry-after")).toMatch(/^\d+$/);
  });

  it("takes no more than its share from one address", async () => {
    let answer: FormPage | undefined;
    for (let sent = 0; sent < 11 && answer?.status !== 429; sent++) {
      answer = (await report({ what: `flood ${sent}` })).answer;
    }

    expect(answer?.status).toBe(429);
    expect(answer?.text).toContain("too many messages");
  });

  async function signOf(sign: SignId): Promise<unknown> {
    const client = new pg.Client(house.database.databaseUrl);
    await client.connect();
    const { rows } = await client.query("SELECT state FROM sign WHERE id = $1", [sign]);
    await client.end();
    return rows[0]?.state;
  }
});

async function read(answer: Promise<Response>): Promise<FormPage> {
  const response = await answer;
  return { status: response.status, text: await response.text(), headers: response.headers };
}

function hidden(page: FormPage, name: string): string {
  return new RegExp(`name="${name}" value="([^"]*)"`).exec(page.text)?.[1] ?? "";
}

function formOf(fields: Record<string, string>, files: readonly (readonly [string, Uint8Array])[]): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  for (const [name, bytes] of files) form.append("files", new Blob([bytes as BlobPart]), name);
  if (files.length === 0) form.append("files", new Blob([]), "");
  return form;
}

function nonceOf(text = ""): string {
  return /nonce="[^"]+"/.exec(text)?.[0] ?? "";
}

function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
