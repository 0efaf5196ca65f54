import { createHash, randomUUID, timingSafeEqual } from "node:crypto";
import {
  ask,
  execute,
  OPERATIONS,
  type Operation,
  QUERIES,
  type Query,
  REFUSALS,
  type Refusal,
  type Viewer,
} from "@jumpkit/app";
import { ApprovalId, type Result } from "@jumpkit/core";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { type Html, html, sendPage } from "../../html.ts";
import type { ServerParts } from "../../parts.ts";
import { sessionSecret, setSession } from "../../session-cookie.ts";
import { takeCode, takePassphrase } from "../sign-in-steps.ts";
import {
  APPROVAL_STYLE,
  approvalPage,
  comeInPage,
  noRequestPage,
  type ShownApproval,
  secondStepPage,
} from "./page.ts";

const KEY = /^[0-9a-f-]{36}$/;
const TITLE = "A request for consent";

/**
 * The page at which somebody decides on a request with a telephone and without script.
 *
 * It answers to a session alone. Its form carries a word that only this session and this request give, beside what
 * every change needs: our own origin and a cookie that no other site can make a browser send.
 */
export function addApprovalPage(app: FastifyInstance, parts: ServerParts): void {
  app.register(async (scope) => {
    scope.addContentTypeParser(
      "application/x-www-form-urlencoded",
      { parseAs: "string", bodyLimit: 16_384 },
      (_request, body, done) => done(null, Object.fromEntries(new URLSearchParams(String(body)))),
    );
    scope.get("/approve/:approval", (request, reply) => show(parts, request, reply, 200, undefined));
    scope.post("/approve/:approval", (request, reply) => answer(parts, request, reply));
    scope.post("/approve/:approval/enter", (request, reply) => enter(parts, request, reply));
    scope.post("/approve/:approval/code", (request, reply) => enterByCode(parts, request, reply));
  });
}

interface Known {
  readonly viewer: Viewer;
  readonly secret: string;
}

async function known(parts: ServerParts, request: FastifyRequest): Promise<Known | undefined> {
  const secret = sessionSecret(parts, request);
  const viewer = secret === undefined ? undefined : await parts.accounts.viewer(secret);
  return secret === undefined || viewer === undefined ? undefined : { secret, viewer };
}

/** The first step of a sign-in that leads back to the request. */
async function enter(parts: ServerParts, request: FastifyRequest, reply: FastifyReply) {
  const address = addressOf(request);
  if (address === undefined) return askToComeIn(request, reply, undefined);
  const { signInName = "", passphrase = "" } = (request.body ?? {}) as Readonly<Record<string, string>>;
  const outcome = await takePassphrase(parts, request, { signInName: signInName.trim(), passphrase });
  if (!outcome.ok) {
    return refused(reply, outcome.refusal, (problem) => comeInPage(address, signInName, problem));
  }
  if (outcome.value.kind === "in") return goBack(parts, reply, address, outcome.value.secret);
  const { step, ways } = outcome.value;
  return sendPage(reply, 200, TITLE, secondStepPage(address, step, ways), APPROVAL_STYLE);
}

/** The second step; one that has ended begins anew. */
async function enterByCode(parts: ServerParts, request: FastifyRequest, reply: FastifyReply) {
  const address = addressOf(request);
  if (address === undefined) return askToComeIn(request, reply, undefined);
  const { step = "", code = "" } = (request.body ?? {}) as Readonly<Record<string, string>>;
  const outcome = await takeCode(parts, request, { step, code: code.trim() });
  if (outcome.ok) return goBack(parts, reply, address, outcome.value);
  const again = outcome.refusal.code === "session.wrong_code" || outcome.refusal.code === "request.too_many";
  return refused(reply, outcome.refusal, (problem) =>
    again ? secondStepPage(address, step, ["code"], problem) : comeInPage(address, "", problem),
  );
}

function refused(reply: FastifyReply, refusal: Refusal, page: (problem: Html) => Html): FastifyReply {
  if (refusal.code === "request.too_many") reply.header("retry-after", refusal.retryAfterSeconds);
  return sendPage(reply, REFUSALS[refusal.code].status, TITLE, page(told(refusal)), APPROVAL_STYLE);
}

function goBack(parts: ServerParts, reply: FastifyReply, address: string, secret: string): FastifyReply {
  setSession(parts, reply, secret);
  return reply.redirect(address, 303);
}

function addressOf(request: FastifyRequest): string | undefined {
  const named = ApprovalId.safeParse((request.params as { readonly approval: string }).approval);
  return named.success ? `/approve/${named.data}` : undefined;
}

async function show(
  parts: ServerParts,
  request: FastifyRequest,
  reply: FastifyReply,
  status: number,
  problem: Html | undefined,
): Promise<FastifyReply> {
  const named = ApprovalId.safeParse((request.params as { readonly approval: string }).approval);
  const who = await known(parts, request);
  if (who === undefined) return askToComeIn(request, reply, named.data);
  if (named.data === undefined) return sendPage(reply, 404, TITLE, noRequestPage(), APPROVAL_STYLE);
  const found = await read(parts, who.viewer, named.data);
  if (!found.ok) return sendPage(reply, 404, TITLE, noRequestPage(), APPROVAL_STYLE);
  const { viewer, secret } = who;
  const organisation = (await parts.receipts.organisationName(viewer.organisation)) ?? "Jumpkit";
  const { name, zone } = viewer;
  const around = { organisation, name, zone, key: randomUUID(), guard: guardOf(secret, named.data) };
  return sendPage(reply, status, TITLE, approvalPage(found.value, around, problem), APPROVAL_STYLE);
}

/** A browser that came from elsewhere keeps its cookie back: our own page sends it on once. */
function askToComeIn(request: FastifyRequest, reply: FastifyReply, approval: ApprovalId | undefined) {
  const address = approval === undefined ? "/" : `/approve/${approval}`;
  const again = (request.query as { readonly again?: string }).again !== undefined;
  if (!again && approval !== undefined) reply.header("refresh", `0; url=${address}?again`);
  const page = approval === undefined ? noRequestPage() : comeInPage(address);
  return sendPage(reply, approval === undefined ? 404 : 401, TITLE, page, APPROVAL_STYLE);
}

async function answer(parts: ServerParts, request: FastifyRequest, reply: FastifyReply) {
  const named = ApprovalId.safeParse((request.params as { readonly approval: string }).approval);
  const who = await known(parts, request);
  if (who === undefined || named.data === undefined) return show(parts, request, reply, 200, undefined);
  const body = (request.body ?? {}) as Readonly<Record<string, string>>;
  const { key = "", guard = "", answer: chosen = "", words = "" } = body;
  if (!KEY.test(key) || !sameText(guard, guardOf(who.secret, named.data))) {
    return show(
      parts,
      request,
      reply,
      403,
      notice("The form was not from your own page. Answer on this one."),
    );
  }
  const said = words.replaceAll("\r\n", "\n").trim();
  if (chosen !== "approve" && said === "") {
    return show(parts, request, reply, 400, notice("Not sent: a condition and a refusal need words."));
  }
  const outcome = await execute(parts.world, operationFor(chosen), {
    viewer: who.viewer,
    key: `approve-${key}`,
    input: inputFor(chosen, named.data, said),
  });
  if (outcome.ok) return show(parts, request, reply, 200, notice("Your answer is on the record."));
  return show(parts, request, reply, REFUSALS[outcome.refusal.code].status, told(outcome.refusal));
}

function inputFor(chosen: string, approval: ApprovalId, said: string): object {
  if (chosen === "refuse") return { approval, reason: said };
  return { approval, condition: chosen === "condition" ? said : "" };
}

function operationFor(chosen: string): Operation {
  const name = chosen === "refuse" ? "approval.refuse" : "approval.approve";
  return OPERATIONS.find((each) => each.name === name) as unknown as Operation;
}

const SHOW = QUERIES.find((each) => each.name === "approval.show") as unknown as Query;

async function read(
  parts: ServerParts,
  viewer: Viewer,
  approval: ApprovalId,
): Promise<Result<ShownApproval, Refusal>> {
  const outcome = await parts.world.reading(viewer.organisation, (reading) =>
    ask(reading, SHOW, { viewer, input: { approval } }),
  );
  return outcome as Result<ShownApproval, Refusal>;
}

/** What a form of this session about this request carries, and no other page can know. */
function guardOf(secret: string, approval: ApprovalId): string {
  return createHash("sha256").update(`approve ${approval} ${secret}`).digest("hex");
}

function sameText(given: string, wanted: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(wanted)];
  return a.length === b.length && timingSafeEqual(a, b);
}

function notice(words: string): Html {
  return html`<div class="notice" role="status"><p>${words}</p></div>`;
}

function told(refusal: Refusal): Html {
  const { message, next } = REFUSALS[refusal.code];
  return notice(`${message} ${next}`);
}
