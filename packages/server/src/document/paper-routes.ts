import {
  ask,
  custodyFile,
  followupFile,
  type PrintedFile,
  type Query,
  showCustodyForm,
  showFollowup,
} from "@jumpkit/app";
import type { FastifyInstance } from "fastify";
import type * as z from "zod";
import { fastifyPath } from "../operation-routes.ts";
import type { ServerParts } from "../parts.ts";
import { sendRefusal } from "../refusal-reply.ts";
import { viewerOf } from "../session-cookie.ts";
import { attachment } from "./file-routes.ts";

/** What queries answer, on paper: the address of the query with `.pdf` behind it. */
export function addPaperRoutes(app: FastifyInstance, parts: ServerParts): void {
  addPaper(app, parts, showFollowup, followupFile);
  addPaper(app, parts, showCustodyForm, custodyFile);
}

function addPaper<Output extends z.ZodObject>(
  app: FastifyInstance,
  parts: ServerParts,
  query: Query<string, z.ZodObject, Output>,
  print: (answer: z.output<Output>) => Promise<PrintedFile>,
): void {
  app.get(`${fastifyPath(query.path)}.pdf`, async (request, reply) => {
    const viewer = await viewerOf(parts, request);
    if (viewer === undefined) return sendRefusal(reply, { code: "session.missing" });
    const input = { ...(request.query as object), ...(request.params as object) };
    const outcome = await parts.world.reading(viewer.organisation, (reading) =>
      ask(reading, query as unknown as Query, { viewer, input }),
    );
    if (!outcome.ok) return sendRefusal(reply, outcome.refusal);
    const { fileName, bytes } = await print(query.output.parse(outcome.value));
    reply.headers({
      "content-type": "application/pdf",
      "content-disposition": attachment(fileName),
      "content-security-policy": "sandbox; default-src 'none'",
      "content-length": String(bytes.byteLength),
    });
    return reply.send(bytes);
  });
}
