import type { Operation, Refusal, Viewer } from "@jumpkit/app";
import type { FastifyRequest } from "fastify";
import type { ServerParts } from "../../parts.ts";
import { waitFor } from "../attempts.ts";

/** The operation by which somebody takes a read-back code over the telephone. */
const HEARS = "approval.hear";

/** Whom a request says to hear; `undefined` for every other operation, and where no code will be judged. */
function approverIn(operation: Operation, input: unknown): string | undefined {
  if (operation.name !== HEARS) return undefined;
  const parsed = operation.input.safeParse(input);
  return parsed.success ? String(parsed.data["approver"]) : undefined;
}

/** Counts a read-back code before it is judged; the refusal says how long to wait. */
export async function waitToHear(
  { attempts }: ServerParts,
  request: FastifyRequest,
  viewer: Viewer,
  asked: { readonly operation: Operation; readonly input: unknown },
): Promise<Refusal | undefined> {
  const approver = approverIn(asked.operation, asked.input);
  if (approver === undefined) return undefined;
  return waitFor(await attempts.voice(viewer.id, approver, request.ip));
}

/** Forgets what was counted once the right code was read. */
export async function heardRight(
  { attempts }: ServerParts,
  request: FastifyRequest,
  viewer: Viewer,
  heard: { readonly operation: Operation; readonly input: unknown; readonly reply: object },
): Promise<void> {
  const approver = approverIn(heard.operation, heard.input);
  if (approver === undefined || !("heard" in heard.reply) || heard.reply.heard !== true) return;
  await attempts.forgiveVoice(viewer.id, approver, request.ip);
}
