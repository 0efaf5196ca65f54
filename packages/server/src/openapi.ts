import {
  CodeInput,
  CopyInput,
  FactorBegun,
  FactorChecked,
  FactorCheckInput,
  LiveHint,
  LookInput,
  OPERATIONS,
  type Operation,
  PasskeyAsked,
  PasskeyAskInput,
  PasskeyInput,
  PasskeyKept,
  ProofInput,
  ProviderView,
  QUERIES,
  type Query,
  REFUSALS,
  type RefusalCode,
  routeOf,
  SessionView,
  SetUpInput,
  SignInInput,
  StrengthInput,
  StrengthView,
  TakeInQuery,
  TakenIn,
  UploadQuery,
  UploadView,
  VisitBegun,
  VisitFinished,
  VisitFinishInput,
  VisitInput,
  WelcomeInput,
} from "@jumpkit/app";
import { ApprovalId, TLP_LABELS } from "@jumpkit/core";
import * as z from "zod";
import { RecordedView } from "./schemas.ts";

type Json = { readonly [key: string]: unknown };

/** The OpenAPI 3.1 document of every route, made from the operations and queries themselves. */
export function openApi(): Json {
  const components: Record<string, unknown> = { Refusal: REFUSAL_SCHEMA };
  const paths: Record<string, Record<string, unknown>> = {};
  const add = (method: string, path: string, entry: Json): void => {
    paths[path] = { ...paths[path], [method]: entry };
  };
  for (const operation of OPERATIONS as unknown as readonly Operation[]) {
    add("post", routeOf(operation), operationEntry(operation, components));
  }
  for (const query of QUERIES as unknown as readonly Query[]) {
    add("get", query.path, queryEntry(query, components));
  }
  for (const { method, path, ...entry } of sessionEntries(components)) add(method, path, entry);
  return {
    openapi: "3.1.0",
    info: {
      title: "Jumpkit",
      version: "1",
      description: "Every change is one operation, every page one query. A refusal names what to do next.",
    },
    security: [{ session: [] }, { token: [] }],
    paths: Object.fromEntries(Object.entries(paths).sort(([a], [b]) => (a < b ? -1 : 1))),
    components: {
      securitySchemes: {
        session: {
          type: "apiKey",
          in: "cookie",
          name: "jumpkit_session",
          description: "`__Host-jumpkit_session` over TLS",
        },
        token: { type: "http", scheme: "bearer", description: "jk_…, made with token.make" },
      },
      schemas: components,
    },
  };
}

const REFUSAL_SCHEMA = {
  type: "object",
  description: "Why not, and what to do next.",
  required: ["code", "message", "next", "details"],
  properties: {
    code: { type: "string", enum: Object.keys(REFUSALS) },
    message: { type: "string" },
    next: { type: "string" },
    details: { type: "object" },
  },
};

function operationEntry(operation: Operation, components: Record<string, unknown>): Json {
  const { thing } = operation;
  const body =
    thing === undefined ? operation.input : z.object(without(operation.input.shape, thing)).strict();
  return {
    operationId: operation.name,
    summary: operation.summary,
    tags: [operation.phase],
    "x-action": operation.action,
    parameters: [
      ...pathParameters(routeOf(operation), operation.input),
      IDEMPOTENCY_KEY,
      ...consent(operation),
    ],
    requestBody: { required: true, content: json(body, "input", components) },
    responses: {
      200: {
        description: "Done and recorded",
        content: json(operation.output.extend({ recorded: RecordedView }), "output", components),
      },
      ...refusals([
        "request.malformed",
        "session.missing",
        "authority.forbidden",
        "thing.not_found",
        "request.key_reused",
      ]),
    },
  };
}

function queryEntry(query: Query, components: Record<string, unknown>): Json {
  const inPath = new Set([...query.path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]));
  const inQuery = Object.entries(query.input.shape).filter(([name]) => !inPath.has(name));
  return {
    operationId: query.name,
    summary: query.summary,
    tags: [query.phase],
    "x-action": query.action,
    parameters: [
      ...pathParameters(query.path, query.input),
      ...inQuery.map(([name, schema]) => ({
        name,
        in: "query",
        required: false,
        schema: schemaOf(schema as z.ZodType, "input", components),
      })),
    ],
    responses: {
      200: { description: "What was asked for", content: json(query.output, "output", components) },
      ...refusals(["request.malformed", "session.missing", "authority.forbidden", "thing.not_found"]),
    },
  };
}

function sessionEntries(components: Record<string, unknown>) {
  const open = { security: [] };
  const answers = (schema: z.ZodType) => ({
    200: { description: "Answered", content: json(schema, "output", components) },
  });
  const takes = (schema: z.ZodType) => ({ required: true, content: json(schema, "input", components) });
  return [
    {
      method: "get",
      path: "/v1/session",
      operationId: "session.show",
      summary: "Who is signed in",
      tags: ["prepare"],
      ...open,
      responses: answers(SessionView),
    },
    {
      method: "post",
      path: "/v1/session",
      operationId: "session.begin",
      summary: "Sign in",
      tags: ["prepare"],
      ...open,
      requestBody: takes(SignInInput),
      responses: { ...answers(SessionView), ...refusals(["session.wrong_credentials", "request.too_many"]) },
    },
    {
      method: "post",
      path: "/v1/session/proof",
      operationId: "session.prove",
      summary: "Prove that it is still you, before you change how you sign in",
      tags: ["prepare"],
      requestBody: takes(ProofInput),
      responses: {
        ...answers(SessionView),
        ...refusals(["session.missing", "session.wrong_credentials", "request.too_many"]),
      },
    },
    {
      method: "post",
      path: "/v1/session/code",
      operationId: "session.code",
      summary: "Take the second step of a sign-in with a code",
      tags: ["prepare"],
      ...open,
      requestBody: takes(CodeInput),
      responses: {
        ...answers(SessionView),
        ...refusals(["session.wrong_code", "session.step_ended", "request.too_many"]),
      },
    },
    {
      method: "post",
      path: "/v1/session/passkey/ask",
      operationId: "session.ask_passkey",
      summary: "What a browser needs to sign in with a passkey",
      tags: ["prepare"],
      ...open,
      requestBody: takes(PasskeyAskInput),
      responses: { ...answers(PasskeyAsked), ...refusals(["passkey.not_here", "session.step_ended"]) },
    },
    {
      method: "post",
      path: "/v1/session/passkey",
      operationId: "session.passkey",
      summary: "Sign in with a passkey, alone or as the second step",
      tags: ["prepare"],
      ...open,
      requestBody: takes(PasskeyInput),
      responses: { ...answers(SessionView), ...refusals(["passkey.rejected", "session.step_ended"]) },
    },
    {
      method: "post",
      path: "/v1/factor/begin",
      operationId: "factor.begin",
      summary: "Begin to set up an authenticator",
      tags: ["prepare"],

      responses: { ...answers(FactorBegun), ...refusals(["session.proof_needed"]) },
    },
    {
      method: "post",
      path: "/v1/factor/check",
      operationId: "factor.check",
      summary: "Check a code of the authenticator that is being set up",
      tags: ["prepare"],

      requestBody: takes(FactorCheckInput),
      responses: {
        ...answers(FactorChecked),
        ...refusals(["session.wrong_code", "session.proof_needed", "request.too_many"]),
      },
    },
    {
      method: "post",
      path: "/v1/passkey/ask",
      operationId: "passkey.ask",
      summary: "What a browser needs to make a passkey",
      tags: ["prepare"],

      responses: { ...answers(PasskeyAsked), ...refusals(["passkey.not_here", "session.proof_needed"]) },
    },
    {
      method: "post",
      path: "/v1/passkey/keep",
      operationId: "passkey.keep",
      summary: "Keep a new passkey until it is added",
      tags: ["prepare"],

      requestBody: takes(PasskeyInput),
      responses: { ...answers(PasskeyKept), ...refusals(["passkey.rejected", "session.proof_needed"]) },
    },
    {
      method: "get",
      path: "/v1/oidc",
      operationId: "provider.show",
      summary: "The provider at which people may sign in",
      tags: ["prepare"],
      ...open,
      responses: answers(ProviderView),
    },
    {
      method: "post",
      path: "/v1/oidc/start",
      operationId: "provider.start",
      summary: "Where the browser goes to sign in at the provider, or to link an account there",
      tags: ["prepare"],
      ...open,
      requestBody: takes(VisitInput),
      responses: {
        ...answers(VisitBegun),
        ...refusals([
          "provider.none",
          "provider.away",
          "session.missing",
          "session.proof_needed",
          "request.too_many",
        ]),
      },
    },
    {
      method: "post",
      path: "/v1/oidc/finish",
      operationId: "provider.finish",
      summary: "Take what the browser came back from the provider with",
      tags: ["prepare"],
      ...open,
      requestBody: takes(VisitFinishInput),
      responses: {
        ...answers(VisitFinished),
        ...refusals(["provider.none", "provider.away", "provider.rejected", "request.too_many"]),
      },
    },
    {
      method: "delete",
      path: "/v1/session",
      operationId: "session.end",
      summary: "Sign out",
      tags: ["prepare"],
      ...open,
      responses: { 204: { description: "Signed out" } },
    },
    {
      method: "post",
      path: "/v1/setup",
      operationId: "organisation.found",
      summary: "Found the organisation with the one-time link",
      tags: ["prepare"],
      ...open,
      requestBody: takes(SetUpInput),
      responses: { ...answers(SessionView), ...refusals(["session.weak_passphrase", "session.token_spent"]) },
    },
    {
      method: "post",
      path: "/v1/welcome",
      operationId: "session.welcome",
      summary: "Choose a passphrase with an invitation",
      tags: ["prepare"],
      ...open,
      requestBody: takes(WelcomeInput),
      responses: { ...answers(SessionView), ...refusals(["session.weak_passphrase", "session.token_spent"]) },
    },
    {
      method: "post",
      path: "/v1/passphrase",
      operationId: "passphrase.judge",
      summary: "How hard a passphrase is to guess",
      tags: ["prepare"],
      ...open,
      requestBody: takes(StrengthInput),
      responses: answers(StrengthView),
    },
    {
      method: "put",
      path: "/v1/upload/{incident}",
      operationId: "upload.receive",
      summary: "Send the bytes of one file, streamed",
      tags: ["document"],
      "x-action": "evidence.collect",
      parameters: [
        { name: "incident", in: "path", required: true, schema: { type: "string" } },
        ...Object.entries(UploadQuery.shape).map(([name, schema]) => ({
          name,
          in: "query",
          required: name === "name",
          schema: schemaOf(schema, "input", components),
        })),
      ],
      requestBody: { required: true, content: { "application/octet-stream": {} } },
      responses: {
        ...answers(UploadView),
        ...refusals(["upload.wrong_digest", "storage.full", "thing.not_found"]),
      },
    },
    {
      method: "put",
      path: "/v1/mastercopy/{copy}/manifest",
      operationId: "mastercopy.receive",
      summary:
        "Send the manifest of a registered master copy, streamed; it is read through before this answers",
      tags: ["prepare"],
      "x-action": "mastercopy.manage",
      parameters: [
        { name: "copy", in: "path", required: true, schema: { type: "string" } },
        {
          name: "name",
          in: "query",
          required: true,
          schema: schemaOf(UploadQuery.shape.name, "input", components),
        },
      ],
      requestBody: { required: true, content: { "application/octet-stream": {} } },
      responses: {
        ...answers(UploadView),
        ...refusals([
          "mastercopy.kept_already",
          "mastercopy.unsound",
          "storage.full",
          "thing.not_found",
          "upload.too_large",
          "upload.wrong_digest",
        ]),
      },
    },
    {
      method: "put",
      path: "/v1/intake/{source}",
      operationId: "intake.receive",
      summary: "Send a batch of signs, streamed, packed with gzip or not; safe when 202 answers",
      tags: ["detect"],
      "x-action": "sign.send",
      parameters: [
        { name: "source", in: "path", required: true, schema: { type: "string" } },
        ...Object.entries(TakeInQuery.shape).map(([name, schema]) => ({
          name,
          in: "query",
          required: false,
          schema: schemaOf(schema, "input", components),
        })),
      ],
      requestBody: { required: true, content: { "application/octet-stream": {} } },
      responses: {
        202: {
          description: "The batch is safe and will be worked off",
          content: { "application/json": { schema: schemaOf(TakenIn, "output", components) } },
        },
        ...refusals(["batch.empty", "batch.too_large", "source.retired", "storage.full", "thing.not_found"]),
      },
    },
    {
      method: "post",
      path: "/v1/report/{report}/attachment",
      operationId: "attachment.copy",
      summary: "Copy a report's attachment to an incident, as an upload that evidence can be made of",
      tags: ["detect"],
      "x-action": "evidence.collect",
      parameters: [{ name: "report", in: "path", required: true, schema: { type: "string" } }],
      requestBody: takes(CopyInput),
      responses: {
        ...answers(UploadView),
        ...refusals(["report.no_such_attachment", "storage.full", "thing.not_found"]),
      },
    },
    {
      method: "get",
      path: "/v1/download/{ticket}",
      operationId: "download.fetch",
      summary: "Fetch what a ticket grants",
      tags: ["document"],
      parameters: [{ name: "ticket", in: "path", required: true, schema: { type: "string" } }],
      responses: {
        200: { description: "The file, never to be rendered", content: { "application/octet-stream": {} } },
        ...refusals(["thing.not_found"]),
      },
    },
    {
      method: "get",
      path: "/v1/incident/{incident}/followup.pdf",
      operationId: "followup.print",
      summary:
        "The follow-up report of an incident on paper; the same record and marking give the same bytes",
      tags: ["learn"],
      "x-action": "incident.read",
      parameters: [
        { name: "incident", in: "path", required: true, schema: { type: "string" } },
        { name: "marking", in: "query", required: false, schema: { type: "string", enum: [...TLP_LABELS] } },
      ],
      responses: { ...PAPER, ...refusals(["request.malformed", "thing.not_found"]) },
    },
    {
      method: "get",
      path: "/v1/evidence/{item}/custody.pdf",
      operationId: "evidence.print_custody",
      summary: "The custody form of one item on paper",
      tags: ["document"],
      "x-action": "incident.read",
      parameters: [{ name: "item", in: "path", required: true, schema: { type: "string" } }],
      responses: { ...PAPER, ...refusals(["thing.not_found"]) },
    },
    {
      method: "post",
      path: "/v1/presence",
      operationId: "presence.look",
      summary: "Say what you look at now; colleagues see it, and nothing is recorded",
      tags: ["detect"],
      requestBody: takes(LookInput),
      responses: { 204: { description: "Told" }, ...refusals(["thing.not_found", "session.missing"]) },
    },
    {
      method: "get",
      path: "/v1/live",
      operationId: "live.follow",
      summary: "Hear that something changed",
      tags: ["document"],
      responses: {
        200: {
          description: "Events `change`, `presence`, `resync` and `resumed`",
          content: { "text/event-stream": { schema: schemaOf(LiveHint, "output", components) } },
        },
      },
    },
  ];
}

const PAPER = { 200: { description: "A PDF file", content: { "application/pdf": {} } } } as const;

function without(shape: z.ZodObject["shape"], name: string): z.ZodObject["shape"] {
  return Object.fromEntries(Object.entries(shape).filter(([each]) => each !== name));
}

const IDEMPOTENCY_KEY = {
  name: "Idempotency-Key",
  in: "header",
  required: true,
  description: "New for each change; the same key with the same request gives the first reply again.",
  schema: { type: "string", minLength: 8, maxLength: 200 },
};

/** What the policy may want consent for takes the consent along. */
function consent({ action }: Operation) {
  return action === "own" ? [] : [APPROVAL];
}

const APPROVAL = {
  name: "Jumpkit-Approval",
  in: "header",
  required: false,
  description: "The approval to spend on this, from approval.request, where the policy wants consent.",
  schema: schemaOf(ApprovalId, "input", {}),
};

function pathParameters(path: string, input: z.ZodObject) {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => ({
    name,
    in: "path",
    required: true,
    schema: schemaOf(input.shape[name] as z.ZodType, "input", {}),
  }));
}

function json(schema: z.ZodType, io: "input" | "output", components: Record<string, unknown>): Json {
  return { "application/json": { schema: schemaOf(schema, io, components) } };
}

/** The schema, with every part that has an id moved among the components. */
function schemaOf(schema: z.ZodType, io: "input" | "output", components: Record<string, unknown>): Json {
  const {
    $schema: _,
    $defs,
    ...rest
  } = z.toJSONSchema(schema, {
    target: "draft-2020-12",
    io,
    unrepresentable: "any",
  }) as unknown as Record<string, unknown>;
  const rewrite = (value: unknown): unknown =>
    JSON.parse(JSON.stringify(value).replaceAll("#/$defs/", "#/components/schemas/"));
  for (const [id, part] of Object.entries(($defs as Record<string, unknown> | undefined) ?? {})) {
    components[id] = rewrite(part);
  }
  return rewrite(rest) as Json;
}

function refusals(codes: readonly RefusalCode[]) {
  const byStatus = new Map<number, RefusalCode[]>();
  for (const code of codes)
    byStatus.set(REFUSALS[code].status, [...(byStatus.get(REFUSALS[code].status) ?? []), code]);
  return Object.fromEntries(
    [...byStatus].map(([status, each]) => [
      status,
      {
        description: each.map((code) => `${code}: ${REFUSALS[code].message}`).join(" "),
        content: { "application/json": { schema: { $ref: "#/components/schemas/Refusal" } } },
      },
    ]),
  );
}
