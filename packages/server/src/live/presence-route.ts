import { complaintsOf, LookInput } from "@jumpkit/app";
import { IncidentId, SignId } from "@jumpkit/core";
import type { FastifyInstance } from "fastify";
import type { ServerParts } from "../parts.ts";
import { sendRefusal } from "../refusal-reply.ts";
import { viewerOf } from "../session-cookie.ts";

/**
 * `POST /v1/presence`: says what one looks at now. Nothing is recorded: colleagues hear it, as long as it lasts.
 *
 * What one may not see cannot be looked at: it is answered like what does not exist.
 */
export function addPresenceRoute(app: FastifyInstance, parts: ServerParts): void {
  app.post("/v1/presence", async (request, reply) => {
    const viewer = await viewerOf(parts, request);
    if (viewer === undefined) return sendRefusal(reply, { code: "session.missing" });
    const input = LookInput.safeParse(request.body);
    if (!input.success) {
      return sendRefusal(reply, { code: "request.malformed", complaints: complaintsOf(input.error) });
    }
    const { thing, tab } = input.data;
    if (thing !== null && !(await seen(parts, viewer, thing))) {
      return sendRefusal(reply, { code: "thing.not_found" });
    }
    const { organisation, id: person, name } = viewer;
    await parts.changes.look({ organisation, person, name, tab, thing });
    return reply.code(204).send();
  });
}

async function seen(
  parts: ServerParts,
  viewer: NonNullable<Awaited<ReturnType<typeof viewerOf>>>,
  thing: string,
): Promise<boolean> {
  return parts.world.reading(viewer.organisation, async (reading) => {
    const incident = IncidentId.safeParse(thing);
    const sign = SignId.safeParse(thing);
    if (incident.success) {
      const { allowed } = await reading.permission(viewer, "incident.read");
      return allowed && (await reading.incident(incident.data)) !== undefined;
    }
    if (!sign.success || !(await reading.permission(viewer, "sign.read")).allowed) return false;
    return (await reading.triage.sign(sign.data)) !== undefined;
  });
}
