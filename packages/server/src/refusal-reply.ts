import { randomUUID } from "node:crypto";
import { REFUSALS, type Refusal, type RefusalBody } from "@jumpkit/app";
import type { FastifyError, FastifyReply, FastifyRequest } from "fastify";

declare module "fastify" {
  interface FastifyReply {
    /** The code of the refusal that this answer is; for the figures alone. */
    refusalCode?: string;
  }
}

/** Answers with a refusal: its status, and a body with code, message, next step and details. */
export function sendRefusal(reply: FastifyReply, refusal: Refusal): FastifyReply {
  const { status, message, next } = REFUSALS[refusal.code];
  const { code, ...details } = refusal;
  if (refusal.code === "request.too_many") reply.header("retry-after", String(refusal.retryAfterSeconds));
  reply.refusalCode = code;
  const body: RefusalBody = { code, message, next, details };
  return reply
    .code(status)
    .type("application/json; charset=utf-8")
    .serializer((value: unknown) => JSON.stringify(value))
    .send(body);
}

/**
 * The one edge where faults end: logged with a reference, answered without a word of what broke.
 *
 * Requests that Fastify itself turns away (too large, not JSON, wrong media type) become refusals of ours.
 */
export function answerFault(error: FastifyError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const refusal = refusalOf(error);
  if (refusal !== undefined) {
    if (refusal.code === "database.unavailable" || refusal.code === "storage.full") request.log.error(error);
    return sendRefusal(reply, refusal);
  }
  const reference = randomUUID();
  request.log.error({ reference, err: error }, "fault");
  return sendRefusal(reply, { code: "server.fault", reference });
}

function refusalOf(error: FastifyError): Refusal | undefined {
  switch (error.code) {
    case "database.unavailable":
    case "storage.full":
    case "upload.aborted":
      return { code: error.code };
    case "FST_ERR_CTP_BODY_TOO_LARGE":
      return { code: "request.too_large", limitBytes: BODY_LIMIT_BYTES };
    case "FST_ERR_CTP_INVALID_MEDIA_TYPE":
      return { code: "request.unsupported_type" };
    default:
      if (error.statusCode === undefined || error.statusCode < 400 || error.statusCode >= 500)
        return undefined;
      return { code: "request.malformed", complaints: [{ path: "", problem: error.message.slice(0, 300) }] };
  }
}

/** The largest JSON body that is read; files go to the upload route, which streams. */
export const BODY_LIMIT_BYTES = 1024 * 1024;
