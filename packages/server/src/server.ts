import { type FastifyInstance, fastify, LogController } from "fastify";
import { addApiPage } from "./api-page.ts";
import { addReplyRoutes } from "./coordinate/reply-routes.ts";
import { addIntakeRoutes } from "./detect/intake-routes.ts";
import { addReportForm } from "./detect/report-form/routes.ts";
import { addFileRoutes } from "./document/file-routes.ts";
import { addPaperRoutes } from "./document/paper-routes.ts";
import { addHealthRoutes } from "./health.ts";
import { addLiveRoute } from "./live.ts";
import { addNetworkRules, isSecure } from "./network.ts";
import { addOperationRoutes } from "./operation-routes.ts";
import { addPages } from "./pages.ts";
import type { ServerParts } from "./parts.ts";
import { addApprovalPage } from "./prepare/approval/routes.ts";
import { addFactorRoutes } from "./prepare/factor-routes.ts";
import { addProviderRoutes } from "./prepare/provider-routes.ts";
import { addSessionRoutes } from "./prepare/session-routes.ts";
import { addQueryRoutes } from "./query-routes.ts";
import { answerFault, BODY_LIMIT_BYTES } from "./refusal-reply.ts";
import { serialiserOf } from "./schemas.ts";

/** The HTTP server, ready to listen. It takes no path to a change but `execute`. */
export function makeServer(parts: ServerParts): FastifyInstance {
  const app = fastify({
    bodyLimit: BODY_LIMIT_BYTES,
    forceCloseConnections: true,
    // Large uploads take their time; the upload route has an idle limit of its own.
    requestTimeout: 0,
    connectionTimeout: 0,
    trustProxy: parts.network.trustedProxies.length > 0 ? [...parts.network.trustedProxies] : false,
    ...(parts.network.tls === undefined ? {} : { https: { ...parts.network.tls, minVersion: "TLSv1.2" } }),
    routerOptions: { maxParamLength: 128 },
    logger: parts.log === "silent" ? false : { level: parts.log },
    logController: new LogController({ disableRequestLogging: true }),
  }) as unknown as FastifyInstance;
  // Changes are JSON alone: a form of another site could send plain text without asking.
  app.removeContentTypeParser("text/plain");
  // Rules parse their own input with one schema; nothing else decides what is well-formed.
  app.setValidatorCompiler(() => () => true);
  app.setSerializerCompiler(serialiserOf);
  app.setErrorHandler(answerFault);
  const headers = isSecure(parts.network) ? { ...HEADERS, ...SECURE_HEADERS } : HEADERS;
  app.addHook("onRequest", async (_request, reply) => {
    reply.headers(headers);
  });
  addNetworkRules(app, parts.network);
  addHealthRoutes(app, parts);
  addApiPage(app);
  addSessionRoutes(app, parts);
  addFactorRoutes(app, parts);
  addProviderRoutes(app, parts);
  addOperationRoutes(app, parts);
  addQueryRoutes(app, parts);
  addFileRoutes(app, parts);
  addPaperRoutes(app, parts);
  addReplyRoutes(app, parts);
  addIntakeRoutes(app, parts);
  if (parts.reportForm) addReportForm(app, parts);
  addApprovalPage(app, parts);
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

/** Once seen over TLS, a browser asks for nothing else for a year. @source RFC 6797 §6.1 */
const SECURE_HEADERS = { "strict-transport-security": "max-age=31536000" } as const;
