import { createHash, randomBytes } from "node:crypto";
import type { Inside, Reading, Viewer, World } from "@jumpkit/app";
import {
  type ActionId,
  type Connector,
  type Instant,
  instantAt,
  type OrganisationId,
  stampNow,
  unixMsOf,
} from "@jumpkit/core";
import type pg from "pg";
import { offersTo } from "./contain/connector-queue.ts";
import { withTransaction } from "./database/transaction.ts";
import { appendFacts } from "./document/log/append.ts";
import type { CheckpointPublisher } from "./document/log/publish.ts";
import { insideOf } from "./inside.ts";
import { authorityInForce, type CedarEngine } from "./prepare/policy/authority.ts";
import { readingOf } from "./reading.ts";

/** What the world on PostgreSQL is made of. */
export interface WorldParts {
  readonly pool: pg.Pool;
  readonly engine: CedarEngine;
  readonly publisher: CheckpointPublisher;
  readonly now?: () => Instant;
  /** The connectors that the operator set up; none when absent. */
  readonly connectors?: readonly Connector[];
}

/** The world as operations and queries need it, on PostgreSQL. */
export class PostgresWorld implements World {
  readonly clock: { now(): Instant };
  readonly random = { bytes: (count: number): Uint8Array => randomBytes(count) };
  readonly #parts: WorldParts;

  constructor(parts: WorldParts) {
    this.#parts = parts;
    this.clock = { now: parts.now ?? (() => instantAt(Date.now())) };
  }

  sha256(text: string): string {
    return createHash("sha256").update(text).digest("hex");
  }

  transaction<Value>(organisation: OrganisationId, work: (inside: Inside) => Promise<Value>): Promise<Value> {
    const { pool, engine, connectors = [] } = this.#parts;
    const offers = offersTo(connectors, organisation);
    return withTransaction(pool, organisation, async (client) =>
      work(await insideOf(client, organisation, { engine, now: this.clock.now(), offers })),
    );
  }

  /** Runs `work` on one snapshot of the organisation; it can change nothing. */
  reading<Value>(organisation: OrganisationId, work: (reading: Reading) => Promise<Value>): Promise<Value> {
    const { pool, engine, publisher, connectors = [] } = this.#parts;
    const offers = offersTo(connectors, organisation);
    return withTransaction(
      pool,
      organisation,
      async (client) => {
        const authority = await authorityInForce(engine, client, organisation, this.clock.now());
        const publish = () => publisher.publish(organisation);
        const now = this.clock.now();
        return work(readingOf(client, organisation, { authority, engine, publish, now, offers }));
      },
      "repeatable read, read only",
    );
  }

  async publish(organisation: OrganisationId): Promise<void> {
    await this.#parts.publisher.publish(organisation);
  }

  async recordDenial(viewer: Viewer, action: ActionId, thing: string, policy: string): Promise<void> {
    const now = this.clock.now();
    const { organisation, id, name, title, phone, token } = viewer;
    const through = token === undefined ? {} : { through: token.name };
    await withTransaction(this.#parts.pool, organisation, async (client) => {
      const minute = instantAt(Math.floor(unixMsOf(now) / 60_000) * 60_000);
      const { rowCount } = await client.query(
        "INSERT INTO denial (organisation, person, action, minute) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
        [organisation, id, action, minute],
      );
      if (rowCount === 0) return;
      await appendFacts(
        client,
        organisation,
        [
          {
            type: "authority.denied",
            incident: null,
            happened: stampNow(now, viewer.zone),
            body: { person: id, action, thing, policy },
          },
        ],
        { now, actor: { id, name, title, phone, ...through }, authority: undefined },
      );
    });
  }
}
