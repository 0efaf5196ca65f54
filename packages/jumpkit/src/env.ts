import { homedir } from "node:os";
import { join, resolve } from "node:path";
import type { ProviderSettings } from "@jumpkit/server";
import * as z from "zod";
import { NetworkEnvironment, type NetworkSettings, networkSettings } from "./network.ts";
import { ProviderEnvironment, providerSettings } from "./provider.ts";

/** What the environment says, read once and in one place. Every problem is told at once. */
const Environment = NetworkEnvironment.extend(ProviderEnvironment.shape).extend({
  /** Where everything is kept that is not in a database of your own. */
  JUMPKIT_DATA: z.string().min(1).optional(),
  /** A PostgreSQL of your own, 15 or newer; the embedded one when absent. */
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, { error: "has to begin with postgresql://" })
    .optional(),
  /** `age1…` of a key kept offline, which can open all evidence when the server's own key is lost. */
  JUMPKIT_RECOVERY_RECIPIENT: z
    .string()
    .regex(/^age1[02-9ac-hj-np-z]{58}$/, { error: "has to be an age recipient, age1…" })
    .optional(),
  /** Whether people without an account find a form to report with. */
  JUMPKIT_REPORT_FORM: z.enum(["on", "off"]).default("on"),
  /** The operator's file of connectors; `connectors.json` in the data folder when absent. */
  JUMPKIT_CONNECTORS: z.string().min(1).optional(),
  JUMPKIT_LOG: z.enum(["silent", "info", "warn"]).default("warn"),
});

/** A server that root starts becomes another account, to which root's home is closed. */
function usualDataFolder(): string {
  const isRoot = process.getuid?.() === 0;
  return isRoot ? "/var/lib/jumpkit/data" : join(homedir(), ".local", "share", "jumpkit");
}

/** The settings that a process runs with. */
export interface Settings extends NetworkSettings {
  readonly dataFolder: string;
  readonly databaseUrl: string | undefined;
  readonly recoveryRecipient?: string | undefined;
  /** Whether the form without an account is there; it is unless this says no. */
  readonly reportForm?: boolean;
  /** The file that says which connectors may cut things off. */
  readonly connectorsFile?: string | undefined;
  /** The provider at which people may sign in beside their passphrase. */
  readonly provider?: ProviderSettings | undefined;
  /** Whether a made-up organisation is built first; the data folder then has to be empty. */
  readonly demo?: boolean | undefined;
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
  const network = networkSettings(env);
  const hasOrigin = env.PUBLIC_URL !== undefined || env.JUMPKIT_TRUSTED_PROXY.length === 0;
  const provider = providerSettings(env, hasOrigin);
  if (typeof network === "string" || typeof provider === "string") {
    return [network, provider].filter((told) => typeof told === "string");
  }
  return {
    ...network,
    dataFolder: resolve(env.JUMPKIT_DATA ?? usualDataFolder()),
    databaseUrl: env.DATABASE_URL,
    recoveryRecipient: env.JUMPKIT_RECOVERY_RECIPIENT,
    reportForm: env.JUMPKIT_REPORT_FORM === "on",
    provider,
    connectorsFile: env.JUMPKIT_CONNECTORS === undefined ? undefined : resolve(env.JUMPKIT_CONNECTORS),
    log: env.JUMPKIT_LOG,
  };
}
