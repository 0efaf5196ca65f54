import { type Entry, parseEntry } from "./entry.ts";
import { type CompareScope, type Finding, findingOf } from "./finding.ts";

/** Lines of a manifest without their newlines, many at a time, in the order of the paths' bytes. */
export type Lines = AsyncIterable<readonly string[]>;

/**
 * Goes through two records side by side and tells what differs, in the order of the paths' bytes.
 *
 * Nothing of either is kept but what is being compared, and the names of files that have several.
 */
export async function compare(
  before: Lines,
  after: Lines,
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
    if (old.isReady && now.isReady && old.line === now.line) {
      old.next();
      now.next();
      continue;
    }
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
  readonly #batches: AsyncIterator<readonly string[]>;
  #batch: readonly string[] = [];
  #at = 0;
  #isAtEnd = false;
  #entry: Entry | undefined;

  constructor(lines: Lines) {
    this.#batches = lines[Symbol.asyncIterator]();
  }

  get isAtEnd(): boolean {
    return this.#isAtEnd;
  }

  /** Whether there is a line; otherwise `fill` gets more, or the end. */
  get isReady(): boolean {
    return this.#at < this.#batch.length;
  }

  get line(): string {
    return this.#batch[this.#at] ?? "";
  }

  get entry(): Entry {
    this.#entry ??= parseEntry(this.line);
    return this.#entry;
  }

  async fill(): Promise<void> {
    while (!this.#isAtEnd && !this.isReady) {
      const next = await this.#batches.next();
      this.#at = 0;
      this.#batch = next.done === true ? [] : next.value;
      this.#isAtEnd = next.done === true;
    }
  }

  next(): void {
    this.#at += 1;
    this.#entry = undefined;
  }

  take(): Entry {
    const { entry } = this;
    this.next();
    return entry;
  }
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
