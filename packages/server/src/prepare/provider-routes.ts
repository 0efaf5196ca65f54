import {
  type Provider,
  ProviderView,
  type Viewer,
  VisitBegun,
  VisitFinished,
  VisitFinishInput,
  VisitInput,
} from "@jumpkit/app";
import { whyProofNeeded } from "@jumpkit/core";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { ServerParts } from "../parts.ts";
import { sendRefusal } from "../refusal-reply.ts";
import { answers } from "../schemas.ts";
import { originOf, viewerOf, visitCookie, visitSecret } from "../session-cookie.ts";
import { parsed, waitFor } from "./attempts.ts";
import { beginSession } from "./session-routes.ts";

/**
 * Signing in at a provider, and linking an account there.
 *
 * The provider sends the browser back to a page of ours, which posts what it came back with. So both cookies stay
 * `SameSite=Strict`, no change hangs on a link that anybody could make somebody open, and an answer counts only in the
 * browser that set out for it.
 */
export function addProviderRoutes(app: FastifyInstance, parts: ServerParts): void {
  const { provider, identities, attempts } = parts;

  app.get("/v1/oidc", answers(ProviderView), () => ({ name: provider?.name ?? null }));

  app.post("/v1/oidc/start", answers(VisitBegun), async (request, reply) => {
    if (provider === undefined) return sendRefusal(reply, { code: "provider.none" });
    const input = parsed(VisitInput, request.body);
    if (!input.ok) return sendRefusal(reply, input.refusal);
    const viewer = input.value.link ? await viewerOf(parts, request) : undefined;
    if (input.value.link) {
      const refusal = whyNotLink(viewer);
      if (refusal !== undefined) return sendRefusal(reply, refusal);
    }
    const wait = waitFor(await attempts.address(request.ip));
    if (wait !== undefined) return sendRefusal(reply, wait);
    const secret = await identities.depart(viewer);
    const address = await provider.addressFor(secret, originHere(parts, request));
    if (address === undefined) return sendRefusal(reply, { code: "provider.away" });
    reply.header("set-cookie", visitCookie(parts, secret));
    return { address };
  });

  app.post("/v1/oidc/finish", answers(VisitFinished), async (request, reply) => {
    if (provider === undefined) return sendRefusal(reply, { code: "provider.none" });
    const input = parsed(VisitFinishInput, request.body);
    if (!input.ok) return sendRefusal(reply, input.refusal);
    const wait = waitFor(await attempts.address(request.ip));
    if (wait !== undefined) return sendRefusal(reply, wait);
    const secret = visitSecret(parts, request);
    reply.header("set-cookie", visitCookie(parts, ""));
    const visit = secret === undefined ? undefined : await identities.comeBack(secret);
    if (secret === undefined || visit === undefined) return sendRefusal(reply, { code: "provider.rejected" });
    return finish(provider, { request, reply, secret, linksFor: visit.linksFor }, input.value.answer);
  });

  async function finish(
    at: Provider,
    back: {
      readonly request: FastifyRequest;
      readonly reply: FastifyReply;
      readonly secret: string;
      readonly linksFor: { readonly person: string; readonly session: string } | undefined;
    },
    answered: string,
  ) {
    const { request, reply, secret, linksFor } = back;
    const found = await at.accountOf(secret, originHere(parts, request), answered);
    if (found.kind === "away") return sendRefusal(reply, { code: "provider.away" });
    if (found.kind === "rejected") return sendRefusal(reply, { code: "provider.rejected" });
    if (linksFor !== undefined) {
      const viewer = await viewerOf(parts, request);
      const same = viewer?.id === linksFor.person && viewer.session?.id === linksFor.session;
      const identity = viewer && same ? await identities.keep(viewer, found.account) : undefined;
      if (identity === undefined) return sendRefusal(reply, { code: "provider.rejected" });
      await attempts.forgiveAddress(request.ip);
      return { session: null, identity };
    }
    const entered = await identities.signIn(found.account, originOf(request));
    if (entered === undefined) return sendRefusal(reply, { code: "provider.rejected" });
    await attempts.forgiveAddress(request.ip);
    if (entered.kind === "in") {
      return { session: await beginSession(parts, reply, entered.secret), identity: null };
    }
    const { step, ways } = entered;
    const session = { signedIn: false, setUpNeeded: false, person: null, second: { step, ways } };
    return { session, identity: null };
  }

  /** Linking is for people with a session who proved lately who they are. */
  function whyNotLink(viewer: Viewer | undefined) {
    if (viewer?.session === undefined) return { code: "session.missing" } as const;
    return whyProofNeeded(viewer.session.provedAt, parts.world.clock.now());
  }
}

/** The origin that our pages have: the public one, or that by which this machine was asked. */
function originHere({ network }: ServerParts, request: FastifyRequest): string {
  if (network.publicOrigin !== undefined) return network.publicOrigin;
  return new URL(`${network.tls === undefined ? "http" : "https"}://${request.headers.host}`).origin;
}
