import { constants } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { type Bag, type BagFile, type Extent, hashExtent, readExtent } from "./bag-file.ts";
import type { Findings } from "./finding.ts";
import { isSafePath, MAX_FILES } from "./layout.ts";
import { BLOCK_BYTES, readTarHeader, type TarHeader } from "./tar-header.ts";

const ARCHIVE = "tar archive";

/**
 * Finds and hashes everything in the tar of a bag, without unpacking it.
 *
 * The archive is read as every program reads it: plain files and folders under one top folder, no name twice,
 * nothing after the end. Anything else is a finding.
 */
export async function readTar(tarPath: string, findings: Findings): Promise<Bag> {
  const handle = await open(tarPath, constants.O_RDONLY);
  try {
    return await new TarReader(tarPath, handle, (await handle.stat()).size, findings).read();
  } finally {
    await handle.close();
  }
}

class TarReader {
  readonly #tarPath: string;
  readonly #handle: FileHandle;
  readonly #tarBytes: number;
  readonly #findings: Findings;
  readonly #files = new Map<string, BagFile>();
  readonly #folders = new Set<string>();
  #topFolder: string | undefined;

  constructor(tarPath: string, handle: FileHandle, tarBytes: number, findings: Findings) {
    this.#tarPath = tarPath;
    this.#handle = handle;
    this.#tarBytes = tarBytes;
    this.#findings = findings;
  }

  async read(): Promise<Bag> {
    let position: number | undefined = 0;
    while (position !== undefined) position = await this.#readEntry(position);
    return { files: this.#files, folders: this.#folders, topFolder: this.#topFolder };
  }

  /** The place of the next header; undefined at the end, or where going on would be guessing. */
  async #readEntry(position: number): Promise<number | undefined> {
    if (this.#files.size + this.#folders.size >= MAX_FILES) {
      return this.#stop(`holds more than ${MAX_FILES} files`);
    }
    const block = await readExtent(this.#handle, { start: position, sizeBytes: BLOCK_BYTES });
    if (block.length < BLOCK_BYTES) return this.#stop("ends before its end mark");
    const header = readTarHeader(block);
    if (header === "end") return this.#readEnd(position);
    if (header === "damaged") return this.#stop(`has no readable header at byte ${position}`);
    if (header === "unknown kind") {
      return this.#stop(`holds a link or another kind of entry that no case file has, at byte ${position}`);
    }
    const content = { start: position + BLOCK_BYTES, sizeBytes: header.sizeBytes };
    const next = content.start + Math.ceil(header.sizeBytes / BLOCK_BYTES) * BLOCK_BYTES;
    if (next > this.#tarBytes) return this.#stop("ends in the middle of a file");
    const end = content.start + content.sizeBytes;
    if (!(await this.#isZero({ start: end, sizeBytes: next - end }))) {
      this.#findings.add(ARCHIVE, `hides bytes after the end of a file, at byte ${end}`);
    }
    await this.#take(header, content);
    return next;
  }

  async #take(header: TarHeader, content: Extent): Promise<void> {
    const path = this.#withinTop(header.name);
    if (path === undefined) return;
    if (path === "" && header.kind === "folder") return;
    if (!isSafePath(path)) return this.#findings.add(path, "has a name that no file of a case file has");
    if (this.#files.has(path) || this.#folders.has(path)) {
      return this.#findings.add(path, "stands in the archive twice");
    }
    if (header.kind === "folder") {
      this.#folders.add(path);
      return;
    }
    const sha256 = await hashExtent(this.#handle, content);
    if (sha256 === undefined) return this.#findings.add(path, "cannot be read");
    this.#files.set(path, {
      path,
      sizeBytes: content.sizeBytes,
      sha256,
      read: () => readAgain(this.#tarPath, content),
    });
  }

  /** The path inside the one top folder; undefined, with a finding, for anything outside it. */
  #withinTop(name: string): string | undefined {
    const [top = "", ...rest] = name.split("/");
    if (this.#topFolder === undefined && isSafePath(top)) this.#topFolder = top;
    if (top !== this.#topFolder) {
      this.#findings.add(name, "stands outside the folder of the case file");
      return undefined;
    }
    return rest.join("/");
  }

  /** Two blocks of zeros end a tar; some programs fill up with more of them. */
  async #readEnd(position: number): Promise<undefined> {
    const rest = this.#tarBytes - position;
    if (rest < 2 * BLOCK_BYTES) return this.#stop("ends before its end mark");
    if (!(await this.#isZero({ start: position, sizeBytes: rest }))) {
      return this.#stop(`goes on after its end mark, at byte ${position}`);
    }
  }

  async #isZero({ start, sizeBytes }: Extent): Promise<boolean> {
    for (let done = 0; done < sizeBytes; done += 65_536) {
      const part = await readExtent(this.#handle, {
        start: start + done,
        sizeBytes: Math.min(65_536, sizeBytes - done),
      });
      if (part.some((byte) => byte !== 0)) return false;
    }
    return true;
  }

  #stop(problem: string): undefined {
    this.#findings.add(ARCHIVE, problem);
  }
}

async function readAgain(tarPath: string, content: Extent): Promise<Buffer> {
  const handle = await open(tarPath, constants.O_RDONLY);
  try {
    return await readExtent(handle, content);
  } finally {
    await handle.close();
  }
}
