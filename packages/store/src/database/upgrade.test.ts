import { copyFile, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { freshDatabase } from "../../../../tests/support/database.ts";
import { migrate } from "./migrate.ts";

const MIGRATIONS = join(import.meta.dirname, "../../migrations");

it("master copies of before checks could be sealed are what replaying the log makes of them", async () => {
  const database = await freshDatabase({ empty: true });
  const folder = await mkdtemp(join(tmpdir(), "jumpkit-upgrade-"));
  try {
    for (const name of await readdir(MIGRATIONS))
      if (name < "0028") await copyFile(join(MIGRATIONS, name), join(folder, name));
    await migrate(database.pool, folder);
    const checks = [{ verdict: "same" }, { verdict: "other" }];
    for (const [id, state] of [
      ["mcp_1", { lastCheck: { verdict: "other" }, checks }],
      ["mcp_2", { lastCheck: null, checks: [] }],
    ] as const)
      await database.pool.query("INSERT INTO master_copy VALUES ('org_1', $1, $1, 1, true, $2)", [id, state]);

    await migrate(database.pool, MIGRATIONS);

    const { rows } = await database.pool.query("SELECT state FROM master_copy ORDER BY id");
    expect(rows.map(({ state }) => state)).toEqual([
      {
        checkKeys: [],
        lastCheck: { verdict: "other", seal: null },
        checks: [
          { verdict: "same", seal: null },
          { verdict: "other", seal: null },
        ],
      },
      { checkKeys: [], lastCheck: null, checks: [] },
    ]);
  } finally {
    await database.drop();
    await rm(folder, { recursive: true });
  }
});
