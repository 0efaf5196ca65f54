/** What went wrong with a blob that should be readable. */
export type BlobDamage =
  | "header_unreadable"
  | "cut_short"
  | "chunk_changed"
  /** It decrypts, yet to other bytes than those that were received. */
  | "digest_differs";

/** A stored blob is not what was received. Its item must be frozen and looked into. */
export class BlobDamaged extends Error {
  readonly code = "blob.damaged";
  readonly damage: BlobDamage;
  readonly handle: string;

  constructor(handle: string, damage: BlobDamage) {
    super(`The stored blob ${handle} is damaged (${damage}): what it holds is not what was received.`);
    this.name = "BlobDamaged";
    this.damage = damage;
    this.handle = handle;
  }
}

/** A blob that the record knows is not in the store. */
export class BlobMissing extends Error {
  readonly code = "blob.missing";
  readonly handle: string;

  constructor(handle: string, cause: unknown) {
    super(`The blob ${handle} is not in the store: restore it from a backup.`, { cause });
    this.name = "BlobMissing";
    this.handle = handle;
  }
}

/** The sender stopped in the middle. Nothing was kept. */
export class UploadAborted extends Error {
  readonly code = "upload.aborted";

  constructor(cause: unknown) {
    super("The upload ended before all of it had arrived: nothing was kept. Send it again.", { cause });
    this.name = "UploadAborted";
  }
}
