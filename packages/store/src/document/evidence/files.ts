import { randomBytes } from "node:crypto";
import type { Files, Keeper, Outgoing, Refusal, Upload, Viewer } from "@jumpkit/app";
import {
  type ActionId,
  type Attachment,
  accept,
  type EvidenceId,
  type EvidenceItem,
  type IncidentId,
  type Instant,
  idFrom,
  type MasterCopy,
  type MasterCopyId,
  type OrganisationId,
  type ReplyId,
  type ReportId,
  type Result,
  refuse,
  type TicketId,
  unixMsOf,
} from "@jumpkit/core";
import type pg from "pg";
import { withTransaction } from "../../database/transaction.ts";
import { ManifestUnsound, type ReadManifest, readThrough } from "../../prepare/master-copy/kept-manifests.ts";
import { type CaseFileParts, caseFileOf } from "../case-file/from-log.ts";
import type { CheckpointPublisher } from "../log/publish.ts";
import type { DiskBlobStore } from "./blob/disk-blob-store.ts";

/** What evidence files are kept and handed out with. */
export interface FilesParts {
  readonly pool: pg.Pool;
  readonly blobs: DiskBlobStore;
  readonly publisher: CheckpointPublisher;
  /** The shell verifier that goes into every case file. */
  readonly verifyScript: string;
  readonly readManifest: ReadManifest;
  readonly now: () => Instant;
}

/** The largest manifest that is taken: fifteen million files, compressed. */
const MANIFEST_MAX_BYTES = 1024 ** 3;

type Grants =
  | { readonly what: "evidence"; readonly item: EvidenceId }
  | { readonly what: "case_file"; readonly incident: IncidentId; readonly through: number }
  | ({ readonly what: "reply"; readonly reply: ReplyId } & Attachment)
  | ({ readonly what: "master_copy"; readonly copy: MasterCopyId } & Attachment)
  | ({ readonly what: "attachment"; readonly report: ReportId } & Attachment);

/** What a token has to be made for to fetch what a ticket grants: the action that gave the ticket out. */
const GRANTED_BY: Readonly<Record<Grants["what"], ActionId>> = {
  evidence: "evidence.read",
  case_file: "incident.export",
  reply: "evidence.read",
  attachment: "evidence.read",
  master_copy: "mastercopy.manage",
};

/** Evidence and case files as bytes, on PostgreSQL and the blob store. */
export class EvidenceFiles implements Files {
  readonly #parts: FilesParts;

  constructor(parts: FilesParts) {
    this.#parts = parts;
  }

  async receive(
    viewer: Viewer,
    keptFor: Keeper,
    file: { readonly name: string; readonly announced: string | undefined; readonly limitBytes?: number },
    chunks: AsyncIterable<Uint8Array>,
  ): Promise<Result<Upload, Refusal>> {
    const { pool, blobs, now } = this.#parts;
    const received = await blobs.receive(chunks, {
      organisation: viewer.organisation,
      incident: keptFor,
      ...(file.announced === undefined ? {} : { expectedSha256: file.announced }),
      ...(file.limitBytes === undefined ? {} : { limitBytes: file.limitBytes }),
    });
    if (!received.ok) {
      const { refusal } = received;
      return refusal.code === "blob.too_large"
        ? refuse({ code: "upload.too_large", limitBytes: refusal.limitBytes })
        : refuse({ code: "upload.wrong_digest", sha256: refusal.received });
    }
    const { sha256, sizeBytes } = received.value;
    const receivedAt = now();
    const id = idFrom("upl", unixMsOf(receivedAt), randomBytes(10));
    await withTransaction(pool, viewer.organisation, (client) =>
      client.query(
        `INSERT INTO upload (organisation, id, incident, person, sha256, size_bytes, name, received_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
        [viewer.organisation, id, keptFor, viewer.id, sha256, sizeBytes, file.name, receivedAt],
      ),
    );
    return accept({ id, keptFor, sha256, sizeBytes, name: file.name });
  }

  async receiveManifest(
    viewer: Viewer,
    { id, manifestSha256, entryCount }: MasterCopy,
    name: string,
    chunks: AsyncIterable<Uint8Array>,
  ): Promise<Result<Upload, Refusal>> {
    const file = { name, announced: manifestSha256, limitBytes: MANIFEST_MAX_BYTES };
    const received = await this.receive(viewer, id, file, chunks);
    if (!received.ok) return received;
    const manifest = { organisation: viewer.organisation, copy: id, sha256: manifestSha256, name };
    try {
      await readThrough(this.#parts, { ...manifest, entryCount });
      return received;
    } catch (error) {
      if (!(error instanceof ManifestUnsound)) throw error;
      return refuse({ code: "mastercopy.unsound", why: error.message });
    }
  }

  async copy(viewer: Viewer, report: ReportId, attachment: Attachment, to: IncidentId): Promise<Upload> {
    const { organisation } = viewer;
    const { sha256, name } = attachment;
    const chunks = await this.#parts.blobs.open({ organisation, incident: report, sha256 });
    const copied = await this.receive(viewer, to, { name, announced: sha256 }, chunks);
    // The blob store proves the digest while it reads, so a copy that differs is damage, not a refusal.
    if (!copied.ok) throw new Error(`The copy of ${sha256} differs from the attachment`);
    return copied.value;
  }

  async redeem(viewer: Viewer, ticket: TicketId): Promise<Outgoing | undefined> {
    const { pool, now } = this.#parts;
    const grants = await withTransaction(pool, viewer.organisation, async (client) => {
      const { rows } = await client.query<{ grants: Grants }>(
        "SELECT grants FROM ticket WHERE organisation = $1 AND id = $2 AND person = $3 AND expires_at > $4",
        [viewer.organisation, ticket, viewer.id, now()],
      );
      return rows[0]?.grants;
    });
    if (grants === undefined) return undefined;
    const { token } = viewer;
    if (token !== undefined && !token.scopes.includes(GRANTED_BY[grants.what])) return undefined;
    switch (grants.what) {
      case "evidence":
        return this.#content(viewer.organisation, grants.item);
      case "case_file":
        return this.#caseFile(viewer.organisation, grants);
      case "reply":
        return this.#kept(viewer.organisation, grants.reply, grants);
      case "master_copy":
        return this.#kept(viewer.organisation, grants.copy, grants);
      case "attachment":
        return this.#kept(viewer.organisation, grants.report, grants);
    }
  }

  async #content(organisation: OrganisationId, id: EvidenceId): Promise<Outgoing | undefined> {
    const item = await this.#item(organisation, id);
    return item?.content == null ? undefined : this.#kept(organisation, item.incident, item.content);
  }

  async #kept(organisation: OrganisationId, keptFor: Keeper, file: Attachment): Promise<Outgoing> {
    const { name, sizeBytes, sha256 } = file;
    return {
      fileName: name,
      mediaType: "application/octet-stream",
      sizeBytes,
      sha256,
      chunks: await this.#parts.blobs.open({ organisation, incident: keptFor, sha256 }),
    };
  }

  async #caseFile(
    organisation: OrganisationId,
    grants: { readonly incident: IncidentId; readonly through: number },
  ): Promise<Outgoing> {
    const { pool, blobs, publisher, verifyScript, now } = this.#parts;
    const parts: CaseFileParts = {
      pool,
      publisher,
      verifyScript,
      now: now(),
      open: ({ sha256 }) => blobs.open({ organisation, incident: grants.incident, sha256 }),
    };
    const { code, stream } = await caseFileOf(parts, organisation, grants.incident, grants.through);
    return {
      fileName: `${code}.tar`,
      mediaType: "application/x-tar",
      sizeBytes: undefined,
      sha256: undefined,
      chunks: stream,
    };
  }

  async #item(organisation: OrganisationId, id: EvidenceId): Promise<EvidenceItem | undefined> {
    return withTransaction(this.#parts.pool, organisation, async (client) => {
      const { rows } = await client.query<{ state: EvidenceItem }>(
        "SELECT state FROM evidence_item WHERE organisation = $1 AND id = $2",
        [organisation, id],
      );
      return rows[0]?.state;
    });
  }
}
