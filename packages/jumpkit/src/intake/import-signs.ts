import { createReadStream, statSync } from "node:fs";
import { basename } from "node:path";
import { Readable } from "node:stream";
import type { QueryOutput } from "@jumpkit/app";
import type { Surroundings } from "../http/call.ts";
import { Client, queryNamed } from "../http/client.ts";
import { readConnection } from "../http/connection.ts";
import { EXIT, failWith } from "../http/exit.ts";

/** What `jumpkit signs import` is told beside the file. */
export interface SignsImport {
  readonly source: string;
  readonly url?: string | undefined;
  readonly tokenFile?: string | undefined;
  readonly json?: boolean | undefined;
}

type Batch = QueryOutput<"batch.show">;

/** How often the server is asked how far it is. */
const ASK_EVERY_MS = 250;

/**
 * `jumpkit signs import`: sends a file through a source and waits until its last record is counted.
 *
 * @returns the exit code: 0 done, 1 the batch was set aside, 2 no such source or file, 3 refused, 4 not with this
 *          token, 5 try again later
 */
export async function importSigns(file: string, options: SignsImport, around: Surroundings): Promise<number> {
  try {
    const client = new Client(readConnection(around.environment, options));
    const source = await sourceNamed(client, options.source);
    if (source === undefined) {
      around.say(`There is no active source ${options.source}. See them with: jumpkit source list`);
      return EXIT.usage;
    }
    const { body, name } = opened(file, around);
    around.say(`Sending ${name} …`);
    const answer = (await client.send({
      method: "PUT",
      path: `/v1/intake/${source}?name=${encodeURIComponent(name)}`,
      headers: { "content-type": "application/octet-stream" },
      body,
    })) as { readonly batch: string };
    const batch = await workedOff(client, answer.batch, around.say);
    around.stdout.write(options.json === true ? `${JSON.stringify(batch)}\n` : told(batch));
    if (batch.status !== "set_aside") return EXIT.done;
    around.say(`The batch was set aside: ${batch.problem}. Its bytes are kept.`);
    return EXIT.fault;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") {
      around.say(`There is no file ${file}.`);
      return EXIT.usage;
    }
    return failWith(error, around.say);
  }
}

async function sourceNamed(client: Client, name: string): Promise<string | undefined> {
  const { items } = (await look(client, "source.list", {})) as QueryOutput<"source.list">;
  return items.find((each) => each.status === "active" && (each.id === name || each.name === name))?.id;
}

async function workedOff(client: Client, batch: string, say: Surroundings["say"]): Promise<Batch> {
  let told = -1;
  for (;;) {
    const view = (await look(client, "batch.show", { batch })) as Batch;
    const percent = Math.floor((100 * view.doneBytes) / Math.max(1, view.sizeBytes));
    if (view.status !== "waiting") return view;
    if (percent >= told + 10) {
      say(`Received and safe as ${batch}; ${percent} % read`);
      told = percent;
    }
    await new Promise((resolve) => setTimeout(resolve, ASK_EVERY_MS));
  }
}

function look(client: Client, name: "source.list" | "batch.show", input: object): Promise<unknown> {
  const query = queryNamed(name);
  if (query === undefined) throw new Error(`There is no query ${name}`);
  return client.look(query, { ...input });
}

function opened(file: string, around: Surroundings) {
  if (file === "-") return { name: "standard input", body: streamed(Readable.from(around.stdin)) };
  statSync(file);
  return { name: basename(file).slice(0, 255), body: streamed(createReadStream(file)) };
}

function streamed(stream: Readable): ReadableStream<Uint8Array> {
  return Readable.toWeb(stream) as ReadableStream<Uint8Array>;
}

function told(batch: Batch): string {
  const skipped = Object.entries(batch.skipped).map(([why, count]) => `  ${count} skipped: ${why}\n`);
  return [
    `${batch.records} records: ${batch.events} events in ${batch.signs} new signs, `,
    `${batch.repeats} counted before, ${batch.unread} unread\n`,
    ...skipped,
  ].join("");
}
