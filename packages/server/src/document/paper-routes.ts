import { createHash } from "node:crypto";
import {
  ask,
  custodyFile,
  followupFile,
  letterFile,
  NotPrinted,
  type Press,
  type PrintedFile,
  type Query,
  routeOf,
  showCustodyForm,
  showFollowup,
  showLetter,
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
  addPaper(app, parts, showLetter, letterFile);
  // Who closes an incident or reads its report wants it on paper next: what makes it is loaded meanwhile.
  const before = new Set([
    fastifyPath(showFollowup.path),
    fastifyPath(routeOf({ name: "incident.close", thing: "incident" })),
  ]);
  app.addHook("onResponse", async ({ routeOptions }, { statusCode }) => {
    if (statusCode === 200 && before.has(routeOptions.url ?? "")) parts.press.warm();
  });
}

function addPaper<Output extends z.ZodObject>(
  app: FastifyInstance,
  parts: ServerParts,
  query: Query<string, z.ZodObject, Output>,
  print: (answer: z.output<Output>, press: Press) => Promise<PrintedFile>,
): void {
  app.get(`${fastifyPath(query.path)}.pdf`, async (request, reply) => {
    const viewer = await viewerOf(parts, request);
    if (viewer === undefined) return sendRefusal(reply, { code: "session.missing" });
    const input = { ...(request.query as object), ...(request.params as object) };
    const outcome = await parts.world.reading(viewer.organisation, (reading) =>
      ask(reading, query as unknown as Query, { viewer, input }),
    );
    if (!outcome.ok) return sendRefusal(reply, outcome.refusal);
    const file = await print(query.output.parse(outcome.value), parts.press).catch(whyNot);
    if ("code" in file) return sendRefusal(reply, file);
    const { fileName, bytes } = file;
    reply.headers({
      "content-type": "application/pdf",
      "content-disposition": attachment(fileName),
      "content-security-policy": "sandbox; default-src 'none'",
      "content-length": String(bytes.byteLength),
      "repr-digest": `sha-256=:${createHash("sha256").update(bytes).digest("base64")}:`,
    });
    return reply.send(bytes);
  });
}

function whyNot(error: unknown) {
  if (error instanceof NotPrinted) return { code: "paper.not_made", reason: error.message } as const;
  throw error;
}
