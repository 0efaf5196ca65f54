import { EVERY_ORGANISATION, type Viewer } from "@jumpkit/app";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { hintsFor } from "./live/hearing.ts";
import { type Heard, History } from "./live/history.ts";
import { PresenceBoard } from "./live/presence-board.ts";
import { addPresenceRoute } from "./live/presence-route.ts";
import type { ServerParts } from "./parts.ts";
import { sendRefusal } from "./refusal-reply.ts";
import { sessionSecret, viewerOf } from "./session-cookie.ts";

const HEARTBEAT_MS = 15_000;

/** How many changes may wait for one slow reader before it is told to look at everything again. */
const BACKLOG = 1000;

/** How often those who have left without a word are taken off the board. */
const EXPIRE_EVERY_MS = 5000;

/** What all readers of one server share. */
interface Stage {
  readonly parts: ServerParts;
  readonly history: History;
  readonly board: PresenceBoard;
}

/**
 * `GET /v1/live`: server-sent events that say *something changed, ask again*, never what; and who looks at what.
 *
 * Ids are opaque and a viewer's own: the organisation's sequence would betray hidden incidents by its gaps. A
 * viewer hears only of what they may see now; the session is asked again before each event. Who comes back
 * after a short cut hears what was missed, anybody else is told to look at everything again.
 */
export function addLiveRoute(app: FastifyInstance, parts: ServerParts): void {
  const stage: Stage = { parts, history: new History(parts.changes), board: new PresenceBoard() };
  const stopLooks = parts.changes.onLook((looking) => stage.board.hear(looking));
  const expiring = setInterval(() => stage.board.expire(), EXPIRE_EVERY_MS);
  expiring.unref();
  const open = new Set<FastifyReply>();
  app.addHook("preClose", async () => {
    clearInterval(expiring);
    stopLooks();
    stage.history.close();
    for (const reply of open) reply.raw.end();
  });
  addPresenceRoute(app, parts);

  app.get("/v1/live", async (request, reply) => {
    const secret = sessionSecret(parts, request);
    const viewer = secret === undefined ? undefined : await viewerOf(parts, request);
    if (secret === undefined || viewer === undefined) {
      return sendRefusal(reply, { code: "session.missing" });
    }
    reply.hijack();
    const headers = reply.getHeaders() as Record<string, string>;
    reply.raw.writeHead(200, {
      ...headers,
      "content-type": "text/event-stream",
      "cache-control": "no-store",
    });
    open.add(reply);
    const stop = follow(stage, { secret, viewer, lastId: lastIdOf(request) }, reply);
    request.raw.once("close", () => {
      stop();
      open.delete(reply);
    });
  });
}

function lastIdOf(request: FastifyRequest): string {
  const id = request.headers["last-event-id"];
  return typeof id === "string" ? id : "";
}

type News = { readonly heard: Heard } | { readonly thing: string };

function follow(
  { parts, history, board }: Stage,
  {
    secret,
    viewer: first,
    lastId,
  }: { readonly secret: string; readonly viewer: Viewer; readonly lastId: string },
  reply: FastifyReply,
): () => void {
  const waiting: News[] = [];
  let working = false;
  let overflowed = false;
  const place = history.placeOf(first, lastId);
  const missed = place === undefined ? undefined : history.after(place);
  // Whoever cannot be told what was missed has to look at everything again.
  reply.raw.write(
    event(missed === undefined ? "resync" : "resumed", history.idFor(first, history.place, 0), {}),
  );
  waiting.push(...(missed ?? []).map((heard) => ({ heard })));
  waiting.push(...board.things(first.organisation).map((thing) => ({ thing })));
  const add = (news: News): void => {
    if (waiting.length < BACKLOG) waiting.push(news);
    else overflowed = true;
    if (!working) void work();
  };
  const unsubscribe = history.subscribe((heard) => add({ heard }));
  const unlook = board.subscribe((organisation, thing) => {
    if (organisation === first.organisation) add({ thing });
  });
  const heartbeat = setInterval(() => reply.raw.write(": here\n\n"), HEARTBEAT_MS);
  void work();
  return () => {
    unsubscribe();
    unlook();
    clearInterval(heartbeat);
  };

  async function work(): Promise<void> {
    working = true;
    try {
      for (let news = waiting.shift(); news !== undefined; news = waiting.shift()) {
        const viewer = await parts.accounts.viewer(secret);
        if (viewer === undefined) {
          reply.raw.end();
          return;
        }
        if ("thing" in news) await tellWhoLooks(viewer, news.thing);
        else await tellChange(viewer, news.heard);
      }
      if (overflowed) reply.raw.write(event("resync", history.idFor(first, history.place, OVERFLOWED), {}));
      overflowed = false;
    } catch {
      // The reader comes back by itself and is told to look again.
      reply.raw.end();
    } finally {
      working = false;
    }
  }

  async function tellChange(viewer: Viewer, { place: at, change }: Heard): Promise<void> {
    if (change.organisation === EVERY_ORGANISATION) {
      reply.raw.write(event("resync", history.idFor(viewer, at, 1), {}));
    }
    const hints = await hintsFor(parts, viewer, change);
    hints.forEach((hint, part) => {
      reply.raw.write(event("change", history.idFor(viewer, at, part + 1), hint));
    });
  }

  async function tellWhoLooks(viewer: Viewer, thing: string): Promise<void> {
    const topic = thing.startsWith("inc_") ? "incident" : "sign";
    const may = await hintsFor(parts, viewer, {
      organisation: viewer.organisation,
      topics: [`${topic}:${thing}`],
    });
    if (may.length === 0) return;
    // Without an id: where a reader stands in the changes must not move by it.
    reply.raw.write(event("presence", undefined, { thing, people: board.at(viewer.organisation, thing) }));
  }
}

/** Beyond any part of a change, so that no two events share an id. */
const OVERFLOWED = 0xffff;

function event(name: string, id: string | undefined, data: unknown): string {
  return `event: ${name}\n${id === undefined ? "" : `id: ${id}\n`}data: ${JSON.stringify(data)}\n\n`;
}
