import { Readable } from "node:stream";
import { MessageChannel } from "node:worker_threads";
import {
  attachmentToCopy,
  CopyInput,
  complaintsOf,
  copyToKeep,
  type Upload,
  UploadQuery,
  UploadView,
  whyNotUpload,
} from "@jumpkit/app";
import { IncidentId, MasterCopyId, ReportId, TicketId } from "@jumpkit/core";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { ServerParts } from "../parts.ts";
import { sendRefusal } from "../refusal-reply.ts";
import { answers } from "../schemas.ts";
import { viewerOf } from "../session-cookie.ts";

/** An upload may take hours, but not rest: this long without a byte ends it. */
const IDLE_MS = 60_000;

/** Evidence in, evidence and case files out. Bodies are streams here and never held in memory. */
export function addFileRoutes(app: FastifyInstance, parts: ServerParts): void {
  app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser("application/octet-stream", (_request, payload, done) => done(null, payload));

    scope.put<{ Params: { incident: string }; Body: Readable }>(
      "/v1/upload/:incident",
      { bodyLimit: Number.MAX_SAFE_INTEGER, ...answers(UploadView) },
      async (request, reply) => {
        const viewer = await viewerOf(parts, request);
        if (viewer === undefined) return unread(reply, sendRefusal(reply, { code: "session.missing" }));
        const query = UploadQuery.safeParse(request.query);
        const incident = IncidentId.safeParse(request.params.incident);
        if (!query.success) {
          const complaints = complaintsOf(query.error);
          return unread(reply, sendRefusal(reply, { code: "request.malformed", complaints }));
        }
        const refusal = incident.success
          ? await parts.world.reading(viewer.organisation, (reading) =>
              whyNotUpload(reading, viewer, incident.data),
            )
          : ({ code: "thing.not_found" } as const);
        if (refusal !== undefined || !incident.success) {
          return unread(reply, sendRefusal(reply, refusal ?? { code: "thing.not_found" }));
        }
        endAfterRest(request);
        const file = { name: query.data.name, announced: query.data.sha256 };
        const outcome = await parts.files.receive(
          viewer,
          incident.data,
          file,
          freedAfterUse(request.body ?? Readable.from([])),
        );
        if (!outcome.ok) return sendRefusal(reply, outcome.refusal);
        return viewOf(outcome.value);
      },
    );

    scope.put<{ Params: { copy: string }; Body: Readable }>(
      "/v1/mastercopy/:copy/manifest",
      { bodyLimit: Number.MAX_SAFE_INTEGER, ...answers(UploadView) },
      async (request, reply) => {
        const viewer = await viewerOf(parts, request);
        if (viewer === undefined) return unread(reply, sendRefusal(reply, { code: "session.missing" }));
        const query = UploadQuery.pick({ name: true }).safeParse(request.query);
        const copy = MasterCopyId.safeParse(request.params.copy);
        if (!query.success) {
          const complaints = complaintsOf(query.error);
          return unread(reply, sendRefusal(reply, { code: "request.malformed", complaints }));
        }
        if (!copy.success) return unread(reply, sendRefusal(reply, { code: "thing.not_found" }));
        const found = await parts.world.reading(viewer.organisation, (reading) =>
          copyToKeep(reading, viewer, copy.data),
        );
        if (!found.ok) return unread(reply, sendRefusal(reply, found.refusal));
        endAfterRest(request);
        const chunks = freedAfterUse(request.body ?? Readable.from([]));
        const outcome = await parts.files.receiveManifest(viewer, found.value, query.data.name, chunks);
        return outcome.ok ? viewOf(outcome.value) : unread(reply, sendRefusal(reply, outcome.refusal));
      },
    );
  });

  app.post<{ Params: { report: string } }>(
    "/v1/report/:report/attachment",
    answers(UploadView),
    async (request, reply) => {
      const viewer = await viewerOf(parts, request);
      if (viewer === undefined) return sendRefusal(reply, { code: "session.missing" });
      const report = ReportId.safeParse(request.params.report);
      const input = CopyInput.safeParse(request.body);
      if (!report.success) return sendRefusal(reply, { code: "thing.not_found" });
      if (!input.success) {
        return sendRefusal(reply, { code: "request.malformed", complaints: complaintsOf(input.error) });
      }
      const found = await parts.world.reading(viewer.organisation, (reading) =>
        attachmentToCopy(reading, viewer, report.data, input.data),
      );
      if (!found.ok) return sendRefusal(reply, found.refusal);
      const copied = await parts.files.copy(viewer, report.data, found.value, input.data.incident);
      return viewOf(copied);
    },
  );

  app.get<{ Params: { ticket: string } }>("/v1/download/:ticket", async (request, reply) => {
    const viewer = await viewerOf(parts, request);
    if (viewer === undefined) return sendRefusal(reply, { code: "session.missing" });
    const ticket = TicketId.safeParse(request.params.ticket);
    const file = ticket.success ? await parts.files.redeem(viewer, ticket.data) : undefined;
    if (file === undefined) return sendRefusal(reply, { code: "thing.not_found" });
    reply.headers({
      "content-type": file.mediaType,
      "content-disposition": attachment(file.fileName),
      // Whatever it is, it is data here: no browser may run, render or guess at it.
      "content-security-policy": "sandbox; default-src 'none'",
      "cache-control": "no-store",
    });
    if (file.sizeBytes !== undefined) reply.header("content-length", String(file.sizeBytes));
    if (file.sha256 !== undefined) {
      reply.header("repr-digest", `sha-256=:${Buffer.from(file.sha256, "hex").toString("base64")}:`);
    }
    return reply.send(Readable.from(file.chunks, { objectMode: false }));
  });
}

function viewOf({ id, sha256, sizeBytes, name }: Upload) {
  return { upload: id, sha256, sizeBytes, name };
}

function endAfterRest({ raw }: FastifyRequest): void {
  raw.setTimeout(IDLE_MS, () => {
    if (!raw.complete) raw.destroy(new Error("the upload rested too long"));
  });
}

const { port1, port2: bin } = new MessageChannel();
port1.close();

/**
 * The chunks of a request, each freed as soon as the next is asked for.
 *
 * The collector would let 32 MiB of them pile up before it looks; a port without another end frees what is
 * handed to it at once.
 */
async function* freedAfterUse(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) {
    yield chunk;
    if (chunk.buffer instanceof ArrayBuffer && chunk.byteLength === chunk.buffer.byteLength) {
      bin.postMessage(null, [chunk.buffer]);
    }
  }
}

/** A refused upload's bytes are not waited for: the connection ends with the answer. */
function unread(reply: FastifyReply, answer: FastifyReply): FastifyReply {
  reply.header("connection", "close");
  return answer;
}

/**
 * A `Content-Disposition` that saves the file under its own name, whatever characters that has.
 *
 * @source RFC 6266 §4, RFC 8187 §3.2
 */
export function attachment(name: string): string {
  const plain = name.replaceAll(/[^\x20-\x7e]|["\\/%]/g, "_");
  const encoded = encodeURIComponent(name.toWellFormed()).replaceAll(
    /['()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`;
}
