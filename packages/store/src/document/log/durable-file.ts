import { randomBytes } from "node:crypto";
import {
  closeSync,
  fsyncSync,
  linkSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from "node:fs";
import { dirname } from "node:path";
import { codeOf } from "../../database/faults.ts";

/**
 * Replaces `file` so that after a crash it holds either all of the old text or all of the new.
 *
 * When this returns, the text is on disk: file and folder are fsynced.
 */
export function replaceDurably(file: string, text: string, mode = 0o644): void {
  const draft = writeDraft(file, text, mode);
  renameSync(draft, file);
  syncFolder(dirname(file));
}

/** Writes `file` durably unless it is there already; never replaces what another process wrote. */
export function writeOnce(file: string, text: string, mode: number): void {
  const draft = writeDraft(file, text, mode);
  try {
    linkSync(draft, file);
  } catch (error) {
    if (codeOf(error) !== "EEXIST") throw error;
  } finally {
    rmSync(draft, { force: true });
  }
  syncFolder(dirname(file));
}

/** The text of `file`, or `undefined` when there is no such file. */
export function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if (codeOf(error) === "ENOENT") return undefined;
    throw error;
  }
}

function writeDraft(file: string, text: string, mode: number): string {
  const draft = `${file}.${randomBytes(6).toString("hex")}.draft`;
  const handle = openSync(draft, "wx", mode);
  try {
    writeSync(handle, text);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  return draft;
}

function syncFolder(folder: string): void {
  const handle = openSync(folder, "r");
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
