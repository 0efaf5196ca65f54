import { createCipheriv, createDecipheriv, createHmac, randomBytes } from "node:crypto";
import { type Change, type Changes, EVERY_ORGANISATION, type Viewer } from "@jumpkit/app";

/** How many changes, and how old, a client that was cut off can still be told of. */
const KEPT_COUNT = 5000;
const KEPT_MS = 5 * 60_000;

/** A change with its place in what this process has heard. */
export interface Heard {
  readonly place: number;
  readonly change: Change;
}

/**
 * What this process heard lately, so that a client that was cut off for a moment hears what it missed.
 *
 * The ids that clients see are opaque and each viewer's own: a place is enciphered with a key that this
 * process made for this viewer, so that nobody can count what they were not told.
 */
export class History {
  readonly #kept: { readonly atMs: number; readonly heard: Heard }[] = [];
  readonly #listeners = new Set<(heard: Heard) => void>();
  readonly #secret = randomBytes(32);
  readonly #stop: () => void;
  #place = 0;

  constructor(changes: Changes) {
    this.#stop = changes.subscribe((change) => this.#hear(change));
  }

  /** The place of the newest change. */
  get place(): number {
    return this.#place;
  }

  subscribe(listener: (heard: Heard) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** What came after `place`, oldest first; `undefined` when not all of that is kept. */
  after(place: number): readonly Heard[] | undefined {
    const missed = this.#kept.flatMap(({ heard }) => (heard.place > place ? [heard] : []));
    if (place > this.#place || missed.length < this.#place - place) return undefined;
    return missed.some(({ change }) => change.organisation === EVERY_ORGANISATION) ? undefined : missed;
  }

  close(): void {
    this.#stop();
  }

  /** The opaque id of the `part`th event that a viewer is told of the change at `place`. */
  idFor(viewer: Viewer, place: number, part: number): string {
    const block = Buffer.alloc(16);
    block.writeBigUInt64BE(BigInt(place), 0);
    block.writeUInt32BE(part, 8);
    const cipher = createCipheriv("aes-256-ecb", this.#keyOf(viewer), null).setAutoPadding(false);
    const hex = Buffer.concat([cipher.update(block), cipher.final()]).toString("hex");
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  }

  /**
   * The place after which a viewer who heard the event with this id has to be told on; `undefined` for any
   * other text. A change that was told in part is told again.
   */
  placeOf(viewer: Viewer, id: string): number | undefined {
    const bytes = Buffer.from(id.replaceAll("-", ""), "hex");
    if (bytes.length !== 16) return undefined;
    const decipher = createDecipheriv("aes-256-ecb", this.#keyOf(viewer), null).setAutoPadding(false);
    const block = Buffer.concat([decipher.update(bytes), decipher.final()]);
    // The last bytes of a real one are nought: an id of another process, viewer or inventor has others.
    if (block.readUInt32BE(12) !== 0 || block.readUInt32BE(0) !== 0) return undefined;
    return Number(block.readBigUInt64BE(0)) - (block.readUInt32BE(8) > 0 ? 1 : 0);
  }

  #keyOf({ organisation, id }: Viewer): Buffer {
    return createHmac("sha256", this.#secret).update(`${organisation} ${id}`).digest();
  }

  #hear(change: Change): void {
    const heard = { place: ++this.#place, change };
    const now = Date.now();
    this.#kept.push({ atMs: now, heard });
    while (this.#kept.length > KEPT_COUNT || (this.#kept[0]?.atMs ?? now) < now - KEPT_MS) this.#kept.shift();
    for (const listener of this.#listeners) listener(heard);
  }
}
