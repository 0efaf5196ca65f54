import { ask, QUERIES, type Query } from "@jumpkit/app";
import type { FastifyInstance } from "fastify";
import { fastifyPath } from "./operation-routes.ts";
import type { ServerParts } from "./parts.ts";
import { sendRefusal } from "./refusal-reply.ts";
import { answers } from "./schemas.ts";
import { viewerOf } from "./session-cookie.ts";

/** One `GET` route for every query. */
export function addQueryRoutes(app: FastifyInstance, parts: ServerParts): void {
  for (const query of QUERIES) addRoute(app, parts, query as unknown as Query);
}

function addRoute(app: FastifyInstance, parts: ServerParts, query: Query): void {
  app.get(fastifyPath(query.path), answers(query.output), async (request, reply) => {
    const viewer = await viewerOf(parts, request);
    if (viewer === undefined) return sendRefusal(reply, { code: "session.missing" });
    const input = { ...(request.query as object), ...(request.params as object) };
    const outcome = await parts.world.reading(viewer.organisation, (reading) =>
      ask(reading, query, { viewer, input }),
    );
    return outcome.ok ? outcome.value : sendRefusal(reply, outcome.refusal);
  });
}
