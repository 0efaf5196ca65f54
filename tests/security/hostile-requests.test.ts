import { randomUUID } from "node:crypto";
import { request } from "node:http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { REFUSALS } from "../../packages/app/src/index.ts";
import type { Browserless } from "../support/browserless.ts";
import { liveThrough, type Story } from "../support/incident-story.ts";
import { startHouse, type TestHouse } from "../support/running.ts";
import { operationSamples } from "../support/samples.ts";

interface Parameter {
  readonly name: string;
  readonly in: string;
}
interface Route {
  readonly method: string;
  readonly path: string;
  readonly operationId: string;
  readonly parameters: readonly Parameter[];
  readonly takesJson: boolean;
}

/** JSON texts that no field of ours takes, or that have broken parsers before. */
const HOSTILE_VALUES: readonly string[] = [
  "null",
  "1e999",
  "-0",
  "true",
  "[]",
  "{}",
  '""',
  '"\\u0000"',
  '"\\ud800"',
  `"${"A".repeat(200_000)}"`,
  `"${"\\u202e".repeat(50)}evil"`,
  '{"__proto__":{"admin":true}}',
  '{"constructor":{"prototype":{"admin":true}}}',
  `${"[".repeat(5000)}${"]".repeat(5000)}`,
  "[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22]",
  '"inc_zzzzzzzzzzzzzzzzzzzzzzzzzz"',
  '"../../etc/passwd"',
  '"\' OR 1=1 --"',
];

/** Fields that only the server may set. @source IRIS CVE-2026-22783: mass assignment */
const SERVER_MANAGED = [
  "organisation",
  "actor",
  "seq",
  "recordedAt",
  "status",
  "custodian",
  "code",
  "priority",
  "number",
  "__proto__",
];

const BROKEN_BODIES = ["", "{", "nonsense", "[]", '"text"', "12", "null", '{"a":1,}', "\u0000", '{"a":"\\'];

describe("requests from somebody who means harm", () => {
  let house: TestHouse;
  let story: Story;
  let routes: readonly Route[];

  beforeAll(async () => {
    house = await startHouse();
    story = await liveThrough(house);
    routes = routesIn((await story.ada.send("GET", "/v1/openapi.json")).body);
  });
  afterAll(async () => house?.close());

  it("has a document that names every route there is", () => {
    expect(routes.length).toBeGreaterThan(45);
    expect(routes.every((route) => route.operationId !== "")).toBe(true);
  });

  it("refuses broken bodies on every route with a sentence, never with a fault", async () => {
    const wrong: string[] = [];
    for (const route of routes.filter((each) => each.takesJson)) {
      for (const body of BROKEN_BODIES)
        note(wrong, route, body, await send(story.ada, route, body), [400, 401, 404, 422, 429]);
    }
    expect(wrong).toEqual([]);
  });

  it("refuses hostile values in every field of every operation", async () => {
    const wrong: string[] = [];
    const samples = operationSamples(story.things);
    for (const route of routes) {
      const sample = samples[route.operationId as keyof typeof samples] as
        | Record<string, unknown>
        | undefined;
      if (sample === undefined) continue;
      const inPath = new Set(route.parameters.filter((each) => each.in === "path").map((each) => each.name));
      for (const field of Object.keys(sample).filter((each) => !inPath.has(each))) {
        for (const value of HOSTILE_VALUES) {
          const others = Object.entries(sample).filter(([name]) => name !== field && !inPath.has(name));
          const body = `{${[...others.map(([name, each]) => `${JSON.stringify(name)}:${JSON.stringify(each)}`), `${JSON.stringify(field)}:${value}`].join(",")}}`;
          note(wrong, route, `${field} = ${value.slice(0, 60)}`, await send(story.ada, route, body));
        }
      }
    }
    expect(wrong).toEqual([]);
  }, 300_000);

  it("accepts no field that only the server may set", async () => {
    const wrong: string[] = [];
    const samples = operationSamples(story.things);
    for (const route of routes) {
      const sample = samples[route.operationId as keyof typeof samples] as
        | Record<string, unknown>
        | undefined;
      if (sample === undefined) continue;
      const inPath = new Set(route.parameters.filter((each) => each.in === "path").map((each) => each.name));
      const fields = Object.entries(sample).filter(([name]) => !inPath.has(name));
      for (const managed of SERVER_MANAGED) {
        if (fields.some(([name]) => name === managed)) continue;
        const body = `{${[...fields.map(([name, each]) => `${JSON.stringify(name)}:${JSON.stringify(each)}`), `"${managed}":"x"`].join(",")}}`;
        note(wrong, route, `with ${managed}`, await send(story.ada, route, body), [400]);
      }
    }
    expect(wrong).toEqual([]);
  });

  it("refuses hostile ids and query words in every path", async () => {
    const wrong: string[] = [];
    const ids = [
      "..%2f..%2fetc%2fpasswd",
      "%00",
      "inc_",
      "x".repeat(2000),
      "inc_zzzzzzzzzzzzzzzzzzzzzzzzzz",
      "'--",
      "%E2%80%AE",
    ];
    for (const route of routes.filter((each) => each.path.includes("{"))) {
      for (const id of ids) {
        const path = route.path.replaceAll(/\{\w+\}/g, id);
        note(
          wrong,
          route,
          path.slice(0, 80),
          await send(story.ada, { ...route, path }, "{}"),
          [400, 404, 414, 415],
        );
      }
    }
    for (const search of [
      "limit=-1",
      "limit=1e9",
      "status=nonsense",
      `text=${"x".repeat(5000)}`,
      "after[]=1",
      "a=1&a=2",
    ]) {
      const answer = await story.ada.send("GET", `/v1/incident?${search}`);
      if (answer.status !== 400) wrong.push(`/v1/incident?${search.slice(0, 40)} answers ${answer.status}`);
    }
    expect(wrong).toEqual([]);
  });

  it("refuses a body that is too large before it is read to its end", async () => {
    const body = `{"what":"${"x".repeat(2_000_000)}","ongoing":"yes"}`;
    const answer = await story.ada.send("POST", "/v1/incident/report", {
      body,
      headers: { "content-type": "application/json", "idempotency-key": randomUUID() },
    });
    expect(answer.status).toBe(413);
    expect(answer.body).toMatchObject({ code: "request.too_large" });
  });

  it("refuses media types that a foreign form could send, and foreign origins", async () => {
    const key = { "idempotency-key": randomUUID() };
    const form = await story.ada.send("POST", "/v1/incident/report", {
      body: "what=x",
      headers: { ...key, "content-type": "text/plain" },
    });
    const foreign = await story.ada.send("POST", "/v1/incident/report", {
      body: { what: "x", ongoing: "yes" },
      headers: { ...key, origin: "https://evil.example" },
    });
    const sites = await story.ada.send("POST", "/v1/incident/report", {
      body: { what: "x", ongoing: "yes" },
      headers: { ...key, "sec-fetch-site": "cross-site" },
    });

    expect([form.status, foreign.status, sites.status]).toEqual([415, 403, 403]);
  });

  it("answers names that exist and names that do not alike at sign-in, and slows guessing down", async () => {
    const visitor = house.visitor();
    const attempt = (signInName: string) =>
      visitor.send("POST", "/v1/session", { body: { signInName, passphrase: "a wrong guess" } });
    const known = await attempt("ada");
    const unknown = await attempt("nobody");
    expect(known.body).toEqual(unknown.body);

    const answers = [];
    for (let guess = 0; guess < 12; guess++) answers.push((await attempt("ada")).status);
    expect(answers.at(-1)).toBe(429);
  });

  it("replays the first answer for a repeated key, and refuses the key for another request", async () => {
    const key = randomUUID();
    const first = await story.bo.try("log.note", { incident: story.incident, text: "once" }, key);
    const [again, meanwhile] = await Promise.all([
      story.bo.try("log.note", { incident: story.incident, text: "once" }, key),
      story.bo.try("log.note", { incident: story.incident, text: "once" }, key),
    ]);
    const other = await story.bo.try("log.note", { incident: story.incident, text: "twice" }, key);

    expect(again.body).toEqual(first.body);
    expect(meanwhile.body).toEqual(first.body);
    expect(other.body.code).toBe("request.key_reused");
  });

  it("keeps every text byte for byte, however naughty", async () => {
    const texts = [
      "<script>alert(1)</script>",
      '=HYPERLINK("http://x")',
      "‮txt.exe",
      "Zalgo ̗̞̞͇̞̗̞̞͇̗",
      "👩‍👩‍👧‍👦 ﷽ Ω≈ç√∫",
      "$" + "{jndi:ldap://127.0.0.1/a}",
      "{{7*7}} #{7*7} <%= 7*7 %>",
      "line one\r\nline two\ttab",
    ];
    const seqs: number[] = [];
    for (const text of texts) {
      const { recorded } = await story.bo.do("log.note", { incident: story.incident, text });
      seqs.push(recorded[0]?.incidentSeq ?? 0);
    }
    const { items } = await story.ada.ask("log.entries", { incident: story.incident });

    expect(seqs.map((seq) => items.find((entry) => entry.incidentSeq === seq)?.body["text"])).toEqual(texts);
  });
});

function routesIn(document: unknown): Route[] {
  const { paths } = document as {
    paths: Record<
      string,
      Record<string, { operationId: string; parameters?: Parameter[]; requestBody?: { content: object } }>
    >;
  };
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, entry]) => ({
      method: method.toUpperCase(),
      path,
      operationId: entry.operationId,
      parameters: entry.parameters ?? [],
      takesJson: entry.requestBody !== undefined && "application/json" in entry.requestBody.content,
    })),
  );
}

interface Told {
  readonly status: number;
  readonly body: unknown;
}

/** Sends bytes as they are: `fetch` would mend some of them. Event streams are cut after their head. */
function send(
  person: Browserless,
  route: Pick<Route, "method" | "path" | "operationId">,
  body: string,
): Promise<Told> {
  const url = new URL(person.url);
  const path = route.path.replaceAll(/\{\w+\}/g, "inc_00000000000000000000000000");
  return new Promise((resolve, reject) => {
    const sent = request(
      {
        host: url.hostname,
        port: url.port,
        method: route.method,
        path,
        headers: {
          // Signing out in the middle would end the test with it.
          cookie: route.operationId === "session.end" ? "" : person.cookie,
          "idempotency-key": randomUUID(),
          ...(route.method === "GET"
            ? {}
            : { "content-type": "application/json", "content-length": Buffer.byteLength(body) }),
        },
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("end", () => {
          const text = Buffer.concat(chunks).toString();
          resolve({ status: response.statusCode ?? 0, body: text.startsWith("{") ? JSON.parse(text) : text });
        });
      },
    );
    sent.on("error", reject);
    sent.end(route.method === "GET" ? undefined : body);
  });
}

/** Notes an answer that is a fault, that is not among the statuses expected, or that has not the face of a refusal. */
function note(wrong: string[], route: Route, what: string, told: Told, statuses?: readonly number[]): void {
  const place = `${route.method} ${route.path} ${what.slice(0, 80)}`;
  if (told.status >= 500) wrong.push(`${place}: ${told.status}`);
  else if (statuses !== undefined && !statuses.includes(told.status))
    wrong.push(`${place}: ${told.status} ${JSON.stringify(told.body).slice(0, 200)}`);
  else if (told.status >= 400 && !((told.body as { code?: string }).code ?? "?" in REFUSALS))
    wrong.push(`${place}: ${JSON.stringify(told.body).slice(0, 200)}`);
}
