/** The process that {@link Bare} starts: the statements of one `log.note`, by hand, in the product's order. */
import { randomUUID } from "node:crypto";
import pg from "pg";
import { plannedAppends } from "./planned-appends.mjs";

const STATEMENTS = {
  claimKey: `INSERT INTO kept_reply (organisation, person, key, request_digest, claimed_at) VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT DO NOTHING`,
  digestInForce: "SELECT digest FROM policy_version WHERE organisation = $1 ORDER BY version DESC LIMIT 1",
  lockIncident: "SELECT state FROM incident WHERE organisation = $1 AND id = $2 FOR UPDATE",
  lockChain:
    "SELECT salt, last_seq, last_hash FROM log_chain WHERE organisation = $1 AND incident = $2 FOR UPDATE",
  lockHead: "SELECT size, frontier, recorded_at FROM log_head WHERE organisation = $1 FOR UPDATE",
  insertEntry: `WITH shown AS (INSERT INTO log_disclosure (organisation, seq, disclosures) VALUES ($1, $2, $9))
    INSERT INTO log_entry (organisation, seq, type, v, incident, incident_seq, recorded_at, leaf, leaf_hash)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $10)`,
  insertNodes: `INSERT INTO log_node (organisation, level, index, hash)
    SELECT $1, * FROM unnest($2::smallint[], $3::bigint[], $4::bytea[])`,
  readIncident: "SELECT state FROM incident WHERE organisation = $1 AND id = $2",
  projectIncident: `INSERT INTO incident (organisation, id, code, title, status, priority, latest_seq, state)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
    ON CONFLICT (organisation, id) DO UPDATE
      SET title = $4, status = $5, priority = $6, latest_seq = $7, state = $8`,
  writeChain: "UPDATE log_chain SET last_seq = $3, last_hash = $4 WHERE organisation = $1 AND incident = $2",
  writeHead: `WITH head AS (
      UPDATE log_head SET size = $2, frontier = $3, root = $4, recorded_at = $5 WHERE organisation = $1
    ) SELECT pg_notify($6, $7)`,
  keepReply: "UPDATE kept_reply SET reply = $4 WHERE organisation = $1 AND person = $2 AND key = $3",
};

process.once("message", async ({ connection, place, sample, count, atATime }) => {
  const clients = Array.from({ length: atATime }, () => new pg.Client(connection));
  await Promise.all(clients.map((client) => client.connect()));
  const { rows } = await clients[0].query("SELECT size, frontier FROM log_head WHERE organisation = $1", [
    place.organisation,
  ]);
  const first = Number(rows[0].size);
  const appends = plannedAppends({ size: first, frontier: rows[0].frontier }, count);
  const entry = { ...sample, leaf: Buffer.from(sample.leaf) };
  const work = { place, entry, appendAt: (size) => appends[size - first] };
  process.on("message", async ({ run }) => {
    await Promise.all(
      clients.map(async (client) => {
        for (let done = 0; done < run / atATime; done += 1) await note(client, work);
      }),
    );
    process.send("done");
  });
  process.once("disconnect", () => Promise.all(clients.map((client) => client.end())));
  process.send("ready");
});

async function note(client, { place, entry, appendAt }) {
  const { organisation, person, incident } = place;
  const ask = async (name, ...values) => {
    const { rows } = await client.query({ name, text: STATEMENTS[name], values });
    return rows[0];
  };
  const key = randomUUID();
  const now = new Date().toISOString();
  await client.query(
    `BEGIN; SET LOCAL ROLE jumpkit_app; SELECT set_config('jumpkit.organisation', '${organisation}', true)`,
  );
  await ask("claimKey", organisation, person, key, entry.digest, now);
  await ask("digestInForce", organisation);
  await ask("lockIncident", organisation, incident);
  const chain = await ask("lockChain", organisation, incident);
  const { size } = await ask("lockHead", organisation);
  const { leafHash, nodes, frontier, root } = appendAt(Number(size));
  const chainSeq = chain.last_seq + 1;
  const inEntry = [now, entry.leaf, entry.disclosures, leafHash];
  await ask("insertEntry", organisation, size, "log.noted", 1, incident, chainSeq, ...inEntry);
  await ask("insertNodes", organisation, nodes.levels, nodes.indexes, nodes.hashes);
  const { state } = await ask("readIncident", organisation, incident);
  const shown = [state.code, state.title, state.status, "unrated"];
  await ask("projectIncident", organisation, incident, ...shown, size, JSON.stringify(state));
  await ask("writeChain", organisation, incident, chainSeq, leafHash);
  const told = JSON.stringify({ organisation, topics: [`incident:${incident}`] });
  await ask("writeHead", organisation, Number(size) + 1, frontier, root, now, "jumpkit_changes", told);
  await ask("keepReply", organisation, person, key, entry.reply);
  await client.query("COMMIT");
}
