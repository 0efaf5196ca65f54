import { isIP, isIPv4, isIPv6 } from "node:net";
import { OrganisationId } from "@jumpkit/core";
import * as z from "zod";

/** `tls` from the first byte, `starttls` before anything is said, `none` on this machine alone. */
const Security = z.enum(["tls", "starttls", "none"]);
const SECURE = { error: "may be none only for a mail server on this machine", path: ["security"] };

function isSecure({ security, host }: { readonly security: string; readonly host: string }): boolean {
  return security !== "none" || ["127.0.0.1", "::1", "localhost"].includes(host);
}

function isServer(text: string): boolean {
  const [, bracketed, port] = /^\[([^\]]+)\](?::(\d{1,5}))?$/u.exec(text) ?? [];
  const [, plain, plainPort] = /^([^:]+)(?::(\d{1,5}))?$/u.exec(text) ?? [];
  if (isIP(text) !== 0) return true;
  const known = bracketed === undefined ? isIPv4(plain ?? "") : isIPv6(bracketed);
  return known && Number(port ?? plainPort ?? 53) <= 65_535;
}

/** The mailbox that replies come to. */
const InboxSettings = z
  .strictObject({
    host: z.string().min(1).max(253),
    port: z.int().min(1).max(65_535).default(993),
    security: Security.default("tls"),
    user: z.string().min(1).max(254),
    /** A file with the password, that others cannot read. */
    passwordFile: z.string().min(1).max(4096),
    folder: z.string().min(1).max(500).default("INBOX"),
    everySeconds: z.int().min(10).max(86_400).default(60),
    /** Whose mail it is; may be left out while there is one organisation. */
    organisation: OrganisationId.optional(),
  })
  .refine(isSecure, SECURE);

/** The operator's file of the mail server: what is not named here does not exist. */
export const MailSettings = z
  .strictObject({
    host: z.string().min(1).max(253),
    port: z.int().min(1).max(65_535).default(587),
    security: Security.default("starttls"),
    user: z.string().min(1).max(254).optional(),
    /** A file with the password, that others cannot read. */
    passwordFile: z.string().min(1).max(4096).optional(),
    /** What the mail server calls itself in `Authentication-Results`: its word on a sender counts. */
    trustedHost: z.string().min(1).max(253).optional(),
    /** The name server that may be asked about senders, as address or address and port; nobody is asked without it. */
    resolver: z.string().max(60).refine(isServer, { error: "is no address of a name server" }).optional(),
    inbox: InboxSettings.optional(),
  })
  .refine(isSecure, SECURE)
  .refine(({ user, passwordFile }) => (user === undefined) === (passwordFile === undefined), {
    error: "goes with passwordFile, and passwordFile with it",
    path: ["user"],
  });

/** How the mail server is reached; the password as it was read from its file. */
export interface MailServer {
  readonly host: string;
  readonly port: number;
  readonly security: "tls" | "starttls" | "none";
  readonly login?: { readonly user: string; readonly password: string } | undefined;
}

/** How the mailbox is reached; the password as it was read from its file. */
export type Inbox = Omit<z.output<typeof InboxSettings>, "passwordFile"> & { readonly password: string };

/** What the operator says of mail: how it leaves, where it comes back, and whose word on a sender counts. */
export interface MailHouse {
  readonly server: MailServer;
  readonly inbox: Inbox | undefined;
  readonly trustedHost: string | undefined;
  /** The name server that may be asked about senders; `undefined` for none. */
  readonly resolver: string | undefined;
}
