import { createHash, randomBytes, randomUUID } from "node:crypto";
import fastifyMultipart from "@fastify/multipart";
import {
  execute,
  type Operation,
  OUTSIDE_OPERATIONS,
  REFUSALS,
  type Refusal,
  type Viewer,
} from "@jumpkit/app";
import { ATTACHMENTS_MAX, idFrom, type OrganisationId, OUTSIDE_REPORTER, whyFormFull } from "@jumpkit/core";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { type Html, html, sendPage } from "../../html.ts";
import type { ServerParts } from "../../parts.ts";
import { type FormLimits, formLimits } from "./limits.ts";
import {
  ATTACHMENT_BYTES_MAX,
  codePage,
  complaintsNotice,
  formPage,
  notice,
  plainPage,
  receiptPage,
  type Typed,
  threadPage,
} from "./pages.ts";
import { type ReadForm, readForm } from "./read-form.ts";

const CODE = /^[0-9a-f]{24}$/;
const KEY = /^[0-9a-f-]{36}$/;
const ORGANISATION = /^org_[0-9a-z]{26}$/;
const [RECEIVE, CONTINUE] = OUTSIDE_OPERATIONS as unknown as readonly [Operation, Operation];

/**
 * The form that needs neither account nor script, its receipt, and the thread that a receipt opens.
 *
 * @source NIST SP 800-61r2 §2.4.4, §3.2.3: the help desk and people inside and outside report what they notice
 */
export function addReportForm(app: FastifyInstance, parts: ServerParts): void {
  const limits = formLimits();
  app.register(async (scope) => {
    await scope.register(fastifyMultipart, {
      throwFileSizeLimit: false,
      limits: {
        fields: 40,
        fieldSize: 64 * 1024,
        files: ATTACHMENTS_MAX,
        fileSize: ATTACHMENT_BYTES_MAX,
        parts: 60,
        headerPairs: 50,
      },
    });
    scope.addContentTypeParser(
      "application/x-www-form-urlencoded",
      { parseAs: "string", bodyLimit: 4096 },
      (_request, body, done) => done(null, Object.fromEntries(new URLSearchParams(String(body)))),
    );
    for (const path of ["/report", "/report/:organisation"]) {
      scope.get(path, (request, reply) => showForm(parts, request, reply));
      scope.post(path, (request, reply) => takeReport(parts, limits, request, reply));
    }
    scope.get("/report/follow", async (_request, reply) =>
      sendPage(reply, 200, FOLLOW, codePage(await nameOf(parts), undefined)),
    );
    scope.post("/report/follow", (request, reply) => openThread(parts, limits, request, reply));
    scope.post("/report/add", (request, reply) => addToThread(parts, limits, request, reply));
  });
}

const REPORT = "Report a security problem";
const FOLLOW = "Follow up on a report";

interface Home {
  readonly organisation: OrganisationId;
  readonly name: string;
  readonly action: string;
}

/** The organisation that a form belongs to: the one its address names, or else the only one there is. */
async function homeOf(parts: ServerParts, request: FastifyRequest): Promise<Home | undefined> {
  const named = (request.params as { readonly organisation?: string }).organisation;
  if (named !== undefined && !ORGANISATION.test(named)) return undefined;
  const organisation = (named as OrganisationId | undefined) ?? (await parts.receipts.onlyOrganisation());
  const name = organisation && (await parts.receipts.organisationName(organisation));
  if (organisation === undefined || name === undefined) return undefined;
  return { organisation, name, action: named === undefined ? "/report" : `/report/${named}` };
}

/** The name to show where no report is open: the only organisation's, or the product's. */
async function nameOf(parts: ServerParts): Promise<string> {
  const only = await parts.receipts.onlyOrganisation();
  return (only && (await parts.receipts.organisationName(only))) ?? "Jumpkit";
}

function noForm(reply: FastifyReply): FastifyReply {
  const sentence =
    "The address names no team that takes reports here. Ask for the whole address, or telephone.";
  return sendPage(reply, 404, "No such form", plainPage("Jumpkit", "There is no such form", sentence));
}

async function showForm(parts: ServerParts, request: FastifyRequest, reply: FastifyReply) {
  const home = await homeOf(parts, request);
  return home === undefined ? noForm(reply) : sendForm(reply, home, 200, {}, undefined);
}

function sendForm(reply: FastifyReply, home: Home, status: number, typed: Typed, problem: Html | undefined) {
  // The page brings the code: it can then be sent twice and is still one report, and no reply has to keep it.
  const kept = typed["code"]?.[0] ?? "";
  const code = CODE.test(kept) ? kept : randomBytes(12).toString("hex");
  return sendPage(reply, status, REPORT, formPage(home.name, { action: home.action, code }, typed, problem));
}

async function takeReport(
  parts: ServerParts,
  limits: FormLimits,
  request: FastifyRequest,
  reply: FastifyReply,
) {
  const home = await homeOf(parts, request);
  if (home === undefined) return noForm(reply);
  const wait = await limits.message(request.ip);
  if (wait !== undefined) return sendForm(reply, home, 429, {}, waitNotice(reply, wait));
  const viewer = outside(home.organisation);
  const report = idFrom("rpt", Date.now(), randomBytes(10));
  const form = await readForm(request, parts.files, async () =>
    (await hasRoom(parts, home.organisation)) ? { viewer, keptFor: report } : undefined,
  );
  const { typed, uploads } = form;
  const one = (name: string): string => typed[name]?.[0] ?? "";
  const code = one("code");
  if (form.problem !== undefined || !CODE.test(code)) {
    return sendForm(reply, home, 400, typed, notice(sentence(form)));
  }
  const receiptSha256 = sha256(code);
  const outcome = await execute(parts.world, RECEIVE, {
    viewer,
    key: `receipt-${receiptSha256}`,
    input: {
      report,
      receiptSha256,
      uploads: uploads.map((upload) => upload.id),
      claim: one("claim") || undefined,
      what: one("what").replaceAll("\r\n", "\n"),
      symptoms: typed["symptoms"] ?? [],
      systems: one("systems"),
      noticed: one("noticed"),
      ongoing: one("ongoing") || undefined,
      name: one("name"),
      contact: one("contact"),
      affiliation: one("affiliation"),
    },
  });
  const number = outcome.ok ? String(outcome.value["number"]) : await numberOf(parts, code);
  // A form sent twice, by a double click or a second try after a lost answer, is one report.
  if (number !== undefined)
    return sendPage(reply, 200, "Report received", receiptPage(home.name, number, code));
  return outcome.ok
    ? undefined
    : sendForm(reply, home, statusOf(outcome.refusal), typed, told(outcome.refusal));
}

async function openThread(
  parts: ServerParts,
  limits: FormLimits,
  request: FastifyRequest,
  reply: FastifyReply,
) {
  const wait = await limits.code(request.ip);
  if (wait !== undefined) {
    return sendPage(reply, 429, FOLLOW, codePage(await nameOf(parts), waitNotice(reply, wait)));
  }
  const typed = (request.body as { readonly code?: unknown } | undefined)?.code;
  return sendThread(parts, reply, plainCode(typed), 200, "", undefined);
}

async function addToThread(
  parts: ServerParts,
  limits: FormLimits,
  request: FastifyRequest,
  reply: FastifyReply,
) {
  const wait = (await limits.code(request.ip)) ?? (await limits.message(request.ip));
  if (wait !== undefined) {
    return sendPage(reply, 429, FOLLOW, codePage(await nameOf(parts), waitNotice(reply, wait)));
  }
  const form = await readForm(request, parts.files, async (typed) => {
    const found = await parts.receipts.reportOf(plainCode(typed["code"]?.[0]));
    if (found === undefined || !(await hasRoom(parts, found.organisation))) return undefined;
    return { viewer: outside(found.organisation), keptFor: found.report };
  });
  const code = plainCode(form.typed["code"]?.[0]);
  const text = (form.typed["text"]?.[0] ?? "").replaceAll("\r\n", "\n");
  const key = form.typed["key"]?.[0] ?? "";
  const found = await parts.receipts.reportOf(code);
  if (found === undefined || form.problem !== undefined || !KEY.test(key)) {
    return sendThread(parts, reply, code, 400, text, notice(sentence(form)));
  }
  const outcome = await execute(parts.world, CONTINUE, {
    viewer: outside(found.organisation),
    key: `message-${key}`,
    input: { report: found.report, text, uploads: form.uploads.map((upload) => upload.id) },
  });
  if (outcome.ok) return sendThread(parts, reply, code, 200, "", notice(html`Sent.`));
  // The same message sent twice: it is in the thread already.
  if (outcome.refusal.code === "request.key_reused")
    return sendThread(parts, reply, code, 200, "", undefined);
  return sendThread(parts, reply, code, statusOf(outcome.refusal), text, told(outcome.refusal));
}

async function sendThread(
  parts: ServerParts,
  reply: FastifyReply,
  code: string,
  status: number,
  typed: string,
  problem: Html | undefined,
) {
  const found = await parts.receipts.reportOf(code);
  const report =
    found && (await parts.world.reading(found.organisation, (reading) => reading.report(found.report)));
  if (found === undefined || report === undefined) {
    const unknown = notice(html`No report has this code. Look at your receipt: it is 24 letters and digits.`);
    return sendPage(reply, 404, FOLLOW, codePage(await nameOf(parts), unknown));
  }
  const name = (await parts.receipts.organisationName(found.organisation)) ?? "";
  const page = threadPage(name, report, { code, key: randomUUID() }, typed, problem);
  return sendPage(reply, status, `Report ${report.number}`, page);
}

async function numberOf(parts: ServerParts, code: string): Promise<string | undefined> {
  const found = await parts.receipts.reportOf(code);
  return (
    found &&
    (await parts.world.reading(found.organisation, (reading) => reading.report(found.report)))?.number
  );
}

/** Whether the form takes files of this organisation's reporters now. */
function hasRoom(parts: ServerParts, organisation: OrganisationId): Promise<boolean> {
  return parts.world.reading(
    organisation,
    async (reading) => whyFormFull(await reading.formLoad()) === undefined,
  );
}

function outside(organisation: OrganisationId): Viewer {
  return { ...OUTSIDE_REPORTER, organisation, zone: "UTC", roles: [] };
}

/** A code as it was typed: spaces, dashes and capitals do not matter. */
function plainCode(typed: unknown): string {
  const code = typeof typed === "string" ? typed.replaceAll(/[\s-]/g, "").toLowerCase() : "";
  return CODE.test(code) ? code : "";
}

function sentence({ problem }: ReadForm): Html {
  return html`Not sent. ${problem ?? "The form was not whole"}. Your words are still here; choose the files again.`;
}

function told(refusal: Refusal): Html {
  if (refusal.code === "request.malformed") return complaintsNotice(refusal.complaints);
  const { message, next } = REFUSALS[refusal.code];
  return notice(html`Not sent. ${message} ${next}`);
}

function statusOf(refusal: Refusal): number {
  return REFUSALS[refusal.code].status;
}

function waitNotice(reply: FastifyReply, seconds: number): Html {
  reply.header("retry-after", String(seconds));
  const minutes = Math.ceil(seconds / 60);
  return notice(
    html`Not sent: too many messages came from your address. Telephone us, or wait ${minutes} min.`,
  );
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
