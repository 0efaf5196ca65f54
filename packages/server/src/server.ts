import { type FastifyInstance, fastify, LogController } from "fastify";
import { addFileRoutes } from "./document/file-routes.ts";
import { addLiveRoute } from "./live.ts";
import { openApi } from "./openapi.ts";
import { addOperationRoutes } from "./operation-routes.ts";
import { addPages } from "./pages.ts";
import type { ServerParts } from "./parts.ts";
import { addSessionRoutes } from "./prepare/session-routes.ts";
import { addQueryRoutes } from "./query-routes.ts";
import { answerFault, BODY_LIMIT_BYTES, sendRefusal } from "./refusal-reply.ts";

/** The HTTP server, ready to listen. It takes no path to a change but `execute`. */
export function makeServer(parts: ServerParts): FastifyInstance {
  const app = fastify({
    bodyLimit: BODY_LIMIT_BYTES,
    forceCloseConnections: true,
    // Large uploads take their time; the upload route has an idle limit of its own.
    requestTimeout: 0,
    connectionTimeout: 0,
    trustProxy: false,
    routerOptions: { maxParamLength: 128 },
    logger: parts.log === "silent" ? false : { level: parts.log },
    logController: new LogController({ disableRequestLogging: true }),
  });
  // Changes are JSON alone: a form of another site could send plain text without asking.
  app.removeContentTypeParser("text/plain");
  // Rules parse their own input with one schema; nothing else decides what is well-formed.
  app.setValidatorCompiler(() => () => true);
  app.setErrorHandler(answerFault);
  app.addHook("onRequest", async (request, reply) => {
    reply.headers(HEADERS);
    if (comesFromElsewhere(request.method, request.headers)) {
      return sendRefusal(reply, { code: "request.foreign_origin" });
    }
    return undefined;
  });
  app.get("/healthz", async () => ({ alive: true }));
  const document = JSON.stringify(openApi(), null, 2);
  app.get("/v1/openapi.json", (_request, reply) =>
    reply.type("application/json; charset=utf-8").send(document),
  );
  addSessionRoutes(app, parts);
  addOperationRoutes(app, parts);
  addQueryRoutes(app, parts);
  addFileRoutes(app, parts);
  addLiveRoute(app, parts);
  addPages(app, parts.pagesFolder);
  return app;
}

const HEADERS = {
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "permissions-policy": "camera=(), geolocation=(), microphone=()",
  "cache-control": "no-store",
} as const;

const CHANGES_NOTHING: ReadonlySet<string> = new Set(["GET", "HEAD", "OPTIONS"]);

/** Whether a browser says that another site's page sent this change. Clients without an origin are no browsers. */
function comesFromElsewhere(method: string, headers: Record<string, unknown>): boolean {
  if (CHANGES_NOTHING.has(method)) return false;
  const site = headers["sec-fetch-site"];
  if (site !== undefined && site !== "same-origin" && site !== "none") return true;
  const { origin, host } = headers;
  if (typeof origin !== "string") return false;
  return !URL.canParse(origin) || new URL(origin).host !== host;
}
