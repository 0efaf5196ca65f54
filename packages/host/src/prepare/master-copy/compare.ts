import { type Entry, parseEntry } from "./entry.ts";
import { type CompareScope, type Finding, findingOf } from "./finding.ts";

const NEWLINE = 0x0a;
const FIRST_STEP = 128;
const STEP_MAX = 64 * 1024;

/** Lines of a manifest as bytes, each with its newline, many at a time, in the order of the paths' bytes. */
export type Pieces = AsyncIterable<Buffer>;

/**
 * Goes through two records side by side and tells what differs, in the order of the paths' bytes.
 *
 * Nothing of either is kept but what is being compared, and the names of files that have several.
 */
export async function compare(
  before: Pieces,
  after: Pieces,
  scope: CompareScope,
  tell: (finding: Finding) => void,
): Promise<void> {
  const old = new Cursor(before);
  const now = new Cursor(after);
  const links = scope.sameTree ? undefined : new LinkGroups();
  for (;;) {
    if (!old.isReady) await old.fill();
    if (!now.isReady) await now.fill();
    if (old.isAtEnd && now.isAtEnd) return;
    if (old.isReady && now.isReady && old.skipSame(now)) continue;
    const order = orderOf(old, now);
    const was = order <= 0 ? old.take() : undefined;
    const is = order >= 0 ? now.take() : undefined;
    const regrouped = links?.findingOf(was, is);
    const finding = findingOf(was, is, scope) ?? regrouped;
    if (finding !== undefined) tell(finding);
  }
}

function orderOf(old: Cursor, now: Cursor): number {
  if (old.isAtEnd) return 1;
  if (now.isAtEnd) return -1;
  const [one, other] = [old.entry.path, now.entry.path];
  if (one === other) return 0;
  return one < other ? -1 : 1;
}

/** A place in a record. */
class Cursor {
  readonly #pieces: AsyncIterator<Buffer>;
  #piece = Buffer.alloc(0);
  #at = 0;
  #isAtEnd = false;
  #read: { readonly entry: Entry; readonly end: number } | undefined;

  constructor(pieces: Pieces) {
    this.#pieces = pieces[Symbol.asyncIterator]();
  }

  get isAtEnd(): boolean {
    return this.#isAtEnd;
  }

  /** Whether there is a line; otherwise `fill` gets more, or the end. */
  get isReady(): boolean {
    return this.#at < this.#piece.length;
  }

  get entry(): Entry {
    return this.#line().entry;
  }

  async fill(): Promise<void> {
    while (!this.#isAtEnd && !this.isReady) {
      const next = await this.#pieces.next();
      this.#at = 0;
      this.#piece = next.done === true ? Buffer.alloc(0) : (next.value as Buffer<ArrayBuffer>);
      this.#isAtEnd = next.done === true;
    }
  }

  take(): Entry {
    const { entry, end } = this.#line();
    this.#moveTo(end + 1);
    return entry;
  }

  /** Passes over the lines that are the same in both, as far as both have them; whether there were any. */
  skipSame(other: Cursor): boolean {
    const same = sameBytes(this.#piece, this.#at, other.#piece, other.#at);
    // Before a line stands a newline or the beginning: what is found behind ends a line that is the same.
    const bytes = same === 0 ? 0 : this.#piece.lastIndexOf(NEWLINE, this.#at + same - 1) + 1 - this.#at;
    if (bytes <= 0) return false;
    this.#moveTo(this.#at + bytes);
    other.#moveTo(other.#at + bytes);
    return true;
  }

  #line(): { readonly entry: Entry; readonly end: number } {
    if (this.#read === undefined) {
      const end = this.#piece.indexOf(NEWLINE, this.#at);
      this.#read = { entry: parseEntry(this.#piece.toString("utf8", this.#at, end)), end };
    }
    return this.#read;
  }

  #moveTo(at: number): void {
    this.#at = at;
    this.#read = undefined;
  }
}

/** How many bytes are the same from these places on: in growing steps until one differs, then in halves. */
function sameBytes(one: Buffer, oneAt: number, other: Buffer, otherAt: number): number {
  const all = Math.min(one.length - oneAt, other.length - otherAt);
  const isSame = (from: number, count: number): boolean =>
    one.compare(other, otherAt + from, otherAt + from + count, oneAt + from, oneAt + from + count) === 0;
  let same = 0;
  let step = Math.min(FIRST_STEP, all);
  while (step > 0 && isSame(same, step)) {
    same += step;
    step = Math.min(step * 4, STEP_MAX, all - same);
  }
  // The difference is in the next `step` bytes.
  for (; step > 1; ) {
    const half = step >> 1;
    if (isSame(same, half)) {
      same += half;
      step -= half;
    } else {
      step = half;
    }
  }
  return same;
}

/**
 * Tells whether files that were one are still one, where inodes differ because the tree was copied.
 *
 * Each inode then has to stand for exactly one inode now; a group is forgotten when all its names were seen.
 */
class LinkGroups {
  readonly #toNow = new Map<string, { readonly other: string; left: number }>();
  readonly #toThen = new Map<string, { readonly other: string; left: number }>();

  findingOf(before: Entry | undefined, after: Entry | undefined): Finding | undefined {
    if (before?.type !== "f" || after?.type !== "f") return undefined;
    const [then, now] = [inodeOf(before), inodeOf(after)];
    if (then === undefined || now === undefined) return undefined;
    const [forth, back] = [
      LinkGroups.#see(this.#toNow, then, now, before.linkCount ?? 1),
      LinkGroups.#see(this.#toThen, now, then, after.linkCount ?? 1),
    ];
    if (forth && back) return undefined;
    const aspect = { what: "names", before: `inode ${then}`, after: `inode ${now}` } as const;
    return { path: after.path, group: "links", aspects: [aspect], before, after };
  }

  static #see(
    groups: Map<string, { readonly other: string; left: number }>,
    key: string,
    other: string,
    count: number,
  ): boolean {
    if (count < 2) return true;
    const group = groups.get(key) ?? { other, left: count };
    group.left -= 1;
    if (group.left > 0) groups.set(key, group);
    else groups.delete(key);
    return group.other === other;
  }
}

function inodeOf({ inode, device = "" }: Entry): string | undefined {
  return inode === undefined ? undefined : `${device}:${inode}`;
}
