import { fork } from "node:child_process";
import { once } from "node:events";
import pg from "pg";
import { cpuSeconds } from "./process.mjs";

/**
 * The SQL of `log.note` alone, performed by a process that does nothing else.
 *
 * It works in an organisation of its own in the same database, which has lived through the same acts. What the
 * product computes for an entry (leaf, disclosures, reply) is taken from one that the product wrote.
 */
export class Bare {
  #served;
  #child;

  constructor(served, child) {
    this.#served = served;
    this.#child = child;
  }

  /** @param plan  `count`: how many operations there will be at most; `atATime`: on how many connections */
  static async start(served, { count, atATime }) {
    const client = new pg.Client(served.connection());
    await client.connect();
    const sample = await sampleOf(client);
    const place = await foundPlace(served, client);
    await client.end();
    const child = fork(new URL(import.meta.resolve("./bare-client.mjs")), { stdio: "inherit" });
    const bare = new Bare(served, child);
    child.send({ connection: served.connection(), place, sample, count, atATime });
    await bare.#answer();
    return bare;
  }

  /** Performs so many operations. */
  async run(count) {
    this.#child.send({ run: count });
    await this.#answer();
  }

  /** Performs so many operations; gives the CPU seconds of client and database, and the wall's. */
  async costOf(count) {
    const client = cpuSeconds(this.#child.pid);
    const { database } = this.#served.cpu();
    const startedAt = performance.now();
    await this.run(count);
    const seconds = (performance.now() - startedAt) / 1000;
    return {
      client: cpuSeconds(this.#child.pid) - client,
      database: this.#served.cpu().database - database,
      seconds,
    };
  }

  async leave() {
    this.#child.disconnect();
    await once(this.#child, "exit");
  }

  async #answer() {
    const ended = once(this.#child, "exit").then(([code]) => {
      throw new Error(`The bare client ended with ${code}`);
    });
    ended.catch(() => {});
    await Promise.race([once(this.#child, "message"), ended]);
  }
}

/** The latest line that the product wrote, with the reply it kept. */
async function sampleOf(client) {
  const { rows } = await client.query(
    `SELECT e.leaf, d.disclosures, k.reply, k.request_digest FROM log_entry e
     JOIN log_disclosure d ON d.organisation = e.organisation AND d.seq = e.seq
     JOIN kept_reply k ON k.organisation = e.organisation AND (k.reply #>> '{recorded,0,seq}')::bigint = e.seq
     WHERE e.type = 'log.noted' ORDER BY e.seq DESC LIMIT 1`,
  );
  const { leaf, disclosures, reply, request_digest: digest } = rows[0];
  return { leaf: leaf.toString(), disclosures, reply: JSON.stringify(reply), digest };
}

async function foundPlace(served, client) {
  const visitor = served.visitor();
  const secret = await served.anotherSetUpSecret();
  const { id: person } = await visitor.found(secret, "Quay CSIRT", "eve");
  const incident = await visitor.declare("www3 scans 203.0.113.9 since the morning", person);
  visitor.leave();
  const { rows } = await client.query("SELECT organisation FROM incident WHERE id = $1", [incident]);
  return { organisation: rows[0].organisation, person, incident };
}
