import { instantAt, unixMsOf } from "../../kernel/time.ts";
import type { SignEvent } from "./event.ts";
import type { Sign, SignAddress, SignId, SourceId } from "./sign.ts";

/**
 * Events of one rule about one entity belong together while no more than this lies between two of them.
 *
 * @source CERT Polska's n6 closes its aggregates likewise after silence, and at the latest after a time
 */
export const GAP_MS = 300_000;

/** No sign covers more than this, however dense its events are. */
export const STOP_MS = 24 * 60 * 60_000;

/** More addresses than this in one sign say nothing new. */
const ADDRESSES_MAX = 50;

/** An event that arrived, with what makes it the same event again. */
export interface Arrival {
  readonly event: SignEvent;
  /** Of its natural key, else of its bytes. */
  readonly key: string;
}

/** A sign that is there already; a decided one takes no more events. */
export interface KnownSign {
  readonly sign: Sign;
  readonly decided: boolean;
}

/** What a part of a batch adds up to. */
export interface RolledUp<Each extends Arrival> {
  /** Every sign that is new or has changed, as it is now. */
  readonly signs: readonly { readonly sign: Sign; readonly isNew: boolean }[];
  /** The events that had not been counted before, by time, with the sign each belongs to. */
  readonly items: readonly { readonly arrival: Each; readonly sign: SignId }[];
  /** How many had been counted before. */
  readonly repeats: number;
}

/**
 * Rolls events up into signs.
 *
 * An event joins the sign of its rule and entity when it lies within five minutes of it and the sign stays
 * within a day; else it begins a new one. The order of `arrivals` does not matter. A decided sign is not
 * reopened: a new one begins and points back to it. An event whose key is known is counted as a repeat of its
 * sign and as nothing else.
 *
 * @param counted  keys that were counted before, with the sign of each
 * @param known    the signs that `counted` names, and those that events here may belong to
 * @param newId    the id of each new sign, in the order of its first event
 */
export function rollUp<Each extends Arrival>(
  source: SourceId,
  arrivals: readonly Each[],
  counted: ReadonlyMap<string, SignId>,
  known: readonly KnownSign[],
  newId: () => SignId,
): RolledUp<Each> {
  const desk = new Desk(source, known, newId);
  const items: { arrival: Each; sign: SignId }[] = [];
  const placed = new Map(counted);
  let repeats = 0;
  for (const arrival of [...arrivals].sort(byTimeAndKey)) {
    const before = placed.get(arrival.key);
    if (before !== undefined) {
      desk.repeat(before);
      repeats++;
      continue;
    }
    const sign = desk.place(arrival.event);
    placed.set(arrival.key, sign);
    items.push({ arrival, sign });
  }
  return { signs: desk.changed(), items, repeats };
}

function byTimeAndKey(a: Arrival, b: Arrival): number {
  if (a.event.at !== b.event.at) return a.event.at < b.event.at ? -1 : 1;
  if (a.key === b.key) return 0;
  return a.key < b.key ? -1 : 1;
}

/** A sign while events are added to it. */
interface Open {
  sign: Sign;
  firstMs: number;
  lastMs: number;
  readonly decided: boolean;
  readonly isNew: boolean;
  changed: boolean;
}

class Desk {
  readonly #source: SourceId;
  readonly #newId: () => SignId;
  readonly #groups = new Map<string, Open[]>();
  readonly #byId = new Map<SignId, Open>();

  constructor(source: SourceId, known: readonly KnownSign[], newId: () => SignId) {
    this.#source = source;
    this.#newId = newId;
    for (const { sign, decided } of [...known].sort((a, b) => (a.sign.firstAt < b.sign.firstAt ? -1 : 1))) {
      this.#add({ sign, decided, isNew: false, changed: false, ...span(sign) });
    }
  }

  repeat(id: SignId): void {
    const open = this.#byId.get(id);
    if (open === undefined) return;
    open.sign = { ...open.sign, repeats: open.sign.repeats + 1 };
    open.changed = true;
  }

  place(event: SignEvent): SignId {
    const group = this.#groups.get(groupOf(event.rule.id, event.entity)) ?? [];
    const ms = unixMsOf(event.at);
    const open = group.findLast((each) => !each.decided && takes(each, ms));
    if (open !== undefined) return grow(open, event, ms);
    const previous = group.findLast((each) => each.decided && takes(each, ms))?.sign.id;
    const sign = begin(this.#newId(), this.#source, event, previous);
    this.#add({ sign, decided: false, isNew: true, changed: true, firstMs: ms, lastMs: ms });
    return sign.id;
  }

  changed() {
    return [...this.#byId.values()]
      .filter((open) => open.changed)
      .map(({ sign, isNew }) => ({ sign, isNew }));
  }

  #add(open: Open): void {
    const name = groupOf(open.sign.rule.id, open.sign.entity);
    const group = this.#groups.get(name);
    if (group === undefined) this.#groups.set(name, [open]);
    else group.push(open);
    this.#byId.set(open.sign.id, open);
  }
}

function groupOf(rule: string, entity: string): string {
  return `${rule}\u0000${entity}`;
}

function span(sign: Sign) {
  return { firstMs: Date.parse(sign.firstAt), lastMs: Date.parse(sign.lastAt) };
}

function takes({ firstMs, lastMs }: Open, ms: number): boolean {
  if (ms < firstMs - GAP_MS || ms > lastMs + GAP_MS) return false;
  return Math.max(lastMs, ms) - Math.min(firstMs, ms) <= STOP_MS;
}

function grow(open: Open, event: SignEvent, ms: number): SignId {
  const { sign } = open;
  open.firstMs = Math.min(open.firstMs, ms);
  open.lastMs = Math.max(open.lastMs, ms);
  open.changed = true;
  open.sign = {
    ...sign,
    firstAt: instantAt(open.firstMs),
    lastAt: instantAt(open.lastMs),
    count: sign.count + 1,
    addresses: withAddresses(sign.addresses, event.addresses),
  };
  return sign.id;
}

function withAddresses(before: readonly SignAddress[], more: readonly SignAddress[]): readonly SignAddress[] {
  const fresh = more.filter(
    (each) => !before.some((known) => known.value === each.value && known.role === each.role),
  );
  return fresh.length === 0 ? before : [...before, ...fresh].slice(0, ADDRESSES_MAX);
}

function begin(id: SignId, source: SourceId, event: SignEvent, previous: SignId | undefined): Sign {
  const { at, key: _, ...told } = event;
  return {
    id,
    source,
    ...told,
    firstAt: at,
    lastAt: at,
    count: 1,
    repeats: 0,
    addresses: withAddresses([], event.addresses),
    ...(previous === undefined ? {} : { previous }),
  };
}
