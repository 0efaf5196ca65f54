import { copyFile, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { freshDatabase } from "../../../../tests/support/database.ts";
import { migrate } from "./migrate.ts";

const MIGRATIONS = join(import.meta.dirname, "../../migrations");

it("what stood in the tables before is what replaying the log makes of it now", async () => {
  const database = await freshDatabase({ empty: true });
  const folder = await mkdtemp(join(tmpdir(), "jumpkit-upgrade-"));
  try {
    const migrateTo = async (end: string) => {
      for (const name of await readdir(MIGRATIONS))
        if (name < end) await copyFile(join(MIGRATIONS, name), join(folder, name));
      await migrate(database.pool, folder);
    };
    await migrateTo("0028");
    const checks = [{ verdict: "same" }, { verdict: "other" }];
    for (const [id, state] of [
      ["mcp_1", { lastCheck: { verdict: "other" }, checks }],
      ["mcp_2", { lastCheck: null, checks: [] }],
    ] as const)
      await database.pool.query("INSERT INTO master_copy VALUES ('org_1', $1, $1, 1, true, $2)", [id, state]);
    await migrateTo("0036");
    const mail = { contact: "ctc_1", messageId: "<1@x.example>" };
    const sent = [{ version: 1, message: "TLP:GREEN\n\nIt is used.\n", advised: [mail] }];
    await database.pool.query("INSERT INTO advisory VALUES ('org_1', 'adv_1', 1, '{}', $1)", [{ sent }]);
    await database.pool.query("INSERT INTO reply VALUES ('org_1', 'rpl_1', NULL, NULL, '', '', true, '{}')");
    await database.pool.query(
      "INSERT INTO notification VALUES ('org_1', 'ntf_1', 'inc_1', false, NULL, '{}')",
    );

    await database.pool.query(
      "INSERT INTO exercise VALUES ('org_1', 'exr_1', 'ended', now(), NULL, '{\"state\": \"ended\"}')",
    );
    await migrate(database.pool, MIGRATIONS);

    const { rows } = await database.pool.query("SELECT state FROM master_copy ORDER BY id");
    expect(rows.map(({ state }) => state)).toEqual([
      {
        checkKeys: [],
        file: null,
        lastCheck: { verdict: "other", seal: null },
        checks: [
          { verdict: "same", seal: null },
          { verdict: "other", seal: null },
        ],
      },
      { checkKeys: [], file: null, lastCheck: null, checks: [] },
    ]);
    const exercises = await database.pool.query("SELECT state FROM exercise");
    expect(exercises.rows).toEqual([{ state: { state: "ended", pauses: [] } }]);
    const advisories = await database.pool.query("SELECT state FROM advisory");
    expect(advisories.rows[0]?.state.sent).toEqual([
      { ...sent[0], marking: "TLP:GREEN", advised: [{ ...mail, tried: [] }] },
    ]);
    const replies = await database.pool.query("SELECT state FROM reply");
    expect(replies.rows).toEqual([{ state: { advisory: null } }]);
    const notifications = await database.pool.query("SELECT state FROM notification");
    expect(notifications.rows).toEqual([{ state: { indicators: false } }]);
    const messages = await database.pool.query("SELECT message_id, advisory, contact FROM advisory_message");
    expect(messages.rows).toEqual([{ message_id: mail.messageId, advisory: "adv_1", contact: "ctc_1" }]);
  } finally {
    await database.drop();
    await rm(folder, { recursive: true });
  }
});
