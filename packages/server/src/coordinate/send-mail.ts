import { createHash } from "node:crypto";
import type { PostedMail } from "@jumpkit/app";
import type { MailServer } from "./mail-settings.ts";

/** What became of a mail. `unknown` is what nobody can tell: it may have left. */
export interface Tried {
  readonly outcome: "accepted" | "failed" | "unknown" | "kept";
  readonly detail: string;
  /** Digest of the bytes that went over the wire. */
  readonly wireSha256: string;
}

/** How long the whole of one mail may take. */
const MAIL_MAX_MS = 4 * 60_000;
const SILENCE_MAX_MS = 60_000;

/**
 * Hands one mail to the mail server, once.
 *
 * What the server refused, and what never reached it, has failed; what broke off after it began is unknown.
 */
export async function sendMail(server: MailServer, mail: PostedMail["mail"], wire: string): Promise<Tried> {
  // Loaded when the first mail leaves: most servers start without one.
  const { createTransport } = await import("nodemailer");
  const wireSha256 = createHash("sha256").update(wire).digest("hex");
  const transport = createTransport({
    host: server.host,
    port: server.port,
    secure: server.security === "tls",
    requireTLS: server.security === "starttls",
    ignoreTLS: server.security === "none",
    ...(server.login === undefined ? {} : { auth: { user: server.login.user, pass: server.login.password } }),
    connectionTimeout: SILENCE_MAX_MS,
    greetingTimeout: SILENCE_MAX_MS,
    socketTimeout: SILENCE_MAX_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  try {
    const sent = await inTime(
      transport.sendMail({ envelope: { from: mail.from, to: [mail.address] }, raw: wire }),
    );
    return { outcome: "accepted", detail: shortened(String(sent.response ?? "")), wireSha256 };
  } catch (fault) {
    return {
      outcome: neverLeft(fault) ? "failed" : "unknown",
      detail: shortened(wordsOf(fault)),
      wireSha256,
    };
  } finally {
    transport.close();
  }
}

async function inTime<Value>(work: Promise<Value>): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error("The mail server took too long")), MAIL_MAX_MS);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Codes of faults that come before the first byte of the mail. */
const BEFORE: ReadonlySet<string> = new Set(["EDNS", "EAUTH", "ETLS", "ENOAUTH", "EENVELOPE"]);

function neverLeft(fault: unknown): boolean {
  if (!(fault instanceof Error)) return false;
  const { responseCode, code, syscall } = fault as Error & {
    readonly responseCode?: unknown;
    readonly code?: unknown;
    readonly syscall?: unknown;
  };
  // An answer of the server is a refusal; a connection that was never made carried nothing.
  return typeof responseCode === "number" || syscall === "connect" || BEFORE.has(String(code));
}

function wordsOf(fault: unknown): string {
  return fault instanceof Error ? fault.message : String(fault);
}

/** A server's words on one line: they are not ours, and go into the record. */
export function shortened(text: string): string {
  return text
    .replaceAll(/[\p{Cc}\p{Cs}]+/gu, " ")
    .trim()
    .slice(0, 500);
}
