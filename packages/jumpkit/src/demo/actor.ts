import { randomUUID } from "node:crypto";
import { Readable } from "node:stream";
import {
  ask,
  execute,
  OPERATIONS,
  type Operation,
  type OperationInput,
  type OperationName,
  type OperationReply,
  QUERIES,
  type Query,
  type QueryInput,
  type QueryName,
  type QueryOutput,
  type Viewer,
  whyNotSend,
} from "@jumpkit/app";
import type { House } from "../house.ts";

/** Somebody of a made-up organisation who does what a person does: through the same door, under the same policy. */
export class Actor {
  readonly #house: House;
  readonly #session: string;
  readonly viewer: Viewer;

  private constructor(house: House, session: string, viewer: Viewer) {
    this.#house = house;
    this.#session = session;
    this.viewer = viewer;
  }

  /** The person whose session this is. */
  static async of(house: House, session: string | undefined): Promise<Actor> {
    const viewer = session === undefined ? undefined : await house.accounts.viewer(session);
    if (session === undefined || viewer === undefined) throw new Error("The demonstration lost a session");
    return new Actor(house, session, viewer);
  }

  /** Performs an operation; a refusal is a fault of the demonstration, and ends it. */
  async do<Name extends OperationName>(
    name: Name,
    input: OperationInput<Name>,
  ): Promise<OperationReply<Name>> {
    const operation: Operation | undefined = (OPERATIONS as unknown as readonly Operation[]).find(
      (each) => each.name === name,
    );
    const viewer = await this.#house.accounts.viewer(this.#session);
    if (operation === undefined || viewer === undefined) throw new Error(`Nobody can do ${name}`);
    const done = await execute(this.#house.world, operation, { viewer, key: randomUUID(), input });
    if (!done.ok) throw new Error(`${name} was refused: ${JSON.stringify(done.refusal)}`);
    return done.value as unknown as OperationReply<Name>;
  }

  /** Asks a query; a refusal is a fault of the demonstration, and ends it. */
  async ask<Name extends QueryName>(name: Name, input: QueryInput<Name>): Promise<QueryOutput<Name>> {
    const query: Query | undefined = (QUERIES as unknown as readonly Query[]).find(
      (each) => each.name === name,
    );
    const viewer = await this.#house.accounts.viewer(this.#session);
    if (query === undefined || viewer === undefined) throw new Error(`Nobody can ask ${name}`);
    const answer = await this.#house.world.reading(viewer.organisation, (reading) =>
      ask(reading, query, { viewer, input }),
    );
    if (!answer.ok) throw new Error(`${name} was refused: ${JSON.stringify(answer.refusal)}`);
    return answer.value as unknown as QueryOutput<Name>;
  }

  /** Keeps a file for an incident, so that an item of evidence can be made of it. */
  async upload(incident: QueryOutput<"incident.show">["id"], name: string, content: Uint8Array) {
    const file = { name, announced: undefined };
    const kept = await this.#house.files.receive(this.viewer, incident, file, Readable.from([content]));
    if (!kept.ok) throw new Error(`${name} was refused: ${kept.refusal.code}`);
    return kept.value.id;
  }

  /** Sends a file through a source and waits until it is worked off. */
  async send(source: QueryOutput<"source.list">["items"][number]["id"], name: string, content: Uint8Array) {
    const permitted = await this.#house.world.reading(this.viewer.organisation, (reading) =>
      whyNotSend(reading, this.viewer, source),
    );
    if (!permitted.ok) throw new Error(`${name} was refused: ${permitted.refusal.code}`);
    const batch = { source, name, compressed: false };
    const taken = await this.#house.spool.receive(
      this.viewer,
      permitted.value,
      batch,
      Readable.from([content]),
    );
    if (!taken.ok) throw new Error(`${name} was refused: ${taken.refusal.code}`);
    this.#house.intake.wake();
    while ((await this.ask("batch.show", { batch: taken.value })).status === "waiting") {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}
