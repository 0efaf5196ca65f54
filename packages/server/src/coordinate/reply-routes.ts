import { Readable } from "node:stream";
import {
  complaintsOf,
  type Refusal,
  TakenReply,
  takeReply,
  UploadQuery,
  whyNotTakeReply,
} from "@jumpkit/app";
import { AdvisoryId, NotificationId } from "@jumpkit/core";
import type { FastifyInstance, FastifyReply } from "fastify";
import * as z from "zod";
import type { ServerParts } from "../parts.ts";
import { sendRefusal } from "../refusal-reply.ts";
import { answers } from "../schemas.ts";
import { viewerOf } from "../session-cookie.ts";
import { takeMail } from "./take-mail.ts";

/** A mail may rest no longer than this without a byte. */
const IDLE_MS = 60_000;

const ReplyQuery = z.strictObject({
  name: UploadQuery.shape.name,
  notification: NotificationId.optional().describe(
    "The notification that it answers if nothing in it says so",
  ),
  advisory: AdvisoryId.optional().describe("The advisory that it answers if nothing in it says so"),
});

/** `PUT /v1/reply`: a mail that came back, as the file that somebody saved of it. */
export function addReplyRoutes(app: FastifyInstance, parts: ServerParts): void {
  app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser("application/octet-stream", (_request, payload, done) => done(null, payload));

    scope.put<{ Body: Readable | undefined }>(
      "/v1/reply",
      { bodyLimit: Number.MAX_SAFE_INTEGER, ...answers(TakenReply) },
      async (request, reply) => {
        const viewer = await viewerOf(parts, request);
        if (viewer === undefined) return unread(reply, { code: "session.missing" });
        const query = ReplyQuery.safeParse(request.query);
        if (!query.success) {
          return unread(reply, { code: "request.malformed", complaints: complaintsOf(query.error) });
        }
        const refusal = await parts.world.reading(viewer.organisation, (reading) =>
          whyNotTakeReply(reading, viewer),
        );
        if (refusal !== undefined) return unread(reply, refusal);
        request.raw.setTimeout(IDLE_MS, () => request.raw.destroy(new Error("the mail rested too long")));
        const { name, notification, advisory } = query.data;
        const chosen = notification ? { notification } : advisory && { advisory };
        const chunks = request.body ?? Readable.from([]);
        const outcome = await takeMail(parts, takeReply, viewer, {
          chunks,
          name,
          way: "file",
          chosen: chosen ?? null,
        });
        return outcome.ok ? outcome.value : unread(reply, outcome.refusal);
      },
    );
  });
}

/** What is refused is not read to its end: the connection ends with the answer. */
function unread(reply: FastifyReply, refusal: Refusal): FastifyReply {
  return sendRefusal(reply.header("connection", "close"), refusal);
}
