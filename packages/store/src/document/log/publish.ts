import { mkdirSync, renameSync } from "node:fs";
import { join } from "node:path";
import {
  type Checkpoint,
  formatCheckpoint,
  openCheckpoint,
  parseCheckpoint,
  parseNote,
  parseVkey,
  readFrontier,
  rootOf,
  type Signer,
  signNote,
} from "@jumpkit/tlog";
import type pg from "pg";
import { runStatement } from "../../database/transaction.ts";
import { readIfThere, replaceDurably } from "./durable-file.ts";
import type { SignerSource } from "./keys.ts";
import { generationOf } from "./origin.ts";
import { nodeReader } from "./tree.ts";

/** Why the database may not go on where it stands: the published checkpoint says something else. */
export class LogContradictsCheckpoint extends Error {
  readonly code = "log.contradicts_checkpoint";
  readonly reason: "behind" | "forked" | "other_origin" | "other_key" | "bad_signature";

  constructor(reason: LogContradictsCheckpoint["reason"], message: string) {
    super(message);
    this.name = "LogContradictsCheckpoint";
    this.reason = reason;
  }
}

/** A signed checkpoint as it was published. */
export interface Published {
  readonly note: string;
  readonly vkey: string;
  readonly size: number;
}

interface Head {
  readonly origin: string;
  readonly size: number;
  readonly root: Buffer;
}

/**
 * Signs each log's head and puts the checkpoint where a rolled-back database cannot take it along: in a file
 * outside the database first, then beside the log.
 *
 * It never signs a tree that does not extend the one it signed last.
 */
export class CheckpointPublisher {
  readonly #pool: pg.Pool;
  readonly #signers: SignerSource;
  readonly #folder: string;
  readonly #latest = new Map<string, Published>();
  /** One publication of a log at a time: a later call joins the queue behind the one under way. */
  readonly #queue = new Map<string, Promise<Published>>();

  constructor(pool: pg.Pool, signers: SignerSource, folder: string) {
    mkdirSync(folder, { recursive: true });
    this.#pool = pool;
    this.#signers = signers;
    this.#folder = folder;
  }

  /** The signer of the organisation's log as it is named now. */
  async signer(organisation: string): Promise<Signer> {
    return this.#signers.signerFor(organisation, (await this.#head(organisation)).origin);
  }

  /**
   * The checkpoint of the log as it stands, signed and published if it was not yet.
   *
   * @throws LogContradictsCheckpoint when the log does not extend what was published before
   */
  publish(organisation: string): Promise<Published> {
    const before = this.#queue.get(organisation) ?? Promise.resolve();
    const next = before.catch(() => {}).then(() => this.#publish(organisation));
    this.#queue.set(organisation, next);
    return next;
  }

  /** Checks every log against its published checkpoint; to be called before anything is served. */
  async checkAll(): Promise<void> {
    const { rows } = await runStatement<{ organisation: string }>(
      this.#pool,
      "SELECT organisation FROM log_head ORDER BY 1",
    );
    for (const { organisation } of rows) await this.check(organisation);
  }

  /**
   * Checks one log against its published checkpoint.
   *
   * @throws LogContradictsCheckpoint when the database was rolled back or rewritten
   */
  async check(organisation: string): Promise<void> {
    const head = await this.#head(organisation);
    await this.#mustBeOurs(organisation, head);
    await this.#mustExtend(organisation, head, this.#readPublished(organisation, head));
  }

  /** Publishes every log that has grown since; for a timer. */
  async publishAll(): Promise<void> {
    const { rows } = await runStatement<{ organisation: string }>(
      this.#pool,
      `SELECT h.organisation FROM log_head h LEFT JOIN log_checkpoint c ON c.organisation = h.organisation
       WHERE h.size > 0 AND (c.size IS NULL OR c.size < h.size OR split_part(c.note, E'\\n', 1) <> h.origin)`,
    );
    for (const { organisation } of rows) await this.publish(organisation);
  }

  /**
   * Puts an earlier log's checkpoint aside, after a restore opened a new origin; it is kept beside the new one.
   */
  putAside(organisation: string): void {
    const file = this.fileOf(organisation);
    const note = readIfThere(file);
    if (note === undefined) return;
    const generation = generationOf(parseOrigin(note) ?? "");
    renameSync(file, join(this.#folder, `${organisation}.generation-${generation}.checkpoint`));
  }

  /** The file in which the organisation's last checkpoint is published. */
  fileOf(organisation: string): string {
    return join(this.#folder, `${organisation}.checkpoint`);
  }

  async #publish(organisation: string): Promise<Published> {
    const head = await this.#head(organisation);
    const latest = this.#latest.get(organisation);
    if (latest?.size === head.size && parseOrigin(latest.note) === head.origin) return latest;
    await this.#mustExtend(organisation, head, this.#readPublished(organisation, head));
    const signer = this.#signers.signerFor(organisation, head.origin);
    const note = await signNote(formatCheckpoint(head), [signer]);
    replaceDurably(this.fileOf(organisation), note);
    await runStatement(
      this.#pool,
      `INSERT INTO log_checkpoint (organisation, size, note, published_at) VALUES ($1, $2, $3, now())
       ON CONFLICT (organisation) DO UPDATE SET size = $2, note = $3, published_at = now()`,
      [organisation, head.size, note],
    );
    const published = { note, vkey: signer.vkey, size: head.size };
    this.#latest.set(organisation, published);
    return published;
  }

  async #head(organisation: string): Promise<Head> {
    const { rows } = await runStatement<{ origin: string; size: string; root: Buffer }>(
      this.#pool,
      "SELECT origin, size, root FROM log_head WHERE organisation = $1",
      [organisation],
      "read-head",
    );
    const row = rows[0];
    if (row === undefined) throw new Error(`Organisation ${organisation} has no log`);
    return { origin: row.origin, size: Number(row.size), root: row.root };
  }

  #readPublished(organisation: string, head: Head): Checkpoint | undefined {
    const note = readIfThere(this.fileOf(organisation));
    if (note === undefined) return undefined;
    const key = parseVkey(this.#signers.signerFor(organisation, head.origin).vkey);
    const opened = key.ok ? openCheckpoint(note, key.value) : key;
    if (opened.ok) return opened.value;
    if (parseOrigin(note) !== head.origin) {
      throw new LogContradictsCheckpoint(
        "other_origin",
        `The published checkpoint ${this.fileOf(organisation)} belongs to another log than the database holds (${head.origin}). ` +
          "Start with the data folder that belongs to this database, or restore a backup with `jumpkit restore`.",
      );
    }
    throw new LogContradictsCheckpoint(
      "bad_signature",
      `The published checkpoint ${this.fileOf(organisation)} is not signed by this log's key. ` +
        "Somebody changed the file or the key: keep both, and compare with a checkpoint that was handed out.",
    );
  }

  /** The checkpoint beside the log tells whose key signs it: a server with another data folder has another. */
  async #mustBeOurs(organisation: string, head: Head): Promise<void> {
    const { rows } = await runStatement<{ note: string }>(
      this.#pool,
      "SELECT note FROM log_checkpoint WHERE organisation = $1",
      [organisation],
    );
    const note = rows[0]?.note;
    if (note === undefined || parseOrigin(note) !== head.origin) return;
    const key = parseVkey(this.#signers.signerFor(organisation, head.origin).vkey);
    if (key.ok && openCheckpoint(note, key.value).ok) return;
    throw new LogContradictsCheckpoint(
      "other_key",
      `The log of ${organisation} in the database is signed by a key that this data folder does not hold. ` +
        "Start with the data folder that belongs to this database, or bring its folder `keys` here.",
    );
  }

  async #mustExtend(organisation: string, head: Head, published: Checkpoint | undefined): Promise<void> {
    if (published === undefined || published.size === 0) return;
    if (published.size > head.size) {
      throw new LogContradictsCheckpoint(
        "behind",
        `The log in the database ends at entry ${head.size}, but a checkpoint for ${published.size} entries was published: ` +
          "the database was rolled back. If a backup was restored on purpose, use `jumpkit restore`, which opens a new " +
          "origin and says on the record which entries are missing; otherwise find the newer database.",
      );
    }
    const root = rootOf(await readFrontier(published.size, nodeReader(this.#pool, organisation)));
    if (!root.equals(published.root)) {
      throw new LogContradictsCheckpoint(
        "forked",
        `The first ${published.size} entries in the database are not the ones that were published: history was changed. ` +
          "Keep the database as it is, run `jumpkit doctor`, and compare with checkpoints that were handed out.",
      );
    }
  }
}

function parseOrigin(note: string): string | undefined {
  const parsed = parseNote(note);
  const checkpoint = parsed.ok ? parseCheckpoint(parsed.value.text) : parsed;
  return checkpoint.ok ? checkpoint.value.origin : undefined;
}
