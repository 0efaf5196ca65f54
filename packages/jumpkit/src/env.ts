import { isIP } from "node:net";
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import * as z from "zod";

/** What the environment says, read once and in one place. Every problem is told at once. */
const Environment = z.object({
  /** Where everything is kept that is not in a database of your own. */
  JUMPKIT_DATA: z.string().min(1).optional(),
  /** A PostgreSQL of your own, 15 or newer; the embedded one when absent. */
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, { error: "has to begin with postgresql://" })
    .optional(),
  JUMPKIT_HOST: z
    .string()
    .default("127.0.0.1")
    .refine((host) => host === "localhost" || isIP(host) !== 0, {
      error: "has to be an IP address or localhost",
    }),
  JUMPKIT_PORT: z.coerce.number().int().min(0).max(65_535).default(8484),
  /** `age1…` of a key kept offline, which can open all evidence when the server's own key is lost. */
  JUMPKIT_RECOVERY_RECIPIENT: z
    .string()
    .regex(/^age1[02-9ac-hj-np-z]{58}$/, { error: "has to be an age recipient, age1…" })
    .optional(),
  JUMPKIT_LOG: z.enum(["silent", "info", "warn"]).default("warn"),
});

/** The settings that a process runs with. */
export interface Settings {
  readonly dataFolder: string;
  readonly databaseUrl: string | undefined;
  readonly host: string;
  readonly port: number;
  readonly recoveryRecipient?: string | undefined;
  readonly log: "silent" | "info" | "warn";
}

/** The settings, or every sentence that says which variable is wrong and how. */
export function readSettings(
  environment: NodeJS.ProcessEnv,
  given: {
    readonly data?: string | undefined;
    readonly host?: string | undefined;
    readonly port?: string | undefined;
  } = {},
): Settings | readonly string[] {
  const set = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ""));
  const parsed = Environment.safeParse({
    ...set,
    ...(given.data === undefined ? {} : { JUMPKIT_DATA: given.data }),
    ...(given.host === undefined ? {} : { JUMPKIT_HOST: given.host }),
    ...(given.port === undefined ? {} : { JUMPKIT_PORT: given.port }),
  });
  if (!parsed.success) {
    return parsed.error.issues.map((issue) => `${issue.path.join(".")} ${issue.message}.`);
  }
  const env = parsed.data;
  const problem = whyNotPublic(env.JUMPKIT_HOST);
  if (problem !== undefined) return [problem];
  return {
    dataFolder: resolve(env.JUMPKIT_DATA ?? join(homedir(), ".local", "share", "jumpkit")),
    databaseUrl: env.DATABASE_URL,
    host: env.JUMPKIT_HOST,
    port: env.JUMPKIT_PORT,
    recoveryRecipient: env.JUMPKIT_RECOVERY_RECIPIENT,
    log: env.JUMPKIT_LOG,
  };
}

/** Plain HTTP stays on this machine: anywhere else, sessions could be read on the way. */
function whyNotPublic(host: string): string | undefined {
  if (host === "localhost" || host === "::1" || host.startsWith("127.")) return undefined;
  return (
    `JUMPKIT_HOST ${host} is not a loopback address, and this server speaks plain HTTP only. ` +
    "Leave it at 127.0.0.1 and put a proxy with a certificate on the same machine in front of it."
  );
}
