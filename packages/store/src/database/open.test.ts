import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { freshDatabase } from "../../../../tests/support/database.ts";
import { toDatabaseUrl } from "./connection.ts";
import { openDatabase } from "./open.ts";

let folder: string;
let servers: Server[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "jumpkit-open-"));
});

afterEach(async () => {
  for (const server of servers) server.close();
  servers = [];
  await rm(folder, { recursive: true });
});

function open(databaseUrl: string) {
  return openDatabase({ databaseUrl, dataDir: folder, log: () => {} });
}

/** Somebody's PostgreSQL: lets everyone in and gives every question the same row of texts. */
async function somePostgres(answer: readonly string[]): Promise<string> {
  const message = (type: string, body: Buffer) => {
    const length = Buffer.alloc(4);
    length.writeInt32BE(body.length + 4);
    return Buffer.concat([Buffer.from(type), length, body]);
  };
  const int16 = (value: number) => Buffer.from([value >> 8, value & 255]);
  const int32 = (value: number) => Buffer.concat([int16(value >>> 16), int16(value & 65_535)]);
  const ready = message("Z", Buffer.from("I"));
  const columns = ["version", "encoding"].map((name, index) => {
    const type = index === 0 ? 23 : 25;
    return Buffer.concat([
      Buffer.from(`${name}\0`),
      int32(0),
      int16(0),
      int32(type),
      int16(4),
      int32(-1),
      int16(0),
    ]);
  });
  const fields = answer.map((value) => Buffer.concat([int32(value.length), Buffer.from(value)]));
  const row = [
    message("T", Buffer.concat([int16(columns.length), ...columns])),
    message("D", Buffer.concat([int16(fields.length), ...fields])),
    message("C", Buffer.from("SELECT 1\0")),
    ready,
  ];
  const server = createServer((socket) => {
    let isIn = false;
    socket.on("error", () => {});
    socket.on("data", (bytes) => {
      if (!isIn) {
        isIn = true;
        socket.write(Buffer.concat([message("R", int32(0)), ready]));
      } else if (bytes.toString("latin1", 0, 1) === "Q") socket.write(Buffer.concat(row));
      else socket.end();
    });
  });
  servers.push(server);
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("No port.");
  return `postgresql://somebody@127.0.0.1:${address.port}/theirs`;
}

describe("a database of the operator's own", () => {
  it("is used when it is new enough", async () => {
    const theirs = await freshDatabase({ empty: true });

    const database = await open(theirs.databaseUrl);

    const { rows } = await database.pool.query("SELECT 1 AS one");
    await Promise.all([database.close(), database.close()]);
    await theirs.drop();
    expect(rows).toEqual([{ one: 1 }]);
    expect(database.major).toBeGreaterThanOrEqual(15);
    expect(database.embedded).toBeUndefined();
  });

  it("is refused when it is older than 15, with what to do", async () => {
    const opening = open(await somePostgres(["140011", "UTF8"]));

    await expect(opening).rejects.toMatchObject({ code: "database.too_old" });
    await expect(opening).rejects.toThrow(/is PostgreSQL 14; Jumpkit needs 15 or newer\. Upgrade it/);
  });

  it("is refused when it cannot hold every text", async () => {
    const opening = open(await somePostgres(["160003", "LATIN1"]));

    await expect(opening).rejects.toThrow(/stores text as LATIN1; Jumpkit needs UTF8/);
  });

  it("is named as the reason when it does not answer", async () => {
    const opening = open("postgresql://a:b@127.0.0.1:1/x");

    await expect(opening).rejects.toMatchObject({ code: "database.start_failed" });
    await expect(opening).rejects.toThrow(/Check DATABASE_URL/);
  });
});

describe("the address of a database", () => {
  it("keeps every character of its parts", () => {
    const settings = { host: "/run/my folder", port: 5433, user: "a@b", password: "p/?#&:", database: "x y" };

    const url = new URL(toDatabaseUrl(settings));

    expect(decodeURIComponent(url.username)).toBe("a@b");
    expect(decodeURIComponent(url.password)).toBe("p/?#&:");
    expect(decodeURIComponent(url.pathname)).toBe("/x y");
    expect(url.searchParams.get("host")).toBe("/run/my folder");
    expect(url.port).toBe("5433");
  });
});
