import { createHash, randomBytes } from "node:crypto";
import {
  copyFile,
  cp,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  symlink,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import type pg from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type FreshDatabase, freshDatabase } from "../../../../../tests/support/database.ts";
import { openPool, toDatabaseUrl } from "../../database/connection.ts";
import { startEmbedded } from "../../database/embedded/embedded.ts";
import { migrate } from "../../database/migrate.ts";
import { withTransaction } from "../../database/transaction.ts";
import { backup } from "./backup.ts";
import { BackupRefused } from "./backup-faults.ts";
import type { BackupManifest } from "./manifest.ts";
import { restore } from "./restore.ts";

const REAL_MIGRATIONS = join(import.meta.dirname, "../../../migrations");
const NOW = "2026-11-22T10:41:07.000Z";
const SEED = 1121;

/** A structure with everything that makes copying hard. */
const STRUCTURE = `
  CREATE TABLE team (organisation text, id text, leader text, PRIMARY KEY (organisation, id));
  CREATE TABLE member (
    organisation text, id text, team text, nickname text[], state jsonb, picture bytea, weight double precision,
    born date, at timestamptz, shouted text GENERATED ALWAYS AS (upper(id)) STORED,
    number bigint GENERATED ALWAYS AS IDENTITY,
    PRIMARY KEY (organisation, id),
    FOREIGN KEY (organisation, team) REFERENCES team (organisation, id)
  );
  -- A circle: neither table can be filled first.
  ALTER TABLE team ADD FOREIGN KEY (organisation, leader) REFERENCES member (organisation, id);
  CREATE TABLE "Odd ""name""; --" ("a column" int, "order" text);
  CREATE TABLE diary (line text);
  CREATE FUNCTION only_grows() RETURNS trigger LANGUAGE plpgsql AS
    'BEGIN RAISE EXCEPTION ''only grows''; END';
  CREATE TRIGGER only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON diary EXECUTE FUNCTION only_grows();
  CREATE TRIGGER no_late BEFORE INSERT ON diary EXECUTE FUNCTION only_grows();
  ALTER TABLE diary ENABLE ALWAYS TRIGGER only_grows;
  ALTER TABLE diary DISABLE TRIGGER no_late;
  CREATE TABLE bulk (organisation text, month date, body text) PARTITION BY RANGE (month);
  CREATE TABLE bulk_2026_01 PARTITION OF bulk FOR VALUES FROM ('2026-01-01') TO ('2026-02-01');
  CREATE TABLE bulk_2026_02 PARTITION OF bulk FOR VALUES FROM ('2026-02-01') TO ('2026-03-01');
  CREATE TABLE word (word text PRIMARY KEY);
  INSERT INTO word VALUES ('precursor'), ('indicator');
  ALTER TABLE member ENABLE ROW LEVEL SECURITY;
  ALTER TABLE member FORCE ROW LEVEL SECURITY;
  CREATE POLICY own ON member USING (organisation = current_setting('jumpkit.organisation'));
  GRANT SELECT ON member TO jumpkit_app;
`;

let structure: string;
let folder: string;
let dataDir: string;
const databases: FreshDatabase[] = [];

beforeAll(async () => {
  structure = await mkdtemp(join(tmpdir(), "jumpkit-structure-"));
  await copyFile(join(REAL_MIGRATIONS, "0000-roles.sql"), join(structure, "0000-roles.sql"));
  await writeFile(join(structure, "0001-structure.sql"), STRUCTURE);
});

afterAll(() => rm(structure, { recursive: true }));

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "jumpkit-backup-"));
  dataDir = join(folder, "data");
  await put("blobs/org_a/inc_1/00ff", randomBytes(200_000));
  await put("blobs/.incoming/half-an-upload", randomBytes(10));
  await put("checkpoints/org_a", "a checkpoint\n");
  await put("checkpoints/org_a.0011.draft", "half a checkp");
  await put("keys/server.key", "AGE-SECRET-KEY-1…\n");
});

afterEach(async () => {
  await Promise.all(databases.splice(0).map(({ drop }) => drop()));
  await rm(folder, { recursive: true });
});

async function put(name: string, bytes: string | Uint8Array): Promise<void> {
  await mkdir(join(dataDir, name, ".."), { recursive: true });
  await writeFile(join(dataDir, name), bytes);
}

async function aDatabase(): Promise<FreshDatabase> {
  const database = await freshDatabase({ empty: true });
  databases.push(database);
  return database;
}

async function aFilledDatabase(): Promise<FreshDatabase> {
  const database = await aDatabase();
  await migrate(database.pool, structure);
  await database.pool.query(`
    BEGIN;
    INSERT INTO team VALUES ('org_a', 'blue', NULL), ('org_b', 'red', NULL);
    INSERT INTO member VALUES
      ('org_a', 'ana', 'blue', '{"An, na","{",NULL,""}', '{"a": [1, null, "ü"]}', '\\x00ff0a5c', 0.1, '2000-02-29', '2026-11-22T10:00:00.123456+01'),
      ('org_b', E'bo\\t\\\\N\\n', 'red', NULL, NULL, NULL, 'NaN', 'infinity', NULL);
    UPDATE team SET leader = 'ana' WHERE id = 'blue';
    INSERT INTO "Odd ""name""; --" VALUES (1, E'\\\\.'), (2, NULL), (3, '');
    INSERT INTO diary VALUES ('cut the uplink');
    INSERT INTO bulk VALUES ('org_a', '2026-01-15', 'x'), ('org_a', '2026-02-15', 'y');
    COMMIT;
  `);
  return database;
}

function backUp(pool: pg.Pool, out = join(folder, "backup"), withKeys = true): Promise<BackupManifest> {
  return backup({ pool, dataDir, out, withKeys, now: NOW, log: () => {} });
}

function restoreInto(databaseUrl: string | undefined, target = join(folder, "restored")) {
  return restore({
    from: join(folder, "backup"),
    dataDir: target,
    databaseUrl,
    migrations: structure,
    log: () => {},
  });
}

/** Every row of every table, as text. */
async function contentOf(pool: pg.Pool): Promise<Record<string, readonly string[]>> {
  const { rows: tables } = await pool.query(
    `SELECT format('%I', tablename) AS name FROM pg_tables
     WHERE schemaname = 'public' AND tablename <> 'jumpkit_migration' ORDER BY 1`,
  );
  const content: Record<string, readonly string[]> = {};
  for (const { name } of tables) {
    const { rows } = await pool.query(`SELECT t::text AS row FROM ${name} t ORDER BY 1`);
    content[name] = rows.map(({ row }) => row);
  }
  return content;
}

async function filesIn(root: string): Promise<Record<string, string>> {
  const names = await readdir(root, { recursive: true });
  const files: Record<string, string> = {};
  for (const name of names.sort()) {
    if (!(await stat(join(root, name))).isFile()) continue;
    files[name] = createHash("sha256")
      .update(await readFile(join(root, name)))
      .digest("hex");
  }
  return files;
}

describe("a backup", () => {
  it("restores to the same rows, whatever they hold", async () => {
    const [before, after] = await Promise.all([aDatabase(), aDatabase()]);
    await migrate(before.pool, structure);
    const text = fc.string({ unit: "grapheme" }).map((value) => value.replaceAll("\0", ""));
    const row = fc.record({
      id: fc.uuid(),
      nickname: fc.option(fc.array(fc.option(text))),
      state: fc.option(fc.jsonValue()).map((value) => JSON.stringify(value).replaceAll("\\u0000", "")),
      picture: fc.option(fc.uint8Array()),
      weight: fc.double(),
      at: fc.option(fc.date({ min: new Date(0), max: new Date("9999-01-01"), noInvalidDate: true })),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(row, { maxLength: 30 }), async (rows) => {
        await before.pool.query("TRUNCATE team, member RESTART IDENTITY");
        await before.pool.query("INSERT INTO team VALUES ('org_a', 'blue')");
        for (const { id, nickname, state, picture, weight, at } of rows) {
          await before.pool.query(
            "INSERT INTO member (organisation, id, team, nickname, state, picture, weight, at) VALUES ('org_a', $1, 'blue', $2, $3, $4, $5, $6)",
            [id, nickname, state, picture === null ? null : Buffer.from(picture), weight, at],
          );
        }
        await rm(join(folder, "backup"), { recursive: true, force: true });
        await rm(join(folder, "restored"), { recursive: true, force: true });
        await after.pool.query("DROP SCHEMA public CASCADE; CREATE SCHEMA public");

        await backUp(before.pool);
        await restoreInto(after.databaseUrl);

        expect(await contentOf(after.pool)).toEqual(await contentOf(before.pool));
      }),
      { seed: SEED, numRuns: 4 },
    );
  });

  it("restores with all that makes copying hard: circles, partitions, computed columns, odd names", async () => {
    const [before, after] = [await aFilledDatabase(), await aDatabase()];
    await backUp(before.pool);

    await restoreInto(after.databaseUrl);

    const content = await contentOf(after.pool);
    expect(content).toEqual(await contentOf(before.pool));
    expect(content["member"]).toHaveLength(2);
    expect(content["word"]).toHaveLength(2);
  });

  it("restores to a database that guards itself as before", async () => {
    const [before, after] = [await aFilledDatabase(), await aDatabase()];
    await backUp(before.pool);

    await restoreInto(after.databaseUrl);

    await expect(after.pool.query("DELETE FROM diary")).rejects.toThrow(/only grows/);
    await expect(after.pool.query("UPDATE team SET leader = 'nobody'")).rejects.toThrow(/foreign key/);
    await after.pool.query("INSERT INTO diary VALUES ('goes on')");
    const fires = (pool: pg.Pool) =>
      pool
        .query("SELECT tgname, tgenabled FROM pg_trigger WHERE NOT tgisinternal ORDER BY 1")
        .then(({ rows }) => rows);
    expect(await fires(after.pool)).toEqual(await fires(before.pool));
    const { rows } = await after.pool.query(
      "INSERT INTO member (organisation, id, team) VALUES ('org_a', 'cy', 'blue') RETURNING number",
    );
    expect(rows).toEqual([{ number: "3" }]);
    const seen = await withTransaction(after.pool, "org_b", (client) => client.query("SELECT FROM member"));
    expect(seen.rowCount).toBe(1);
  });

  it("shows one moment while others write", async () => {
    const database = await aDatabase();
    await migrate(database.pool, structure);
    await database.pool.query("CREATE TABLE a_first (n int); CREATE TABLE z_last (n int)");
    let isWriting = true;
    const writing = (async () => {
      for (let n = 0; isWriting; n++) {
        await database.pool.query(
          `BEGIN; INSERT INTO a_first VALUES (${n}); INSERT INTO z_last VALUES (${n}); COMMIT`,
        );
      }
    })();

    const manifest = await backUp(database.pool);
    isWriting = false;
    await writing;

    const counts = manifest.tables
      .filter(({ name }) => /^a_first|z_last$/.test(name))
      .map((table) => table.rowCount);
    expect(counts[0]).toBe(counts[1]);
  });

  it("holds blobs, checkpoints and keys, nothing that is half done, and tells what it holds", async () => {
    const database = await aFilledDatabase();

    const manifest = await backUp(database.pool);

    const names = manifest.files.map(({ path }) => path).filter((path) => !path.startsWith("tables/"));
    expect(names).toEqual(["blobs/org_a/inc_1/00ff", "checkpoints/org_a", "keys/server.key"]);
    expect(manifest).toMatchObject({ madeAt: NOW, withKeys: true, blobCount: 1 });
    expect(manifest.migrations.map(({ name }) => name)).toEqual(["0000-roles.sql", "0001-structure.sql"]);
    expect(JSON.parse(await readFile(join(folder, "backup/manifest.json"), "utf8"))).toEqual(manifest);
    expect((await stat(join(folder, "backup"))).mode & 0o077).toBe(0);
  });

  it("leaves the keys out unless they are asked for", async () => {
    const database = await aFilledDatabase();

    await backUp(database.pool, join(folder, "backup"), false);

    expect(
      Object.keys(await filesIn(join(folder, "backup"))).filter((name) => name.startsWith("keys")),
    ).toEqual([]);
  });

  it("is not written over another one, and a failed one leaves nothing", async () => {
    const database = await aFilledDatabase();
    await backUp(database.pool);
    const before = await filesIn(join(folder, "backup"));

    await expect(backUp(database.pool)).rejects.toMatchObject({ code: "backup.target_exists" });
    const gone = openPool("postgresql://a:b@localhost/x?host=/nonexistent", 1);
    await expect(backUp(gone, join(folder, "second"))).rejects.toMatchObject({
      code: "database.unavailable",
    });

    await gone.end();
    expect(await filesIn(join(folder, "backup"))).toEqual(before);
    expect((await readdir(folder)).sort()).toEqual(["backup", "data"]);
  });

  it("of the real structure restores", async () => {
    const before = await freshDatabase();
    databases.push(before);
    const after = await aDatabase();
    await backUp(before.pool);

    const manifest = await restore({
      from: join(folder, "backup"),
      dataDir: join(folder, "restored"),
      databaseUrl: after.databaseUrl,
      migrations: REAL_MIGRATIONS,
      log: () => {},
    });

    expect(manifest.tables.length).toBeGreaterThan(0);
    expect(await contentOf(after.pool)).toEqual(await contentOf(before.pool));
  });
});

describe("restoring", () => {
  it("into an empty folder makes a data folder that starts with everything in it", async () => {
    const before = await aFilledDatabase();
    await backUp(before.pool);
    const target = join(folder, "restored");

    await restoreInto(undefined, target);

    expect((await readdir(target)).sort()).toEqual(["blobs", "checkpoints", "database", "keys"]);
    for (const name of ["blobs/org_a/inc_1/00ff", "checkpoints/org_a", "keys/server.key"]) {
      expect(await readFile(join(target, name))).toEqual(await readFile(join(dataDir, name)));
    }
    const embedded = await startEmbedded({ dataDir: target, log: () => {}, diesWithParent: true });
    const pool = openPool(toDatabaseUrl(embedded.settings), 2);
    const content = await contentOf(pool);
    await pool.end();
    await embedded.stop();
    expect(content).toEqual(await contentOf(before.pool));
  });

  it("without keys goes into a folder where the keys were put first, and leaves them be", async () => {
    const [before, after] = [await aFilledDatabase(), await aDatabase()];
    await backUp(before.pool, join(folder, "backup"), false);
    const target = join(folder, "restored");
    await mkdir(join(target, "keys"), { recursive: true });
    await writeFile(join(target, "keys/server.key"), "brought from the safe");

    await restoreInto(after.databaseUrl, target);

    expect(await readFile(join(target, "keys/server.key"), "utf8")).toBe("brought from the safe");
    expect((await readdir(target)).sort()).toEqual(["blobs", "checkpoints", "keys"]);
  });

  it("brings the backup of an older Jumpkit up to date", async () => {
    const [before, after] = [await aFilledDatabase(), await aDatabase()];
    await backUp(before.pool);
    const newer = join(folder, "newer");
    await cp(structure, newer, { recursive: true });
    await writeFile(join(newer, "0002-more.sql"), "ALTER TABLE diary ADD COLUMN mood text DEFAULT 'calm'");

    await restore({
      from: join(folder, "backup"),
      dataDir: join(folder, "restored"),
      databaseUrl: after.databaseUrl,
      migrations: newer,
      log: () => {},
    });

    const { rows } = await after.pool.query("SELECT * FROM diary");
    expect(rows).toEqual([{ line: "cut the uplink", mood: "calm" }]);
  });

  it("refuses the backup of a newer Jumpkit", async () => {
    const [before, after] = [await aFilledDatabase(), await aDatabase()];
    const newer = join(folder, "newer");
    await cp(structure, newer, { recursive: true });
    await writeFile(join(newer, "0002-more.sql"), "CREATE TABLE more (n int)");
    await migrate(before.pool, newer);
    await backUp(before.pool);

    await expect(restoreInto(after.databaseUrl)).rejects.toMatchObject({ code: "backup.of_newer_version" });
  });

  it("refuses a data folder or a database that is not empty, and changes neither", async () => {
    const [before, after] = [await aFilledDatabase(), await aDatabase()];
    await backUp(before.pool);
    await after.pool.query("CREATE TABLE mine (n int)");

    await expect(restoreInto(after.databaseUrl)).rejects.toMatchObject({ code: "restore.target_not_empty" });
    await expect(restoreInto(undefined, dataDir)).rejects.toThrow(
      /is not empty \(blobs, checkpoints, keys\)/,
    );

    expect(await contentOf(after.pool)).toEqual({ mine: [] });
    expect(await readdir(join(folder, "restored"))).toEqual([]);
  });

  it("leaves database and folder empty when it fails in the middle, and can be repeated", async () => {
    const [before, after] = [await aFilledDatabase(), await aDatabase()];
    await before.pool.query("ALTER TABLE diary ADD COLUMN smuggled text");
    await backUp(before.pool);

    await expect(restoreInto(after.databaseUrl)).rejects.toMatchObject({ code: "backup.does_not_fit" });

    expect(await contentOf(after.pool)).toEqual({});
    expect(await readdir(join(folder, "restored"))).toEqual([]);
  });
});

describe("a backup that was changed", () => {
  let whole: string;
  let target: FreshDatabase;

  beforeEach(async () => {
    const database = await aFilledDatabase();
    target = await aDatabase();
    await backUp(database.pool);
    whole = join(folder, "whole");
    await rename(join(folder, "backup"), whole);
  });

  async function refusalAfter(change: (backupFolder: string) => Promise<unknown>): Promise<BackupRefused> {
    const changed = join(folder, "backup");
    await rm(changed, { recursive: true, force: true });
    await cp(whole, changed, { recursive: true });
    await change(changed);
    const error = await restoreInto(target.databaseUrl).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(BackupRefused);
    expect(await contentOf(target.pool)).toEqual({});
    return error as BackupRefused;
  }

  it("in any file is refused by the file's name", async () => {
    for (const name of Object.keys(await filesIn(whole))) {
      const { code, message } = await refusalAfter(async (changed) => {
        const bytes = await readFile(join(changed, name));
        const at = bytes.length >> 1;
        if (bytes.length === 0) return writeFile(join(changed, name), "x");
        bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at);
        return writeFile(join(changed, name), bytes);
      });
      expect(message).toContain(name);
      expect(code).toMatch(/backup\.(tampered|not_a_backup)/);
    }
  });

  it("by taking away any file is refused by the file's name", async () => {
    for (const name of Object.keys(await filesIn(whole))) {
      const { message } = await refusalAfter((changed) => rm(join(changed, name)));
      expect(message).toContain(name);
    }
  });

  it("by adding a file is refused by the file's name", async () => {
    const { code, message } = await refusalAfter((changed) => writeFile(join(changed, "blobs/.more"), ""));

    expect(code).toBe("backup.tampered");
    expect(message).toContain("blobs/.more");
  });

  it("by putting a link to the same content in a file's place is refused", async () => {
    const name = "blobs/org_a/inc_1/00ff";

    const { message } = await refusalAfter(async (changed) => {
      await rm(join(changed, name));
      await symlink(join(whole, name), join(changed, name));
    });

    expect(message).toContain(name);
  });

  it("so that a name leads out of it is refused", async () => {
    const { code } = await refusalAfter(async (changed) => {
      const path = join(changed, "manifest.json");
      await writeFile(path, (await readFile(path, "utf8")).replace("checkpoints/org_a", "../../escape"));
    });

    expect(code).toBe("backup.not_a_backup");
  });
});
