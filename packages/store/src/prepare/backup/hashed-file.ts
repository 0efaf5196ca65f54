import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, open, readdir } from "node:fs/promises";
import { dirname, join } from "node:path";

/** What a file holds: enough to tell any other content from it. */
export type Fingerprint = { readonly sha256: string; readonly sizeBytes: number };

/**
 * Writes a new file that only this account can read, with everything that comes from `source`.
 *
 * When it resolves, the bytes are on the disk; the folder's entry is not until {@link syncTree}.
 */
export async function writeHashed(path: string, source: AsyncIterable<Uint8Array>): Promise<Fingerprint> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const file = await open(path, "wx", 0o600);
  const hash = createHash("sha256");
  let sizeBytes = 0;
  try {
    for await (const bytes of source) {
      hash.update(bytes);
      sizeBytes += bytes.length;
      await file.writeFile(bytes);
    }
    await file.sync();
  } finally {
    await file.close();
  }
  return { sha256: hash.digest("hex"), sizeBytes };
}

/** Copies a file like {@link writeHashed}. */
export function copyHashed(from: string, to: string): Promise<Fingerprint> {
  return writeHashed(to, createReadStream(from, { highWaterMark: 1024 * 1024 }));
}

/** Reads a file from end to end. */
export async function fingerprintOf(path: string): Promise<Fingerprint> {
  const hash = createHash("sha256");
  let sizeBytes = 0;
  for await (const bytes of createReadStream(path, { highWaterMark: 1024 * 1024 })) {
    hash.update(bytes);
    sizeBytes += bytes.length;
  }
  return { sha256: hash.digest("hex"), sizeBytes };
}

/**
 * The names of everything below `folder` that is no folder, with slashes, sorted; links and such are among
 * them. Empty when there is no such folder. Names that begin with a full stop are left out with `skipHidden`.
 */
export async function namesBelow(
  folder: string,
  { skipHidden }: { skipHidden: boolean },
): Promise<readonly string[]> {
  const names: string[] = [];
  const visit = async (below: string) => {
    for (const entry of await readdir(join(folder, below), { withFileTypes: true })) {
      if (skipHidden && entry.name.startsWith(".")) continue;
      const name = below === "" ? entry.name : `${below}/${entry.name}`;
      if (entry.isDirectory()) await visit(name);
      else names.push(name);
    }
  };
  try {
    await visit("");
  } catch (error) {
    const isAbsent =
      names.length === 0 && error instanceof Error && "code" in error && error.code === "ENOENT";
    if (!isAbsent) throw error;
  }
  return names.sort();
}

/** Makes the entries of a folder and of all below it survive a power cut. */
export async function syncTree(folder: string): Promise<void> {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (entry.isDirectory()) await syncTree(join(folder, entry.name));
  }
  await syncFolder(folder);
}

/** Makes the entries of one folder survive a power cut. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
