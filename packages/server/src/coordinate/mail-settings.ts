import * as z from "zod";

/** The operator's file of the mail server: what is not named here does not exist. */
export const MailSettings = z
  .strictObject({
    host: z.string().min(1).max(253),
    port: z.int().min(1).max(65_535).default(587),
    /** `tls` from the first byte, `starttls` before anything is said, `none` on this machine alone. */
    security: z.enum(["tls", "starttls", "none"]).default("starttls"),
    user: z.string().min(1).max(254).optional(),
    /** A file with the password, that others cannot read. */
    passwordFile: z.string().min(1).max(4096).optional(),
  })
  .refine(({ security, host }) => security !== "none" || ["127.0.0.1", "::1", "localhost"].includes(host), {
    error: "may be none only for a mail server on this machine",
    path: ["security"],
  })
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
