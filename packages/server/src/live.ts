import { randomUUID } from "node:crypto";
import { type Change, EVERY_ORGANISATION, type Viewer } from "@jumpkit/app";
import type { ActionId } from "@jumpkit/core";
import type { FastifyInstance, FastifyReply } from "fastify";
import type { ServerParts } from "./parts.ts";
import { sendRefusal } from "./refusal-reply.ts";
import { sessionSecret, viewerOf } from "./session-cookie.ts";

const HEARTBEAT_MS = 15_000;

/** How many changes may wait for one slow reader before it is told to look at everything again. */
const BACKLOG = 1000;

/**
 * `GET /v1/live`: server-sent events that say *something changed, ask again*, never what.
 *
 * Ids are opaque and a viewer's own: the organisation's sequence would betray hidden incidents by its gaps. A
 * viewer hears only of what they may see now; the session is asked again before each event.
 */
export function addLiveRoute(app: FastifyInstance, parts: ServerParts): void {
  const open = new Set<FastifyReply>();
  app.addHook("preClose", async () => {
    for (const reply of open) reply.raw.end();
  });

  app.get("/v1/live", async (request, reply) => {
    const secret = sessionSecret(parts, request);
    if (secret === undefined || (await viewerOf(parts, request)) === undefined) {
      return sendRefusal(reply, { code: "session.missing" });
    }
    reply.hijack();
    const headers = reply.getHeaders() as Record<string, string>;
    reply.raw.writeHead(200, {
      ...headers,
      "content-type": "text/event-stream",
      "cache-control": "no-store",
    });
    // Whoever comes back after a cut cannot know what was missed, so every beginning says: look again.
    reply.raw.write(event("resync", {}));
    open.add(reply);
    const stop = follow(parts, secret, reply);
    request.raw.once("close", () => {
      stop();
      open.delete(reply);
    });
  });
}

function follow(parts: ServerParts, secret: string, reply: FastifyReply): () => void {
  const waiting: Change[] = [];
  let working = false;
  let overflowed = false;
  const unsubscribe = parts.changes.subscribe((change) => {
    if (waiting.length < BACKLOG) waiting.push(change);
    else overflowed = true;
    if (!working) void work();
  });
  const heartbeat = setInterval(() => reply.raw.write(": here\n\n"), HEARTBEAT_MS);
  return () => {
    unsubscribe();
    clearInterval(heartbeat);
  };

  async function work(): Promise<void> {
    working = true;
    try {
      for (let change = waiting.shift(); change !== undefined; change = waiting.shift()) {
        const viewer = await parts.accounts.viewer(secret);
        if (viewer === undefined) {
          reply.raw.end();
          return;
        }
        if (change.organisation === EVERY_ORGANISATION) reply.raw.write(event("resync", {}));
        for (const hint of await hintsFor(parts, viewer, change)) reply.raw.write(event("change", hint));
      }
      if (overflowed) reply.raw.write(event("resync", {}));
      overflowed = false;
    } catch {
      // The reader comes back by itself and is told to look again.
      reply.raw.end();
    } finally {
      working = false;
    }
  }
}

/**
 * What one must be permitted to hear of each kind of thing; `own` is everybody's. A kind that is not named here
 * is told to nobody.
 */
const HEARD_WITH: Readonly<Record<string, ActionId | "own">> = {
  incident: "incident.read",
  sign: "sign.read",
  source: "sign.read",
  report: "sign.read",
  constituent: "asset.read",
  team: "asset.read",
  segment: "asset.read",
  asset: "asset.read",
  register: "asset.read",
  contact: "contact.read",
  duty: "own",
  callsheet: "contact.read",
  token: "own",
  people: "own",
  policy: "own",
};

async function hintsFor(parts: ServerParts, viewer: Viewer, change: Change) {
  if (change.organisation !== viewer.organisation) return [];
  const hints = change.topics.map((topic) => {
    const [kind = "", id = ""] = topic.split(":", 2);
    return { topic: kind, id };
  });
  const needed = new Set(hints.flatMap(({ topic }) => HEARD_WITH[topic] ?? []));
  const may = await parts.world.reading(viewer.organisation, async (reading) => {
    const allowed = new Set<ActionId | "own">(["own"]);
    for (const action of needed) {
      if (action !== "own" && (await reading.permission(viewer, action)).allowed) allowed.add(action);
    }
    return allowed;
  });
  return hints.filter(({ topic }) => {
    const needs = HEARD_WITH[topic];
    return needs !== undefined && may.has(needs);
  });
}

function event(name: string, data: unknown): string {
  return `event: ${name}\nid: ${randomUUID()}\ndata: ${JSON.stringify(data)}\n\n`;
}
