import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type FreshDatabase, freshDatabase } from "../../../../../tests/support/database.ts";
import { withTransaction } from "../../database/transaction.ts";

let database: FreshDatabase;

beforeAll(async () => {
  database = await freshDatabase();
  await database.pool.query(
    `INSERT INTO sign (organisation, id, kind, rule, entity, first_at, last_at, count, words, state)
     SELECT organisation, organisation || '-' || n, 'indicator', 'r', 'e', now(), now(), 1, words, '{}'
     FROM (VALUES ('org_a'), ('org_b')) o (organisation),
       (VALUES (1, 'probe of www3'), (2, '100%_sure \\ o''hara'), (3, 'tromsø')) w (n, words)`,
  );
});

afterAll(() => database.drop());

function found(organisation: string, text: string, most = 10): Promise<readonly string[]> {
  return withTransaction(database.pool, organisation, async (client) => {
    const { rows } = await client.query<{ id: string }>("SELECT id FROM signs_with($1, $2) AS f (id)", [
      text,
      most,
    ]);
    return rows.map(({ id }) => id).sort();
  });
}

describe("looking for a rare word", () => {
  it("finds it in one's own signs alone, although it looks past row-level security", async () => {
    expect(await found("org_a", "www3")).toEqual(["org_a-1"]);
    expect(await found("org_b", "www3")).toEqual(["org_b-1"]);
    expect(await found("org_a' OR true --", "www3")).toEqual([]);
  });

  it("takes every letter as it stands", async () => {
    expect(await found("org_a", "100%_sure")).toEqual(["org_a-2"]);
    expect(await found("org_a", "100_")).toEqual([]);
    expect(await found("org_a", "\\ o'hara")).toEqual(["org_a-2"]);
    expect(await found("org_a", "romsø")).toEqual(["org_a-3"]);
    expect(await found("org_a", "' OR true --")).toEqual([]);
  });

  it("finds a sign by the words that it has now, and no longer by those it had", async () => {
    await withTransaction(database.pool, "org_b", async (client) => {
      await client.query("UPDATE sign SET words = 'probe of mail7' WHERE id = 'org_b-1'");
    });
    expect(await found("org_b", "mail7")).toEqual(["org_b-1"]);
    expect(await found("org_b", "www3")).toEqual([]);
    expect(await found("org_a", "www3")).toEqual(["org_a-1"]);
  });

  it("finds nothing across the border of two signs", async () => {
    expect(await found("org_a", "www3\n")).toEqual([]);
  });

  it("stops at the most that was asked for", async () => {
    expect(await found("org_a", "o", 1)).toHaveLength(1);
  });
});
