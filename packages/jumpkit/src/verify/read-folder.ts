import { constants, type Dirent } from "node:fs";
import { open, readdir } from "node:fs/promises";
import { join } from "node:path";
import { type Bag, type BagFile, hashExtent, readExtent } from "./bag-file.ts";
import type { Findings } from "./finding.ts";
import { isSafePath, MAX_DEPTH, MAX_FILES } from "./layout.ts";

/**
 * Finds and hashes everything in the folder of a bag.
 *
 * No link is followed. What is neither a plain file nor a folder, has a name that no case file has, or cannot
 * be read, is a finding and is left out.
 */
export async function readFolder(folder: string, findings: Findings): Promise<Bag> {
  const files = new Map<string, BagFile>();
  const folders = new Set<string>();
  const waiting = [""];
  for (let within = waiting.shift(); within !== undefined; within = waiting.shift()) {
    for (const child of await childrenOf(folder, within, findings)) {
      const path = within === "" ? child.name : `${within}/${child.name}`;
      if (files.size + folders.size >= MAX_FILES) {
        findings.add(path, `comes after ${MAX_FILES} others, more than are looked at`);
        return { files, folders, topFolder: undefined };
      }
      if (!isSafePath(path)) {
        findings.add(path, "has a name that no file of a case file has");
      } else if (child.isDirectory()) {
        folders.add(path);
        if (path.split("/").length < MAX_DEPTH) waiting.push(path);
        else findings.add(path, "is a folder where a case file has none");
      } else if (child.isFile()) {
        const file = await readFile(folder, path, findings);
        if (file !== undefined) files.set(path, file);
      } else {
        findings.add(path, child.isSymbolicLink() ? "is a symbolic link" : "is neither a file nor a folder");
      }
    }
  }
  return { files, folders, topFolder: undefined };
}

/** Sorted by name, so that findings come in the same order everywhere. */
async function childrenOf(folder: string, within: string, findings: Findings): Promise<Dirent[]> {
  try {
    const children = await readdir(join(folder, within), { withFileTypes: true });
    return children.sort((one, other) => (one.name < other.name ? -1 : 1));
  } catch {
    findings.add(within === "" ? "case file" : within, "cannot be read");
    return [];
  }
}

async function readFile(folder: string, path: string, findings: Findings): Promise<BagFile | undefined> {
  const full = join(folder, path);
  try {
    const handle = await open(full, constants.O_RDONLY | constants.O_NOFOLLOW);
    try {
      const { size: sizeBytes } = await handle.stat();
      const sha256 = await hashExtent(handle, { start: 0, sizeBytes });
      if (sha256 !== undefined) return { path, sizeBytes, sha256, read: () => readAgain(full, sizeBytes) };
    } finally {
      await handle.close();
    }
  } catch {
    // Why it cannot be read (rights, a broken disk) is for the operating system to say; where is ours.
  }
  findings.add(path, "cannot be read");
  return undefined;
}

async function readAgain(full: string, sizeBytes: number): Promise<Buffer> {
  const handle = await open(full, constants.O_RDONLY | constants.O_NOFOLLOW);
  try {
    return await readExtent(handle, { start: 0, sizeBytes });
  } finally {
    await handle.close();
  }
}
