/**
 * What this browser keeps for its user: drafts, and lines that are not known to be saved.
 *
 * In IndexedDB, not in `localStorage`: Chromium holds the latter back for up to five seconds, and all of that
 * is gone with a killed browser. Everything is read once at start, so that pages read it at once.
 */
const kept = new Map<string, unknown>();
const listeners = new Set<() => void>();
let database: Promise<IDBDatabase | undefined> | undefined;

const STORE = "kept";

/** Reads everything that earlier pages kept. Where a browser keeps nothing, this page still works until it ends. */
export async function openKept(): Promise<void> {
  if (database !== undefined) {
    await database;
    return;
  }
  database = open();
  const opened = await database;
  if (opened === undefined) return;
  const store = opened.transaction(STORE).objectStore(STORE);
  const [names, values] = await Promise.all([done(store.getAllKeys()), done(store.getAll())]);
  names.forEach((name, at) => {
    kept.set(String(name), values[at]);
  });
}

/** What is kept under `name`; `undefined` when nothing is. */
export function readKept(name: string): unknown {
  return kept.get(name);
}

/** The names that begin with `prefix`, in the order in which they were first kept. */
export function namesKept(prefix: string): readonly string[] {
  return [...kept.keys()].filter((name) => name.startsWith(prefix));
}

/**
 * Keeps `value` under `name`, or nothing any more when it is `undefined`.
 *
 * @param strict  waits for the disk and not only for the system, at the cost of a few milliseconds
 */
export function keep(name: string, value: unknown, { strict = false } = {}): void {
  if (value === undefined) kept.delete(name);
  else kept.set(name, value);
  void write(name, value, strict);
  for (const listener of listeners) listener();
}

/** Calls `listener` after each change in this page; gives back what ends that. */
export function onKept(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

async function write(name: string, value: unknown, strict: boolean): Promise<void> {
  const opened = await database;
  const store = opened
    ?.transaction(STORE, "readwrite", { durability: strict ? "strict" : "relaxed" })
    .objectStore(STORE);
  if (value === undefined) store?.delete(name);
  else store?.put(value, name);
}

async function open(): Promise<IDBDatabase | undefined> {
  try {
    const request = indexedDB.open("jumpkit", 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE);
    return await done(request);
  } catch {
    return undefined;
  }
}

function done<Value>(request: IDBRequest<Value>): Promise<Value> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
