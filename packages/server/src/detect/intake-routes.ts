import { Readable } from "node:stream";
import { complaintsOf, type Refusal, TakeInQuery, TakenIn, whyNotSend } from "@jumpkit/app";
import { SourceId } from "@jumpkit/core";
import type { FastifyInstance, FastifyReply } from "fastify";
import type { ServerParts } from "../parts.ts";
import { sendRefusal } from "../refusal-reply.ts";
import { answers } from "../schemas.ts";
import { viewerOf } from "../session-cookie.ts";

/** A sender may take hours, but not rest: this long without a byte ends it. */
const IDLE_MS = 60_000;

/**
 * `PUT /v1/intake/{source}`: a batch of signs, streamed into the spool.
 *
 * The answer is 202 and comes when every byte is committed; what becomes of them is asked of `/v1/batch/{id}`.
 * The body's media type says nothing that the source does not know, so any is taken.
 */
export function addIntakeRoutes(app: FastifyInstance, parts: ServerParts): void {
  app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser("*", (_request, payload, done) => done(null, payload));

    scope.put<{ Params: { source: string }; Body: Readable | undefined }>(
      "/v1/intake/:source",
      { bodyLimit: Number.MAX_SAFE_INTEGER, ...answers(TakenIn, 202) },
      async (request, reply) => {
        const viewer = await viewerOf(parts, request);
        if (viewer === undefined) return unread(reply, { code: "session.missing" });
        const query = TakeInQuery.safeParse(request.query);
        if (!query.success) {
          return unread(reply, { code: "request.malformed", complaints: complaintsOf(query.error) });
        }
        const source = SourceId.safeParse(request.params.source);
        if (!source.success) return unread(reply, { code: "thing.not_found" });
        const encoding = request.headers["content-encoding"] ?? "identity";
        if (encoding !== "identity" && encoding !== "gzip") {
          return unread(reply, { code: "request.unsupported_type" });
        }
        const permitted = await parts.world.reading(viewer.organisation, (reading) =>
          whyNotSend(reading, viewer, source.data),
        );
        if (!permitted.ok) return unread(reply, permitted.refusal);
        request.raw.setTimeout(IDLE_MS, () => request.raw.destroy(new Error("the sender rested too long")));
        const { name } = query.data;
        const batch = { source: source.data, name, compressed: encoding === "gzip" || name.endsWith(".gz") };
        const body = request.body ?? Readable.from([]);
        const outcome = await parts.spool.receive(viewer, permitted.value, batch, body);
        if (!outcome.ok) return unread(reply, outcome.refusal);
        parts.intake.wake();
        return reply.code(202).send({ batch: outcome.value });
      },
    );
  });
}

/** What is refused is not read to its end: the connection ends with the answer. */
function unread(reply: FastifyReply, refusal: Refusal): FastifyReply {
  return sendRefusal(reply.header("connection", "close"), refusal);
}
