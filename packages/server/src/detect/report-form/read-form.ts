import type { MultipartFile } from "@fastify/multipart";
import type { Files, Keeper, Upload, Viewer } from "@jumpkit/app";
import type { FastifyRequest } from "fastify";
import { ATTACHMENT_BYTES_MAX, type Typed } from "./pages.ts";

/** A form that was read: what was typed, and the files that came with it. */
export interface ReadForm {
  readonly typed: Typed;
  readonly uploads: readonly Upload[];
  /** What is wrong with the form as a whole, as a sentence. */
  readonly problem: string | undefined;
}

/** For whom a form's files are kept. */
export interface FileKeeper {
  readonly viewer: Viewer;
  readonly keptFor: Keeper;
}

/**
 * Reads a form's fields and takes its files in while they arrive.
 *
 * The fields come before the files, as browsers send them; without a keeper for the files the rest is not read.
 * The form is whole when `problem` is `undefined`; what arrived until then is given back in any case.
 */
export async function readForm(
  request: FastifyRequest,
  files: Files,
  keeperOf: (typed: Typed) => Promise<FileKeeper | undefined>,
): Promise<ReadForm> {
  const typed: Record<string, string[]> = Object.create(null);
  const uploads: Upload[] = [];
  const read = (problem?: string): ReadForm => ({ typed, uploads, problem });
  try {
    for await (const part of request.parts()) {
      if (part.type === "field") {
        typed[part.fieldname] = [...(typed[part.fieldname] ?? []), String(part.value)];
        continue;
      }
      const keeper = part.filename ? await keeperOf(typed) : undefined;
      if (keeper === undefined) {
        part.file.resume();
        continue;
      }
      const upload = await keep(files, keeper, part);
      if (upload === "too large") return read(`${part.filename} is larger than ${MIB_MAX} MiB`);
      if (upload !== undefined) uploads.push(upload);
    }
    return read();
  } catch (error) {
    if (!isOfTheForm(error)) throw error;
    return read("The form is larger than it may be, or was cut short");
  }
}

const MIB_MAX = ATTACHMENT_BYTES_MAX / 2 ** 20;

/** The file as an upload; `undefined` for the empty one that a browser sends when none was chosen. */
async function keep(
  files: Files,
  { viewer, keptFor }: FileKeeper,
  part: MultipartFile,
): Promise<Upload | "too large" | undefined> {
  const name = part.filename.replaceAll("\u0000", "").toWellFormed().slice(0, 255) || "unnamed";
  const received = await files.receive(viewer, keptFor, { name, announced: undefined }, part.file);
  if (part.file.truncated) return "too large";
  return received.ok && received.value.sizeBytes > 0 ? received.value : undefined;
}

/** Whether the parser turned the form itself away, rather than something of ours breaking. */
function isOfTheForm(error: unknown): boolean {
  const status = (error as { readonly statusCode?: unknown } | null)?.statusCode;
  return typeof status === "number" && status >= 400 && status < 500;
}
