import { once } from "node:events";
import { chmod, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { IncidentId, Instant, IsolationId, PersonId } from "../../packages/core/src/index.ts";
import { signatureOf } from "../../packages/server/src/contain/run-webhook.ts";
import type { Browserless } from "../support/browserless.ts";
import { startHouse, type TestHouse } from "../support/running.ts";

const SECRET = "a secret that only the firewall has, and we";

describe("cutting off through connectors that the operator set up", () => {
  let folder: string;
  let house: TestHouse;
  let bo: Browserless & { readonly id: PersonId };
  let incident: IncidentId;
  let firewall: Server;
  const heard: { readonly headers: Record<string, unknown>; readonly body: string }[] = [];
  let names = 0;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "jumpkit-connectors-"));
    firewall = createServer(async (request, response) => {
      heard.push({ headers: request.headers, body: await text(request) });
      if (request.url === "/moved") response.writeHead(302, { location: "/cut" }).end();
      else response.end("rule 17\u0007 <b>added</b>");
    }).listen(0, "127.0.0.1");
    await once(firewall, "listening");
    const { port } = firewall.address() as AddressInfo;
    const program = await script(
      "cut",
      '#!/bin/sh\nprintf "%s\\n" "$@" >> "$(dirname "$0")/ran"\necho "shut $2"\n',
    );
    const failing = await script("fails", "#!/bin/sh\necho no such port >&2\nexit 3\n");
    const secretFile = join(folder, "secret");
    await writeFile(secretFile, SECRET, { mode: 0o600 });
    const command = { kind: "command", says: "Shuts the port", for: ["host"], program };
    const webhook = { kind: "webhook", says: "Adds a rule", for: ["account"], secretFile };
    const file = join(folder, "connectors.json");
    const connectors = [
      { ...command, name: "shut", arguments: ["--host", "{name}"] },
      { ...command, name: "fails", program: failing },
      { ...webhook, name: "rule", url: `http://127.0.0.1:${port}/cut` },
      { ...webhook, name: "moved", url: `http://127.0.0.1:${port}/moved` },
    ];
    await writeFile(file, JSON.stringify({ programs: [program, failing], connectors }), { mode: 0o600 });
    house = await startHouse({ connectorsFile: file });
    const ada = house.visitor();
    await ada.setUp(house.setUpSecret);
    const { shipped } = await ada.ask("policy.show", {});
    await ada.do("policy.adopt", { seen: 0, document: shipped });
    bo = await ada.addColleague("bo", ["handler"]);
    ({ incident } = await bo.do("incident.report", { what: "a host scans", ongoing: "yes" }));
  });
  afterAll(async () => {
    await house?.close();
    firewall?.close();
    await rm(folder, { recursive: true, force: true });
  });

  async function script(name: string, content: string): Promise<string> {
    const path = join(folder, name);
    await writeFile(path, content);
    await chmod(path, 0o755);
    return path;
  }

  /** An isolation of something that the register knows, so that a handler may authorise it. */
  async function asked(kind: "host" | "account" = "host"): Promise<{ isolation: IsolationId; name: string }> {
    const name = `thing-${++names} $(touch x); "quoted"`;
    if (kind === "host") await bo.do("asset.add", { name });
    const { isolation } = await bo.do("isolation.request", {
      incident,
      kind,
      name,
      why: "it scans",
      alternative: { considered: "none_will_do" },
      undo: "open it again",
      reviewAt: new Date(Date.now() + 3_600_000).toISOString() as Instant,
    });
    return { isolation, name };
  }

  async function approved(kind: "host" | "account" = "host") {
    const it = await asked(kind);
    await bo.do("isolation.authorise", { isolation: it.isolation });
    return it;
  }

  async function outcomeOf(isolation: IsolationId) {
    for (;;) {
      const { items } = await bo.ask("isolation.of_incident", { incident });
      const found = items.find(({ id }) => id === isolation);
      const run = found?.runs.at(-1);
      if (found !== undefined && run?.outcome) return { state: found.state, ...run };
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  const ran = async () => (await readFile(join(folder, "ran"), "utf8").catch(() => "")).split("\n");

  it("runs nothing without recorded authority: not asked directly, not by a forged request, not by a forged row", async () => {
    const { isolation } = await asked();
    const early = await bo.try("connector.run", { isolation, connector: "shut" });
    const claimed = { isolation, connector: "shut" };
    const forged = await bo.try("isolation.record", claimed as never);
    const route = await bo.send("POST", "/v1/connector/report", {
      body: JSON.stringify({ run: "run_00000000000000000000000000" }),
      headers: { "content-type": "application/json", "idempotency-key": "forged" },
    });
    // Somebody with the database in hand: the tables say that it was authorised, the log does not.
    const { pool } = house.database;
    const row = "run_00000000000000000000000001";
    await pool.query(`UPDATE isolation SET state = state || '{"state": "approved"}' WHERE id = $1`, [
      isolation,
    ]);
    await pool.query(
      `INSERT INTO connector_run (organisation, id, isolation, state, asked_at)
       SELECT organisation, $2, id, 'pending', now() FROM isolation WHERE id = $1`,
      [isolation, row],
    );
    let state = "pending";
    while (state === "pending" || state === "running") {
      const { rows } = await pool.query<{ state: string }>("SELECT state FROM connector_run WHERE id = $1", [
        row,
      ]);
      state = rows[0]?.state ?? "";
    }
    const onTables = await bo.do("connector.run", { isolation, connector: "shut" });
    const { outcome } = await outcomeOf(isolation);

    expect(early.body).toMatchObject({ code: "isolation.wrong_state", details: { state: "requested" } });
    expect(forged.body.code).toBe("request.malformed");
    expect(route.status).toBe(404);
    expect(state).toBe("not_run");
    expect(onTables.run).toMatch(/^run_/);
    expect(outcome).toBe("not_run");
    expect(await ran()).toEqual([""]);
    await pool.query(`UPDATE isolation SET state = state || '{"state": "requested"}' WHERE id = $1`, [
      isolation,
    ]);
  });

  it("runs a program with the facts as whole arguments, and records what it did for the person who pressed", async () => {
    const { isolation, name } = await approved();
    const presses = await Promise.all(
      Array.from({ length: 6 }, () => bo.try("connector.run", { isolation, connector: "shut" })),
    );
    const done = await outcomeOf(isolation);
    const late = await bo.try("connector.run", { isolation, connector: "shut" });

    expect(presses.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409, 409, 409]);
    expect(done).toMatchObject({ state: "done", outcome: "done", connector: "shut", text: `shut ${name}` });
    expect(late.body.code).toBe("isolation.wrong_state");
    expect(await ran()).toEqual(["--host", name, ""]);
    const { items } = await bo.ask("log.entries", { incident });
    const entry = items.find(
      ({ type, body }) => type === "isolation.done" && body["isolation"] === isolation,
    );
    expect(entry).toMatchObject({ actor: { name: "Bo Lindqvist" }, body: { connector: "shut" } });
  });

  it("records a failure as such, and lets somebody try again or do it by hand", async () => {
    const { isolation } = await approved();
    await bo.do("connector.run", { isolation, connector: "fails" });
    const failed = await outcomeOf(isolation);
    await bo.do("isolation.record", { isolation, note: "pulled the cable" });

    expect(failed).toMatchObject({ state: "approved", outcome: "failed" });
    expect(failed.text).toContain("no such port");
  });

  it("signs what it sends to a webhook, follows no redirect, and keeps the answer as harmless text", async () => {
    const { isolation } = await approved("account");
    await bo.do("connector.run", { isolation, connector: "moved" });
    const moved = await outcomeOf(isolation);
    await bo.do("connector.run", { isolation, connector: "rule" });
    const done = await outcomeOf(isolation);
    const { headers, body } = heard.at(-1) ?? { headers: {}, body: "" };

    expect(moved).toMatchObject({ outcome: "failed", text: "It answered 302." });
    expect(done).toMatchObject({ state: "done", outcome: "done" });
    expect(done.text).toBe("It answered 200.\nrule 17 <b>added</b>");
    expect(heard).toHaveLength(2);
    expect(headers["jumpkit-signature"]).toBe(
      signatureOf(Buffer.from(SECRET), String(headers["jumpkit-timestamp"]), body),
    );
    expect(JSON.parse(body)).toMatchObject({ act: "cut_off", isolation, kind: "account" });
  });
});
