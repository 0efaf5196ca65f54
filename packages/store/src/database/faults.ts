/** What a person at the terminal reads while something long or unusual happens, one sentence a call. */
export type Log = (sentence: string) => void;

/** Why a database or data folder cannot be used as it is. */
export type CannotStartCode =
  | "data_folder.in_use"
  | "data_folder.unreachable"
  | "database.start_failed"
  | "database.too_old"
  | "database.no_permission"
  | "database.upgrade_failed"
  | "platform.unsupported"
  | "account.missing"
  | "connectors.wrong"
  | "mail.wrong"
  | "demo.not_empty"
  | "file.unreadable";

/** The database cannot be started or used until a person acts; the message says what happened and what to do. */
export class CannotStart extends Error {
  readonly code: CannotStartCode;

  constructor(code: CannotStartCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "CannotStart";
    this.code = code;
  }
}

/** Whether the change that was under way is stored: `unknown` when the connection was lost during the commit. */
export type CommitOutcome = "not_committed" | "unknown";

/** The connection to the database was lost or could not be made. Trying again later may succeed. */
export class DatabaseUnavailable extends Error {
  readonly code = "database.unavailable";
  readonly outcome: CommitOutcome;

  constructor(outcome: CommitOutcome, cause: unknown) {
    super(
      outcome === "unknown"
        ? "The connection to the database was lost while saving: repeat the request with the same idempotency key to learn whether it was saved."
        : "The database cannot be reached: nothing was changed. Try again in a moment.",
      { cause },
    );
    this.name = "DatabaseUnavailable";
    this.outcome = outcome;
  }
}

/** The disk that holds the data is full. Nothing was changed. */
export class StorageFull extends Error {
  readonly code = "storage.full";

  constructor(where: string, cause: unknown) {
    super(`The disk that holds ${where} is full: nothing was stored. Free some space and try again.`, {
      cause,
    });
    this.name = "StorageFull";
  }
}

const LOST_CONNECTION_CODES = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "EPIPE",
  "ETIMEDOUT",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ENOTFOUND",
  "EAI_AGAIN",
  "57P01", // admin_shutdown
  "57P02", // crash_shutdown
  "57P03", // cannot_connect_now
  "53300", // too_many_connections
]);

/** pg reports these without a code. */
const LOST_CONNECTION_SENTENCES =
  /^Connection terminated|^Client has encountered a connection error|^timeout exceeded when trying to connect|^Client was closed/;

const DISK_FULL_CODES = new Set(["53100", "ENOSPC", "EDQUOT"]);

/** Whether `error` says that the connection to the database is gone or could not be made. */
export function isLostConnection(error: unknown): boolean {
  const code = codeOf(error);
  // A missing socket; a missing file is something else.
  if (code === "ENOENT") return error instanceof Error && "syscall" in error && error.syscall === "connect";
  if (code !== undefined) return LOST_CONNECTION_CODES.has(code) || code.startsWith("08");
  return error instanceof Error && LOST_CONNECTION_SENTENCES.test(error.message);
}

/** Whether `error` says that a disk or a quota is full. */
export function isDiskFull(error: unknown): boolean {
  const code = codeOf(error);
  return code !== undefined && DISK_FULL_CODES.has(code);
}

/** The `code` that Node and PostgreSQL put on their errors, if there is one. */
export function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !("code" in error)) return undefined;
  return typeof error.code === "string" ? error.code : undefined;
}

/** `error`'s message, or its text when something else was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
