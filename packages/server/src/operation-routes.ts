import { execute, OPERATIONS, type Operation, routeOf } from "@jumpkit/app";
import { ApprovalId } from "@jumpkit/core";
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { ServerParts } from "./parts.ts";
import { heardRight, waitToHear } from "./prepare/approval/voice.ts";
import { sendRefusal } from "./refusal-reply.ts";
import { answers, RecordedView } from "./schemas.ts";
import { viewerOf } from "./session-cookie.ts";

const NO_APPROVAL_ID = {
  code: "request.malformed",
  complaints: [{ path: "Jumpkit-Approval", problem: "is not an id of the form apr_…" }],
} as const;
const KEY = /^[\x21-\x7e]{8,200}$/;

/** One `POST` route for every operation. */
export function addOperationRoutes(app: FastifyInstance, parts: ServerParts): void {
  for (const operation of OPERATIONS) addRoute(app, parts, operation as unknown as Operation);
}

function addRoute(app: FastifyInstance, parts: ServerParts, operation: Operation): void {
  app.post(
    fastifyPath(routeOf(operation)),
    answers(operation.output.extend({ recorded: RecordedView })),
    async (request, reply) => {
      const viewer = await viewerOf(parts, request);
      if (viewer === undefined) return sendRefusal(reply, { code: "session.missing" });
      const key = request.headers["idempotency-key"];
      if (typeof key !== "string" || !KEY.test(key))
        return sendRefusal(reply, { code: "request.key_missing" });
      const named = request.headers["jumpkit-approval"];
      const approval = named === undefined ? undefined : ApprovalId.safeParse(named);
      if (approval?.success === false) return sendRefusal(reply, NO_APPROVAL_ID);
      const input = inputOf(request, operation.thing);
      const asked = { operation, input };
      const wait = await waitToHear(parts, request, viewer, asked);
      if (wait !== undefined) return sendRefusal(reply, wait);
      const outcome = await execute(parts.world, operation, {
        viewer,
        key,
        input,
        approval: approval?.data,
      });
      if (!outcome.ok) return sendRefusal(reply, outcome.refusal);
      await heardRight(parts, request, viewer, { ...asked, reply: outcome.value });
      return outcome.value;
    },
  );
}

/** The body with the thing that the path names; a body that names it too is refused as an unknown field. */
function inputOf(request: FastifyRequest, thing: string | undefined): unknown {
  const body = request.body === undefined ? {} : request.body;
  if (thing === undefined || typeof body !== "object" || body === null || Array.isArray(body)) return body;
  const named = (request.params as Record<string, string>)[thing];
  return thing in body ? { ...body, [`${thing} (stands in the path)`]: true } : { ...body, [thing]: named };
}

/** `/v1/incident/{incident}/close` as Fastify writes it: `/v1/incident/:incident/close`. */
export function fastifyPath(path: string): string {
  return path.replaceAll(/\{(\w+)\}/g, ":$1");
}
