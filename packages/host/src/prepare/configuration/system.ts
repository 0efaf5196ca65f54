import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { join } from "node:path";
import { programOnPath } from "../program.ts";

/** A host as it lies below a folder: the running one, or an image of one. */
export interface System {
  /** Whether it is the host that runs this program: only then there are processes, routes and rules to see. */
  readonly isLive: boolean;
  /** Text of a file, one character for each byte that is not UTF-8 replaced; undefined when it cannot be read. */
  read(path: string): string | undefined;
  /** Names in a folder, sorted; none when it cannot be read. */
  list(path: string): readonly string[];
  /** Where a link leads, or undefined. */
  target(path: string): string | undefined;
  /** What a program writes, or undefined when it is not here or fails. */
  run(program: string, words: readonly string[]): string | undefined;
}

const OUTPUT_MAX_BYTES = 64 * 1024 * 1024;
const PROGRAM_MAX_MS = 20_000;

/** The host below `root`. */
export function systemAt(root: string, isLive: boolean): System {
  return {
    isLive,
    read: (path) => orNothing(() => readFileSync(join(root, path), "utf8")),
    list: (path) => orNothing(() => readdirSync(join(root, path)).sort()) ?? [],
    target: (path) => orNothing(() => readlinkSync(join(root, path))),
    run: (program, words) => {
      const place = isLive
        ? programOnPath(program, `${process.env["PATH"] ?? ""}:/usr/sbin:/sbin`)
        : undefined;
      if (place === undefined) return undefined;
      const limits = { maxBuffer: OUTPUT_MAX_BYTES, timeout: PROGRAM_MAX_MS };
      const { status, stdout } = spawnSync(place, words, { encoding: "utf8", ...limits });
      return status === 0 ? stdout : undefined;
    },
  };
}

/** Lines that say something: no comments, no empty ones, runs of blanks as one. */
export function sayingLines(text: string | undefined, comment = /(?:^|\s)#.*$/u): string[] {
  return (text ?? "")
    .split("\n")
    .map((line) => line.replace(comment, "").replace(/\s+/gu, " ").trim())
    .filter((line) => line !== "");
}

function orNothing<Value>(read: () => Value): Value | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
