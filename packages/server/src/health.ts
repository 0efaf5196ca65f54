import { createHash, timingSafeEqual } from "node:crypto";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { Counter, collectDefaultMetrics, Histogram, Registry } from "prom-client";
import { isLocal } from "./network.ts";
import type { ServerParts } from "./parts.ts";
import { sendRefusal } from "./refusal-reply.ts";

/** How long the database may take to answer before the server counts as not ready. */
const PATIENCE_MS = 2_000;

/**
 * `/healthz`: the process lives. `/readyz`: it can serve, because its database answers. `/metrics`: figures for
 * Prometheus, for this machine itself and those whom the operator named; for everybody else there is no such page.
 *
 * None of them tells anything of an incident or a person: routes are counted by their pattern, never by address.
 */
export function addHealthRoutes(app: FastifyInstance, parts: ServerParts): void {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const answers = new Histogram({
    name: "jumpkit_http_answer_seconds",
    help: "How long requests took to answer, by route and status",
    labelNames: ["method", "route", "status"],
    buckets: [0.005, 0.02, 0.05, 0.1, 0.25, 1, 5, 30],
    registers: [registry],
  });
  const refusals = new Counter({
    name: "jumpkit_refused_total",
    help: "Requests that were refused, by code",
    labelNames: ["code"],
    registers: [registry],
  });
  app.addHook("onResponse", async (request, reply) => {
    const route = request.routeOptions.url ?? "(a page)";
    const labels = { method: request.method, route, status: String(reply.statusCode) };
    answers.observe(labels, reply.elapsedTime / 1000);
    if (reply.refusalCode !== undefined) refusals.inc({ code: reply.refusalCode });
  });

  app.get("/healthz", async () => ({ alive: true }));

  app.get("/readyz", async (_request, reply) => {
    if (await answersInTime(parts)) return { ready: true };
    return sendRefusal(reply, { code: "database.unavailable" });
  });

  app.get("/metrics", async (request, reply) => {
    if (!mayReadMetrics(parts, request)) return sendRefusal(reply, { code: "thing.not_found" });
    return reply.type(registry.contentType).send(await registry.metrics());
  });
}

async function answersInTime({ accounts }: ServerParts): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), PATIENCE_MS);
  });
  const answered = accounts.setUpNeeded().then(
    () => true,
    () => false,
  );
  const outcome = await Promise.race([answered, late]);
  clearTimeout(timer);
  return outcome;
}

function mayReadMetrics({ metrics }: ServerParts, request: FastifyRequest): boolean {
  const given = /^Bearer (.+)$/i.exec(request.headers.authorization ?? "")?.[1];
  if (given !== undefined) return metrics.token !== undefined && same(given, metrics.token);
  return isLocal(request) || metrics.mayRead(request.ip);
}

/** Compares secrets of any length in a time that tells nothing. */
function same(given: string, wanted: string): boolean {
  const digest = (text: string): Buffer => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(given), digest(wanted));
}
